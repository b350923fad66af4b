"""Prints how good the lift model is: `python -m tests.bench.bench_lift [--data DIR] [--small]`. Asserts nothing."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.lift import cohorts, experiments, forecasts, real, returns, speed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/lift"))
    parser.add_argument("--small", action="store_true", help="about a minute instead of ten")
    options = parser.parse_args()
    small: bool = options.small
    if (options.data / "dev.people.jsonl").exists():
        dev = cohorts.development(options.data)
        _part("Development people, shipped priors", lambda: _cohort(dev, small=small))
        _part(
            "Development people, priors learned from the other half",
            lambda: _crossed(dev, small=small),
        )
    else:
        print(
            f"There are no development people in {options.data}; only the project's own simulator is used."
        )
    own = cohorts.own(300 if small else 1000, seed=21)
    _part("Own simulator", lambda: _cohort(own, small=small))
    moved = cohorts.own(300 if small else 1000, seed=22, shift=0.25)
    _part(
        "Own simulator, noise, fade and lift changed by 25 %",
        lambda: forecasts.coverage_only(moved),
    )
    _part("Lift left today", lambda: returns.lift_left(own[: 200 if small else 600]))
    _part("Experiments", lambda: experiments.report(60 if small else 400))
    _part("Real series", lambda: real.report(options.data))
    _part("Speed", lambda: speed.report(small=small))


def _cohort(people: list[cohorts.Case], *, small: bool) -> None:
    forecasts.report(people)
    returns.report(people)


def _crossed(people: list[cohorts.Case], *, small: bool) -> None:
    fitted = cohorts.crossed(people, rounds=5 if small else 12)
    forecasts.report(people, fitted)
    returns.report(people, fitted)


def _part(title: str, report: Callable[[], None]) -> None:
    print(f"\n## {title}")
    began = time.perf_counter()
    report()
    print(f"({time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
