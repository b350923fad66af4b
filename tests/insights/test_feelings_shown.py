"""Feelings beside a theme: shown where they stand out, and silent everywhere else."""

import pytest

from afterglow.core.days import at_local
from afterglow.core.themes.feelings import FeelingHead
from afterglow.insights.queries import feelings, finding
from afterglow.insights.services import themes as services
from afterglow.journal import services as journal
from tests.insights.conftest import day

SAD = (
    "I was so sad about the empty chair that I cried.",
    "The empty chair again, and I felt sad and lonely.",
    "It hurts, I am heartbroken, I miss her in the empty chair.",
    "Such sadness when I looked at the empty chair.",
)
PLAIN = ("Bought a green chair cover.", "The bus came at nine.", "Painted the garden chair.")


@pytest.fixture
def chairs(vault):
    for number, text in enumerate((*SAD, *PLAIN, *PLAIN)):
        journal.keep_entry(vault=vault, text=text, written=at_local(day(number), 9, 0, "UTC"))
    return vault


def started(vault, words):
    texts = finding.found(vault).texts
    shaper = finding.found(vault).shaper
    quotes = [m for entry in texts for m in shaper.passages_of(entry) if m.quote in words]
    no = [m for entry in texts for m in shaper.passages_of(entry) if m.quote not in words]
    name = services.start_theme(
        vault=vault,
        name="It",
        passages=services.as_passages(quotes),
        without=services.as_passages(no),
    )
    return finding.shaped(vault).theme(name)


def test_a_feeling_that_stands_out_is_named(chairs):
    assert "sadness" in feelings.near(chairs, started(chairs, SAD))


def test_ordinary_words_name_none(chairs):
    assert feelings.near(chairs, started(chairs, PLAIN)) == []


def test_weak_labels_are_never_named(chairs):
    shown = set(FeelingHead.load().shown)
    assert set(feelings.near(chairs, started(chairs, SAD))) <= shown
    assert not {"relief", "grief", "nervousness"} & shown


def test_too_few_quotes_name_none(chairs):
    assert feelings.near(chairs, started(chairs, SAD[:2])) == []
