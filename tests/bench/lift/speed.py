"""Time and memory: one person with everything, ten thousand filtered, priors learned from 400."""

import json
import resource
import time

from tools.lift.simulate import Person, people

from afterglow.core.lift.command import run_lift
from afterglow.core.lift.filter import COLUMNS_AT_ONCE, filter_days
from afterglow.core.lift.learn import learn
from afterglow.core.lift.priors import shipped, ways_of
from afterglow.core.lift.series import Series
from afterglow.core.lift.steps import columns_of_priors, days_of


def report(*, small: bool) -> None:
    crowd = list(people(200 if small else 400, seed=31))
    _one([_line(person) for person in crowd[:50]])
    _many(crowd)
    began = time.perf_counter()
    count = 100 if small else 400
    learn([(p.series, p.origin) for p in crowd[:count]], shipped(), source="bench")
    print(f"priors from {count} people: {time.perf_counter() - began:.0f} s (aim 120 for 400)")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of this whole benchmark: {most:.0f} MB")


def _one(lines: list[str]) -> None:
    list(run_lift(lines[:2], source="bench"))
    took = []
    for line in lines:
        began = time.perf_counter()
        list(run_lift([line], source="bench"))
        took.append((time.perf_counter() - began) * 1000)
    print(
        f"one person, everything: median {sorted(took)[len(took) // 2]:.0f} ms, worst {max(took):.0f} ms (aim 50)"
    )


def _many(crowd: list[Person]) -> None:
    at_once = COLUMNS_AT_ONCE // len(ways_of(shipped()))
    began, done = time.perf_counter(), 0
    while done < 10_000:
        start = done % len(crowd)
        part = [(p.series, p.origin) for p in (crowd[start:] + crowd[:start])[:at_once]]
        days = days_of(part)
        filter_days(days.tiled(len(ways_of(shipped()))), columns_of_priors(shipped(), len(part)))
        done += len(part)
    print(
        f"{done} people filtered, arrays made included: {time.perf_counter() - began:.1f} s (aim 5)"
    )


def _line(person: Person) -> str:
    series: Series = person.series.until(person.origin)
    return json.dumps(
        {
            "person": "someone",
            "origin": person.origin.isoformat(),
            "sittings": [
                {"date": s.day.isoformat(), "dose_relative": s.dose_relative}
                for s in series.sittings
            ],
            "phq9": [{"date": s.day.isoformat(), "score": int(s.total)} for s in series.scores],
            "mood": [{"date": t.day.isoformat(), "level": t.level} for t in series.taps],
        }
    )
