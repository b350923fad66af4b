"""Prints how well themes are found on a labelled journal, unattended and taught, and how steadily.

`python -m tests.bench.bench_themes [--data DIR]`. NMF and LDA run beside it, and BERTopic where it is installed.
`tools/themes/seed.py` and `teach.py` print the same figures with training writers left out.
"""

import argparse
import json
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from tests.bench.bertopic_beside import topics_beside
from tests.bench.themes_beside import false_course, steadiness, topic_agreement, word_topics

from afterglow.core.themes.command import read_journal, read_marks
from afterglow.core.themes.find import find_themes
from afterglow.core.themes.meaning import load_model

TOP = 24
TOPICS = {50: 0.50, 200: 0.59, 1000: 0.62}


def hits(one, other):
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and shared >= 0.5 * min(one[2] - one[1], other[2] - other[1])


def f1(found, gold):
    if not found or not gold:
        return 0.0
    precision = sum(any(hits(f, g) for g in gold) for f in found) / len(found)
    recall = sum(any(hits(f, g) for f in found) for g in gold) / len(gold)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def read_gold(path, texts):
    themes = []
    for theme in json.loads(path.read_text(encoding="utf-8"))["themes"]:
        spans = []
        for mention in theme["mentions"]:
            start = texts[mention["entry"]].index(mention["quote"])
            spans.append((mention["entry"], start, start + len(mention["quote"])))
        themes.append((theme["type"], theme["label"], spans))
    return themes


def spans_of(theme):
    return [(m.entry, m.start, m.end) for m in theme.mentions]


def unattended(name, found, gold):
    table = np.array([[f1(f, spans) for f in found] for _, _, spans in gold])
    rows, columns = linear_sum_assignment(-table)
    pairs = [(r, c) for r, c in zip(rows, columns, strict=True) if table[r, c] > 0]
    first = [np.mean([any(hits(f, g) for g in gold[r][2]) for f in found[c][:3]]) for r, c in pairs]
    people = [table[r, c] for r, c in zip(rows, columns, strict=True) if gold[r][0] == "person"]
    print(f"{name}: mention F1 {table[rows, columns].sum() / len(gold):.3f} (target 0.28)")
    print(f"{name}: of the first three quotes belong {np.mean(first):.2f} (target 0.50)")
    print(f"{name}: people, mention F1 {np.mean(people or [0]):.2f} (target 0.50)")


def beside(entries, meaning, gold):
    if meaning is None or find_spec("bertopic") is None:
        print("BERTopic is not installed here: it does not run beside.")
        return
    for name, topics in topics_beside(entries, meaning).items():
        unattended(name, topics[:TOP], gold)


def shown(analysis):
    return [spans_of(theme) for theme in analysis.themes[:TOP]]


def steady(entries, meaning, vectors):
    same, kept, refitted = steadiness(entries, meaning, vectors)
    print(f"steady, ARI: two runs {same:.2f} (target 1.0)")
    print(f"steady, ARI: 10 % more entries kept {kept:.2f} (0.95), refitted {refitted:.2f} (0.88)")
    false, changed = false_course(entries, meaning, vectors)
    print(f"growing or fading on shuffled dates: {false:.1%} of themes (target 5%)")
    print(f"changed on shuffled dates: {changed:.1%} of themes")


def taught(analysis, gold, marks):
    by_label = {theme.label: theme for theme in analysis.themes}
    scores = []
    for _, label, spans in gold:
        own = [(m.entry, m.start, m.end) for m in marks if m.theme_label == label]
        rest = [s for s in spans if not any(hits(s, o) for o in own)]
        if label in by_label and rest:
            found = [s for s in spans_of(by_label[label]) if not any(hits(s, o) for o in own)]
            scores.append(f1(found, rest))
    print(f"taught: mention F1 on passages not marked {np.mean(scores):.3f} (target 0.40)")


def named(analysis, gold):
    """Whether each recurring person of the journal is a theme under a name of theirs."""
    people = [label for kind, label, _ in gold if kind == "person"]
    forms = {
        term.lower() for t in analysis.themes if t.type == "person" for term in (*t.terms, t.label)
    }
    found = [label for label in people if any(form in label.lower() for form in forms)]
    print(f"recurring people found by name {len(found)} of {len(people)} (target 100%)")


def about(folder, meaning):
    if not folder.is_dir():
        print("No labelled topics here: what entries are about is not measured.")
        return
    for size, (mean, spread) in topic_agreement(folder, meaning).items():
        print(
            f"what {size} entries are about, AMI {mean:.3f} sd {spread:.3f} (target {TOPICS[size]})"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    folder = parser.parse_args().data / "journals" / "a"
    if not folder.is_dir():
        print(f"No labelled journal in {folder}: nothing to measure here.")
        return
    entries = read_journal(folder / "journal.jsonl")
    texts = {entry.id: entry.text for entry in entries}
    gold = read_gold(folder / "gold.json", texts)
    meaning = load_model()
    begun = time.process_time()
    analysis = find_themes(entries, meaning=meaning)
    print(f"found in {time.process_time() - begun:.1f} s CPU; model: {analysis.model or 'words'}")
    quotes = [m for theme in analysis.themes for m in theme.mentions]
    exact = np.mean([texts[m.entry][m.start : m.end] == m.quote for m in quotes])
    print(f"quotes exact {exact:.0%} (target 100%)")
    unattended("themes", shown(analysis), gold)
    unattended("words only", shown(find_themes(entries, meaning=None)), gold)
    for name, topics in word_topics(entries).items():
        unattended(name, topics, gold)
    beside(entries, meaning, gold)
    marks = read_marks(folder / "marks.jsonl", {entry.id: entry for entry in entries})
    taught(find_themes(entries, meaning=meaning, marks=marks), gold, marks)
    steady(entries, meaning, analysis.vectors)
    named(analysis, gold)
    about(folder.parents[1] / "lemotif", meaning)


if __name__ == "__main__":
    main()
