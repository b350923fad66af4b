"""Commands that compute what the pages compute, for scripts: score and analyse."""

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from afterglow.cli.adding import add
from afterglow.core.bad_input import BadInput


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    scored = add(commands, "score", score, "score one questionnaire")
    scored.add_argument("instrument")
    scored.add_argument("--answers", required=True, help="1,2,0,… with - for a missing one")
    scored.add_argument("--json", action="store_true")
    _add_analyse(commands)


def _add_analyse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    analyse = commands.add_parser("analyse", help="what the pages compute, for scripts")
    kinds = analyse.add_subparsers(required=True, metavar="WHAT")
    themes = add(kinds, "themes", analyse_themes, "what returns in a journal")
    themes.add_argument("journal", type=Path)
    themes.add_argument("--marks", type=Path)
    safety = add(kinds, "safety", analyse_safety, "which texts bring the help panel")
    safety.add_argument("texts", type=Path)
    lift = add(kinds, "lift", analyse_lift, "how a lift rose and faded")
    lift.add_argument("people", type=Path)
    lift.add_argument("--priors", type=Path)
    priors = add(kinds, "priors", analyse_priors, "learn population priors from people")
    priors.add_argument("people", type=Path)
    priors.add_argument("--out", type=Path, required=True)
    experiment = add(kinds, "experiment", analyse_experiment, "read a randomised self-experiment")
    experiment.add_argument("file", type=Path)
    for parser in (themes, safety, lift, priors, experiment):
        parser.add_argument("--json", action="store_true")


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
    from afterglow.core.themes.meaning import load_safety_model

    lines = _lines(options.texts)
    return _print_each(run_safety(lines, source=options.texts.name, meaning=load_safety_model()))


def analyse_lift(options: argparse.Namespace) -> int:
    from afterglow.core.lift.command import run_lift
    from afterglow.core.lift.priors import from_toml

    try:
        priors = from_toml("\n".join(_lines(options.priors))) if options.priors else None
    except ValueError as error:
        raise BadInput(options.priors.name, None, None, str(error)) from error
    return _print_each(run_lift(_lines(options.people), source=options.people.name, priors=priors))


def analyse_priors(options: argparse.Namespace) -> int:
    from afterglow.core.lift.command import run_priors

    lines, out = _lines(options.people), options.out
    with _written_whole(out) as draft:
        draft.write_text(run_priors(lines, source=options.people.name), encoding="utf-8")
    return 0


def analyse_experiment(options: argparse.Namespace) -> int:
    from afterglow.core.experiment.command import run_experiment

    text = "\n".join(_lines(options.file))
    return _print_one(run_experiment(text, source=options.file.name))


def _lines(path: Path) -> Iterable[str]:
    try:
        # Lines of a file, not of Python: a name may hold one of Unicode's own line marks.
        return path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise BadInput(path.name, None, None, "the file cannot be read") from error
    except UnicodeDecodeError as error:
        raise BadInput(path.name, None, None, "the file is not UTF-8 text") from error


@contextmanager
def _written_whole(path: Path) -> Iterator[Path]:
    """A draft beside it that takes its place at the end: what stood there before stays until then."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.touch()
    except OSError as error:
        raise BadInput(path.name, None, None, "the file cannot be written") from error
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise BadInput(path.name, None, None, "the file cannot be written") from error
    finally:
        draft.unlink(missing_ok=True)


def _print_one(value: object) -> int:
    return _print_each([value])


def _print_each(values: Iterable[object]) -> int:
    """All are made before the first is printed: what is refused half way prints nothing."""
    lines = [json.dumps(value, ensure_ascii=False) for value in values]
    for line in lines:
        # Half a character has no UTF-8; its escape is JSON too.
        print(line.encode("utf-8", "backslashreplace").decode("utf-8"))
    return 0
