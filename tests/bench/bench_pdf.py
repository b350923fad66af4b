"""Prints how long one plan as PDF takes, process and all. Wall time, median and worst; asserts nothing.

`python -m tests.bench.bench_pdf`
"""

import io
import statistics
import time
from pathlib import Path

import pypdf

from afterglow.core.paper import Part, Piece, Row, Sheet, pdf_of, press

FONTS = Path(press.__file__).parents[2] / "ui/static/ui/fonts"
TIMES = 20
WORDS = "The dough does its work while you sit down, and so may I. "


def a_long_plan() -> Sheet:
    """Ten parts of ten pieces each: some six pages, more than most plans hold."""
    pieces = (
        Piece(kind="quote", words=WORDS * 2),
        *(Piece(kind="items", items=(Row(words=WORDS, more="Thursday, 07:30"),)) for _ in range(6)),
        *(Piece(kind="pairs", items=(Row(words=WORDS, more="If this happens"),)) for _ in range(3)),
    )
    parts = tuple(Part(heading=f"Part {number}", pieces=pieces) for number in range(10))
    return Sheet(title="My plan", parts=parts)


def main() -> None:
    spent = []
    for _ in range(TIMES):
        start = time.perf_counter()
        made = pdf_of(a_long_plan(), fonts=FONTS)
        spent.append((time.perf_counter() - start) * 1000)
    pages = len(pypdf.PdfReader(io.BytesIO(made)).pages)
    print(f"a plan of {pages} pages as PDF/UA-1, {TIMES} times, a process each")
    print(f"  median {statistics.median(spent):.0f} ms, worst {max(spent):.0f} ms")
    print(f"  {len(made) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
