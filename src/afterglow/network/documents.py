"""The small certificate authority of the person who switched HTTPS on at home."""

from typing import ClassVar

from afterglow.vault.documents import Document, register


class HomeAuthority(Document, frozen=True, kw_only=True):
    """It may vouch for `host` and `addresses` only. Certificate and key are PEM; the key is opened only to renew.

    It is not part of an export: it belongs to this house, and its key may not lie open.
    """

    kind: ClassVar[str] = "home_authority"
    in_body: ClassVar[frozenset[str]] = frozenset({"key"})
    keeps_history: ClassVar[bool] = False
    exported: ClassVar[bool] = False

    host: str
    addresses: tuple[str, ...] = ()
    certificate: str
    key: str = ""


register(HomeAuthority)
