"""Which themes come together in the same entries more often than chance would have it."""

from collections.abc import Sequence
from itertools import combinations

from afterglow.core.themes.themes import Link, Theme

LEAST_TOGETHER = 2
LEAST_LIFT = 1.5
MOST_LINKS = 40


def links_between(themes: Sequence[Theme]) -> tuple[Link, ...]:
    """Links, strongest first."""
    total = len({entry for theme in themes for entry in theme.entries})
    found = []
    for one, other in combinations(themes, 2):
        together = len(set(one.entries) & set(other.entries))
        expected = len(one.entries) * len(other.entries) / max(total, 1)
        if together >= LEAST_TOGETHER and together >= LEAST_LIFT * expected:
            found.append(Link(one.id, other.id, together, round(together / expected, 2)))
    found.sort(key=lambda link: (-link.entries_together, -link.strength, link.one, link.other))
    return tuple(found[:MOST_LINKS])
