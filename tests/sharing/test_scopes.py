"""What each scope shows: exactly that, in every way a partner could look; and it follows the days."""

import json
from datetime import timedelta

import msgspec
import pytest
from django.urls import reverse
from django.utils import timezone

from afterglow.accounts.documents import Preferences
from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.measures.documents import CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Appointment, Goal
from afterglow.sharing import services
from afterglow.sharing.documents import Terms, ThemeShown
from afterglow.sharing.queries import scopes
from afterglow.transfer import archive
from afterglow.vault import documents, hooks
from afterglow.vault.grants import giving, granted, rekeying
from afterglow.vault.grants.documents import Projection
from afterglow.vault.open_vault import NotHere
from tests.sharing import lives
from tests.sharing.cast import befriend, give, look


@pytest.fixture
def life(alice, bob):
    befriend(alice.vault, bob.vault)
    return lives.live(alice.vault)


@pytest.mark.parametrize("scope", lives.EXPECTED)
def test_each_scope_shows_exactly_its_words(life, alice, bob, scope):
    grant = give(alice.vault, bob.vault, **lives.terms_of(scope, life))
    assert lives.words_in(look(bob.vault, grant)) == lives.EXPECTED[scope]


@pytest.mark.parametrize("scope", lives.EXPECTED)
def test_the_preview_shows_what_the_partner_then_sees(life, alice, bob, scope):
    terms = lives.terms_of(scope, life)
    before = services.preview(vault=alice.vault, terms=Terms(**terms))
    grant = give(alice.vault, bob.vault, **terms)
    after = look(bob.vault, grant)
    assert lives.words_in(before) == lives.words_in(after)
    assert {i: s.document for i, s in before._heads.items()}.keys() == after._heads.keys()


@pytest.mark.parametrize("scope", lives.EXPECTED)
def test_the_page_of_a_scope_shows_no_word_outside_it(life, alice, bob, scope):
    grant = give(alice.vault, bob.vault, **lives.terms_of(scope, life))
    page = bob.get(reverse("sharing:shared", args=[grant])).content.decode()
    assert lives.found_in(page) <= lives.EXPECTED[scope]
    own = alice.get(reverse("sharing:given", args=[grant])).content.decode()
    assert section_of(page) == section_of(own)


def section_of(page):
    return page[page.index("<section>") : page.index("</section>")]


def test_a_kind_that_no_scope_names_is_in_none():
    """Whoever adds a kind of document decides here whether it can be shared."""
    never = {
        *("letter", "person", "review", "preferences", "own-kindness", "deletion"),
        *("care-partner", "helped-person", "share", "opening", "pinned", "held-grant", "unread"),
    }
    shared = {cls.kind for cls in scopes.RULES}
    assert not never & shared
    assert shared == {
        *("entry", "check-in", "answers", "sitting", "theme-shown", "why", "insight", "obstacle"),
        *("purpose", "values", "goal", "habit", "self-care", "win", "media", "appointment"),
    }
    assert shared < set(documents.known_kinds())


def test_what_is_written_later_follows_along(life, alice, bob):
    grant = give(alice.vault, bob.vault, scopes=("plan", "mood"))
    new = alice.vault.put(Goal(text="later goal"))
    alice.vault.put(CheckIn(at=lives.NOW, level=1, words="only mine"))
    view = look(bob.vault, grant)
    assert view.get(Goal, new.id).document.text == "later goal"
    assert {stored.document.words for stored in view.heads(CheckIn)} == {""}
    assert len(view.heads(CheckIn)) == 3
    alice.vault.put(Goal(text="reworded"), record=new.id, base_rev=1)
    assert look(bob.vault, grant).get(Goal, new.id).document.text == "reworded"


def test_words_added_to_a_shared_tap_take_the_whole_tap_out_and_leave_a_narrowed_one(
    life, alice, bob
):
    grant = give(alice.vault, bob.vault, scopes=("mood",))
    tap = alice.vault.get(CheckIn, life.ids["tap"])
    changed = msgspec.structs.replace(tap.document, words=lives.word("afterwards"))
    alice.vault.put(changed, record=tap.id, base_rev=tap.rev)
    assert lives.words_in(look(bob.vault, grant)) == lives.MOOD
    assert rekeying.waiting(alice.vault) == 0


def test_what_is_deleted_goes_from_every_copy(life, alice, bob):
    grant = give(alice.vault, bob.vault, scopes=("mood", "sittings"))
    assert len(alice.vault.heads(Projection)) == 2
    alice.vault.delete(life.ids["worded"])
    alice.vault.delete(life.ids["sitting"])
    assert alice.vault.heads(Projection) == []
    view = look(bob.vault, grant)
    assert view.heads(Sitting) == []
    assert [s.id for s in view.heads(CheckIn)] == [life.ids["tap"]]


def test_an_appointment_follows_its_page_and_shows_day_hour_and_that_one_part(life, alice, bob):
    grant = give(alice.vault, bob.vault, scopes=("appointments",))
    kept = alice.vault.get(Appointment, life.ids["appointment"])
    (seen,) = look(bob.vault, grant).all(Appointment)
    assert seen.document == Appointment(day=lives.DAY, clock="10:15", to_ask=lives.word("toask"))
    changed = msgspec.structs.replace(kept.document, to_ask="Sleep", day=lives.DAY.replace(day=9))
    kept = alice.vault.put(changed, record=kept.id, base_rev=kept.rev)
    (seen,) = look(bob.vault, grant).all(Appointment)
    assert (seen.document.to_ask, seen.document.day.day) == ("Sleep", 9)
    before = seen.change
    noted = msgspec.structs.replace(kept.document, notes="only mine", who="Dr. No")
    alice.vault.put(noted, record=kept.id, base_rev=kept.rev)
    (seen,) = look(bob.vault, grant).all(Appointment)
    assert seen.change == before, "a note says nothing new to anybody"
    alice.vault.delete(kept.id)
    assert look(bob.vault, grant).all(Appointment) == []
    assert alice.vault.heads(Projection) == []


def test_the_plan_holds_no_appointment(life, alice, bob):
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    assert look(bob.vault, grant).heads(Appointment) == []


def test_an_entry_marked_tender_takes_its_quotes_along(life, alice, bob):
    entry = alice.vault.get(Entry, life.ids["other"])
    quote = lives.Quote(entry=entry.id, day=lives.DAY, words=lives.word("laterquote"))
    theme = ThemeShown(theme="u", name="u", with_quotes=True, quotes=(quote,))
    alice.vault.put(theme)
    grant = give(alice.vault, bob.vault, scopes=("themes", "quotes"))
    assert "laterquote" in lives.words_in(look(bob.vault, grant))
    tender = msgspec.structs.replace(entry.document, tender=True)
    alice.vault.put(tender, record=entry.id, base_rev=entry.rev)
    assert "laterquote" not in lives.words_in(look(bob.vault, grant))


def test_an_obstacle_that_turns_out_to_be_harm_leaves_the_plan(life, alice, bob):
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    stored = alice.vault.get(scopes.Obstacle, life.ids["obstacle"])
    harm = msgspec.structs.replace(stored.document, harm=True)
    alice.vault.put(harm, record=stored.id, base_rev=stored.rev)
    with pytest.raises(NotHere):
        look(bob.vault, grant).head(scopes.Obstacle, stored.id)


def test_two_grants_of_one_thing_do_not_disturb_each_other(life, alice, bob):
    whole = give(alice.vault, bob.vault, scopes=("plan",))
    held = give(alice.vault, bob.vault, goal=life.ids["goal"])
    services.stop(vault=alice.vault, grant=whole, today=None)
    assert lives.words_in(look(bob.vault, held)) == lives.EXPECTED["goal"]
    with pytest.raises(granted.NotGranted):
        look(bob.vault, whole)


def test_after_the_last_day_what_was_shared_gets_new_keys_at_the_next_opening(life, alice, bob):
    give(alice.vault, bob.vault, scopes=("plan",), days=1)
    giving.end_those_due(timezone.now() + timedelta(days=2))
    assert rekeying.waiting(alice.vault) == 10
    hooks.resume(alice.vault)
    assert rekeying.waiting(alice.vault) == 0


def test_an_export_holds_no_narrowed_copies(life, alice, bob):
    give(alice.vault, bob.vault, scopes=("mood", "sittings", "plan"))
    kinds = {stored.document.kind for stored in archive.exported(alice.vault)}
    assert "share" in kinds
    assert not kinds & {"projection", "pinned", "held-grant", "theme-shown"}
    rows = json.dumps([archive.as_row(s) for s in archive.exported(alice.vault)])
    assert lives.word("tapwords") in rows


def test_what_no_scope_can_cover_opens_no_grant(life, alice, bob, monkeypatch):
    give(alice.vault, bob.vault, scopes=("mood", "sittings"))
    looked = []
    monkeypatch.setattr(services.following, "_bring_in_line", lambda _, ids: looked.append(ids))
    alice.vault.put(Preferences(visits=7))
    assert looked == []
    kept = alice.vault.put(CheckIn(at=moment(timezone.now(), "UTC"), level=6))
    assert looked == [{kept.id}]


def test_of_many_sittings_only_the_changed_one_is_opened(life, alice, monkeypatch):
    first = alice.vault.put(Sitting(day=timezone.now().date()))
    alice.vault.put(Sitting(day=timezone.now().date()))
    opened = []
    whole = alice.vault.whole
    monkeypatch.setattr(alice.vault, "whole", lambda heads: opened.extend(heads) or whole(heads))
    found = scopes.covered(alice.vault, Terms(scopes=("sittings",)), only={first.id})
    assert [each.of for each in found] == [first.id]
    assert [head.id for head in opened] == [first.id]
