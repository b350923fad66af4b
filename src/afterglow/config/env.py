"""What the program reads from its surroundings: folders, address, database. Nothing else looks at the environment."""

import hashlib
import hmac
import os
import secrets
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from afterglow.core.bad_input import CannotGoOn
from afterglow.serving import reach

SERVER_KEY_FILE, SERVER_KEY_BYTES = "server.key", 32
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")


class Refused(CannotGoOn):
    """A setting that would be unsafe or senseless; the text says the way out."""


@dataclass(frozen=True)
class Mail:
    """The mail server of whoever runs this program, for reminders. Never without TLS, except on this computer."""

    host: str
    port: int
    user: str
    password: str
    by_ssl: bool
    by_starttls: bool
    sender: str


@dataclass(frozen=True)
class Environment:
    home: Path
    port: int
    origin: str | None
    trusted_proxies: tuple[str, ...]
    database_url: str | None
    bind: str
    mail: Mail | None = None
    copies: Path | None = None
    workers: int = 4
    new_vaults_by_anyone: bool = False

    @property
    def database_file(self) -> Path:
        return self.home / "afterglow.sqlite3"

    @property
    def keeps_a_file(self) -> bool:
        """Whether the database is a file in the data folder; else it is a server's, which has tools of its own."""
        return self.database_url is None

    @property
    def address(self) -> str:
        return self.origin or f"http://localhost:{self.port}"


def reach_of(env: Environment) -> reach.Source:
    """Which way other devices come in: as the environment says, else as the page *Use on my phone* says."""
    if env.origin is None:
        return reach.Current(env.home)
    parts = urlsplit(env.origin)
    fixed = reach.Reach(
        way="proxy",
        host=str(parts.hostname),
        port=parts.port or reach.HTTPS_PORT,
        proxies=env.trusted_proxies,
    )
    return lambda: fixed


@cache
def environment() -> Environment:
    """The surroundings, read once. Raises Refused where they are unsafe."""
    return read(dict(os.environ))


def read(variables: dict[str, str]) -> Environment:
    origin = variables.get("AFTERGLOW_ORIGIN", "").rstrip("/") or None
    proxies = tuple(
        part.strip()
        for part in variables.get("AFTERGLOW_TRUSTED_PROXY", "").split(",")
        if part.strip()
    )
    bind = variables.get("AFTERGLOW_BIND", "127.0.0.1")
    home = Path(variables.get("AFTERGLOW_HOME") or default_home()).expanduser()
    _refuse_open_doors(origin, proxies, bind, home)
    return Environment(
        home=home,
        port=_port(variables.get("AFTERGLOW_PORT", "8750")),
        origin=origin,
        trusted_proxies=proxies,
        database_url=variables.get("DATABASE_URL") or None,
        bind=bind,
        mail=_mail(
            variables.get("AFTERGLOW_MAIL_URL", ""), variables.get("AFTERGLOW_MAIL_FROM", "")
        ),
        copies=_copies(variables, home),
        workers=_count(variables.get("AFTERGLOW_WORKERS", "4")),
        new_vaults_by_anyone=_by_anyone(variables.get("AFTERGLOW_NEW_VAULTS", "here")),
    )


def _by_anyone(said: str) -> bool:
    """Who may begin a vault: people at this computer and those who were invited, or whoever reaches the page."""
    if said not in {"here", "anyone"}:
        raise Refused(f"AFTERGLOW_NEW_VAULTS must be here or anyone, not {said!r}.")
    return said == "anyone"


def _copies(variables: dict[str, str], home: Path) -> Path | None:
    """Where a sealed copy is kept each day; a server's own database is copied by its own tools."""
    named = variables.get("AFTERGLOW_COPIES", "")
    if variables.get("DATABASE_URL"):
        if named not in {"", "off"}:
            raise Refused(
                "AFTERGLOW_COPIES names a folder, but with DATABASE_URL no daily copies are made. "
                "Leave it away, and copy with pg_dump: docs/howto/serve-a-clinic.md"
            )
        return None
    if named == "off":
        return None
    return Path(named).expanduser() if named else home / "copies"


def _mail(url: str, sender: str) -> Mail | None:
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Refused(
            "AFTERGLOW_MAIL_URL must look like smtps://user:password@host:465, or smtp://… for STARTTLS."
        )
    if "@" not in sender:
        raise Refused("AFTERGLOW_MAIL_URL needs AFTERGLOW_MAIL_FROM: the address that sends.")
    by_ssl = parts.scheme == "smtps"
    return Mail(
        host=parts.hostname,
        port=parts.port or (465 if by_ssl else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        by_ssl=by_ssl,
        by_starttls=not by_ssl and parts.hostname not in LOOPBACK_HOSTS,
        sender=sender,
    )


def _refuse_open_doors(origin: str | None, proxies: tuple[str, ...], bind: str, home: Path) -> None:
    if origin is not None and not origin.startswith("https://"):
        raise Refused(
            "AFTERGLOW_ORIGIN must start with https://. Without it Afterglow answers on this "
            "computer only, at http://localhost."
        )
    if origin is not None and not proxies:
        raise Refused(
            "AFTERGLOW_ORIGIN needs AFTERGLOW_TRUSTED_PROXY: the address of the proxy that "
            "speaks HTTPS for Afterglow, for example 127.0.0.1."
        )
    chosen = reach.read(home) or reach.Reach()
    if bind not in LOOPBACK_HOSTS and origin is None and chosen.way != "proxy":
        raise Refused(
            "Without TLS Afterglow listens on this computer only. To reach it from a phone, leave "
            "AFTERGLOW_BIND away and use Settings, Use on my phone. For a proxy with HTTPS in front, "
            "set AFTERGLOW_ORIGIN=https://… and AFTERGLOW_TRUSTED_PROXY."
        )


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refused(f"AFTERGLOW_PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 64:
        raise Refused(f"AFTERGLOW_WORKERS must be a number from 1 to 64, not {text!r}.")
    return int(text)


def default_home() -> Path:
    """The person's own data folder on this system."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Afterglow"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Afterglow"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "afterglow"


def prepare_home(home: Path) -> tuple[bytes, ...]:
    """Make the data folder for its owner only (0700) and give the server keys kept in it (32 bytes each).

    The first is in use; what earlier ones hid is still found with them.
    """
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    key_file = home / SERVER_KEY_FILE
    if not key_file.exists():
        _write_new(key_file, secrets.token_bytes(SERVER_KEY_BYTES))
    keys = key_file.read_bytes()
    if not keys or len(keys) % SERVER_KEY_BYTES:
        raise Refused(
            f"{key_file} is damaged: it should hold {SERVER_KEY_BYTES} bytes for each key. "
            "Restore it from a backup."
        )
    return tuple(keys[at : at + SERVER_KEY_BYTES] for at in range(0, len(keys), SERVER_KEY_BYTES))


def renew_server_key(home: Path) -> int:
    """A new server key in front of those before; gives how many there are now. Takes hold at the next start."""
    keys = (secrets.token_bytes(SERVER_KEY_BYTES), *prepare_home(home))
    new = home / f".{SERVER_KEY_FILE}.new"
    new.unlink(missing_ok=True)
    _write_new(new, b"".join(keys))
    new.replace(home / SERVER_KEY_FILE)
    return len(keys)


def _write_new(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def derived(server_key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose of the server key."""
    return hmac.digest(server_key, purpose.encode(), hashlib.sha256)


def database(env: Environment) -> dict[str, object]:
    """Django's DATABASES entry: SQLite in the data folder, or PostgreSQL by DATABASE_URL."""
    return _postgres(env.database_url) if env.database_url else _sqlite(env.database_file)


def _sqlite(file: Path) -> dict[str, object]:
    pragmas = [
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "foreign_keys=ON",
    ]
    if sys.platform == "darwin":
        pragmas.append("fullfsync=1")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "init_command": ";".join(f"PRAGMA {pragma}" for pragma in pragmas),
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgres(url: str | None) -> dict[str, object]:
    parts = urlsplit(url or "")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Refused("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": None,
    }
