"""The command line: run, demo, analyse, score, import, export, backup, restore, doctor, renew-server-key. Each command loads only what it needs."""

import argparse
import os
import socket
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from afterglow import __version__
from afterglow.cli import computing, voice
from afterglow.cli.adding import Command, add
from afterglow.core.bad_input import CannotGoOn

if TYPE_CHECKING:
    from afterglow.config.env import Environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 on success, 2 with one line on stderr where it cannot go on, 1 where the doctor found something."""
    # Before numpy is loaded: its threads mostly wait for each other here, and burn the time of a small computer.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        return command(options)
    except CannotGoOn as error:
        return _end_with(str(error))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _end_with(f"{place}{error.strerror or error}")
    except EOFError:
        return _end_with("Nothing was typed, so nothing was done.")
    except KeyboardInterrupt:
        return 0


def _end_with(line: str) -> int:
    print(line, file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afterglow", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add(commands, "run", run, "start Afterglow on this computer")
    add(commands, "demo", demo, "the same with a fictional person, in a throw-away folder")
    add(commands, "doctor", doctor, "look whether everything kept is sound")
    add(commands, "backup", backup, "copy everything, sealed, into one file").add_argument(
        "file", type=Path
    )
    add(
        commands,
        "restore",
        restore,
        "bring a backup into a data folder in which nobody has a vault",
    ).add_argument("file", type=Path)
    for word, command, what in (
        ("export", export, "write everything kept into one zip that anybody can read"),
        ("import", import_, "bring in a file or a folder"),
    ):
        carrying = add(commands, word, command, what)
        carrying.add_argument("path", type=Path)
        carrying.add_argument("--name", default="", help="whose vault, where there are several")
    add(commands, "renew-server-key", renew_server_key, "a new key for names and addresses")
    computing.add_to(commands)
    voice.add_to(commands)
    return parser


# Serving


def run(options: argparse.Namespace) -> int:
    """Set up what is missing, say where things are, and serve until stopped."""
    from afterglow.config import env  # the environment is read only when a command needs it
    from afterglow.transfer import moving_in

    surroundings = env.environment()
    if surroundings.keeps_a_file:
        moving_in.settle(surroundings.home)
    if _port_is_taken(surroundings.bind, surroundings.port):
        raise CannotGoOn(
            f"Something already answers at port {surroundings.port}; perhaps Afterglow is running. "
            "Set AFTERGLOW_PORT to use another one."
        )
    _prepare()
    print(f"Afterglow: {surroundings.address}")
    elsewhere = env.reach_of(surroundings)()
    if elsewhere.origin and elsewhere.origin != surroundings.address:
        print(f"On your phone: {elsewhere.origin}")
    print(f"What you keep is in {surroundings.home} (only you can open that folder).")
    _serve(surroundings)
    return 0


def _port_is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def _prepare(*, starting: bool = True) -> None:
    """Django, the database and its tables; a start of the program locks everything."""
    _set_up_django()
    from django.core.management import call_command
    from django.db import DatabaseError

    from afterglow.vault import doors

    try:
        call_command("migrate", verbosity=0, interactive=False)
        if starting:
            doors.lock_everything()
    except DatabaseError as error:
        why = str(error).strip().splitlines() or [type(error).__name__]
        raise CannotGoOn(
            f"The database does not open: {why[0]}. Look with: afterglow doctor"
        ) from error


def _set_up_django() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterglow.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        why = str(error).splitlines()[0]
        raise CannotGoOn(f"{why}: docs/howto/serve-a-clinic.md says what to install.") from error


def _serve(surroundings: "Environment") -> None:
    from afterglow.config import serve

    serve.serve(surroundings)


def demo(options: argparse.Namespace) -> int:
    """A fictional person's sixteen weeks, gone when the program stops."""
    with tempfile.TemporaryDirectory(prefix="afterglow-demo-") as folder:
        os.environ["AFTERGLOW_HOME"] = folder
        os.environ["AFTERGLOW_COPIES"] = "off"
        os.environ.setdefault("AFTERGLOW_PORT", "8751")
        _prepare()
        from afterglow.transfer.demo import fill

        passphrase = fill()
        print("This is a fictional person. Open with the passphrase: " + passphrase)
        return run(options)


# Keeping


def doctor(options: argparse.Namespace) -> int:
    """What was found, one on a line; 1 where that is anything at all."""
    from datetime import UTC, datetime

    from afterglow.config import env
    from afterglow.transfer import backup as copies
    from afterglow.transfer import daily

    here = env.environment()
    late = daily.troubles(here.copies, datetime.now(UTC).date())
    kept = copies.doctor(here.home) if here.keeps_a_file else _of_a_server(here.home)
    troubles = kept + late + _in_the_way()
    print("\n".join(troubles) if troubles else "Everything looks sound.")
    return 1 if troubles else 0


def _of_a_server(home: Path) -> list[str]:
    """What is not well where a database server keeps the data; says what was not looked at."""
    _set_up_django()
    from afterglow.transfer import server_database

    print(server_database.NOT_LOOKED_AT)
    return server_database.doctor(home)


def _in_the_way() -> list[str]:
    """What keeps phones from getting in, in words."""
    from datetime import UTC, datetime

    from afterglow.config import way_in

    return way_in.troubles(datetime.now(UTC))


def backup(options: argparse.Namespace) -> int:
    from afterglow.transfer import backup as copies

    copies.backup(options.file, home=_home_with_a_file())
    print(f"Kept in {options.file}. It opens with the passphrase of today.")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Only while Afterglow is stopped: it would go on with the database and the key that it has."""
    from afterglow.config import elected
    from afterglow.transfer import backup as copies

    home = _home_with_a_file()
    with elected.nothing_runs(home) as stopped:
        if not stopped:
            raise CannotGoOn("Afterglow is running. Please stop it first, then do this again.")
        copies.restore(options.file, home)
    print("Restored. Start Afterglow and open it with the passphrase of that time.")
    return 0


def _home_with_a_file() -> Path:
    """The data folder, where the database is a file in it. A copy without the real data would be worse than none."""
    from afterglow.config import env

    here = env.environment()
    if not here.keeps_a_file:
        raise CannotGoOn(
            "DATABASE_URL names a database server, which this command does not copy or fill. "
            "Use pg_dump and pg_restore: docs/howto/serve-a-clinic.md"
        )
    return here.home


def renew_server_key(options: argparse.Namespace) -> int:
    """Earlier keys stay, to find what they hid; what people wrote is under their own keys and is not touched."""
    from afterglow.config import env

    count = env.renew_server_key(env.environment().home)
    print(f"There are {count} server keys now. The new one is used from the next start on.")
    return 0


def export(options: argparse.Namespace) -> int:
    _prepare(starting=False)
    from afterglow.transfer.command import run_export

    print(run_export(options.path, name=options.name))
    return 0


def import_(options: argparse.Namespace) -> int:
    _prepare(starting=False)
    from afterglow.transfer.command import run_import

    kept, left_out = run_import(options.path, name=options.name)
    print("\n".join(left_out), file=sys.stderr)
    print(kept)
    return 0
