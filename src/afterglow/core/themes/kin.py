"""Kin and roles: the words for them, the gender they carry, and the name the text gives them.

Leaves out finding names. Who *my sister* is, is only known where the person says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

Gender = Literal["female", "male"]

_KIN = {
    "mother": "mum mam mom mummy mommy mama mamma mother ma mammy amma ammi umm mamá madre maman mutti mutter",
    "father": "dad daddy da papa father appa baba papá padre pa pops vati vater",
    "grandmother": "nan nana gran granny grandma grandmother oma abuela nonna babcia nani paati lola großmutter",
    "grandfather": "grandad granddad grandpa grandfather opa abuelo nonno dziadek thatha lolo koro großvater",
    "sister": "sister sis akka didi hermana schwester",
    "brother": "brother bro anna bhai hermano bruder",
    "wife": "wife missus frau",
    "husband": "husband mann",
    "son": "son sohn",
    "daughter": "daughter tochter",
    "aunt": "aunt auntie aunty tía tante",
    "uncle": "uncle tío onkel",
    "niece": "niece nichte",
    "nephew": "nephew neffe",
    "granddaughter": "granddaughter enkelin",
    "grandson": "grandson enkel",
    "girlfriend": "freundin",
    "boyfriend": "freund",
    "partner": "partner girlfriend boyfriend fiancé fiancée",
    "boss": "boss manager supervisor chef chefin",
    "therapist": "therapist counsellor counselor therapeutin therapeut",
    "ex": "ex",
    "neighbour": "neighbour neighbor nachbarin nachbar",
    "landlord": "landlord landlady",
}
KIN_OF = {word: kin for kin, words in _KIN.items() for word in words.split()}
_GENDER: dict[str, Gender] = {
    **dict.fromkeys(
        ["mother", "grandmother", "sister", "wife", "daughter", "aunt", "niece"], "female"
    ),
    **dict.fromkeys(["granddaughter", "girlfriend"], "female"),
    **dict.fromkeys(
        ["father", "grandfather", "brother", "husband", "son", "uncle", "nephew"], "male"
    ),
    **dict.fromkeys(["grandson", "boyfriend"], "male"),
}
_OWN = r"(?:my|our|mein(?:e|er|em|en)?|unser(?:e|er|em|en)?)"
_WORDS = "|".join(sorted(map(re.escape, KIN_OF), key=len, reverse=True))
_KIN_WORD = re.compile(rf"\b(?:({_OWN})\s+)?({_WORDS})\b", re.IGNORECASE)
# Dictated text has no apostrophes either: *dads scarf*.
_DICTATED = re.compile(r"\b(mum|mam|mom|dad|nan|gran|grandma|grandad|grandpa)s\b")
_TOKEN = re.compile(r"[^\W\d_]+")
_KIN_OR_DICTATED = frozenset(KIN_OF) | {f"{word}s" for word in KIN_OF}
# Words that are somebody else's, or no kin at all, where nobody says *my*.
_NEEDS_MY = frozenset(
    [
        "ma",
        "pa",
        "da",
        "son",
        "ex",
        "anna",
        "partner",
        "boss",
        "manager",
        "supervisor",
        "umm",
        "mutter",
        "vater",
        "schwester",
        "bruder",
        "frau",
        "mann",
        "sohn",
        "tochter",
        "freundin",
        "freund",
        "chef",
        "chefin",
        "enkel",
        "enkelin",
        "nichte",
        "neffe",
        "niece",
        "nephew",
        "granddaughter",
        "grandson",
        "missus",
        "nachbar",
        "nachbarin",
        "therapeut",
        "therapeutin",
        "großmutter",
        "großvater",
    ]
)
_NEEDS_MY_OR_CAPITAL = frozenset(["mother", "father"])
_NEEDS_MY |= frozenset(["sister", "brother", "wife", "husband", "daughter"])
_MORE = r"(?:(?:late|little|big|older|younger|eldest|youngest|own|dear|twin|ältere|jüngere|kleine|große)\s+)?"
_NAMED = r"([^\W\d_a-z][^\W\d_]+)"
_TOLD = (
    # my sister Anna · my sister, Anna, · my sister (Anna) · my sister is called Anna
    re.compile(
        rf"\b{_OWN}\s+{_MORE}({_WORDS})(?:\s*[,(]\s*|\s+(?:is called|was called|is named|heißt|hieß)\s+|\s+)"
        rf"(?-i:{_NAMED})(?=\s*[,.;:!?)]|\s+(?-i:[a-zà-ÿ])|['’]s|\s*$)",
        re.IGNORECASE,
    ),
    # my sister's name is Anna
    re.compile(
        rf"\b{_OWN}\s+{_MORE}({_WORDS})['’]s\s+name\s+(?:is|was)\s+(?-i:{_NAMED})", re.IGNORECASE
    ),
)
# Anna, my sister · Anna (my sister · Anna is my sister · Anna, meine Schwester
_TOLD_BACK = re.compile(
    rf"(?-i:{_NAMED})(?:\s*[,(]\s*|\s+(?:is[t]?|was|war)\s+){_OWN}\s+{_MORE}({_WORDS})\b(?!['’]s)",
    re.IGNORECASE,
)


def bare(form: str) -> str:
    """The form in small letters and without *my*: *My sister* gives *sister*."""
    return re.sub(rf"^{_OWN}\s+", "", form.lower())


def gender_of_kin(forms: Iterable[str]) -> Gender | None:
    """The gender that one of these forms carries."""
    kinds = (KIN_OF.get(bare(form)) for form in forms)
    return next((_GENDER[kind] for kind in kinds if kind in _GENDER), None)


def may_say_kin(text: str) -> bool:
    """Whether a kin word may stand here at all: a quick look that spares the slow one in most passages."""
    return not _KIN_OR_DICTATED.isdisjoint(_TOKEN.findall(text.lower()))


def kin_in(text: str) -> list[tuple[str, str]]:
    """Kin and roles of a passage as (which kin, the form used)."""
    found: list[tuple[str, str]] = []
    if not may_say_kin(text):
        return found
    for match in _KIN_WORD.finditer(text):
        own, word = match.group(1), match.group(2)
        if own is None and not _stands_alone(text, match):
            continue
        found.append((KIN_OF[word.lower()], match.group() if own else word))
    if text == text.lower():
        found += [(KIN_OF[match.group(1)], match.group(1)) for match in _DICTATED.finditer(text)]
    return found


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the word is a person by itself: *Mum*, and *Father* written as a name."""
    word = match.group(2)
    if word.lower() in _NEEDS_MY_OR_CAPITAL:
        return word[0].isupper() and bool(text[: match.start()].strip())
    return word.lower() not in _NEEDS_MY


def told_names(passages: Sequence[str], names: Mapping[str, object]) -> dict[str, str]:
    """Kin by the one name that the text itself gives them; two sisters stay two."""
    told: dict[str, set[str]] = defaultdict(set)
    for text in filter(may_say_kin, passages):
        for pattern in _TOLD:
            for word, name in pattern.findall(text):
                told[KIN_OF[word.lower()]].add(name)
        for name, word in _TOLD_BACK.findall(text):
            told[KIN_OF[word.lower()]].add(name)
    only = {kin: next(iter(own)) for kin, own in told.items() if len(own) == 1}
    return {kin: name for kin, name in only.items() if name in names}
