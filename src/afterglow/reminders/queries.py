"""Reads about reminders: what was wished, which ways are on, what is said."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.module_loading import import_string

from afterglow.accounts.documents import Preferences
from afterglow.accounts.queries import preferences
from afterglow.core.calendar import Event
from afterglow.core.content import library
from afterglow.core.days import Moment
from afterglow.core.plan import remind
from afterglow.measures.queries import check_ins
from afterglow.medicine import queries as medicine
from afterglow.reminders.documents import ReminderPlan
from afterglow.reminders.models import Channel, Due
from afterglow.vault.open_vault import NotHere, OpenVault

PLAN = UUID("0d3c3c0a-1b67-4a2b-a3ea-8e0c2d6a5b10")
IN_PAGE_HOURS = 3


def plan_id(vault: OpenVault) -> UUID:
    return uuid5(PLAN, vault.owner.hex)


def plan(vault: OpenVault) -> ReminderPlan:
    """What this person wished, or everything switched off."""
    try:
        return vault.get(ReminderPlan, plan_id(vault)).document
    except NotHere:
        return ReminderPlan()


def wishes(kept: ReminderPlan, likes: Preferences) -> remind.Wishes:
    """The quiet hours of reminders, and those in which Today asks nothing, both hold."""
    rhythm: remind.Rhythm = "daily" if kept.rhythm == "daily" else "window"
    return remind.Wishes(
        times=kept.times,
        quiet=((kept.quiet_from, kept.quiet_to), (likes.quiet_from, likes.quiet_until)),
        rhythm="weekly" if kept.rhythm == "weekly" else rhythm,
    )


def zone_of(vault: OpenVault, kept: ReminderPlan) -> str:
    """Where the person was last: at the latest check-in, or when the times were chosen."""
    seen: list[Moment] = [stored.document.at for stored in check_ins(vault)[-1:]]
    if kept.chosen is not None:
        seen.append(kept.chosen)
    return max(seen, key=lambda each: each.at).zone if seen else "UTC"


DaysOf = Callable[[OpenVault], Collection[date]]


def days_agreed(vault: OpenVault) -> Collection[date]:
    """Days on which something agreed with somebody begins. Which and with whom is not known here, nor in any row."""
    days_of: DaysOf = import_string(settings.ALSO_REMINDED)
    return days_of(vault)


def coming(vault: OpenVault, now: datetime) -> list[remind.Reminder]:
    """The reminders of the next two weeks; none while paused or finished."""
    likes = preferences(vault)
    if likes.paused_on or likes.finished_on:
        return []
    kept = plan(vault)
    zone = zone_of(vault, kept)
    kept_sittings = [stored.document for stored in medicine.kept_sittings(vault)]
    return remind.reminders(
        wishes(kept, likes),
        now=now,
        zone=zone,
        done=[sitting.day for sitting in kept_sittings if sitting.done],
        planned=[sitting.day for sitting in kept_sittings if not sitting.done],
        also=days_agreed(vault),
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways are on, as the rows say: a way stopped by its link is off even before the next unlock."""

    in_page: bool
    mail: bool
    calendar: bool
    push: int

    @property
    def any(self) -> bool:
        return self.in_page or self.mail or self.calendar or self.push > 0


def ways(vault: OpenVault) -> Ways:
    kinds = list(Channel.objects.filter(account=vault.owner).values_list("kind", flat=True))
    return Ways(
        in_page=plan(vault).in_page,
        mail="mail" in kinds,
        calendar="calendar" in kinds,
        push=kinds.count("push"),
    )


def sentence(number: int, language: str) -> str:
    """One of the fixed sentences."""
    texts = [each.text for each in library.reminder_words(language) if each.use == "sentence"]
    return texts[number % len(texts)]


def words(use: str, language: str) -> str:
    """A fixed word around the sentences, such as the subject of a mail."""
    return next(each.text for each in library.reminder_words(language) if each.use == use)


def in_page(vault: OpenVault, now: datetime, language: str) -> str:
    """The sentence that Today shows for a while after a time has come, or nothing."""
    if not plan(vault).in_page:
        return ""
    since = [each for each in coming(vault, now - timedelta(hours=IN_PAGE_HOURS)) if each.at <= now]
    return sentence(since[-1].number, language) if since else ""


def events(channel: Channel) -> list[Event]:
    """What a private calendar shows."""
    rows = Due.objects.filter(channel=channel).order_by("at")
    return [
        Event(
            uid=f"{channel.id}-{row.at:%Y%m%d%H%M}",
            at=row.at,
            summary=sentence(row.sentence, channel.language),
        )
        for row in rows
    ]


def mail_is_set_up() -> bool:
    return settings.MAIL is not None
