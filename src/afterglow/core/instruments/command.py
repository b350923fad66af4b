"""Scoring as the command line offers it: words in, one JSON value out. Prints nothing itself."""

from typing import Any

import msgspec

from afterglow.core.bad_input import BadInput
from afterglow.core.instruments.loading import instruments, load_instrument
from afterglow.core.instruments.schema import Instrument
from afterglow.core.instruments.scoring import score

MISSING = "-"


def run_score(instrument_id: str, answers_text: str) -> dict[str, Any]:
    """Scores answers such as `1,2,0,-,1,…`. Raises BadInput naming the field that cannot be read."""
    instrument = _instrument(instrument_id)
    result = msgspec.to_builtins(score(instrument, _answers(instrument, answers_text)))
    fields = ("total", "band", "subscales", "missing", "prorated", "safety")
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        **{field: result[field] for field in fields},
    }


def _instrument(instrument_id: str) -> Instrument:
    try:
        return load_instrument(instrument_id.strip().lower())
    except LookupError as error:
        known = ", ".join(instrument.id for instrument in instruments())
        raise BadInput("score", None, "instrument", f"not known; there are {known}") from error


def _answers(instrument: Instrument, text: str) -> list[int | None]:
    words = [word.strip() for word in text.split(",")]
    if len(words) != len(instrument.items):
        why = f"{len(words)} given, {len(instrument.items)} needed, with - for a missing one"
        raise BadInput("score", None, "answers", why)
    return [_answer(instrument, number, word) for number, word in enumerate(words, start=1)]


def _answer(instrument: Instrument, number: int, word: str) -> int | None:
    if word == MISSING:
        return None
    by_word = {str(option.value): option.value for option in instrument.options}
    if word not in by_word:
        raise BadInput(
            "score", None, f"answers, item {number}", f"must be {', '.join(by_word)} or -"
        )
    return by_word[word]
