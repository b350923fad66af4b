"""A small fictional journal for the tests, and a stand-in for the model of meaning."""

from datetime import date, timedelta

import numpy as np

from afterglow.core.themes.themes import Entry

FIRST = date(2031, 3, 1)
LINES = [
    "Oriel rang and I felt the tightness in my chest again. Bought bread.",
    "The red kite was over the quarry, and I wanted to follow the kite up.",
    "I didn't post the form. Again I didn't post it. Milk, bus, rain.",
    "I was with Oriel by the harbour and she said rest. The kite string was in my hand.",
    "Dreamt of a kite with no string and nobody holding it.",
    "Oriel laughed. I thought, the form can wait, and then I was afraid of the form.",
    "My brother came. The quarry was full of light and I cried a little.",
    "I told Oriel about the kite and the quarry. The form is still on the table.",
]


def journal(count=16):
    return [
        Entry(
            f"e{at:02}",
            LINES[at % len(LINES)] + (" So it goes." if at % 3 else ""),
            FIRST + timedelta(days=3 * at),
            "sitting" if at % 5 == 1 else "entry",
            at // 5 + 1 if at % 5 == 1 else None,
        )
        for at in range(count)
    ]


class WordSum:
    """Vectors from words alone, so that tests need no model file."""

    name = "word sum"

    def vectors(self, passages):
        rows = np.zeros((len(passages), 384), dtype=np.float32)
        for at, text in enumerate(passages):
            for word in text.lower().split():
                rows[at, sum(map(ord, word.strip(".,"))) % 384] += 1
        return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
