"""The pages of the journal, as a person walks through them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from afterglow.core import content
from afterglow.core.days import moment
from afterglow.journal import queries, services
from afterglow.journal.documents import Entry
from afterglow.medicine.services import plan_sitting

WORDS = "The heron stood in the shallow water."


@pytest.fixture
def entry(vault):
    written = moment(datetime(2026, 1, 6, 20, 15, tzinfo=UTC), "UTC")
    return services.keep_entry(vault=vault, text=WORDS, written=written, tags=["birds"])


def page(name, entry):
    return reverse(f"journal:{name}", args=[entry.id])


def typed(client, address, **changed):
    """What a browser would send: the form as it came, with some fields changed."""
    form = client.get(address).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in fields.items() if value not in (None, False)}
    return sent | changed


def text_of(answer):
    return answer.content.decode()


def test_words_alone_are_enough_to_keep_an_entry(alice):
    write = reverse("journal:write")
    answer = alice.post(write, typed(alice, write, text=WORDS))
    (kept,) = alice.vault.all(Entry)
    assert kept.document.text == WORDS
    assert answer["Location"] == page("entry", kept) + "?kept=1"


def test_nothing_typed_is_lost_when_the_day_is_wrong(alice):
    answer = alice.post(reverse("journal:write"), {"text": WORDS, "day": "someday"})
    assert answer.status_code == 200
    assert WORDS in text_of(answer)
    assert not alice.vault.heads(Entry)


def test_a_day_to_come_is_asked_about(alice):
    ahead = (timezone.now() + timedelta(days=3)).date().isoformat()
    answer = alice.post(reverse("journal:write"), {"text": WORDS, "day": ahead})
    assert not alice.vault.heads(Entry)
    assert WORDS in text_of(answer)


def test_spaces_are_no_words(alice):
    write = reverse("journal:write")
    alice.post(write, typed(alice, write, text="  \n "))
    assert not alice.vault.heads(Entry)


def test_an_entry_can_be_dated_back(alice):
    write = reverse("journal:write")
    alice.post(write, typed(alice, write, text=WORDS, day="2026-01-06"))
    assert alice.vault.heads(Entry)[0].document.written.day == date(2026, 1, 6)


def test_the_sitting_in_the_address_comes_chosen_and_is_kept(alice):
    sitting = plan_sitting(vault=alice.vault, day=date(2026, 1, 5), zone="UTC", done=True)
    address = f"{reverse('journal:write')}?sitting={sitting.id}"
    alice.post(reverse("journal:write"), typed(alice, address, text=WORDS))
    assert alice.vault.heads(Entry)[0].document.sitting == sitting.id
    assert WORDS in text_of(alice.get(reverse("medicine:sitting", args=[sitting.id])))


def test_a_question_is_kept_with_its_answer(alice):
    asked = content.questions("en")[0]
    address = f"{reverse('journal:write')}?question={asked.id}"
    alice.post(reverse("journal:write"), typed(alice, address, text=WORDS))
    kept = alice.vault.heads(Entry)[0].document
    assert (kept.question, kept.question_text) == (asked.id, asked.text)


def test_another_question_is_another_one(alice):
    first = alice.get(reverse("journal:write") + "?ask=").context["question"]
    second = alice.get(f"{reverse('journal:write')}?ask={first.id}").context["question"]
    assert first.id != second.id


def test_a_draft_is_where_writing_begins_again(alice):
    alice.vault.keep_draft("entry.new", {"text": "Half a senten"})
    assert "Half a senten" in text_of(alice.get(reverse("journal:write")))


def test_a_draft_keeps_its_words_when_a_question_is_asked_for(alice):
    alice.vault.keep_draft("entry.new", {"text": "Half a senten", "question": ""})
    answer = alice.get(reverse("journal:write") + "?ask=")
    assert "Half a senten" in text_of(answer)
    assert answer.context["question"] is not None


def test_clear_words_about_dying_bring_the_help_panel_right_after_keeping(alice):
    write = reverse("journal:write")
    answer = alice.post(write, typed(alice, write, text="I want to kill myself tonight."))
    address = answer["Location"]
    assert "help-panel" in text_of(alice.get(address))
    assert "help-panel" not in text_of(alice.get(address.partition("?")[0]))


def test_the_panel_stays_away_from_herons(alice, entry):
    assert "help-panel" not in text_of(alice.get(page("entry", entry) + "?kept=1"))


def test_changing_keeps_question_time_and_earlier_version(alice, entry):
    alice.post(page("edit", entry), typed(alice, page("edit", entry), text="An owl."))
    kept = alice.vault.get(Entry, entry.id)
    assert (kept.rev, kept.document.text) == (2, "An owl.")
    assert kept.document.written == entry.document.written
    assert WORDS in text_of(alice.get(page("history", entry)))


def test_a_change_made_elsewhere_meanwhile_shows_both(alice, entry):
    here = typed(alice, page("edit", entry), text="Written here.")
    alice.post(page("edit", entry), typed(alice, page("edit", entry), text="Written there."))
    shown = text_of(alice.post(page("edit", entry), here))
    assert "Written here." in shown
    assert "Written there." in shown


def test_an_earlier_version_can_be_shown_again(alice, entry):
    alice.post(page("edit", entry), typed(alice, page("edit", entry), text="An owl."))
    alice.post(page("bring_back", entry), {"rev": "1"})
    assert alice.vault.get(Entry, entry.id).document.text == WORDS


def test_the_tender_mark_is_set_and_taken_away(alice, entry):
    alice.post(page("tender", entry), {"tender": "yes"})
    assert WORDS not in text_of(alice.get(reverse("journal:entries")))
    alice.post(page("tender", entry), {"tender": "no"})
    assert WORDS in text_of(alice.get(reverse("journal:entries")))


def test_removing_asks_first(alice, entry):
    assert alice.get(page("delete", entry)).status_code == 200
    assert alice.vault.heads(Entry)
    alice.post(page("delete", entry))
    assert not alice.vault.heads(Entry)


def test_near_a_sitting_removing_waits_and_can_be_called_off(alice, entry):
    now = moment(timezone.now(), "UTC")
    plan_sitting(vault=alice.vault, day=now.day, zone="UTC", done=True)
    alice.post(page("delete", entry))
    assert page("call_off", entry) in text_of(alice.get(page("entry", entry)))
    alice.post(page("call_off", entry))
    assert queries.waiting_deletion(alice.vault, entry.id) is None


def test_the_earlier_versions_are_cleared_after_asking(alice, entry):
    alice.post(page("edit", entry), typed(alice, page("edit", entry), text="An owl."))
    alice.post(page("clear_history", entry))
    assert len(alice.vault.history(Entry, entry.id)) == 1


def test_search_goes_by_post_and_marks_what_it_found(alice, entry):
    shown = text_of(alice.post(reverse("journal:search"), {"words": "HERON"}))
    assert "<mark>heron</mark>" in shown
    assert page("entry", entry) in shown


def test_a_search_in_the_address_is_not_carried_out(alice, entry):
    assert WORDS not in text_of(alice.get(reverse("journal:search") + "?words=heron"))


def test_a_tag_leads_to_its_entries(alice, entry):
    assert WORDS in text_of(alice.post(reverse("journal:tag"), {"name": "birds"}))


def test_what_was_kept_comes_back_when_asked_for(alice, entry):
    assert WORDS in text_of(alice.get(reverse("journal:reread")))


def test_markup_in_an_entry_stays_text(alice):
    write = reverse("journal:write")
    answer = alice.post(write, typed(alice, write, text="<script>x</script>"))
    assert "<script>x" not in text_of(alice.get(answer["Location"]))


@pytest.mark.parametrize("odd", ["0", "-1", "x", "99999999999999", "2"])
def test_an_odd_page_number_shows_a_page(alice, entry, odd):
    assert alice.get(f"{reverse('journal:entries')}?page={odd}").status_code == 200


@pytest.mark.parametrize("name", ["entries", "write", "search", "tag", "on_this_day", "reread"])
def test_an_empty_journal_shows_a_page(alice, name):
    assert alice.get(reverse(f"journal:{name}")).status_code == 200


READ = ["entry", "edit", "history", "clear_history", "delete"]
CHANGE = ["edit", "tender", "clear_history", "bring_back", "delete", "call_off"]


@pytest.mark.parametrize("name", READ)
def test_another_persons_entry_is_not_there(bob, entry, name):
    assert bob.get(page(name, entry)).status_code == 404


@pytest.mark.parametrize("name", CHANGE)
def test_another_person_changes_nothing(bob, entry, vault, name):
    assert bob.post(page(name, entry), {"tender": "yes", "rev": "1"}).status_code == 404
    assert vault.get(Entry, entry.id).document == entry.document


@pytest.mark.parametrize("name", READ)
def test_a_stranger_cannot_open_the_entry(stranger, entry, name):
    answer = stranger.get(page(name, entry))
    assert answer.status_code == 423
    assert WORDS not in text_of(answer)


def test_an_entry_that_never_was_is_not_there(alice):
    assert alice.get(reverse("journal:entry", args=[uuid4()])).status_code == 404
