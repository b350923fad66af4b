"""The thread through a person's documents: what came before a thing and what grew from it, walked over links.

Knows only keys and links; what a key stands for its caller knows.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def chain(start: Key, links: Iterable[tuple[Key, Key]]) -> set[Key]:
    """The start with everything before it and everything after it. A link goes from before to after.

    It can be walked both ways: whatever stands in the chain of a thing has that thing in its own.
    """
    after, before = defaultdict[Key, list[Key]](list), defaultdict[Key, list[Key]](list)
    for one, other in links:
        after[one].append(other)
        before[other].append(one)
    return _reached(start, after) | _reached(start, before)


def _reached(start: Key, ways: Mapping[Key, Sequence[Key]]) -> set[Key]:
    seen, waiting = {start}, [start]
    while waiting:
        for following in ways.get(waiting.pop(), ()):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen
