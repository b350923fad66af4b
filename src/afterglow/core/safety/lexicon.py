"""The Suicide Risk Lexicon as evidence for the word head; alone it never brings the panel."""

import re
from functools import cache

from afterglow.core.safety.patterns import DATA_FOLDER

LONGEST_PHRASE = 6
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def words_of(piece: str) -> list[str]:
    """The words of a plain piece, apostrophes left out so that *dont* and *don't* are one."""
    return [word.replace("'", "") for word in _WORD.findall(piece)]


@cache
def load_lexicon() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each phrase, as words, with the constructs it belongs to."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    construct = ""
    for line in (DATA_FOLDER / "suicide-lexicon.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            construct = line.strip("[]")
        elif line and not line.startswith("#"):
            phrase = tuple(words_of(line))
            found[phrase] = (*found.get(phrase, ()), construct)
    return found


def constructs_in(words: list[str]) -> set[str]:
    """The constructs whose phrases occur in a list of words."""
    phrases = load_lexicon()
    return {
        construct
        for at in range(len(words))
        for width in range(1, LONGEST_PHRASE + 1)
        for construct in phrases.get(tuple(words[at : at + width]), ())
    }
