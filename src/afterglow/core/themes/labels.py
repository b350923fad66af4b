"""Names a theme in the person's own words, and guesses its kind from transparent signs.

Leaves out any claim of what a theme means. A label is two to five words the person wrote.
"""

import re
from collections import Counter
from collections.abc import Sequence

from afterglow.core.themes.ground import INWARD_KINDS, Ground
from afterglow.core.themes.grouping import Group
from afterglow.core.themes.themes import KINDS, Kind
from afterglow.core.themes.words import content_words, fold

_CUES: dict[Kind, re.Pattern[str]] = {
    "obstacle": re.compile(
        r"\b(?:again i|i (?:can'?t|couldn'?t|didn'?t|don'?t|haven'?t|never|said yes)|instead|still not"
        r"|put (?:it )?off|too (?:tired|late|busy|scared)|what stops|in the way|excuse|almost)\b",
        re.IGNORECASE,
    ),
    "insight": re.compile(
        r"\b(?:i (?:realis|realiz)\w+|it (?:said|says)|it came to me|what if|i don'?t (?:have|need) to|"
        r"you(?:'re| are) (?:allowed|let)|maybe i|it'?s not that|the point is|i (?:see|saw) (?:now|that)|"
        r"it occurs|understood|turns out|allowed|enough)\b",
        re.IGNORECASE,
    ),
    "feeling": re.compile(
        r"\b(?:felt|feel|feeling|angry|anger|sad|joy|calm|numb|afraid|fear|ashamed|shame|light|heavy|"
        r"warm|tight|cried|crying|tears|panic|lonely|glad|happy|chest|stomach|throat|flat)\b",
        re.IGNORECASE,
    ),
}
_CUE_SHARE = 0.4
# What a group was started from says a little of what it is.
STARTED_AS = 0.1
_INWARD_SHARE = 0.35
_JOINERS = frozenset({"the", "a", "of", "my", "in", "on", "to", "and", "with", "no", "for", "at"})


def says_of(kind: Kind, text: str) -> bool:
    """Whether the text says openly that it is of this kind; for the other kinds nothing can be told."""
    return kind in _CUES and bool(_CUES[kind].search(text))


def kind_of(ground: Ground, group: Group) -> Kind:
    """The likeliest kind of a group."""
    if group.is_person:
        return "person"
    if ground.kinds is not None:
        shares_of_kinds = ground.kinds[list(group.rows)].mean(axis=0)
        # Who is named decides what is a person; the head only tells the other kinds apart.
        ranked = [
            (float(share) + STARTED_AS * (kind == group.kind), kind)
            for share, kind in zip(shares_of_kinds, KINDS, strict=True)
        ]
        return max(pair for pair in ranked if pair[1] != "person")[1]
    inward = [ground.entries[ground.entry_of[row]].kind in INWARD_KINDS for row in group.rows]
    if sum(inward) >= _INWARD_SHARE * len(inward):
        return "symbol"
    texts = [ground.texts[row] for row in group.rows]
    shares = {
        kind: sum(bool(cue.search(t)) for t in texts) / len(texts) for kind, cue in _CUES.items()
    }
    best = max(shares, key=lambda kind: (shares[kind], kind))
    return best if shares[best] >= _CUE_SHARE else "theme"


def label_of(ground: Ground, group: Group, taken: set[str]) -> str:
    """A label nobody else has: the person's name, or a phrase around the seed word."""
    for phrase in _phrases(ground, group):
        if phrase.lower() not in taken:
            return phrase
    return f"{group.name} ({len(taken) + 1})"


def _phrases(ground: Ground, group: Group) -> list[str]:
    """Candidate labels, best first."""
    if group.is_person:
        return [group.name]
    telling = terms_of(ground, group)
    runs: Counter[str] = Counter()
    for row in group.rows:
        for run in _runs(ground.texts[row]):
            folded = {fold(word) for word in run.split()}
            runs[run] += 3 * (group.name in folded) + sum(
                fold(word) in folded for word in telling[:4]
            )
    ranked = sorted(runs, key=lambda run: (-runs[run], len(run), run))
    return [*[run for run in ranked if runs[run] > 1][:12], ", ".join(telling[:2]), *telling]


def _runs(text: str) -> list[str]:
    """Short phrases of the text that start and end with a content word."""
    tokens = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[,.;:!?—–]", text)
    content = {word.written for word in content_words(text)}
    found = []
    for first, opening in enumerate(tokens):
        if opening not in content:
            continue
        for last in range(first + 1, min(first + 4, len(tokens))):
            inner = tokens[first + 1 : last]
            if tokens[last] in content and all(
                w in content or w.lower() in _JOINERS for w in inner
            ):
                found.append(" ".join(tokens[first : last + 1]).lower())
    return found


def terms_of(ground: Ground, group: Group) -> tuple[str, ...]:
    """The words that set the group apart, as the person most often writes them."""
    if group.is_person:
        return group.terms
    written: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter()
    for row in group.rows:
        for word in content_words(ground.texts[row]):
            written.setdefault(word.folded, Counter())[word.written.lower()] += 1
            counts[word.folded] += 1
    worth = {w: n * ground.rarity.get(w, 1.0) + 5 * (w == group.name) for w, n in counts.items()}
    ranked = sorted(worth, key=lambda word: (-worth[word], word))[:6]
    return tuple(commonest(written[word]) for word in ranked)


def commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def why_of(ground: Ground, group: Group, places: Sequence[int]) -> tuple[str, ...]:
    """Message keys for why this is shown."""
    sittings = {ground.entries[at].sitting for at in places} - {None}
    reasons = ["named_often" if group.is_person else "same_words"]
    reasons += ["near_in_meaning"] if ground.vectors is not None and not group.is_person else []
    reasons += ["several_sittings"] if len(sittings) > 1 else []
    return tuple(reasons)
