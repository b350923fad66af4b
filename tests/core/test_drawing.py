"""Strokes: read strictly, written as they are, and drawn as SVG and PNG."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from afterglow.core.drawing import pictures, strokes
from afterglow.core.drawing.strokes import COLOURS, NotADrawing, Stroke, Strokes

points = st.lists(
    st.tuples(st.integers(-50, 800), st.integers(-50, 1000), st.integers(0, 100)),
    min_size=1,
    max_size=6,
)
drawn = st.builds(
    lambda c, w, row: Stroke(c, w, tuple(number for point in row for number in point)),
    st.integers(0, len(COLOURS) - 1),
    st.sampled_from(strokes.WIDTHS),
    points,
)
drawings = st.builds(lambda row: Strokes(1, 720, 900, tuple(row)), st.lists(drawn, max_size=3))
LINE = Strokes(1, 720, 900, (Stroke(0, 22, (100, 450, 100, 620, 450, 100)),))


@given(drawings)
def test_a_drawing_comes_back_as_it_was(drawing):
    assert strokes.read(strokes.written(drawing)) == drawing


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"v":2,"width":720,"height":900}',
        b'{"v":1,"width":0,"height":900}',
        b'{"v":1,"width":720,"height":900000}',
        b'{"v":1,"width":720,"height":900,"strokes":[{"c":9,"w":4,"p":[1,1,1]}]}',
        b'{"v":1,"width":720,"height":900,"strokes":[{"c":0,"w":900,"p":[1,1,1]}]}',
        b'{"v":1,"width":720,"height":900,"strokes":[{"c":0,"w":4,"p":[1,1]}]}',
        b'{"v":1,"width":720,"height":900,"strokes":[{"c":0,"w":4,"p":[]}]}',
        b'{"v":1,"width":720,"height":900,"strokes":[{"c":0,"w":4,"p":[1,99999999,1]}]}',
        b'{"v":1,"width":720,"height":900,"strokes":[{"c":0,"w":4,"p":[1,1,101]}]}',
        b'{"v":1,"width":720,"height":900,"strokes":[{"c":"\\"/><script>","w":4,"p":[1,1,1]}]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_anything_that_would_not_draw_is_refused(text):
    with pytest.raises(NotADrawing):
        strokes.read(text)


def test_too_many_strokes_or_points_are_refused(monkeypatch):
    monkeypatch.setattr(strokes, "MOST_STROKES", 0)
    with pytest.raises(NotADrawing):
        strokes.read(strokes.written(LINE))
    monkeypatch.undo()
    monkeypatch.setattr(strokes, "MOST_NUMBERS", 3)
    with pytest.raises(NotADrawing):
        strokes.read(strokes.written(LINE))


@given(drawings)
def test_only_our_own_words_and_numbers_reach_the_svg(drawing):
    svg = pictures.as_svg(drawing)
    assert svg.startswith("<svg ")
    assert "script" not in svg
    assert svg.count("<path") == sum(len(pictures.lines(stroke)) for stroke in drawing.strokes)


def test_the_png_has_the_line_where_it_was_drawn():
    image = Image.open(io.BytesIO(pictures.as_png(LINE))).convert("RGB")
    assert image.size == (720, 900)
    assert image.getpixel((360, 450)) == (0x5B, 0x4A, 0x86)
    assert image.getpixel((360, 300)) == (0xFA, 0xF6, 0xF1)


def test_more_pressure_makes_a_wider_line():
    stroke = LINE.strokes[0]
    assert (
        pictures.width_at(stroke, 10)
        < pictures.width_at(stroke, 90)
        == pictures.width_at(stroke, 85)
    )


def test_a_tap_is_a_dot():
    dot = Strokes(1, 720, 900, (Stroke(1, 22, (360, 450, 100)),))
    assert Image.open(io.BytesIO(pictures.as_png(dot))).convert("RGB").getpixel((360, 450)) == (
        0xB4,
        0x53,
        0x2A,
    )


def test_a_large_drawing_becomes_a_picture_of_bounded_size():
    wide = Strokes(1, 4096, 2048, LINE.strokes)
    assert Image.open(io.BytesIO(pictures.as_png(wide))).size == (1600, 800)
