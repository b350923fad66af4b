"""Words for the door: six to offer as a passphrase, which ones are too common, and recovery codes as they are typed.

Capabilities ask here, so that none of them needs the vault's cryptography.
"""

from afterglow.core.crypto import v1


def six_words() -> str:
    """Six words drawn at random, about 77 bits."""
    return v1.six_words(v1.passphrase_words())


def neutral_name() -> str:
    """Two words that say nothing of anybody, as a name for a vault where several people have one."""
    return " ".join(six_words().split()[:2])


def too_common(passphrase: str) -> bool:
    return v1.too_common(passphrase)


def length_of(passphrase: str) -> int:
    """Characters as they count: normalised, with single spaces."""
    return len(v1.normalise_passphrase(passphrase).decode())


def new_recovery_code() -> str:
    return v1.new_recovery_code()


def check_recovery_code(typed: str) -> None:
    """Raises ValueError where this cannot be a code; forgives case, spacing and look-alikes."""
    v1.read_recovery_code(typed)
