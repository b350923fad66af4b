"""What is in the way between a phone and this program, found from here. The words for it are in `data/connection.toml`.

Nothing is asked of anybody but this computer and, where one is chosen, its own proxy.
"""

import errno
import os
import socket
import ssl
import stat
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from afterglow.core import certificates
from afterglow.serving import reach as reaches
from afterglow.serving.asking import answer_of_proxy, certificate_at
from afterglow.serving.reach import Reach

ENDS_SOON = timedelta(days=30)
# A clock a little behind is no trouble: certificates start a day early.
CLOCK_MAY_LAG = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Found:
    """One trouble by its id in the data, and what to fill into its words."""

    id: str
    facts: dict[str, str] = field(default_factory=dict)


def at_files(home: Path, chosen: Reach | None, now: datetime) -> list[Found]:
    """What is wrong with the choice, its files and the clock; nothing where no way is chosen or all is well."""
    if chosen is None:
        return [Found("choice-unreadable", {"path": str(home / reaches.FILE)})]
    if chosen.way == "off":
        return []
    found = _clock(home, now)
    if not chosen.listens:
        return found
    files = reaches.certificate_files(home, chosen)
    wrong = wrong_files(*files) or _dates_and_names(files[0], chosen, now)
    return [*found, *wrong, *_authority(home, chosen, now)]


def by_asking(home: Path, chosen: Reach) -> list[Found]:
    """Whether the name leads here, and who answers. Waits some seconds where nobody does."""
    if chosen.way == "off":
        return []
    if chosen.way == "proxy":
        return _name(chosen, anywhere=True) or _proxy(chosen)
    certificate, _ = reaches.certificate_files(home, chosen)
    return [*_name(chosen, anywhere=False), *_port(certificate, chosen)]


def wrong_files(certificate: Path, key: Path) -> list[Found]:
    """Why these two files cannot be served with."""
    for file in (certificate, key):
        if not file.is_file():
            return [Found("certificate-missing", {"path": str(file)})]
        if not os.access(file, os.R_OK):
            return [Found("certificate-not-allowed", {"path": str(file)})]
    try:
        pair = certificates.Pair(certificate.read_bytes(), key.read_bytes())
        if not certificates.belong_together(pair):
            return [Found("key-of-another", {"path": str(certificate)})]
    except (certificates.NotACertificate, OSError):
        return [Found("certificate-unreadable", {"path": str(certificate)})]
    if os.name != "nt" and stat.S_IMODE(key.stat().st_mode) & 0o007:
        return [Found("key-open-to-others", {"path": str(key)})]
    return []


def _dates_and_names(certificate: Path, chosen: Reach, now: datetime) -> list[Found]:
    says = certificates.facts(certificate.read_bytes())
    found = []
    if now < says.starts:
        found.append(Found("certificate-not-yet", {"day": _day(says.starts)}))
    elif now >= says.ends:
        found.append(Found("certificate-expired", {"day": _day(says.ends)}))
    elif says.ends - now < ENDS_SOON:
        found.append(Found("certificate-ends-soon", {"day": _day(says.ends)}))
    if not says.covers(chosen.host):
        names = ", ".join((*says.names, *says.addresses)) or "-"
        found.append(Found("certificate-other-name", {"names": names, "host": chosen.host}))
    return found


def _authority(home: Path, chosen: Reach, now: datetime) -> list[Found]:
    file = reaches.authority_file(home)
    if chosen.way != "authority" or not file.is_file():
        return []
    try:
        ends = certificates.facts(file.read_bytes()).ends
    except certificates.NotACertificate:
        return [Found("certificate-unreadable", {"path": str(file)})]
    if chosen.left_behind:
        return [Found("authority-left-behind")]
    return [Found("authority-ends-soon", {"day": _day(ends)})] if ends - now < ENDS_SOON else []


def _clock(home: Path, now: datetime) -> list[Found]:
    """A clock that went back: something in the folder bears a later time than now."""
    latest = max((file.stat().st_mtime for file in home.glob("*") if file.is_file()), default=0.0)
    behind = latest - now.timestamp() > CLOCK_MAY_LAG.total_seconds()
    return [Found("clock-behind")] if behind else []


def _name(chosen: Reach, *, anywhere: bool) -> list[Found]:
    try:
        answers = socket.getaddrinfo(chosen.host, chosen.port, type=socket.SOCK_STREAM)
    except OSError:
        return [Found("name-leads-nowhere", {"host": chosen.host})]
    addresses = [str(answer[4][0]) for answer in answers]
    if anywhere or any(_is_ours(address) for address in addresses):
        return []
    return [Found("name-leads-elsewhere", {"host": chosen.host, "address": addresses[0]})]


def _is_ours(address: str) -> bool:
    """Only an address of this computer can be taken for listening."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError as error:
            return error.errno != errno.EADDRNOTAVAIL
    return True


def _port(certificate: Path, chosen: Reach) -> list[Found]:
    facts = {"port": str(chosen.port)}
    try:
        shown = certificate_at("127.0.0.1", chosen.port, name=chosen.host)
    except ssl.SSLError:
        return [Found("something-else-answers", facts)]
    except OSError:
        return [Found("nothing-answers", facts)]
    try:
        same = certificates.as_der(certificate.read_bytes()) == shown
    except (OSError, ValueError):
        return []
    return [] if same else [Found("older-certificate-answers", facts)]


def _proxy(chosen: Reach) -> list[Found]:
    origin = chosen.origin
    try:
        status, text = answer_of_proxy(chosen.host, chosen.port)
    except ssl.SSLError:
        return [Found("proxy-certificate", {"origin": origin})]
    except OSError:
        return [Found("proxy-silent", {"origin": origin})]
    if status == 200:
        return []
    return [Found("proxy-refused", {"origin": origin, "answer": text or str(status)})]


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
