"""What `bench_themes` prints beside its F1: baselines, how steady themes are, and how often a course is false."""

import random
from dataclasses import replace

import numpy as np
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import adjusted_rand_score

from afterglow.core.themes.find import find_themes
from afterglow.core.themes.grow import add_entry
from afterglow.core.themes.passages import split

TOP = 24
OLD_SHARE = 1 / 1.1
SHUFFLES = 10
SEED = 0


def word_topics(entries):
    """Passages of each topic of NMF and of LDA, heaviest first: name -> lists of (entry, start, end)."""
    places = [(e.id, p.start, p.end) for e in entries for p in split(e.text)]
    texts = [p.text for e in entries for p in split(e.text)]
    models = {
        "NMF": (TfidfVectorizer(stop_words="english", min_df=2), NMF(TOP, random_state=SEED)),
        "LDA": (
            CountVectorizer(stop_words="english", min_df=2),
            LatentDirichletAllocation(TOP, random_state=SEED),
        ),
    }
    found = {}
    for name, (counter, model) in models.items():
        shares = model.fit_transform(counter.fit_transform(texts))
        best = shares.argmax(axis=1)
        found[name] = [
            [places[row] for row in np.argsort(-shares[:, k]) if best[row] == k and shares[row, k]]
            for k in range(TOP)
        ]
    return found


def steadiness(entries, meaning, vectors):
    """ARI of the strongest theme of each old passage: two runs, ten per cent more kept, and refitted."""
    ordered = sorted(entries, key=lambda entry: (entry.written_on, entry.id))
    count = int(len(ordered) * OLD_SHARE)
    old = ordered[:count]
    first = find_themes(old, meaning=meaning, passage_vectors=vectors)
    again = find_themes(old, meaning=meaning, passage_vectors=vectors)
    refitted = find_themes(ordered, meaning=meaning, passage_vectors=vectors, previous=first.themes)
    kept = first
    for at in range(count, len(ordered)):
        kept = add_entry(kept, ordered[:at], ordered[at], meaning=meaning)
    ids = {entry.id for entry in old}
    return [_agreement(first, other, ids) for other in (again, kept, refitted)]


def _agreement(one, other, ids):
    here, there = _strongest(one, ids), _strongest(other, ids)
    both = sorted(here.keys() & there.keys())
    return adjusted_rand_score([here[p] for p in both], [there[p] for p in both])


def _strongest(analysis, ids):
    best = {}
    for theme in analysis.themes[:TOP]:
        for m in theme.mentions:
            if m.entry in ids and m.strength > best.get((m.entry, m.start), (0, ""))[0]:
                best[m.entry, m.start] = (m.strength, theme.id)
    return {place: theme for place, (_, theme) in best.items()}


def false_course(entries, meaning, vectors):
    """The share of themes that seem to grow or fade when the dates are shuffled."""
    courses = []
    for seed in range(SHUFFLES):
        days = [entry.written_on for entry in entries]
        random.Random(seed).shuffle(days)
        shuffled = [replace(e, written_on=day) for e, day in zip(entries, days, strict=True)]
        found = find_themes(shuffled, meaning=meaning, passage_vectors=vectors)
        courses += [theme.course in {"growing", "fading"} for theme in found.themes]
    return float(np.mean(courses))
