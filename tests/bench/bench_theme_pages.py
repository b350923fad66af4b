"""Prints what one tap costs: a mark on one theme shapes it anew on the ground that is in memory.

`python -m tests.bench.bench_theme_pages`. The journal is the fictional person's of the demo, repeated to size.
"""

import os
import statistics
import time
from datetime import date, timedelta

# As the program itself does, before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from afterglow.core import demo
from afterglow.core.content import data_folder
from afterglow.core.themes.decided import Held, Place, id_of_label
from afterglow.core.themes.find import find_themes
from afterglow.core.themes.ground import lay_ground, vectors_of
from afterglow.core.themes.held import Shaper
from afterglow.core.themes.meaning import load_model
from afterglow.core.themes.themes import Entry

SIZES = (120, 500, 1000)
TAPS = 12
TARGET_MS = 100


def journal(size, first):
    """As many entries as asked for, each day a new one, with their vectors made once for each text."""
    person, model = demo.load_demo(data_folder() / "demo"), load_model()
    texts = [entry.text for entry in person.entries]
    made = {text: vectors_of(text, model) for text in texts}
    entries = [
        Entry(f"e{number:05}", texts[number % len(texts)], first + timedelta(days=number))
        for number in range(size)
    ]
    return entries, {entry.id: made[entry.text] for entry in entries}, model


def taps_of(shaper, entries):
    """CPU milliseconds of each of some taps on one theme: yes, no, yes, no …"""
    passages = [shaper.passages_of(entry.id)[0] for entry in entries[: TAPS + 1]]
    places = [Place(m.entry, m.start, m.end) for m in passages]
    held = Held(id_of_label("it"), "it", yes=(places[0],), places=(places[0],), started=True)
    shaper.shaped([held])
    spent = []
    for number, place in enumerate(places[1:]):
        side = "yes" if number % 2 == 0 else "no"
        held = Held(
            **{f: getattr(held, f) for f in Held.__slots__} | {side: (*getattr(held, side), place)}
        )
        begun = time.process_time()
        shaper.shaped([held])
        spent.append((time.process_time() - begun) * 1000)
    return spent


def main():
    for size in SIZES:
        entries, vectors, model = journal(size, date(2030, 1, 1))
        found = find_themes(entries, meaning=model, passage_vectors=vectors)
        shaper = Shaper(lay_ground(entries, model, vectors), found.themes, model)
        spent = taps_of(shaper, entries)
        print(
            f"{size} entries, {len(shaper.ground.texts)} passages: one tap re-ranks in "
            f"{statistics.median(spent):.0f} ms CPU, at most {max(spent):.0f} ms (target {TARGET_MS})"
        )


if __name__ == "__main__":
    main()
