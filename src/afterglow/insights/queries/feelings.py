"""Feelings that may be in the quotes of a theme: only where they tell something, and never the weak labels."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from afterglow.core.themes.themes import Mention, Theme
from afterglow.insights.queries import finding
from afterglow.vault.open_vault import OpenVault

if TYPE_CHECKING:
    from afterglow.core.themes.feelings import FeelingHead

LEAST_QUOTES = 3
LEAST_SHARE = 0.3
# So many times as often as in the journal as a whole.
LEAST_TIMES = 2.0
MOST_NAMED = 3
SAMPLE = 300
NOT_TELLING = frozenset({"neutral", "approval", "disapproval", "confusion", "curiosity"})
HELD = "themes.feelings"


@cache
def reader() -> "FeelingHead | None":
    """The head that reads feelings, loaded once in a process."""
    from afterglow.core.themes.feelings import FeelingHead  # heavy: numpy, not before it is needed

    return FeelingHead.load()


def near(vault: OpenVault, theme: Theme) -> list[str]:
    """Names of feelings that stand out in the quotes of a theme, most frequent first."""
    if reader() is None or len(theme.mentions) < LEAST_QUOTES:
        return []
    here = _counted(vault, theme.mentions)
    usual, size = _usual(vault)
    telling = [
        name
        for name, count in here.most_common()
        if count >= LEAST_QUOTES
        and count >= LEAST_SHARE * len(theme.mentions)
        and count * size >= LEAST_TIMES * usual[name] * len(theme.mentions)
    ]
    return telling[:MOST_NAMED]


def _counted(vault: OpenVault, mentions: Sequence[Mention]) -> Counter[str]:
    found = reader()
    if found is None:
        return Counter()
    texts, vectors = finding.found(vault).shaper.read(mentions)
    named = (name for labels in found.of(texts, vectors) for name in labels)
    return Counter(name for name in named if name not in NOT_TELLING)


def _usual(vault: OpenVault) -> tuple[Counter[str], int]:
    """How often each feeling is named in passages spread evenly over the journal, and how many those are."""
    base = finding.found(vault)
    kept = cast("tuple[object, Counter[str], int] | None", vault.held(HELD))
    if kept is None or kept[0] is not base:
        sample = base.shaper.sample(SAMPLE)
        kept = (base, _counted(vault, sample), max(1, len(sample)))
        vault.hold(HELD, kept)
    return kept[1], kept[2]
