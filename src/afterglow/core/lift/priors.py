"""What is assumed about people before one's own answers: the numbers of the model, read from TOML.

Leaves out how they are learned (`learn`) and what they do (`steps`, `filter`).
"""

import tomllib
from functools import cache
from importlib import resources
from math import exp, isfinite, sqrt
from typing import Final

import msgspec

STATIC: Final = ("level", "fast", "slow", "course", "mood")


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way such courses go (by route and setting): what a person's own numbers are drawn from.

    `mean` and `cov` are over STATIC: untreated level, fast and slow lift of a sitting, and gain over the
    treatment course, in PHQ-9 points; mood level at zero points. `cov` is 5 rows of 5.
    """

    name: str
    weight: float
    fade_fast_days: float
    fade_slow_days: float
    mean: tuple[float, ...]
    cov: tuple[tuple[float, ...], ...]


class Shared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers that hold for every setting; times in days, spreads as standard deviations."""

    wobble_days: float
    wobble_sd: float
    start_mean: float
    start_sd: float
    top_up_fast: float
    top_up_slow: float
    sitting_fast_sd: float
    sitting_slow_sd: float
    longer_each_sitting: float
    course_days: float
    recall_days: float
    phq9_sd: float
    mood_per_point: float
    mood_wobble_days: float
    mood_wobble_sd: float
    mood_sd: float
    trust_in_spread: float


class Priors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The population; `source` says where the numbers come from, `people` how many taught them.

    `fade_spread` is how far a person's slow fading may differ from that of their setting: the standard
    deviation of its logarithm. It is assumed, not learned: the simulated worlds have 0.6 and 0.8.
    """

    source: str
    people: int
    shared: Shared
    settings: tuple[Setting, ...]
    lift_spread: float = 1.5
    fade_spread: float = 0.56


@cache
def ways_of(priors: Priors) -> tuple[Setting, ...]:
    """Each setting with slower, usual and faster fading: what a person's answers are weighed under.

    Three points with the mean and the spread of a normal distribution of log fade time.
    """
    step = sqrt(2) * priors.fade_spread
    return tuple(
        msgspec.structs.replace(
            setting,
            weight=setting.weight * share,
            fade_slow_days=setting.fade_slow_days * exp(place * step),
        )
        for setting in priors.settings
        for place, share in ((-1, 0.25), (0, 0.5), (1, 0.25))
    )


def from_toml(text: str) -> Priors:
    """Raises ValueError naming what does not fit."""
    priors = _from_toml(text)
    if not priors.settings:
        raise ValueError("no setting")
    for setting in priors.settings:
        _guard(setting)
    shared = msgspec.structs.astuple(priors.shared)
    if not all(map(isfinite, (*shared, priors.lift_spread, priors.fade_spread))):
        raise ValueError("shared: every number is finite")
    if min(shared[place] for place in _POSITIVE) <= 0:
        raise ValueError("shared: times and spreads are above zero")
    return priors


def to_toml(priors: Priors) -> str:
    """The same numbers as a file that `from_toml` reads; six significant figures."""
    lines = [
        f"source = {_quoted(priors.source)}",
        f"people = {priors.people}",
        f"lift_spread = {priors.lift_spread:g}",
        f"fade_spread = {priors.fade_spread:g}",
        "",
        "[shared]",
        *(
            f"{key} = {_number(value)}"
            for key, value in msgspec.structs.asdict(priors.shared).items()
        ),
    ]
    for setting in priors.settings:
        lines += ["", "[[settings]]", f"name = {_quoted(setting.name)}"]
        for key in ("weight", "fade_fast_days", "fade_slow_days"):
            lines.append(f"{key} = {_number(getattr(setting, key))}")
        lines.append(f"mean = {_row(setting.mean)}  # {', '.join(STATIC)}")
        lines += ["cov = [", *(f"  {_row(row)}," for row in setting.cov), "]"]
    return "\n".join(lines) + "\n"


@cache
def shipped() -> Priors:
    """The priors that come with the program."""
    return from_toml(
        resources.files("afterglow").joinpath("data/lift/priors.toml").read_text("utf-8")
    )


def _from_toml(text: str) -> Priors:
    try:
        return msgspec.convert(tomllib.loads(text), Priors, strict=False)
    except RecursionError as why:
        raise ValueError("nested too deeply") from why
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as why:
        raise ValueError(str(why)) from why


def _guard(setting: Setting) -> None:
    size = len(STATIC)
    if len(setting.mean) != size or [len(row) for row in setting.cov] != [size] * size:
        raise ValueError(
            f"setting {setting.name}: mean has {size} numbers, cov {size} rows of {size}"
        )
    times = (setting.weight, setting.fade_fast_days, setting.fade_slow_days)
    if not all(map(isfinite, (*times, *setting.mean, *(n for row in setting.cov for n in row)))):
        raise ValueError(f"setting {setting.name}: every number is finite")
    if min(times) <= 0:
        raise ValueError(f"setting {setting.name}: weight and fade times are above zero")
    if list(map(tuple, zip(*setting.cov, strict=True))) != list(setting.cov):
        raise ValueError(f"setting {setting.name}: cov is the same in both halves")


_POSITIVE: Final = tuple(
    place
    for place, name in enumerate(Shared.__struct_fields__)
    if name.endswith(("_days", "_sd")) or name == "trust_in_spread"
)


def _number(value: float) -> str:
    return f"{value:.6g}"


def _row(row: tuple[float, ...]) -> str:
    return "[" + ", ".join(_number(value) for value in row) + "]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
