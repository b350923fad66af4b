"""Writes the rows that wait to be sent: while unlocked, for two weeks, anew at each unlock. After that they end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from django.utils import timezone

from afterglow.accounts.documents import Preferences
from afterglow.core.plan.remind import MOST_A_DAY, Reminder
from afterglow.medicine.documents import Sitting
from afterglow.reminders import queries
from afterglow.reminders.documents import ReminderPlan
from afterglow.reminders.models import Channel, Due
from afterglow.vault.open_vault import Change, OpenVault

# A deleted document has no kind; it may have been a sitting.
OF_INTEREST = frozenset({ReminderPlan.kind, Preferences.kind, Sitting.kind, None})
SENTENCES = 2**15 - 1


def after_change(vault: OpenVault, changes: Sequence[Change]) -> None:
    """At unlock, and when something changed that moves reminders."""
    if changes and not any(change.kind in OF_INTEREST for change in changes):
        return
    if not changes:
        _notice_stopped(vault)
    rewrite(vault, timezone.now())


def rewrite(vault: OpenVault, now: datetime) -> int:
    """Put what is to come in place of what waited; gives how many rows wait now."""
    channels = list(Channel.objects.filter(account=vault.owner))
    if not channels:
        return 0
    coming = queries.coming(vault, now)
    with transaction.atomic():
        Due.objects.filter(channel__in=channels, state="waiting", at__gt=now).delete()
        rows = [row for channel in channels for row in _rows(channel, coming, now)]
        Due.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _rows(channel: Channel, coming: list[Reminder], now: datetime) -> list[Due]:
    """No more than two within a day, what already went out today included."""
    recent = Due.objects.filter(channel=channel, at__gt=now - timedelta(days=1), at__lte=now)
    taken = list(recent.values_list("at", flat=True))
    rows = []
    for each in coming:
        if sum(each.at - at < timedelta(hours=20) for at in taken) >= MOST_A_DAY:
            continue
        taken.append(each.at)
        rows.append(Due(channel=channel, at=each.at, sentence=each.number % SENTENCES))
    return rows


def _notice_stopped(vault: OpenVault) -> None:
    """A way that was stopped by its link meanwhile is off in what was wished too."""
    kept, on = queries.plan(vault), queries.ways(vault)
    changed = msgspec.structs.replace(
        kept,
        mail=kept.mail if on.mail else "",
        calendar=kept.calendar if on.calendar else "",
        push=kept.push and on.push > 0,
    )
    if changed != kept:
        vault.put(changed, record=queries.plan_id(vault))
