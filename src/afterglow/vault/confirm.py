"""Is it still you? Asked before acts that are hard to take back: answered by a passkey a moment ago, or by the passphrase."""

from datetime import timedelta

from django.utils import timezone

from afterglow.vault import throttle, unlock
from afterglow.vault.models import SessionBox
from afterglow.vault.open_vault import OpenVault

GOOD_FOR = timedelta(minutes=5)


def again(vault: OpenVault, passphrase: str) -> bool:
    """Whether the person has shown that it is them. A passkey's answer serves one act. Raises throttle.TooSoon."""
    if passphrase:
        return _is_right(vault, passphrase)
    open_now = SessionBox.objects.filter(id=vault.session, confirmed_until__gte=timezone.now())
    return open_now.update(confirmed_until=None) == 1


def _is_right(vault: OpenVault, passphrase: str) -> bool:
    """Slowed down as at the door: whoever finds a vault open must not guess its passphrase at leisure."""
    name = f"again {vault.owner}"
    throttle.check(name)
    if not unlock.opens(vault.keys, passphrase):
        throttle.note_failure(name)
        return False
    throttle.note_success(name)
    return True


def is_fresh(vault: OpenVault) -> bool:
    """Whether a passkey has answered for this session within the last minutes, and nothing used it yet."""
    return SessionBox.objects.filter(id=vault.session, confirmed_until__gte=timezone.now()).exists()


def note(vault: OpenVault) -> None:
    """A passkey has just answered for this session."""
    until = timezone.now() + GOOD_FOR
    SessionBox.objects.filter(id=vault.session).update(confirmed_until=until)
