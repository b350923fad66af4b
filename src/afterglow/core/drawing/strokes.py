"""Strokes as a drawing keeps them: its size, and for each stroke a colour, a width and its points.

The form is a promise, so that earlier drawings open for ever. A point is x and y in units of the drawing, and pressure
from 0 to 100.
"""

from dataclasses import dataclass

import msgspec

COLOURS = ("#5b4a86", "#b4532a", "#2f6b57", "#3a5f8a", "#4a4350")
WIDTHS = (4, 10, 22)
LONGEST_SIDE = 4096
MOST_STROKES = 4_000
MOST_NUMBERS = 600_000
MOST_PRESSURE = 100
VALUES_A_POINT = 3


class NotADrawing(ValueError):
    """Not strokes, or more of them than one drawing may have."""


class Stroke(msgspec.Struct, frozen=True):
    """`c` is a place in COLOURS, `w` the width, `p` runs x, y, pressure, x, y, pressure …"""

    c: int
    w: int
    p: tuple[int, ...]


class Strokes(msgspec.Struct, frozen=True):
    """One drawing as it travels."""

    v: int
    width: int
    height: int
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int
    pressure: int


def read(text: bytes | str) -> Strokes:
    """The strokes of a drawing. Raises NotADrawing for anything that would not draw."""
    try:
        drawing = msgspec.json.decode(text, type=Strokes)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotADrawing("not strokes") from error
    _check(drawing)
    return drawing


def together(below: Strokes, above: Strokes) -> Strokes:
    """Two drawings on one sheet. Raises NotADrawing where it would hold too much."""
    drawing = Strokes(
        v=below.v,
        width=max(below.width, above.width),
        height=max(below.height, above.height),
        strokes=tuple(dict.fromkeys((*below.strokes, *above.strokes))),
    )
    _check(drawing)
    return drawing


def written(drawing: Strokes) -> bytes:
    """The same drawing in few bytes."""
    return msgspec.json.encode(drawing)


def points(stroke: Stroke) -> list[Point]:
    row = stroke.p
    return [Point(row[at], row[at + 1], row[at + 2]) for at in range(0, len(row), VALUES_A_POINT)]


def _check(drawing: Strokes) -> None:
    sides = (drawing.width, drawing.height)
    if drawing.v != 1 or not all(0 < side <= LONGEST_SIDE for side in sides):
        raise NotADrawing("of another version or size")
    if len(drawing.strokes) > MOST_STROKES:
        raise NotADrawing("too many strokes")
    if sum(len(stroke.p) for stroke in drawing.strokes) > MOST_NUMBERS:
        raise NotADrawing("too many points")
    for stroke in drawing.strokes:
        _check_stroke(stroke)


def _check_stroke(stroke: Stroke) -> None:
    if not 0 <= stroke.c < len(COLOURS) or not 0 < stroke.w <= max(WIDTHS):
        raise NotADrawing("an unknown colour or width")
    if not stroke.p or len(stroke.p) % VALUES_A_POINT:
        raise NotADrawing("half a point")
    far = 4 * LONGEST_SIDE
    if any(not -far <= number <= far for number in stroke.p):
        raise NotADrawing("a point far outside")
    if any(not 0 <= pressure <= MOST_PRESSURE for pressure in stroke.p[2::VALUES_A_POINT]):
        raise NotADrawing("a pressure out of range")
