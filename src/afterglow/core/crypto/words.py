"""Offers passphrases of common words and turns away those that many people would choose. It is a
first hurdle, not a measure of strength.
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

from afterglow.core.crypto.envelope import Random
from afterglow.core.crypto.kdf import normalise_passphrase

WORDS_OFFERED: Final = 6
SHORTEST_OWN_CHOICE: Final = 15
FEWEST_DIFFERENT_SIGNS: Final = 5
LONGEST_RUN_SHARE: Final = 0.5
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
)
SHORTEST_RUN: Final = 4
# What people type first when a long passphrase is asked for, without spaces.
_WELL_KNOWN = (
    "correcthorsebatterystaple",
    "iloveyou",
    "letmein",
    "maytheforcebewithyou",
    "mypassphrase",
    "mypassword",
    "onceuponatime",
    "opensesame",
    "passphrase",
    "password",
    "thequickbrownfox",
    "thisisapassword",
    "tobeornottobe",
)
LEAST_AROUND_A_PHRASE: Final = 10


@lru_cache(maxsize=1)
def passphrase_words() -> tuple[str, ...]:
    """The EFF large word list: 7,776 words, 12.9 bits each. Source and licence lie beside it."""
    text = files("afterglow").joinpath("data/words/passphrase.txt").read_text("utf-8")
    return tuple(text.split())


def six_words(words: Sequence[str], random: Random = os.urandom) -> str:
    """Six words chosen evenly, with a space between; 77 bits from a list of 7,776 words."""
    return " ".join(words[_below(len(words), random)] for _ in range(WORDS_OFFERED))


def too_common(passphrase: str) -> bool:
    """True for an own choice that is short, made of digits, or repeats or follows the keyboard."""
    text = normalise_passphrase(passphrase).decode().casefold()
    dense = "".join(sign for sign in text if sign.isalnum())
    return (
        len(text) < SHORTEST_OWN_CHOICE
        or dense.isdecimal()
        or len(set(dense)) < FEWEST_DIFFERENT_SIGNS
        or _repeats(dense.strip("0123456789"))
        or any(len(dense.replace(phrase, "")) < LEAST_AROUND_A_PHRASE for phrase in _WELL_KNOWN)
        or _share_in_runs(dense) > LONGEST_RUN_SHARE
    )


def _below(limit: int, random: Random) -> int:
    """A whole number below the limit, each as likely: draws that would favour some are thrown away."""
    if limit < 1:
        raise ValueError("there is nothing to choose from")
    bits = (limit - 1).bit_length()
    while True:
        drawn = int.from_bytes(random((bits + 7) // 8), "big") & ((1 << bits) - 1)
        if drawn < limit:
            return drawn


def _repeats(dense: str) -> bool:
    """One piece over and over, perhaps cut at the end: its start is found again one period later."""
    half = len(dense) // 2
    return any(dense.startswith(dense[period:]) for period in range(1, half + 1))


def _share_in_runs(dense: str) -> float:
    """How much of the text lies in alphabet or keyboard runs of four or more, either direction."""
    covered = 0
    start = 0
    while start < len(dense):
        length = max(_run_from(dense[start:], run) for run in _both_ways())
        covered += length if length >= SHORTEST_RUN else 0
        start += length if length >= SHORTEST_RUN else 1
    return covered / max(1, len(dense))


@lru_cache(maxsize=1)
def _both_ways() -> tuple[str, ...]:
    return tuple(run[::step] for run in _RUNS for step in (1, -1))


def _run_from(text: str, run: str) -> int:
    """How many signs at the start of the text follow the run."""
    length = 0
    while length < len(text) and text[: length + 1] in run:
        length += 1
    return length
