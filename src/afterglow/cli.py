"""The command line: run, demo, analyse, score, import, export, backup, restore, doctor. Each command loads only what it needs."""

import argparse
import json
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from afterglow import __version__
from afterglow.core.bad_input import BadInput

THREADS = 6
LARGEST_BODY_BYTES = 64 * 1024 * 1024
Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 on success, 2 on bad input with one line on stderr."""
    # Before numpy is loaded: its threads mostly wait for each other here, and burn the time of a small computer.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        return command(options)
    except BadInput as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="afterglow", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "run", run, "start Afterglow on this computer")
    _add(commands, "demo", demo, "the same with a fictional person, in a throw-away folder")
    _add(commands, "doctor", doctor, "look whether everything kept is sound")
    _add(commands, "backup", backup, "copy everything, sealed, into one file").add_argument(
        "file", type=Path
    )
    _add(commands, "restore", restore, "bring a backup into an empty data folder").add_argument(
        "file", type=Path
    )
    for word, command, what in (
        ("export", export, "write everything kept into one zip that anybody can read"),
        ("import", import_, "bring in a file or a folder"),
    ):
        carrying = _add(commands, word, command, what)
        carrying.add_argument("path", type=Path)
        carrying.add_argument("--name", default="", help="whose vault, where there are several")
    scored = _add(commands, "score", score, "score one questionnaire")
    scored.add_argument("instrument")
    scored.add_argument("--answers", required=True, help="1,2,0,… with - for a missing one")
    scored.add_argument("--json", action="store_true")
    _add_analyse(commands)
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    command: Command,
    what: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what, description=what)
    parser.set_defaults(command=command)
    return parser


def _add_analyse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    analyse = commands.add_parser("analyse", help="what the pages compute, for scripts")
    kinds = analyse.add_subparsers(required=True, metavar="WHAT")
    themes = _add(kinds, "themes", analyse_themes, "what returns in a journal")
    themes.add_argument("journal", type=Path)
    themes.add_argument("--marks", type=Path)
    safety = _add(kinds, "safety", analyse_safety, "which texts bring the help panel")
    safety.add_argument("texts", type=Path)
    lift = _add(kinds, "lift", analyse_lift, "how a lift rose and faded")
    lift.add_argument("people", type=Path)
    lift.add_argument("--priors", type=Path)
    priors = _add(kinds, "priors", analyse_priors, "learn population priors from people")
    priors.add_argument("people", type=Path)
    priors.add_argument("--out", type=Path, required=True)
    experiment = _add(kinds, "experiment", analyse_experiment, "read a randomised self-experiment")
    experiment.add_argument("file", type=Path)
    for parser in (themes, safety, lift, priors, experiment):
        parser.add_argument("--json", action="store_true")


# Serving


def run(options: argparse.Namespace) -> int:
    """Set up what is missing, say where things are, and serve until stopped."""
    from afterglow.config import env  # the environment is read only when a command needs it

    try:
        surroundings = env.environment()
    except env.Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    if _port_is_taken(surroundings.bind, surroundings.port):
        print(
            f"Something already answers at port {surroundings.port}; perhaps Afterglow is running. "
            "Set AFTERGLOW_PORT to use another one.",
            file=sys.stderr,
        )
        return 2
    _prepare()
    print(f"Afterglow: {surroundings.address}")
    print(f"What you keep is in {surroundings.home} (only you can open that folder).")
    _serve(surroundings.bind, surroundings.port)
    return 0


def _port_is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def _prepare(*, starting: bool = True) -> None:
    """Django, the database and its tables; a start of the program locks everything."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterglow.config.settings")
    django.setup()
    from afterglow.vault import doors

    call_command("migrate", verbosity=0, interactive=False)
    if starting:
        doors.lock_everything()


def _serve(host: str, port: int) -> None:
    import waitress

    from afterglow.config import background, process
    from afterglow.config.wsgi import application

    process.keep_memory_private()
    background.start()
    # Buffers larger than any transfer: nothing a person wrote may spill into a temporary file.
    waitress.serve(
        application,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        inbuf_overflow=LARGEST_BODY_BYTES * 2,
        outbuf_overflow=LARGEST_BODY_BYTES * 4,
        max_request_body_size=LARGEST_BODY_BYTES,
        _quiet=True,
    )


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
    from afterglow.config import env
    from afterglow.transfer import backup as copies

    troubles = copies.doctor(env.environment().home)
    print("\n".join(troubles) if troubles else "Everything looks sound.")
    return 1 if troubles else 0


def backup(options: argparse.Namespace) -> int:
    from afterglow.config import env
    from afterglow.transfer import backup as copies

    copies.backup(options.file, home=env.environment().home)
    print(f"Kept in {options.file}. It opens with the passphrase of today.")
    return 0


def restore(options: argparse.Namespace) -> int:
    from afterglow.config import env
    from afterglow.transfer import backup as copies

    try:
        copies.restore(options.file, env.environment().home)
    except copies.NotRestored as refused:
        print(refused, file=sys.stderr)
        return 2
    print("Restored. Start Afterglow and open it with the passphrase of that time.")
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


# Computing


def score(options: argparse.Namespace) -> int:
    from afterglow.core.instruments.command import run_score

    return _print_one(run_score(options.instrument, options.answers))


def analyse_themes(options: argparse.Namespace) -> int:
    from afterglow.core.themes.command import run_themes
    from afterglow.core.themes.feelings.head import FeelingHead
    from afterglow.core.themes.meaning import load_model

    model, feelings = load_model(), FeelingHead.load()
    return _print_one(
        run_themes(options.journal, marks=options.marks, model=model, feelings=feelings)
    )


def analyse_safety(options: argparse.Namespace) -> int:
    from afterglow.core.safety.command import run_safety
    from afterglow.core.themes.meaning import load_model

    lines = _lines(options.texts)
    return _print_each(run_safety(lines, source=options.texts.name, meaning=load_model()))


def analyse_lift(options: argparse.Namespace) -> int:
    from afterglow.core.lift.command import run_lift
    from afterglow.core.lift.priors import from_toml

    priors = from_toml("\n".join(_lines(options.priors))) if options.priors else None
    return _print_each(run_lift(_lines(options.people), source=options.people.name, priors=priors))


def analyse_priors(options: argparse.Namespace) -> int:
    from afterglow.core.lift.command import run_priors

    text = run_priors(_lines(options.people), source=options.people.name)
    options.out.write_text(text, encoding="utf-8")
    return 0


def analyse_experiment(options: argparse.Namespace) -> int:
    from afterglow.core.experiment.command import run_experiment

    text = "\n".join(_lines(options.file))
    return _print_one(run_experiment(text, source=options.file.name))


def _lines(path: Path) -> Iterable[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadInput(path.name, None, None, "the file cannot be read") from error
    except UnicodeDecodeError as error:
        raise BadInput(path.name, None, None, "the file is not UTF-8 text") from error


def _print_one(value: object) -> int:
    print(json.dumps(value, ensure_ascii=False))
    return 0


def _print_each(values: Iterable[object]) -> int:
    for value in values:
        print(json.dumps(value, ensure_ascii=False))
    return 0
