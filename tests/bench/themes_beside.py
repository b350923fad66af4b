"""What `bench_themes` prints beside its F1: baselines, how steady themes are, and how often a course is false."""

import csv
import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from afterglow.core.themes.find import find_themes
from afterglow.core.themes.ground import lay_ground, vectors_of
from afterglow.core.themes.grow import add_entry
from afterglow.core.themes.passages import split
from afterglow.core.themes.themes import Entry
from afterglow.core.themes.topics import topics_of

TOP = 24
OLD_SHARE = 1 / 1.1
SHUFFLES = 10
SEED = 0
LEMOTIF_SIZES = (50, 200, 1000)
LEMOTIF_DRAWS = 8


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


def topic_agreement(folder, meaning):
    """AMI of what entries are about with the one topic that each was labelled with: size -> (mean, sd)."""
    with (folder / "lemotif-data-cleaned-flat.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    topics = [name for name in rows[0] if name.startswith("Answer.t1")]
    labelled = [(row["Answer"], [t for t in topics if row[t] == "TRUE"]) for row in rows]
    labelled = [(text, own[0]) for text, own in labelled if len(own) == 1]
    known = {text: vectors_of(text, meaning) for text, _ in labelled}
    found = {}
    for size in LEMOTIF_SIZES:
        draws = [random.Random(seed).sample(labelled, size) for seed in range(LEMOTIF_DRAWS)]
        scores = [_agreement_of(draw, known, meaning) for draw in draws]
        found[size] = (float(np.mean(scores)), float(np.std(scores)))
    return found


def _agreement_of(draw, known, meaning):
    entries = [
        Entry(f"e{at:04}", text, date(2030, 1, 1) + timedelta(days=at))
        for at, (text, _) in enumerate(draw)
    ]
    vectors = {entry.id: known[entry.text] for entry in entries}
    ground = lay_ground(entries, meaning, vectors)
    group = {name: topic.id for topic in topics_of(ground) for name in topic.entries}
    return adjusted_mutual_info_score(
        [topic for _, topic in draw], [group.get(entry.id, "") for entry in entries]
    )


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
    """The shares of themes that seem to grow or fade, and to have changed, when the dates are shuffled."""
    courses = []
    for seed in range(SHUFFLES):
        days = [entry.written_on for entry in entries]
        random.Random(seed).shuffle(days)
        shuffled = [replace(e, written_on=day) for e, day in zip(entries, days, strict=True)]
        found = find_themes(shuffled, meaning=meaning, passage_vectors=vectors)
        courses += [theme.course for theme in found.themes]
    grown = [course in {"growing", "fading"} for course in courses]
    return float(np.mean(grown)), courses.count("changed") / len(courses)
