"""What the command line asks of an experiment: one JSON object in, one finding out."""

from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any, Final

from afterglow.core.bad_input import BadInput
from afterglow.core.experiment.design import Block, Plan
from afterglow.core.experiment.estimate import Finding, analyse
from afterglow.core.lift.priors import Priors, shipped
from afterglow.core.lift.reading import Place, day_of_field, number_of_field, object_of, series_of
from afterglow.core.lift.series import NotEnough

_LONGEST_BLOCK_DAYS: Final = 56
_SENTENCES: Final = {
    "lower_with": "Scores were about {points} points lower in the blocks with the practice (likely {low} to {high}).",
    "higher_with": "Scores were higher in the blocks with the practice, by about {points} points.",
    "cannot_tell": "This experiment cannot tell a difference; it could only have found one of about {detectable} points or more.",
}


def run_experiment(text: str, *, source: str, priors: Priors | None = None) -> dict[str, Any]:
    """Raises BadInput. The redraws come from the recorded seed, so the same file gives the same finding."""
    place = Place(source, None)
    fields = object_of(text, place)
    plan = _plan(fields, place)
    done = fields.get("done", [])
    if not isinstance(done, list):
        raise place.refuse("done", "a list of days is expected")
    days = [day_of_field(day, f"done[{index}]", place) for index, day in enumerate(done)]
    series = series_of(fields, place)
    rng = Random(f"redraws of {plan.seed}")  # noqa: S311  (repeatable on purpose, no secret)
    found = analyse(plan, days, series, priors=priors or shipped(), rng=rng)
    return _empty(found) if isinstance(found, NotEnough) else _found(found)


def _plan(fields: dict[str, Any], place: Place) -> Plan:
    block_days = _whole(fields, "block_days", place, least=1, most=_LONGEST_BLOCK_DAYS)
    seed = _whole(fields, "seed", place, least=0, most=2**63)
    blocks = fields.get("blocks")
    if not isinstance(blocks, list) or not blocks:
        raise place.refuse("blocks", "a list of blocks is expected")
    drawn = [_block(block, f"blocks[{index}]", place) for index, block in enumerate(blocks)]
    for index, (one, two) in enumerate(pairwise(drawn), start=1):
        if two.start < one.start + timedelta(days=block_days):
            raise place.refuse(
                f"blocks[{index}].start", "a block begins before the one before it ends"
            )
    if len({block.practise for block in drawn}) == 1:
        raise place.refuse("blocks", "blocks with and without the practice are needed")
    return Plan(block_days=block_days, seed=seed, blocks=tuple(drawn))


def _block(block: Any, name: str, place: Place) -> Block:
    if not isinstance(block, dict):
        raise place.refuse(name, "a JSON object is expected")
    if not isinstance(block.get("practise"), bool):
        raise place.refuse(f"{name}.practise", "true or false is expected")
    return Block(day_of_field(block.get("start"), f"{name}.start", place), block["practise"])


def _whole(fields: dict[str, Any], name: str, place: Place, *, least: int, most: int) -> int:
    number = number_of_field(fields.get(name), name, place, least=least, most=most)
    if number != int(number):
        raise BadInput(place.source, place.line, name, "a whole number is expected")
    return int(fields[name])


def _found(found: Finding) -> dict[str, Any]:
    effect = found.effect
    statement = _SENTENCES[found.key].format(
        points=f"{abs(effect.mean):.0f}",
        low=f"{effect.low:.0f}",
        high=f"{effect.high:.0f}",
        detectable=f"{found.detectable_effect:.0f}",
    )
    return {
        "effect": {
            "mean": round(effect.mean, 3),
            "low": round(effect.low, 3),
            "high": round(effect.high, 3),
        },
        "p_randomisation": round(found.p_randomisation, 4),
        "adherence": round(found.adherence.share, 3),
        "detectable_effect": round(found.detectable_effect, 3),
        "statement": statement,
    }


def _empty(reason: NotEnough) -> dict[str, Any]:
    return {
        "effect": None,
        "p_randomisation": None,
        "adherence": None,
        "detectable_effect": None,
        "statement": f"Not enough yet: {reason.have} scores inside the blocks; {reason.need} are needed.",
    }
