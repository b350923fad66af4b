"""Prints what finding costs on a made-up journal: cold, with vectors kept, and one more entry; CPU seconds and memory.

`python -m tests.bench.bench_theme_cost`. The sentences are those of the training journals, in a drawn order.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

# As the program itself does, before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from afterglow.core.themes.find import find_themes
from afterglow.core.themes.grow import add_entry
from afterglow.core.themes.meaning import load_model
from afterglow.core.themes.themes import Entry

WRITERS = Path(__file__).resolve().parents[2] / "tools/corpus/writers"
ENTRIES = 1_000
SIZES = {34: (8.0, "-"), 300: (60.0, 4.0)}
ONE_MORE_S = 0.15
FIRST = date(2030, 1, 1)


def sentences():
    found = []
    for file in sorted(WRITERS.glob("*.json")):
        for entry in json.loads(file.read_text("utf-8"))["entries"]:
            found += [part.strip() + "." for part in entry["text"].split(". ") if part.strip()]
    random.Random(0).shuffle(found)
    return found


def journal(words, known):
    entries, at = [], 0
    for number in range(ENTRIES + 1):
        text = ""
        while len(text.split()) < words:
            text += known[at % len(known)] + " "
            at += 1
        entries.append(Entry(f"e{number:04}", text.strip(), FIRST + timedelta(days=number)))
    return entries


def spent(work):
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun


def measure(words):
    entries, (cold_target, kept_target) = journal(words, sentences()), SIZES[words]
    model = load_model()
    old, new = entries[:ENTRIES], entries[ENTRIES]
    found, cold = spent(lambda: find_themes(old, meaning=model))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _, kept = spent(lambda: find_themes(old, meaning=model, passage_vectors=found.vectors))
    _, more = spent(lambda: add_entry(found, old, new, meaning=model))
    passages = sum(len(each.spans) for each in found.vectors.values())
    print(
        f"{ENTRIES} entries of {words} words, {passages} passages: cold {cold:.1f} s CPU "
        f"({cold_target}), {memory} MB; vectors kept {kept:.1f} s ({kept_target}); "
        f"one more entry {more:.2f} s ({ONE_MORE_S})"
    )


def main():
    if len(sys.argv) > 1:
        return measure(int(sys.argv[1]))
    for words in SIZES:  # Each in a process of its own, so that memory is its own.
        subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_theme_cost", str(words)], check=True
        )
    return None


if __name__ == "__main__":
    main()
