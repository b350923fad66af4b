"""Sends what is due. A row is claimed before it is sent, so it goes out once or not at all, never twice and never late."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from afterglow.network import queries as network
from afterglow.reminders import queries
from afterglow.reminders.models import Channel, Due
from afterglow.reminders.services import push, ways

log = logging.getLogger("afterglow.reminders")
LATEST = timedelta(minutes=30)
REMEMBERED = timedelta(days=2)
SENT_KINDS = ("mail", "push")


def send_due(now: datetime) -> int:
    """Send each due row that this process can claim; gives how many went out."""
    forget(now)
    due = Due.objects.filter(
        state="waiting", at__lte=now, at__gt=now - LATEST, channel__kind__in=SENT_KINDS
    )
    return sum(_send(row) for row in due.select_related("channel").order_by("at") if claim(row))


def claim(row: Due) -> bool:
    """Whether this row is now ours. Only one of several processes is told so."""
    return Due.objects.filter(pk=row.pk, state="waiting").update(state="claimed") == 1


def forget(now: datetime) -> None:
    """Late rows are dropped unsent; sent ones are remembered just long enough to keep to two a day."""
    waits = Due.objects.filter(channel__kind__in=SENT_KINDS, state="waiting")
    waits.filter(at__lte=now - LATEST).delete()
    Due.objects.filter(at__lte=now - REMEMBERED).delete()


def _send(row: Due) -> bool:
    address = ways.address_of(row.channel)
    if address is None:
        row.channel.delete()
        return False
    try:
        sent = _by_mail(row, address) if row.channel.kind == "mail" else _by_push(row, address)
    except Exception as error:  # noqa: BLE001 - one that fails is let go; the others still go out
        log.warning("a reminder was not sent", extra={"error": type(error).__name__})
        return False
    Due.objects.filter(pk=row.pk).update(state="sent")
    return sent


def _by_mail(row: Due, address: str) -> bool:
    if not queries.mail_is_set_up():
        return False
    mail_of(row.channel, row.sentence, address).send()
    return True


def mail_of(channel: Channel, number: int, address: str) -> EmailMessage:
    """A neutral sentence and the link that stops it."""
    stop = network.address() + reverse("reminders:stop", kwargs={"token": ways.link_token(channel)})
    says = queries.sentence(number, channel.language)
    ending = queries.words("stop", channel.language)
    return EmailMessage(
        subject=queries.words("subject", channel.language),
        body=f"{says}\n\n{ending}\n{stop}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _by_push(row: Due, address: str) -> bool:
    if push.send(address):
        return True
    row.channel.delete()
    return False
