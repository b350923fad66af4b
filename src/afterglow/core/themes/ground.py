"""The ground themes are found on: all passages of a journal with their vectors, words and weight.

Leaves out the finding. Weight says how likely a passage is inner life and not daily noise.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from afterglow.core.themes.context import Centre, a_few_in_context, in_context
from afterglow.core.themes.head import features, inner_weight, kind_shares
from afterglow.core.themes.meaning import Meaning
from afterglow.core.themes.passages import split
from afterglow.core.themes.themes import Entry, PassageVectors
from afterglow.core.themes.words import content_words

Floats = NDArray[np.float32]
INNER = re.compile(
    r"\b(?:i (?:feel|felt|thought|realise|realize|realised|realized|wonder|wish|want|wanted|knew|"
    r"remember|couldn'?t|can'?t|cried|miss)|afraid|scared|angry|sad|ashamed|lonely|numb|quiet|warm|"
    r"heavy|light|dark|dream\w*|like a|as if|never|nobody|myself|cry\w*|love\w*|breath\w*|hands?|chest)\b",
    re.IGNORECASE,
)
CHORE = re.compile(
    r"\b(?:bins?|milk|bread|eggs|shopping|tea|dinner|lunch|breakfast|washing|laundry|bus|train|bill|"
    r"rent|tax|pasta|£\d|\$\d|bought|tesco|dentist|garage|email|meeting|weather|rain\w*|cooked|pm|am)\b",
    re.IGNORECASE,
)
INWARD_KINDS = frozenset({"sitting", "dream", "session"})


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything in rows: row r is one passage."""

    entries: tuple[Entry, ...]
    entry_of: NDArray[np.int64]
    spans: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    rarity: Mapping[str, float]
    weight: Floats
    vectors: Floats | None  # with context and centred on this journal
    kept: Mapping[str, PassageVectors]
    kinds: Floats | None = None  # learned shares of the six kinds
    centre: Centre | None = None


def in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries by date; those of one day by id."""
    return tuple(sorted(entries, key=lambda entry: (entry.written_on, entry.id)))


def lay_ground(
    entries: Sequence[Entry],
    meaning: Meaning | None,
    known: Mapping[str, PassageVectors] | None = None,
) -> Ground:
    """Split, embed what is not known yet, and weigh."""
    ordered = in_order(entries)
    kept = _vectors_of(ordered, meaning, known or {})
    cut = [kept[entry.id].spans if entry.id in kept else _spans(entry.text) for entry in ordered]
    rows = [(at, span) for at, spans in enumerate(cut) for span in spans]
    entry_of = np.array([at for at, _ in rows], dtype=np.int64)
    texts = tuple(ordered[at].text[start:end] for at, (start, end) in rows)
    words = tuple(frozenset(word.folded for word in content_words(text)) for text in texts)
    rows_of_features = _features(ordered, kept) if kept and rows else None
    vectors, centre = _in_context(ordered, kept) if kept and rows else (None, None)
    return Ground(
        ordered,
        entry_of,
        tuple(span for _, span in rows),
        texts,
        words,
        _rarity(words),
        _weights(ordered, texts, entry_of, rows_of_features),
        vectors,
        kept,
        kind_shares(rows_of_features) if rows_of_features is not None else None,
        centre,
    )


def _in_context(
    entries: Sequence[Entry], kept: Mapping[str, PassageVectors]
) -> tuple[Floats, Centre]:
    return in_context([kept[entry.id].rows for entry in entries])


def rows_of_features(ground: Ground) -> Floats:
    """What the heads read of every passage of a ground that has vectors."""
    return _features(ground.entries, ground.kept)


def _features(entries: Sequence[Entry], kept: Mapping[str, PassageVectors]) -> Floats:
    blocks = []
    for entry in entries:
        own = kept[entry.id]
        texts = [entry.text[start:end] for start, end in own.spans]
        blocks.append(features(texts, np.asarray(own.rows, dtype=np.float32), entry.kind))
    return np.vstack(blocks)


def _weights(
    entries: Sequence[Entry],
    texts: Sequence[str],
    entry_of: NDArray[np.int64],
    rows_of_features: Floats | None,
) -> Floats:
    """Learned where there are vectors and weights, transparent signs otherwise."""
    learned = inner_weight(rows_of_features) if rows_of_features is not None else None
    if learned is not None:
        return learned
    signs = [_weight(text, entries[at]) for text, at in zip(texts, entry_of, strict=True)]
    return np.array(signs, dtype=np.float32)


def lay_light_ground(
    entries: Sequence[Entry],
    meaning: Meaning | None,
    known: Mapping[str, PassageVectors],
    *,
    shown: Mapping[str, Collection[int]] | None = None,
    centre: Centre | None = None,
) -> Ground:
    """Spans and vectors only, trusting those known: enough to place one more entry quickly.

    With the `centre` of what is known, only new passages and those `shown` (entry to starts) become rows.
    """
    ordered = in_order(entries)
    fresh = {entry.id for entry in ordered if entry.id not in known}
    made = _vectors_of([entry for entry in ordered if entry.id in fresh], meaning, {})
    kept = {e.id: made.get(e.id) or known[e.id] for e in ordered} if meaning else {}
    few = shown if kept and centre is not None else None
    rows = [
        (at, number, span)
        for at, entry in enumerate(ordered)
        if few is None or entry.id in fresh or entry.id in few
        for number, span in enumerate(
            kept[entry.id].spans if entry.id in kept else _spans(entry.text)
        )
        if few is None or entry.id in fresh or span[0] in few[entry.id]
    ]
    vectors = None
    if kept and rows and few is not None and centre is not None:
        own = a_few_in_context(kept, [(ordered[at].id, number) for at, number, _ in rows])
        centre = centre.with_more(own[[ordered[at].id in fresh for at, _, _ in rows]])
        vectors = centre.taken_from(own)
    elif kept and rows:
        vectors, centre = _in_context(ordered, kept)
    return _light(ordered, [(at, span) for at, _, span in rows], vectors, kept, centre)


def _light(
    ordered: tuple[Entry, ...],
    rows: Sequence[tuple[int, tuple[int, int]]],
    vectors: Floats | None,
    kept: Mapping[str, PassageVectors],
    centre: Centre | None,
) -> Ground:
    """A ground without words and weights."""
    return Ground(
        ordered,
        np.array([at for at, _ in rows], dtype=np.int64),
        tuple(span for _, span in rows),
        tuple(ordered[at].text[start:end] for at, (start, end) in rows),
        (frozenset(),) * len(rows),
        {},
        np.ones(len(rows), dtype=np.float32),
        vectors,
        kept,
        centre=centre,
    )


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((passage.start, passage.end) for passage in split(text))


def _vectors_of(
    entries: Sequence[Entry], meaning: Meaning | None, known: Mapping[str, PassageVectors]
) -> dict[str, PassageVectors]:
    """Vectors of every entry, asking the model only for those not known from this model."""
    if meaning is None:
        return {}
    kept = {}
    for entry in entries:
        old = known.get(entry.id)
        spans = _spans(entry.text)
        if old is not None and old.model == meaning.name and old.spans == spans:
            kept[entry.id] = old
            continue
        kept[entry.id] = vectors_of(entry.text, meaning, spans)
    return kept


def vectors_of(
    text: str, meaning: Meaning, spans: tuple[tuple[int, int], ...] | None = None
) -> PassageVectors:
    """The passages of one text and their vectors, as half floats."""
    spans = _spans(text) if spans is None else spans
    rows = meaning.vectors([text[start:end] for start, end in spans])
    return PassageVectors(spans, rows.astype(np.float16), meaning.name)


def _rarity(words: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(word for found in words for word in found)
    return {word: math.log(1 + len(words) / count) for word, count in counts.items()}


def _weight(text: str, entry: Entry) -> float:
    """0 to 1, by transparent signs: inward words, length, kind of entry; chores count against."""
    length = min(len(text.split()), 24) / 24
    score = 0.35 * len(INNER.findall(text)) + 1.2 * length - 0.7 * len(CHORE.findall(text)) - 0.9
    score += 0.9 * (entry.kind in INWARD_KINDS) - 1.2 * (entry.kind == "list")
    return 1 / (1 + math.exp(-score))
