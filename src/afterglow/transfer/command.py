"""`afterglow export` and `afterglow import`: the same zip and the same reading as on the pages, without a browser.

The passphrase is asked for and never taken from an argument, which other people at this computer could see.
"""

import getpass
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from afterglow.accounts import queries, services
from afterglow.core.bad_input import BadInput
from afterglow.core.days import moment
from afterglow.transfer import archive
from afterglow.transfer import services as transfer
from afterglow.ui.clock import system_zone
from afterglow.vault import doors
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.throttle import TooSoon
from afterglow.vault.unlock import WrongKey

Ask = Callable[[str], str]


def run_export(file: Path, *, name: str, ask: Ask = getpass.getpass) -> str:
    """Write everything kept into a new zip that anybody can read. Raises BadInput."""
    if file.exists():
        raise BadInput(file.name, None, None, "there is already a file with this name")
    vault = _opened(name, ask)
    try:
        with file.open("xb") as out:
            file.chmod(0o600)
            archive.write_archive(vault, out, language="en")
    finally:
        doors.lock(vault)
    return f"Kept in {file}. Anybody who has this file can read it."


def run_import(path: Path, *, name: str, ask: Ask = getpass.getpass) -> tuple[str, list[str]]:
    """Keep what a file or folder holds; gives what was kept, and a line for each place left out."""
    if not path.exists():
        raise BadInput(path.name, None, None, "there is no such file or folder")
    vault = _opened(name, ask)
    now = moment(timezone.now(), system_zone())
    try:
        if path.is_dir():
            kept, problems = transfer.import_folder(vault=vault, folder=path, now=now)
        else:
            content = _unlocked(path, ask)
            kept, problems = transfer.import_file(
                vault=vault, content=content, name=path.name.removesuffix(".age"), now=now
            )
    finally:
        doors.lock(vault)
    left_out = [f"{p.source}{f', line {p.line}' if p.line else ''}: {p.why}" for p in problems]
    return f"Kept: {kept}. Left out: {len(left_out)}.", left_out


def _unlocked(path: Path, ask: Ask) -> bytes:
    """The file, opened with its own words where it is a locked export."""
    content = path.read_bytes()
    words = ask("The words of this export: ") if content.startswith(archive.AGE_BEGINS) else ""
    try:
        return archive.unlocked(content, words)
    except archive.StillLocked as error:
        raise BadInput(path.name, None, None, "these words do not open it") from error


def _opened(name: str, ask: Ask) -> OpenVault:
    if queries.how_many_people() == 0:
        raise BadInput("vault", None, None, "nothing has been kept here yet")
    try:
        entered = services.open_by_passphrase(
            name=name, passphrase=ask("Passphrase: "), address="command line"
        )
    except WrongKey as error:
        raise BadInput("vault", None, "passphrase", "this does not open it") from error
    except TooSoon as wait:
        raise BadInput("vault", None, "passphrase", f"please wait {wait.seconds} seconds") from wait
    return entered.vault
