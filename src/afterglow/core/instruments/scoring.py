"""From answers to a total, by the instrument's own rules. Says nothing about what a total means for anybody."""

from collections.abc import Sequence

import msgspec

from afterglow.core.instruments.schema import Instrument


class Score(msgspec.Struct, frozen=True):
    """The result. `total` and `band` (a key) are None when too much is missing.

    `safety` is true when the instrument's safety item is answered with 1 or more; `item9` is that answer.
    """

    total: int | None
    band: str | None
    subscales: dict[str, int | None]
    missing: int
    prorated: bool
    safety: bool
    item9: int | None


def score(instrument: Instrument, answers: Sequence[int | None]) -> Score:
    """Scores one filled-in instrument; None stands for a missing answer.

    Raises ValueError, naming the item, for a wrong number of answers or a value that is no option.
    """
    _check(instrument, answers)
    missing = sum(answer is None for answer in answers)
    total = _total(answers, instrument.missing.most)
    item9 = None if instrument.safety_item is None else answers[instrument.safety_item - 1]
    return Score(
        total=total,
        band=None if total is None else instrument.band_of_total(total).key,
        subscales={
            part.key: _total([answers[number - 1] for number in part.items], 0)
            for part in instrument.subscales
        },
        missing=missing,
        prorated=missing > 0 and total is not None,
        safety=item9 is not None and item9 >= 1,
        item9=item9,
    )


def _check(instrument: Instrument, answers: Sequence[int | None]) -> None:
    expected = len(instrument.items)
    if len(answers) != expected:
        raise ValueError(
            f"{instrument.short_title} has {expected} items, and {len(answers)} answers were given"
        )
    allowed = [option.value for option in instrument.options]
    for number, answer in enumerate(answers, start=1):
        if answer is not None and answer not in allowed:
            raise ValueError(
                f"item {number}: {answer} is not one of {', '.join(map(str, allowed))}"
            )


def _total(answers: Sequence[int | None], most_missing: int) -> int | None:
    """The sum, with gaps filled by the mean of the rest and a half rounded up; None beyond the rule."""
    given = [answer for answer in answers if answer is not None]
    if not given or len(answers) - len(given) > most_missing:
        return None
    # Whole numbers throughout: rounding to the nearest, halves up, without floating point.
    return (2 * sum(given) * len(answers) + len(given)) // (2 * len(given))
