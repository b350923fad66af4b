"""Reads about a person's place here."""

import hashlib
import hmac
from datetime import date, timedelta
from uuid import UUID, uuid5

import msgspec
from django.conf import settings
from django.http.request import split_domain_port
from django.utils.module_loading import import_string

from afterglow.accounts.documents import Preferences
from afterglow.accounts.models import Account, OpenHelp
from afterglow.vault.open_vault import NotHere, OpenVault
from afterglow.vault.unlock import has_recovery_code

PREFERENCES = UUID("7d4d1f5a-53a6-4a71-9a1f-6f2f6d2c8e01")
DEFAULT_NAME = "me"
ASK_FIRST, ASK_AGAIN = timedelta(days=30), timedelta(days=365)


def account_named(name: str) -> Account | None:
    """The place of this name, also where it was hidden under an earlier server key."""
    hashes = [name_hash(name, server_key=key) for key in settings.SERVER_KEYS]
    return Account.objects.filter(name_hash__in=hashes).first()


def name_hash(name: str, *, server_key: bytes | None = None) -> bytes:
    """Names are told apart without being kept."""
    folded = " ".join(name.split()).casefold() or DEFAULT_NAME
    key = server_key or settings.SERVER_KEY
    return hmac.digest(key, b"name " + folded.encode(), hashlib.sha256)


def how_many_people() -> int:
    return Account.objects.count()


def is_at_this_computer(host: str) -> bool:
    """Whether who calls the program by this host, with or without a port, sits at the computer itself."""
    name, _ = split_domain_port(host)
    return name.strip("[]") in settings.LOOPBACK_HOSTS


def may_begin(host: str, onward: str) -> bool:
    """Whether a vault may be begun by who comes to this host on the way to this page.

    From the home network nobody fills this computer with vaults unasked.
    """
    if settings.NEW_VAULTS_BY_ANYONE or is_at_this_computer(host) or how_many_people() == 0:
        return True
    invites: bool = import_string(settings.IS_INVITATION)(onward)
    return invites


def preferences_id(vault: OpenVault) -> UUID:
    return uuid5(PREFERENCES, vault.owner.hex)


def preferences(vault: OpenVault) -> Preferences:
    """What this person prefers, or the defaults."""
    try:
        return vault.get(Preferences, preferences_id(vault)).document
    except NotHere:
        return Preferences()


def recovery_is_missing(vault: OpenVault) -> bool:
    return not has_recovery_code(vault.owner)


def recovery_is_due(vault: OpenVault) -> bool:
    """From the second visit on, the recovery code comes before anything more is kept."""
    return recovery_is_missing(vault) and preferences(vault).visits >= 2


def recovery_is_to_ask(vault: OpenVault, today: date) -> bool:
    """Whether to ask *do you still have it?*: a month after the code was confirmed, then once a year."""
    kept = preferences(vault)
    if not kept.recovery_seen_on or recovery_is_missing(vault):
        return False
    wait = ASK_AGAIN if kept.recovery_asks else ASK_FIRST
    return today - date.fromisoformat(kept.recovery_seen_on) >= wait


def shown_without_unlocking() -> list[str]:
    """Own lines for a hard moment that people on this device chose to show at the door."""
    return list(OpenHelp.objects.exclude(text="").values_list("text", flat=True))


def plan_parts_shown() -> list[dict[str, str]]:
    """Parts of safety plans that people on this device chose to show at the door, by the id of the part."""
    rows = OpenHelp.objects.exclude(plan="").values_list("plan", flat=True)
    return [msgspec.json.decode(row, type=dict[str, str]) for row in rows]


def plan_parts_shown_of(vault: OpenVault) -> dict[str, str]:
    """The same for one person."""
    row = OpenHelp.objects.filter(owner=vault.owner).exclude(plan="").first()
    return msgspec.json.decode(row.plan, type=dict[str, str]) if row else {}
