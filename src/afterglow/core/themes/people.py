"""Finds the people of a journal: names, kin and roles, each as one person where the text allows.

Leaves out who they are to the writer: it gives names and the passages that name them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
_KIN = {
    "mother": "mum mam mom mummy mommy mama mamma mother ma mammy amma ammi umm mamá madre maman mutti",
    "father": "dad daddy da papa father appa baba papá padre pa pops vati",
    "grandmother": "nan nana gran granny grandma grandmother oma abuela nonna babcia nani paati lola",
    "grandfather": "grandad granddad grandpa grandfather opa abuelo nonno dziadek thatha lolo koro",
    "sister": "sister sis akka didi hermana",
    "brother": "brother bro anna bhai hermano",
    "wife": "wife",
    "husband": "husband",
    "son": "son",
    "daughter": "daughter",
    "aunt": "aunt auntie aunty tía tante",
    "uncle": "uncle tío onkel",
    "partner": "partner girlfriend boyfriend fiancé fiancée",
    "boss": "boss manager supervisor",
    "therapist": "therapist counsellor counselor",
    "ex": "ex",
    "neighbour": "neighbour neighbor",
    "landlord": "landlord landlady",
}
_KIN_OF = {word: kin for kin, words in _KIN.items() for word in words.split()}
_KIN_WORD = re.compile(
    r"\b(?:(?:my|our)\s+)?(" + "|".join(map(re.escape, _KIN_OF)) + r")\b", re.IGNORECASE
)
_NEEDS_MY = frozenset(
    ["ma", "pa", "da", "son", "ex", "anna", "partner", "boss", "manager", "supervisor", "umm"]
)
LEAST_ENTRIES = 2
LEAST_NAME = 3
OFTEN = 3


@dataclass(frozen=True, slots=True)
class Person:
    """A name as the person writes it, its other forms, and the passages (by number) that say it."""

    label: str
    forms: tuple[str, ...]
    passages: tuple[int, ...]


def find_people(passages: Sequence[str], entry_of: Sequence[str]) -> list[Person]:
    """People named in at least two entries, most often named first."""
    said: dict[str, set[int]] = defaultdict(set)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for number, text in enumerate(passages):
        for key, form in _kin_in(text):
            said[key].add(number)
            forms[key][form] += 1
    names = _names(passages)
    for name, numbers in _with_lower_case(names, passages).items():
        said[name] |= numbers
        forms[name][name] += len(numbers)
    people = [
        Person(_label(forms[key]), tuple(sorted(forms[key])), tuple(sorted(numbers)))
        for key, numbers in said.items()
        if len({entry_of[number] for number in numbers}) >= LEAST_ENTRIES
    ]
    return sorted(people, key=lambda person: (-len(person.passages), person.label))


def _label(forms: Mapping[str, int]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _kin_in(text: str) -> list[tuple[str, str]]:
    """Kin and roles of a passage as (which kin, the form used)."""
    found = []
    for match in _KIN_WORD.finditer(text):
        word, whole = match.group(1), match.group()
        owned = whole.lower().startswith(("my ", "our "))
        if not owned and (word.lower() in _NEEDS_MY or not (word[0].isupper() or word == whole)):
            continue
        lower = word.lower()
        if not owned and lower in {"mother", "father", "sister", "brother", "wife", "husband"}:
            continue
        found.append((_KIN_OF[lower], whole if owned else word))
    return found


def _names(passages: Sequence[str]) -> dict[str, set[int]]:
    """Capitalised words that behave like people more than like places."""
    where: dict[str, set[int]] = defaultdict(set)
    evidence: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for number, text in enumerate(passages):
        for match in _NAME.finditer(text):
            name = match.group().removesuffix("'s")
            if name in _NOT_NAMES or name.lower() in _KIN_OF or len(name) < LEAST_NAME:
                continue
            before, after = text[: match.start()], text[match.end() :]
            where[name].add(number)
            inside[name] += not _SENTENCE_BEFORE.search(before)
            evidence[name] += bool(_PERSON_AFTER.match(after)) + bool(_PERSON_BEFORE.search(before))
            evidence[name] -= bool(_PLACE_BEFORE.search(before))
    lower = {word for text in passages for word in re.findall(r"\b[a-zà-ÿ]+\b", text)}
    return {
        name: numbers
        for name, numbers in where.items()
        if inside[name]
        and evidence[name] > 0
        and (name.lower() not in lower or inside[name] > OFTEN)
    }


def _with_lower_case(names: Mapping[str, set[int]], passages: Sequence[str]) -> dict[str, set[int]]:
    """Dictated text has no capitals: a known name counts there too."""
    lower = {name.lower(): name for name in names}
    found = {name: set(numbers) for name, numbers in names.items()}
    for number, text in enumerate(passages):
        if text == text.lower():
            for word in re.findall(r"[^\W\d_]+", text):
                if word in lower:
                    found[lower[word]].add(number)
    return found
