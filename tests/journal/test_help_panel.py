"""The help panel under words that were just saved: calm, without quoting, gone with *not now*."""

from django.urls import reverse

from afterglow.core.safety import saved
from afterglow.journal.documents import Entry
from tests.journal.test_entry_pages import text_of, typed

HEAVY = "I've picked the day and nobody knows."


def keep(client, words):
    write = reverse("journal:write")
    return client.post(write, typed(client, write, text=words))["Location"]


def panel_of(page):
    _before, _, after = page.partition('aria-labelledby="help-panel"')
    return after.partition("</section>")[0] if after else ""


def test_indirect_words_bring_the_panel_under_the_saved_entry(alice):
    page = text_of(alice.get(keep(alice, HEAVY)))
    assert "Your words are kept." in panel_of(page)
    assert reverse("companion:help") in panel_of(page)


def test_the_panel_quotes_nothing_and_says_that_nobody_was_told(alice):
    panel = panel_of(text_of(alice.get(keep(alice, HEAVY))))
    assert "picked the day" not in panel
    assert "Nobody has been told anything" in panel


def test_not_now_leads_to_the_same_entry_without_the_panel(alice):
    address = keep(alice, HEAVY)
    plain = address.partition("?")[0]
    assert f'href="{plain}"' in panel_of(text_of(alice.get(address)))
    assert not panel_of(text_of(alice.get(plain)))


def test_nothing_is_blocked_and_nothing_about_it_is_kept(alice):
    keep(alice, HEAVY)
    keep(alice, "A quiet day with soup.")
    heavy, quiet = (stored.document for stored in alice.vault.all(Entry))
    assert heavy.text == HEAVY
    different = {
        name for name in heavy.__struct_fields__ if getattr(heavy, name) != getattr(quiet, name)
    }
    assert different <= {"text", "snippet", "written"}


def test_without_the_model_words_alone_decide(alice, monkeypatch):
    monkeypatch.setattr(saved, "the_safety_model", lambda: None)
    assert panel_of(text_of(alice.get(keep(alice, "I want to kill myself tonight."))))
    assert not panel_of(text_of(alice.get(keep(alice, "The ego death was soft, like snow."))))


def test_a_very_long_text_is_read_by_its_words(monkeypatch):
    asked = []
    monkeypatch.setattr(saved, "the_safety_model", lambda: asked.append(True))
    assert saved.shows_help("A walk. " * 5000 + "I want to kill myself tonight.")
    assert asked == []


def test_item_nine_is_not_needed_for_it_and_ordinary_dark_words_stay_quiet(alice):
    for words in (
        "Killed the last boss and made pancakes.",
        "The old me died in that dream and I laughed.",
    ):
        assert not panel_of(text_of(alice.get(keep(alice, words))))


def test_german_words_bring_the_panel_too(alice):
    assert panel_of(text_of(alice.get(keep(alice, "Ich möchte nicht mehr leben."))))
    assert not panel_of(text_of(alice.get(keep(alice, "Ein stiller Tag mit Suppe."))))
