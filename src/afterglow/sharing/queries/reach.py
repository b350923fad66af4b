"""Whether someone elsewhere can reach this program at all, and under which address."""

from urllib.parse import urlsplit

from django.conf import settings

from afterglow.network import queries as network

HERE_ONLY = ("localhost", "127.0.0.1", "::1")


def address() -> str | None:
    """The address to put before a link for someone else; None where only this computer is answered."""
    chosen = network.current()
    if chosen.way in {"proxy", "certificate"}:
        return str(chosen.origin)
    own = settings.ENVIRONMENT.address
    return None if urlsplit(own).hostname in HERE_ONLY else own
