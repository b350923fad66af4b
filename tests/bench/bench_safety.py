"""Prints what the help panel shows on labelled texts; asserts nothing.

Usage: python -m tests.bench.bench_safety [TEXTS.jsonl]. By default lines that nothing was trained on.
"""

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

from afterglow.core.safety import look
from afterglow.core.safety.patterns import brings_panel, plain
from afterglow.core.safety.pieces import sentences
from afterglow.core.themes.meaning import load_safety_model

CHECK = Path(__file__).resolve().parents[2] / "tools" / "safety" / "check.jsonl"
WORDS_OF_A_PAGE = 300
TARGET = "target: recall 0.85 at false alarms 0.15 or fewer"


def by_patterns_alone(text):
    low = plain(text)
    return any(brings_panel(low[piece.start : piece.end]) for piece in sentences(text))


def rates(rows, judge):
    shown = defaultdict(list)
    for row in rows:
        shown[(row["label"], row["category"])].append(judge(row["text"]))
    sides = {
        side: [each for (label, _), found in shown.items() if label == side for each in found]
        for side in ("show", "dont")
    }
    return {side: sum(found) / max(1, len(found)) for side, found in sides.items()}, shown


def milliseconds(judge, text):
    judge(text)
    start = time.perf_counter()
    judge(text)
    return 1000 * (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="?", default=CHECK)
    parser.add_argument("--categories", action="store_true")
    asked = parser.parse_args()
    lines = asked.texts.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    ordinary = " ".join(row["text"] for row in rows if row["label"] == "dont").split()
    page = " ".join(ordinary[:WORDS_OF_A_PAGE])
    meaning = load_safety_model()
    judges = {"patterns": by_patterns_alone, "words": lambda text: look(text).show}
    if meaning is not None:
        judges["words and meaning"] = lambda text: look(text, meaning=meaning).show
    print(TARGET)
    for name, judge in judges.items():
        found, shown = rates(rows, judge)
        print(
            f"{name}: recall {found['show']:.3f}, false alarms {found['dont']:.3f}, "
            f"a page of {WORDS_OF_A_PAGE} words in {milliseconds(judge, page):.1f} ms"
        )
        if asked.categories:
            for (label, category), each in sorted(shown.items()):
                print(f"  {label} {category}: {sum(each)} of {len(each)} shown")


if __name__ == "__main__":
    main()
