"""A sheet as PDF: its words are there as they were typed, it is tagged, and nothing is written to disk."""

import io
from pathlib import Path

import msgspec
import pypdf
import pytest

from afterglow.core.paper import Part, Piece, Row, Sheet, pdf_of, press, typeset
from afterglow.core.paper.typeset import NotSet

FONTS = Path(press.__file__).parents[2] / "ui/static/ui/fonts"
TYPED = (
    '#import "secret.typ": * $x^2$ [a](b) *bold* _it_ `code` <label> @name = head // note \\ ~ --'
)


def sheet(*pieces, **facts):
    return Sheet(title="My plan", parts=(Part(heading="Part", pieces=pieces),), **facts)


def opened(made):
    return pypdf.PdfReader(io.BytesIO(made))


def text(made):
    return " ".join(page.extract_text() for page in opened(made).pages)


@pytest.fixture(scope="module")
def whole():
    pieces = (
        Piece(words=TYPED),
        Piece(kind="quote", words=TYPED),
        Piece(kind="items", items=(Row(words=TYPED, more=TYPED),)),
        Piece(kind="pairs", items=(Row(words=TYPED, more=TYPED),)),
        Piece(kind="quiet", words="quietly"),
    )
    return pdf_of(sheet(*pieces), fonts=FONTS)


def test_every_word_is_on_the_paper(whole):
    found = text(whole)
    assert "My plan" in found
    assert "quietly" in found


def test_own_words_stay_words_and_are_never_read_as_markup(whole):
    found = "".join(text(whole).split())
    assert found.count("".join(TYPED.split())) == 6


def test_it_is_tagged_and_says_its_language_and_title(whole):
    root = opened(whole).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert opened(whole).metadata.title == "My plan"


def test_it_says_that_it_follows_pdf_ua_1(whole):
    about = opened(whole).trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in about


def test_headings_are_headings_for_a_reader_of_tags(whole):
    kinds = set()

    def look(node):
        node = node.get_object()
        if isinstance(node, pypdf.generic.DictionaryObject):
            kinds.add(str(node.get("/S")))
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                look(kid)

    look(opened(whole).trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/L", "/LI"} <= kinds


def test_its_letters_are_the_ones_of_the_pages(whole):
    fonts = str([page["/Resources"]["/Font"].get_object() for page in opened(whole).pages])
    names = {
        str(font.get_object()["/BaseFont"])
        for page in opened(whole).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("AtkinsonHyperlegible" in name for name in names), fonts


def test_letter_paper_where_that_is_used():
    made = pdf_of(sheet(Piece(words="x"), size="us-letter"), fonts=FONTS)
    assert round(float(opened(made).pages[0].mediabox.width)) == 612


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_stay_lines(ending):
    made = pdf_of(sheet(Piece(words=f"one{ending}two")), fonts=FONTS)
    assert "one\ntwo" in opened(made).pages[0].extract_text()


def test_nothing_is_written_while_it_is_set():
    asked = msgspec.json.encode(sheet(Piece(words="a word of one's own"))).decode()
    press.press(asked, str(FONTS))
    before = written()
    press.press(asked, str(FONTS))
    assert written() - before < 500


def written():
    """Bytes that this process has handed to any write, as the system counts them."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


def test_a_sheet_that_cannot_be_set_says_so(monkeypatch):
    monkeypatch.setattr(press, "__file__", str(FONTS / "absent.py"))
    with pytest.raises(NotSet):
        typeset.pdf_of(sheet(Piece(words="x")), fonts=FONTS)
