"""Finds promises and pressure that no text of ours may carry. It judges our words, never a person's."""

import re
from functools import cache
from typing import Literal

import msgspec

from afterglow.core.content.files import load_one
from afterglow.core.content.folder import data_folder

FILE = "claims.toml"

SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?;\n]+|$)")
# What turns a claim into its opposite, up to the end of its clause.
DENIAL = re.compile(
    r"\b(?:not(?! only\b| just\b| merely\b)|never|cannot|neither|nor|without|none"
    r"|nobody(?! but\b| except\b| else\b)|no(?= \w)|nicht(?! nur\b)|kein\w*|nie|niemals|weder|ohne)\b"
    r"|n['’]t\b(?! just\b| only\b)",
    re.IGNORECASE,
)
# A new subject begins a new clause, and a denial before it no longer holds.
NEW_CLAUSE = re.compile(
    r"(?:,|:|–|—)\s+(?:it|we|you|this|that|they|our|your|the|es|wir|du|dein\w*|unser\w*)\b|\bbut\b|\bsondern\b",
    re.IGNORECASE,
)
DENIAL_AFTER = re.compile(
    r"^\W*(?:kein\w*|nicht|nothing|nichts|nobody|no (?!matter))\b", re.IGNORECASE
)
REACH_WORDS = 14


class Claim(msgspec.Struct, frozen=True):
    """One forbidden claim in a text: `text[start:end]`, and the id of the rule that it breaks."""

    start: int
    end: int
    rule: str


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Patterns for one kind of claim. `denial` says whether "does not …" makes it allowed."""

    id: str
    why: str
    patterns: tuple[str, ...]
    denial: Literal["allows", "ignored"] = "allows"


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    source: str
    licence: str
    rules: tuple[Rule, ...]
    allowed: tuple[str, ...] = ()


def forbidden_claims(text: str) -> list[Claim]:
    """Every forbidden claim in a text, in order; disclaimers ("does not treat") are none."""
    plain = text.replace("’", "'")
    fine = [match.span() for pattern in _allowed() for match in pattern.finditer(plain)]
    found = {
        claim
        for sentence in SENTENCE.finditer(plain)
        for claim in _claims_in(sentence.group(), sentence.start())
        if not any(start <= claim.start and claim.end <= end for start, end in fine)
    }
    return sorted(found, key=lambda claim: (claim.start, claim.end, claim.rule))


def rules() -> tuple[Rule, ...]:
    """The rules as the file gives them."""
    return _file().rules


def _claims_in(sentence: str, offset: int) -> list[Claim]:
    return [
        Claim(start=offset + match.start(), end=offset + match.end(), rule=rule.id)
        for rule, pattern in _patterns()
        for match in pattern.finditer(sentence)
        if rule.denial == "ignored" or not _denied(sentence, match)
    ]


def _denied(sentence: str, match: re.Match[str]) -> bool:
    before = NEW_CLAUSE.split(sentence[: match.start()])[-1]
    near = " ".join(before.split()[-REACH_WORDS:])
    return bool(DENIAL.search(near + " x") or DENIAL_AFTER.match(sentence[match.end() :]))


@cache
def _file() -> Rules:
    return load_one(FILE, Rules, root=data_folder())


@cache
def _patterns() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple(
        (rule, re.compile(pattern, re.IGNORECASE))
        for rule in _file().rules
        for pattern in rule.patterns
    )


@cache
def _allowed() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _file().allowed)
