"""What the command line asks of an experiment: one JSON object in, one finding out."""

from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any, Final

from afterglow.core.bad_input import BadInput
from afterglow.core.experiment.design import LEAST_BLOCKS, Block, Plan
from afterglow.core.experiment.estimate import Finding, analyse
from afterglow.core.lift.priors import Priors, shipped
from afterglow.core.lift.reading import Place, day_of_field, number_of_field, object_of, series_of
from afterglow.core.lift.series import NotEnough

_LONGEST_BLOCK_DAYS: Final = 56
_SENTENCES: Final = {
    "lower_with": "Scores were about {points} points lower in the blocks with the practice (the draws allow {low} to {high}).",
    "higher_with": "Scores were about {points} points higher in the blocks with the practice (the draws allow {low} to {high}).",
    "cannot_tell": "This experiment cannot tell a difference; the draws allow anything from {higher} points higher to {lower} points lower. One of about {detectable} points is found four times in five; a smaller one may be there or not.",
    "few_blocks": "This experiment cannot tell a difference; with fewer than {least} blocks there are too few other draws to stand out from.",
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
    effect, detectable = found.effect, found.detectable_effect
    return {
        "effect": {
            "mean": round(effect.mean, 3),
            "low": round(effect.low, 3),
            "high": round(effect.high, 3),
        },
        "p_randomisation": round(found.p_randomisation, 4),
        "adherence": round(found.adherence.share, 3),
        "detectable_effect": None if detectable is None else round(detectable, 3),
        "statement": _statement(found),
    }


def _statement(found: Finding) -> str:
    """Its range is that of the draws, as on the pages; the range in `effect` is the model's."""
    key = "few_blocks" if found.key == "cannot_tell" and not found.detectable_effect else found.key
    edges = sorted(map(abs, (found.by_lot.low, found.by_lot.high)))
    return _SENTENCES[key].format(
        points=f"{abs(found.effect.mean):.0f}",
        low=f"{edges[0]:.0f}",
        high=f"{edges[1]:.0f}",
        higher=f"{-found.by_lot.low:.0f}",
        lower=f"{found.by_lot.high:.0f}",
        detectable=f"{found.detectable_effect or 0:.0f}",
        least=LEAST_BLOCKS,
    )


def _empty(reason: NotEnough) -> dict[str, Any]:
    return {
        "effect": None,
        "p_randomisation": None,
        "adherence": None,
        "detectable_effect": None,
        "statement": f"Not enough yet: {reason.have} scores inside the blocks; {reason.need} are needed.",
    }
