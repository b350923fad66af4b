"""Changes of a person's place here: begin, open, prefer, recover, end."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from afterglow.accounts import queries
from afterglow.accounts.documents import Preferences
from afterglow.accounts.models import Account, OpenHelp
from afterglow.core.drawing import strokes
from afterglow.network import queries as network_queries
from afterglow.network import services as network_services
from afterglow.vault import (
    confirm,
    devices,
    door_words,
    doors,
    hooks,
    opened,
    outbox,
    throttle,
    unlock,
    waiting,
)
from afterglow.vault.http import page_of_ours
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.records import Keys

RECOVERY_FORM = "recovery code"
# A field as short as this holds a choice, not words.
SHORTEST_WORDS = 3
STROKES_FIELD = "strokes"


class NameTaken(Exception):
    """Somebody here already uses this name."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An open door; `device` is what the browser's device cookie holds from now on, if it is a browser."""

    door: doors.NewDoor
    vault: OpenVault
    device: str


def begin(*, name: str, passphrase: str, browser: devices.Browser | None = None) -> Entered:
    """Make a vault and open it. Raises NameTaken."""
    with transaction.atomic():
        if queries.account_named(name) is not None:
            raise NameTaken
        account = Account.objects.create(name_hash=queries.name_hash(name))
        keys = unlock.create_vault(account.id, passphrase)
    return enter(keys, browser)


def open_by_passphrase(
    *, name: str, passphrase: str, address: str, browser: devices.Browser | None = None
) -> Entered:
    """Open a vault. Raises unlock.WrongKey, throttle.TooSoon, or VaultDamaged."""
    throttle.check(_name_key(name), address)
    account = queries.account_named(name)
    try:
        found = unlock.open_with_passphrase(account.id if account else None, passphrase)
    except unlock.WrongKey:
        throttle.note_failure(_name_key(name), address)
        raise
    throttle.note_success(_name_key(name), address)
    _hide_under_newest_key(found.keys.owner, name)
    return enter(found.keys, browser)


def recover(
    *, name: str, code: str, passphrase: str, address: str, browser: devices.Browser | None = None
) -> Entered:
    """Open by recovery code, set a new passphrase, and make a new code that is still to be confirmed.

    Raises unlock.WrongKey, ValueError for what cannot be a code, throttle.TooSoon; and VaultDamaged, with the new passphrase set.
    """
    throttle.check(_name_key(name), address)
    account = queries.account_named(name)
    try:
        found = unlock.open_with_recovery_code(account.id if account else None, code)
    except unlock.WrongKey:
        throttle.note_failure(_name_key(name), address)
        raise
    unlock.change_passphrase(found.keys, passphrase)
    doors.lock_all_of(found.keys.owner)
    entered = enter(found.keys, browser)
    new_recovery_code(entered.vault)
    return entered


def enter(keys: Keys, browser: devices.Browser | None = None) -> Entered:
    """Through the door with opened keys, as a device of this person. Raises VaultDamaged."""
    device, cookie = devices.enrol(keys, browser) if browser else (None, "")
    door, vault = doors.open_door(keys, device=device.id if device else None)
    preferences = queries.preferences(vault)
    seen = preferences.recovery_seen_on or timezone.now().date().isoformat()
    keep_preferences(vault=vault, visits=preferences.visits + 1, recovery_seen_on=seen)
    own_minutes = device.lock_minutes if device else 0
    doors.set_idle_seconds(vault, (own_minutes or preferences.lock_minutes) * 60)
    outbox.open_all(vault)
    hooks.resume(vault)
    return Entered(door, vault, cookie)


def _hide_under_newest_key(owner: UUID, name: str) -> None:
    """The name was just typed, so it can be hidden under the newest server key."""
    newest = queries.name_hash(name)
    Account.objects.filter(id=owner).exclude(name_hash=newest).update(name_hash=newest)


def _name_key(name: str) -> str:
    return "name " + queries.name_hash(name).hex()


def keep_preferences(*, vault: OpenVault, **changes: object) -> Preferences:
    """Change some preferences and keep the others."""
    changed = msgspec.structs.replace(queries.preferences(vault), **changes)
    vault.put(changed, record=queries.preferences_id(vault))
    if "lock_minutes" in changes:
        doors.set_idle_seconds(vault, changed.lock_minutes * 60)
    return changed


def new_recovery_code(vault: OpenVault) -> str:
    """A code that opens nothing until it is confirmed; kept sealed meanwhile so that the page can be left."""
    code = door_words.new_recovery_code()
    vault.keep_draft(RECOVERY_FORM, {"code": code})
    return code


def pending_recovery_code(vault: OpenVault) -> str:
    """The code that waits to be confirmed, made on first use."""
    return vault.draft(RECOVERY_FORM).get("code") or new_recovery_code(vault)


def confirm_recovery_code(*, vault: OpenVault, second_group: str, last_group: str) -> bool:
    """Keep the waiting code if two of its groups were typed back rightly."""
    code = pending_recovery_code(vault)
    groups = code.split("-")
    if (_as_typed(second_group), _as_typed(last_group)) != (groups[1], groups[-1]):
        return False
    unlock.set_recovery_code(vault.keys, code)
    vault.drop_draft(RECOVERY_FORM)
    today = timezone.now().date().isoformat()
    keep_preferences(vault=vault, recovery_seen_on=today, recovery_asks=0)
    outbox.open_all(vault)
    return True


def say_the_code_is_here(*, vault: OpenVault) -> None:
    """The person still has the code; they are asked again in a year."""
    asks = queries.preferences(vault).recovery_asks + 1
    today = timezone.now().date().isoformat()
    keep_preferences(vault=vault, recovery_seen_on=today, recovery_asks=asks)


def _as_typed(group: str) -> str:
    """Forgives lower case, spaces, and the letters that look like digits."""
    plain = "".join(group.split()).upper().strip("-")
    return plain.translate(str.maketrans("OIL", "011"))


def change_passphrase(*, vault: OpenVault, old: str, new: str) -> bool:
    """A new passphrase; every other session ends. False if nobody showed that it is them."""
    if not confirm.again(vault, old):
        return False
    unlock.change_passphrase(vault.keys, new)
    doors.lock_others(vault)
    return True


def renew_keys(
    *, vault: OpenVault, old: str, new: str, browser: devices.Browser | None = None
) -> Entered | None:
    """New keys for everything, since the passphrase may have been seen. None if nobody showed that it is them.

    Every session, passkey and recovery code ends; the way back in is the new passphrase, and a new code to confirm.
    Raises VaultDamaged.
    """
    if not confirm.again(vault, old):
        return None
    keys = unlock.renew_with_passphrase(vault.keys, new)
    doors.lock_all_of(keys.owner)
    opened.drop_owner(keys.owner)
    entered = enter(keys, browser)
    new_recovery_code(entered.vault)
    return entered


def show_without_unlocking(*, vault: OpenVault, text: str) -> None:
    """Keep own lines readable at the door, or take them away when there are none."""
    keep_preferences(vault=vault, show_without_unlocking=bool(text))
    _show_at_the_door(vault, text=text)


def show_plan_parts(*, vault: OpenVault, parts: Mapping[str, str]) -> None:
    """Keep these parts of the safety plan readable at the door; those without words are left out."""
    shown = {part: words for part, words in parts.items() if words}
    _show_at_the_door(vault, plan=msgspec.json.encode(shown).decode() if shown else "")


def _show_at_the_door(vault: OpenVault, **texts: str) -> None:
    OpenHelp.objects.update_or_create(owner=vault.owner, defaults=texts)
    OpenHelp.objects.filter(owner=vault.owner, text="", plan="").delete()


def delete_everything(*, vault: OpenVault, passphrase: str) -> bool:
    """End this vault for good. False if nobody showed that it is them."""
    if not confirm.again(vault, passphrase):
        return False
    owner, vouches = vault.owner, network_queries.vouches(vault)
    doors.lock_all_of(owner)
    with transaction.atomic():
        OpenHelp.objects.filter(owner=owner).delete()
        unlock.destroy(owner)
        Account.objects.filter(id=owner).delete()
    if vouches:
        network_services.leave_behind()
    _wipe_free_pages()
    _remove_daily_copies()
    return True


def _remove_daily_copies() -> None:
    """They would still open with the passphrase. Where other people live here, a new one comes within the hour."""
    folder = settings.COPIES_FOLDER
    for file in folder.glob("afterglow-*.afterglow-backup") if folder else ():
        file.unlink(missing_ok=True)
    if folder:
        shutil.rmtree(folder / "media", ignore_errors=True)


def _wipe_free_pages() -> None:
    """SQLite: nothing of the removed rows stays in the file or its write-ahead log."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")


def keep_sent_draft(*, vault: OpenVault, item: UUID, sent: outbox.Sent) -> outbox.Received:
    """What was begun where this program could not be reached: a draft again, after what another draft holds."""
    form = sent.text("_form")
    if not form:
        raise ValueError("a draft names its form")
    kept = vault.draft(form)
    for name, value in sent.fields:
        if name != "_form" and value not in kept.get(name, ""):
            kept = kept | {name: _beside(name, kept.get(name, ""), value)}
    vault.keep_draft(form, kept)
    return outbox.Received()


def _beside(name: str, begun: str, value: str) -> str:
    """Words after words, strokes over strokes; a choice takes the place of the one before. Raises ValueError."""
    if name == STROKES_FIELD and begun:
        return strokes.written(strokes.together(strokes.read(begun), strokes.read(value))).decode()
    return f"{begun}\n\n{value}" if begun and len(value) > SHORTEST_WORDS else value


def keep_sent_form(*, vault: OpenVault, item: UUID, sent: outbox.Sent) -> outbox.Received:
    """A form that was begun and not sent when its page was locked without a connection: it waits to be asked about."""
    path = page_of_ours(sent.text("_path"))
    if not path:
        raise ValueError("a form names a page of ours")
    fields = [(name, value) for name, value in sent.fields if name != "_path"]
    if not waiting.take_in(vault.owner, waiting.WaitingForm(path=path, fields=fields)):
        raise ValueError("too much waits already")
    return outbox.Received("accounts:waiting")
