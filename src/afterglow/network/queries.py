"""Reads about the way in: the address for a phone, what the certificate says, what is in the way."""

import re
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings

from afterglow.core import certificates
from afterglow.core.content import library
from afterglow.network.documents import HomeAuthority
from afterglow.serving import look, reach
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault

AUTHORITY = UUID("0c2a6a0e-6b8b-4b39-8d8e-3a9a1f5ce102")
RENEW_BEFORE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Hitch:
    """Something in the way, and what helps, in the page's language."""

    text: str
    helps: str


def address_for_phones() -> str:
    """Where a phone opens the program, or nothing where no way is switched on."""
    origin: str = current().origin
    return origin


def address() -> str:
    """Where the program is best opened from anywhere: as phones do it, else on this computer."""
    return address_for_phones() or str(settings.ENVIRONMENT.address)


def current() -> reach.Reach:
    """The choice as it stands now."""
    chosen: reach.Reach = settings.REACH()
    return chosen


def is_set_outside() -> bool:
    """Whether whoever starts the program chose the way, so that the page cannot."""
    return settings.ENVIRONMENT.origin is not None


def hitches(now: datetime, language: str, *, asking: bool) -> list[Hitch]:
    """What is in the way of the choice, found from this computer; `asking` also tries name and port."""
    home = settings.ENVIRONMENT.home
    chosen = current() if is_set_outside() else reach.read(home)
    found = look.at_files(home, chosen, now)
    if asking and chosen is not None:
        found += look.by_asking(home, chosen)
    return [in_words(each, language) for each in found]


def in_words(found: look.Found, language: str) -> Hitch:
    trouble = library.connection_trouble(found.id, language)
    return Hitch(trouble.text.format(**found.facts), trouble.helps.format(**found.facts))


def certificate() -> certificates.Facts | None:
    """What the certificate in use says, where the program speaks HTTPS itself and it can be read."""
    if not current().listens:
        return None
    file, _ = reach.certificate_files(settings.ENVIRONMENT.home, current())
    try:
        return certificates.facts(file.read_bytes())
    except (OSError, certificates.NotACertificate):
        return None


def authority_certificate() -> bytes | None:
    """The certificate that phones are asked to trust (PEM), where this way is switched on."""
    file = reach.authority_file(settings.ENVIRONMENT.home)
    return file.read_bytes() if current().way == "authority" and file.is_file() else None


def fingerprint_groups(pem: bytes) -> list[str]:
    """The SHA-256 fingerprint in groups of four, as it is compared by eye."""
    return re.findall("....", certificates.facts(pem).fingerprint.upper())


def authority_of(vault: OpenVault) -> Stored[HomeAuthority] | None:
    """This person's own authority with its key, if they ever made one."""
    try:
        return vault.get(HomeAuthority, authority_id(vault))
    except NotHere:
        return None


def vouches(vault: OpenVault) -> bool:
    """Whether the authority of this vault is the one in use, so that the certificate is renewed by opening it."""
    try:
        own = vault.head(HomeAuthority, authority_id(vault)).document
    except NotHere:
        return False
    return own.certificate.encode() == authority_certificate()


def authority_id(vault: OpenVault) -> UUID:
    return uuid5(AUTHORITY, vault.owner.hex)


def likely_name() -> str:
    """What this computer may be called at home; a suggestion to be changed."""
    own = socket.gethostname().partition(".")[0].lower()
    return f"{own}.local" if certificates.is_host_name(own) and own != "localhost" else ""


def likely_address() -> str:
    """The address by number that this computer has at home, or nothing. Nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        found = str(probe.getsockname()[0])
    return "" if found.startswith(("127.", "0.")) else found
