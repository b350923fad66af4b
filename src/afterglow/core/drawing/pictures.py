"""A drawing as a picture: SVG for pages that can be any size, PNG for everything else.

Each piece of a stroke is a round-ended line whose width follows the pressure. Only numbers of ours reach the SVG.
"""

import io
from itertools import pairwise

from afterglow.core.drawing.strokes import COLOURS, Stroke, Strokes, points

PAPER = "#faf6f1"
LIGHTEST = 0.35  # of the width, at no pressure
STEPS = 6  # widths are drawn in so many steps, so that lines join into few paths
LONGEST_PNG_SIDE = 1600


def width_at(stroke: Stroke, pressure: int) -> float:
    """How wide a stroke is at this pressure, in units of the drawing."""
    share = round(pressure / 100 * STEPS) / STEPS
    return stroke.w * (LIGHTEST + (1 - LIGHTEST) * share)


def lines(stroke: Stroke) -> list[tuple[float, list[tuple[int, int]]]]:
    """A stroke as runs of one width each; a tap is a run of one point twice."""
    row = points(stroke)
    if len(row) == 1:
        only = (row[0].x, row[0].y)
        return [(width_at(stroke, row[0].pressure), [only, only])]
    runs: list[tuple[float, list[tuple[int, int]]]] = []
    for here, there in pairwise(row):
        width = width_at(stroke, (here.pressure + there.pressure) // 2)
        if runs and runs[-1][0] == width:
            runs[-1][1].append((there.x, there.y))
        else:
            runs.append((width, [(here.x, here.y), (there.x, there.y)]))
    return runs


def as_svg(drawing: Strokes) -> str:
    """The whole drawing as one SVG element, without script, style or text."""
    body = "".join(
        f'<path d="{_path(run)}" stroke="{COLOURS[stroke.c]}" stroke-width="{width:.2f}"/>'
        for stroke in drawing.strokes
        for width, run in lines(stroke)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}">'
        f'<rect width="{drawing.width}" height="{drawing.height}" fill="{PAPER}"/>'
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">{body}</g></svg>'
    )


def _path(run: list[tuple[int, int]]) -> str:
    (x, y), *rest = run
    return f"M{x} {y}" + "".join(f"L{a} {b}" for a, b in rest)


def as_png(drawing: Strokes) -> bytes:
    """The whole drawing as PNG bytes, drawn twice as large and made smaller, so that edges are soft."""
    from PIL import Image, ImageDraw  # heavy, and only where a drawing is kept

    scale = min(1.0, LONGEST_PNG_SIDE / max(drawing.width, drawing.height))
    twice = 2 * scale
    size = (max(1, round(drawing.width * twice)), max(1, round(drawing.height * twice)))
    image = Image.new("RGB", size, PAPER)
    canvas = ImageDraw.Draw(image)
    for stroke in drawing.strokes:
        for width, run in lines(stroke):
            placed = [(x * twice, y * twice) for x, y in run]
            canvas.line(placed, fill=COLOURS[stroke.c], width=max(1, round(width * twice)))
            _round_ends(canvas, placed, width * twice / 2, COLOURS[stroke.c])
    half = (max(1, size[0] // 2), max(1, size[1] // 2))
    out = io.BytesIO()
    image.resize(half, Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def _round_ends(
    canvas: object, placed: list[tuple[float, float]], radius: float, fill: str
) -> None:
    for x, y in placed:
        canvas.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)  # type: ignore[attr-defined]
