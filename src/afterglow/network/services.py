"""Changes of the way in: switch one on or off, make the authority, renew its certificate."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from django.conf import settings
from django.utils import timezone

from afterglow.core import certificates
from afterglow.network import queries
from afterglow.network.documents import HomeAuthority
from afterglow.serving import look, reach
from afterglow.vault.open_vault import Change, OpenVault


class NotUsable(Exception):
    """Certificate and key cannot be served with; carries what was found."""

    def __init__(self, found: look.Found) -> None:
        super().__init__(found.id)
        self.found = found


def switch_on_authority(
    *, vault: OpenVault, host: str, port: int, addresses: Sequence[str] = (), anew: bool = False
) -> None:
    """HTTPS with a certificate made here. An authority made before for the same names is used again, unless `anew`."""
    chosen = reach.Reach(way="authority", host=host, port=port, addresses=tuple(addresses))
    kept = queries.authority_of(vault)
    now = timezone.now()
    if (
        anew
        or kept is None
        or (kept.document.host, kept.document.addresses) != (host, chosen.addresses)
    ):
        document = _new_authority(chosen, now)
        vault.put(document, record=queries.authority_id(vault))
    else:
        document = kept.document
    home = settings.ENVIRONMENT.home
    reach.write_private(reach.authority_file(home), document.certificate.encode())
    _give_certificate(home, document, chosen, now)
    reach.write(home, chosen)


def _new_authority(chosen: reach.Reach, now: datetime) -> HomeAuthority:
    pair = certificates.new_authority(host=chosen.host, addresses=chosen.addresses, now=now)
    return HomeAuthority(
        host=chosen.host,
        addresses=chosen.addresses,
        certificate=pair.certificate.decode(),
        key=pair.key.decode(),
    )


def _give_certificate(
    home: Path, authority: HomeAuthority, chosen: reach.Reach, now: datetime
) -> None:
    pair = certificates.new_leaf(
        certificates.Pair(authority.certificate.encode(), authority.key.encode()),
        host=chosen.host,
        addresses=chosen.addresses,
        now=now,
    )
    certificate, key = reach.certificate_files(home, chosen)
    # The listener takes the two in when they belong together; between the writes it keeps those it has.
    reach.write_private(key, pair.key)
    reach.write_private(certificate, pair.certificate)


def switch_on_certificate(*, host: str, port: int, certificate: str, key: str) -> None:
    """HTTPS with the person's own certificate. Raises NotUsable."""
    chosen = reach.Reach(way="certificate", host=host, port=port, certificate=certificate, key=key)
    home = settings.ENVIRONMENT.home
    files = reach.certificate_files(home, chosen)
    unusable = [found for found in look.wrong_files(*files) if found.id != "key-open-to-others"]
    if unusable:
        raise NotUsable(unusable[0])
    says = certificates.facts(files[0].read_bytes())
    if not says.covers(host):
        names = ", ".join((*says.names, *says.addresses)) or "-"
        raise NotUsable(look.Found("certificate-other-name", {"names": names, "host": host}))
    reach.write(home, chosen)


def switch_on_proxy(*, host: str, port: int, proxies: Sequence[str]) -> None:
    """Another program speaks HTTPS; forwarded headers are believed only from these addresses."""
    chosen = reach.Reach(way="proxy", host=host, port=port, proxies=tuple(proxies))
    reach.write(settings.ENVIRONMENT.home, chosen)


def switch_off() -> None:
    """Back to this computer only. The authority stays sealed, so that phones need not trust a new one later."""
    home = settings.ENVIRONMENT.home
    for file in reach.certificate_files(home, reach.Reach(way="authority")):
        file.unlink(missing_ok=True)
    reach.write(home, reach.Reach())


def renew(vault: OpenVault, now: datetime) -> bool:
    """A new certificate where this person's authority gave the one in use and it ends soon, or is gone."""
    chosen = queries.current()
    if chosen.way != "authority":
        return False
    says = queries.certificate()
    if says is not None and says.ends - now > queries.RENEW_BEFORE and says.starts <= now:
        return False
    kept = queries.authority_of(vault)
    if kept is None or not queries.vouches(vault):
        return False
    _give_certificate(settings.ENVIRONMENT.home, kept.document, chosen, now)
    return True


def leave_behind() -> None:
    """The vault with the key of the authority in use is gone: phones still get in, and the pages say what to do."""
    _mark_left_behind(left=True)


def _mark_left_behind(*, left: bool) -> None:
    """Taken back where the vault came back, out of an earlier copy of everything."""
    chosen = msgspec.structs.replace(queries.current(), left_behind=left)
    reach.write(settings.ENVIRONMENT.home, chosen)


def after_change(vault: OpenVault, changes: Sequence[Change]) -> None:
    """At every unlock (and, at the cost of one look at a file, after changes): renew what ends soon."""
    if queries.current().left_behind and queries.vouches(vault):
        _mark_left_behind(left=False)
    renew(vault, timezone.now())
