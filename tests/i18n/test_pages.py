"""Pages in other words: German whole, a made-up language that shows every bare text, dates, and the choice at the door."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.utils import timezone, translation

import afterglow
from afterglow.core.content import data_folder
from afterglow.core.content.files import read_toml
from afterglow.core.content.library import know_first
from afterglow.medicine.documents import Sitting
from afterglow.ui.templatetags.ui import day, day_and_month, short_day
from tests.house.test_rights import ADDRESSES, path_of
from tests.i18n import pseudo
from tests.i18n.pages import texts_of

PACKAGE = Path(afterglow.__file__).parent
PAGES = (
    "/today/",
    "/write/",
    "/plan/",
    "/back/",
    "/entries/",
    "/themes/",
    "/sittings/",
    "/timeline/",
    "/settings/",
    "/more/",
)
ENGLISH = re.compile(
    r"\b(?:the|and|you|your|with|of|is|are|this|that|what|not|nothing|when|from|one|keep|for|to|or|by)\b"
)
NOT_READ = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<style.*?</style>|<code>.*?</code>|{%\s*blocktrans.*?endblocktrans\w*\s*%}"
    r"|{% block (?:at_|main_class|theme).*?{% endblock %}|[\w-]+=(?:\"[^\"]*\"|'[^']*')(?=\s*(?:{%|$|data-))",
    re.DOTALL,
)
CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
IN_CODE = re.compile(
    r"\|(?:default|default_if_none|yesno|pluralize):(?:\"[^\"]*[a-z]{2}|'[^']*[a-z]{2})"
)
SAME_EVERYWHERE = {"Afterglow", "PHQ-9", "GAD-7", "mg", "mmHg", "doi"}
WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]+")


class Pieces(HTMLParser):
    """What is left of a template outside its tags, and what its tags say aloud."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found += [v or "" for n, v in attributes if n in {"aria-label", "alt", "placeholder"}]

    def handle_data(self, text):
        self.found.append(text)


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(file, id=str(file.relative_to(PACKAGE)))
        for file in sorted(PACKAGE.rglob("templates/**/*.[ht]*"))
    ],
)
def test_no_text_stands_bare_in_a_template(file):
    text = file.read_text("utf-8")
    pieces = Pieces()
    # An attribute's own tags are code too, so they go before the page is read as HTML.
    pieces.feed(CODE.sub(" ", NOT_READ.sub(" ", text)))
    words = {word for piece in pieces.found for word in WORD.findall(piece)}
    assert words - SAME_EVERYWHERE == set()
    assert IN_CODE.findall(text) == []


@pytest.fixture
def german(alice, settings):
    alice.cookies[f"{settings.COOKIE_PREFIX}-language"] = "de"
    sitting = Sitting(day=timezone.now().date() - timedelta(days=3), done=True)
    alice.vault.put(sitting)
    return alice


def test_ten_pages_say_that_they_are_german(german):
    for path in PAGES:
        page = german.get(path)
        assert page.status_code == 200, path
        assert page["Content-Language"] == "de"
        assert '<html lang="de" dir="ltr"' in page.content.decode()


def test_no_address_answers_a_german_reader_in_english(german):
    papers = tuple(each.title for page in know_first("de") for each in page.references)
    answers = {path: german.get(path) for path in (path_of(*each) for each in ADDRESSES)}
    pages = {path: answer for path, answer in answers.items() if is_a_page(answer)}
    assert len(pages) > 60
    english = [
        (path, text)
        for path, page in pages.items()
        for text in texts_of(page)
        if ENGLISH.search(text) and not text.startswith(papers)
    ]
    assert english == []


def is_a_page(answer):
    return answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")


def test_a_form_that_is_not_complete_says_so_in_german(german):
    page = german.post("/sittings/plan/", {"day": "", "clock": "noon"})
    said = [text for text in texts_of(page) if ENGLISH.search(text)]
    assert said == []
    assert "Bitte sieh dir das noch einmal an" in page.content.decode()


def test_every_text_on_a_page_comes_from_a_catalogue_or_from_the_data(alice, settings, tmp_path):
    pseudo.spoken(settings, tmp_path, "eo", pseudo.ACCENTED)
    alice.cookies[f"{settings.COOKIE_PREFIX}-language"] = "eo"
    alice.vault.put(Sitting(day=timezone.now().date() - timedelta(days=3), done=True))
    ours = data_texts() | {name for _, name in settings.LANGUAGES} | SAME_EVERYWHERE
    with translation.override("eo"):
        ours |= {
            day(timezone.now()),
            *(day(date.today() + timedelta(days=n)) for n in range(-4, 5)),
        }
    bare = [
        (path, text)
        for path in PAGES
        for text in texts_of(alice.get(path))
        if re.search("[a-z]{3}", text) and not re.search("[åéîøûñšţ]", text) and text not in ours
    ]
    assert bare == []


def data_texts():
    """Every text of the data, as a page shows it."""
    found = set()
    for file in data_folder().rglob("*.toml"):
        found |= set(strings(read_toml(file)))
    return found


def strings(value):
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def test_a_date_is_written_as_the_language_writes_it():
    told = date(2031, 2, 6)
    with translation.override("de"):
        assert day(told) == "Donnerstag, 6. Februar"
        assert short_day(told) == "6. Feb. 2031"
        assert day_and_month(told) == "6. Feb."
    with translation.override("en"):
        assert day(told) == "Thursday 6 February"
        assert short_day(told) == "6 Feb 2031"


def test_help_says_in_german_when_its_lines_were_checked(stranger, db):
    page = stranger.get("/help/", headers={"accept-language": "de-DE"}).content.decode()
    assert re.search(r"Zuletzt geprüft am \d+\. \w+\.? \d{4}\.", page)


def test_the_language_is_switched_in_settings(alice, settings):
    kept = {"theme": "auto", "language": "de", "lock_minutes": "15"}
    assert alice.post("/settings/", kept).status_code == 302
    assert "Einstellungen" in alice.get("/settings/").content.decode()
    alice.post("/settings/", kept | {"language": "en"})
    assert "Settings" in alice.get("/settings/").content.decode()


def test_a_stranger_chooses_the_language_at_the_door(stranger, db):
    page = stranger.get("/know/").content.decode()
    assert '<button name="language" value="de" lang="de">Deutsch</button>' in page
    answer = stranger.post("/language/", {"language": "de", "next": "/know/"})
    assert (answer.status_code, answer["Location"]) == (302, "/know/")
    assert "Zuerst wissen" in stranger.get("/know/").content.decode()
    stranger.post("/language/", {"language": "en", "next": "/know/"})
    assert "Know first" in stranger.get("/know/").content.decode()


def test_choosing_a_language_leads_nowhere_else_and_keeps_no_unknown_one(stranger, db, settings):
    answer = stranger.post("/language/", {"language": "tlh", "next": "https://example.test/"})
    assert answer["Location"] == "/"
    assert f"{settings.COOKIE_PREFIX}-language" not in answer.cookies


def test_a_browser_that_speaks_german_is_answered_in_german(stranger, db):
    page = stranger.get("/know/", headers={"accept-language": "de-AT,de;q=0.9,en;q=0.5"})
    assert "Zuerst wissen" in page.content.decode()
