"""Which way the program is reached from other devices: one small file in the data folder, readable before any unlock.

It holds no secret and no word of a person: a way, a name, a port, paths. The key of a certificate that the program made
lies beside it, for its owner only. Leaves out serving itself (`serving.listener`) and every change by a page.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

FILE = "reach.json"
FOLDER = "https"
DEFAULT_PORT = 8760
HTTPS_PORT = 443
Way = Literal["off", "authority", "certificate", "proxy"]


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """`authority`: a certificate that the program made; `certificate`: one of the person's own, by path; `proxy`: another
    program speaks HTTPS and passes requests on. `addresses` are numeric; `proxies` are the only ones that are believed.
    `left_behind`: the vault with the authority's key was deleted, so that nobody can renew the certificate.
    """

    v: int = 1
    way: Way = "off"
    host: str = ""
    port: int = DEFAULT_PORT
    addresses: tuple[str, ...] = ()
    certificate: str = ""
    key: str = ""
    proxies: tuple[str, ...] = ()
    left_behind: bool = False

    @property
    def listens(self) -> bool:
        """Whether the program itself speaks HTTPS."""
        return self.way in {"authority", "certificate"}

    @property
    def names(self) -> frozenset[str]:
        """The names by which a request over HTTPS may call this program."""
        named = {self.host, *(f"[{each}]" if ":" in each else each for each in self.addresses)}
        return frozenset(named - {""}) if self.way != "off" else frozenset()

    @property
    def origin(self) -> str:
        """The address to open on another device, or nothing."""
        return self._at(self.host) if self.way != "off" else ""

    @property
    def numeric_origins(self) -> list[str]:
        """The same by number, for a phone that cannot find the name."""
        return [self._at(f"[{each}]" if ":" in each else each) for each in self.addresses]

    def _at(self, host: str) -> str:
        port = "" if self.port == HTTPS_PORT else f":{self.port}"
        return f"https://{host}{port}"


class Current:
    """The choice as it stands now, read again when the file changes; a damaged file is as none."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._seen: object = ()
        self._reach = Reach()

    def __call__(self) -> Reach:
        mark = mark_of(self._file)
        if mark != self._seen:
            self._reach = read(self._file.parent) or Reach()
            self._seen = mark
        return self._reach


Source = Callable[[], Reach]


def mark_of(file: Path) -> object:
    """Something that is another one when the file is; a link counts as what it leads to."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def read(home: Path) -> Reach | None:
    """What the file says; off where there is none, None where it cannot be read."""
    try:
        return msgspec.json.decode((home / FILE).read_bytes(), type=Reach)
    except FileNotFoundError:
        return Reach()
    except (OSError, msgspec.DecodeError):
        return None


def write(home: Path, reach: Reach) -> None:
    """The choice from now on, in every process that serves from this folder."""
    write_private(home / FILE, msgspec.json.encode(reach))


def certificate_files(home: Path, reach: Reach) -> tuple[Path, Path]:
    """Where the certificate and its key lie."""
    if reach.way == "certificate":
        return Path(reach.certificate).expanduser(), Path(reach.key).expanduser()
    return home / FOLDER / "certificate.pem", home / FOLDER / "certificate.key"


def authority_file(home: Path) -> Path:
    """The authority's own certificate, which is not secret: phones take it in."""
    return home / FOLDER / "authority.pem"


def write_private(file: Path, content: bytes) -> None:
    """Write whole or not at all, for the owner of this folder only (0600)."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
