"""How hard an English text is to read: the Flesch-Kincaid grade. Rough for short texts; judges no content."""

import re

# Kincaid and others 1975, Navy Research Branch Report 8-75.
PER_WORD, PER_SYLLABLE, OFFSET = 0.39, 11.8, 15.59

SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ0-9]+)*")
POSSESSIVE = re.compile(r"['’](s|t|d|m|re|ve|ll)?$")
# An e that is written and not spoken: take, whole, stopped, takes.
SILENT_END = re.compile(
    r"(?<![tdei])ed$|(?<![szcgxi])(?<![sc]h)es$|(?<![leioyu])e$|(?<=[aeiouy]l)e$"
)
# Vowels that are written together and spoken apart: li-on, medi-a, sci-ence, cre-ate, be-ing.
SPOKEN_APART = re.compile(r"(?<![cstg])i[ou](?!s)|ia(?!l)|ie[nt]|eate|uous|eing")
VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")


def reading_grade(text: str) -> float:
    """The school grade a text asks for, 0 for one without words. A line break ends a sentence, as in a list."""
    sentences = [words for words in map(WORD.findall, SENTENCE_END.split(text)) if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    syllables = sum(syllables_in(word) for word in words)
    grade = PER_WORD * len(words) / len(sentences) + PER_SYLLABLE * syllables / len(words) - OFFSET
    return max(0.0, grade)


def syllables_in(word: str) -> int:
    """Syllables by groups of vowels, with the silent endings of English left out; a number counts as one."""
    parts = re.split(r"[-]", word.lower())
    return sum(_syllables(part) for part in parts if part)


def _syllables(word: str) -> int:
    plain = POSSESSIVE.sub("", word)
    silent = 1 if SILENT_END.search(plain) else 0
    return max(1, len(VOWELS.findall(plain)) - silent + len(SPOKEN_APART.findall(plain)))
