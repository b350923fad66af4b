"""Finds the people of a journal: names, kin and roles, each as one person where the text allows.

Leaves out who they are to the writer: it gives names and the passages that name them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from afterglow.core.themes.kin import KIN_OF, bare, kin_in, told_names
from afterglow.core.themes.names import names_in

LEAST_ENTRIES = 2


@dataclass(frozen=True, slots=True)
class Person:
    """A name as the person writes it, its other forms, and the passages (by number) that say it."""

    label: str
    forms: tuple[str, ...]
    passages: tuple[int, ...]


def find_people(passages: Sequence[str], entry_of: Sequence[object]) -> list[Person]:
    """People named in at least two entries, most often named first."""
    said, forms = _said(passages)
    people = [
        Person(_label(forms[key]), tuple(sorted(forms[key])), tuple(sorted(numbers)))
        for key, numbers in said.items()
        if len({entry_of[number] for number in numbers}) >= LEAST_ENTRIES
    ]
    return sorted(people, key=lambda person: (-len(person.passages), person.label))


def _said(passages: Sequence[str]) -> tuple[dict[str, set[int]], dict[str, Counter[str]]]:
    """For each person the passages that say them, and the forms in which."""
    said: dict[str, set[int]] = defaultdict(set)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    names = names_in(passages)
    told = told_names(passages, names)
    for number, text in enumerate(passages):
        for kin, form in kin_in(text):
            key = told.get(kin, kin)
            said[key].add(number)
            forms[key][form] += 1
    for name, own in names.items():
        for form, numbers in own.items():
            said[name] |= numbers
            forms[name][form] += len(numbers)
    return said, forms


def _label(forms: Mapping[str, int]) -> str:
    """The form used most; a name before a kin word."""
    return min(forms, key=lambda form: (bare(form) in KIN_OF, -forms[form], form))
