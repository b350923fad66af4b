"""Finds names of people: capitalised words that behave like people more than like places.

Leaves out kin and roles, and who these people are to the writer.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from afterglow.core.themes.kin import KIN_OF

_NAME = re.compile(r"(?<![\w.])[^\W\d_a-z][^\W\d_]*[a-zà-ÿ][^\W\d_]*")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?…:;\"“”‘(\[\n*•>-])\s*$")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|to|from|near|on|into|via|through|the|of)\s+$", re.IGNORECASE
)
_PERSON_BEFORE = re.compile(
    r"\b(?:with|and|told|asked|rang|called|text|texted|from|see|saw|met|miss|missed|for|by|that|if)\s+$",
    re.IGNORECASE,
)
_PERSON_AFTER = re.compile(
    r"^(?:['’]s\b|\s+(?:says?|said|rang|texts?|texted|asked|asks|told|came|comes|called|calls|sent|was"
    r"|is|has|had|laughed|laughs|wants|wanted|and I|knows|knew|would|looked|went|cried|wrote|thinks)\b)"
)
_NOT_NAMES = frozenset(
    [
        "I",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Christmas",
        "Easter",
        "God",
        "Lord",
        "Jesus",
        "English",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Year",
        "Dream",
        "Session",
        "Sitting",
        "Day",
        "Week",
        "Today",
        "Tomorrow",
        "Yesterday",
        "Morning",
        "Evening",
        "Woke",
        "Then",
        "And",
        "But",
        "The",
        "She",
        "He",
        "They",
        "We",
        "You",
        "It",
        "My",
        "No",
        "Not",
        "Yes",
        "Oh",
        "Ok",
        "Okay",
        "Also",
    ]
)
# Names that are also kin words in some language.
_NAMES_TOO = frozenset({"anna"})
LEAST_NAME = 3
OFTEN = 3
LEAST_ADDED = 2
LEAST_TO_BE_KNOWN = 3
# A word that only ever opens a sentence needs more to be taken for a person.
SURE = 2

Forms = dict[str, set[int]]


@dataclass(slots=True)
class _Capitalised:
    """Where each capitalised word stands, how often inside a sentence, and what speaks for a person."""

    where: Forms
    inside: Counter[str]
    evidence: Counter[str]
    lower: frozenset[str]  # words that are written small somewhere

    def is_a_name(self, word: str) -> bool:
        least = 1 if self.inside[word] else SURE
        told = self.evidence[word] >= least
        return told and (word.lower() not in self.lower or self.inside[word] > OFTEN)


def names_in(passages: Sequence[str]) -> dict[str, Forms]:
    """Each name with its forms, and for each form the numbers of the passages that say it."""
    words = _capitalised(passages)
    names = {name for name in words.where if words.is_a_name(name)}
    joined = _joined(names, words)
    said = _with_lower_case({name: words.where[name] for name in names | set(joined)}, passages)
    found: dict[str, Forms] = {}
    for name in sorted(said):
        found.setdefault(joined.get(name, name), {})[name] = said[name]
    return found


def _joined(names: set[str], words: _Capitalised) -> dict[str, str]:
    """A longer or shorter form of a name by the form used more: *Rhiannon* by *Rhi*.

    Only where one begins the other, they never meet in one passage, and no third one fits.
    """
    free = sorted(w for w in words.where if w in names or _only_longer(w, words))
    pairs = [
        (short, long)
        for short in sorted(names)
        for long in free
        if long.startswith(short) and len(long) - len(short) >= LEAST_ADDED
        if not words.where[short] & words.where[long]
    ]
    fits = Counter(name for pair in pairs for name in pair)
    joined = {}
    for short, long in pairs:
        if fits[short] == fits[long] == 1:
            more = len(words.where[short]) >= len(words.where[long])
            joined[long if more else short] = short if more else long
    return joined


def _only_longer(word: str, words: _Capitalised) -> bool:
    """Whether it may be the long form of a name, said too rarely to be known as one: no plural, no place."""
    rare = len(words.where[word]) < LEAST_TO_BE_KNOWN and not word.endswith("s")
    return rare and word.lower() not in words.lower and words.evidence[word] >= 0


def _capitalised(passages: Sequence[str]) -> _Capitalised:
    where: Forms = defaultdict(set)
    evidence: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for number, text in enumerate(passages):
        for match in _NAME.finditer(text):
            name = match.group().removesuffix("'s")
            if not _may_be_a_name(name):
                continue
            before, after = text[: match.start()], text[match.end() :]
            where[name].add(number)
            inside[name] += not _SENTENCE_BEFORE.search(before)
            evidence[name] += bool(_PERSON_AFTER.match(after)) + bool(_PERSON_BEFORE.search(before))
            evidence[name] -= bool(_PLACE_BEFORE.search(before))
    lower = frozenset(word for text in passages for word in re.findall(r"\b[a-zà-ÿ]+\b", text))
    return _Capitalised(where, inside, evidence, lower)


def _may_be_a_name(name: str) -> bool:
    """Days in the plural are no people either."""
    return (
        len(name) >= LEAST_NAME
        and name not in _NOT_NAMES
        and name.removesuffix("s") not in _NOT_NAMES
        and (name.lower() not in KIN_OF or name.lower() in _NAMES_TOO)
    )


def _with_lower_case(names: Mapping[str, set[int]], passages: Sequence[str]) -> Forms:
    """Dictated text has no capitals: a known name counts there too."""
    lower = {name.lower(): name for name in names}
    found = {name: set(numbers) for name, numbers in names.items()}
    for number, text in enumerate(passages):
        if text == text.lower():
            for word in re.findall(r"[^\W\d_]+", text):
                if word in lower:
                    found[lower[word]].add(number)
    return found
