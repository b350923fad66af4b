"""Entries: kept, found, changed, removed, and never brought back by surprise."""

from datetime import UTC, date, datetime, timedelta

import pytest

from afterglow.core.days import moment
from afterglow.journal import queries, services
from afterglow.journal.documents import Deletion, Entry
from afterglow.medicine.services import HeldForNow, plan_sitting
from afterglow.vault.open_vault import Conflict, NotHere

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def at(days=0, hours=0):
    return moment(NOON + timedelta(days=days, hours=hours), "UTC")


def keep(vault, text="A few words.", days=0, **fields):
    return services.keep_entry(vault=vault, text=text, written=at(days), **fields)


def change(vault, kept, text, base_rev):
    entry = kept.document
    return services.change_entry(
        vault=vault,
        entry=kept.id,
        text=text,
        written=entry.written,
        kind_of=entry.kind_of,
        sitting=entry.sitting,
        tags=entry.tags,
        tender=entry.tender,
        base_rev=base_rev,
    )


def ids(rows):
    return [each.id for each in rows]


def test_the_newest_day_comes_first_however_late_it_is_written(vault):
    newest = keep(vault, days=0)
    backdated = keep(vault, days=-30)
    assert ids(queries.newest(vault).entries) == [newest.id, backdated.id]


def test_a_list_does_not_open_the_text(vault):
    keep(vault, "The whole text")
    (shown,) = queries.newest(vault).entries
    assert not shown.whole
    assert shown.document.text == ""
    assert shown.document.snippet == "The whole text"


def test_a_page_holds_twenty_and_the_last_one_the_rest(vault):
    for day in range(23):
        keep(vault, days=-day)
    last = queries.newest(vault, page=9)
    assert (len(last.entries), last.page, last.count, last.earlier, last.later) == (
        3,
        2,
        23,
        None,
        1,
    )


def test_a_long_beginning_is_cut_at_a_word():
    snippet = services.snippet_of("longish words " * 40)
    assert len(snippet) <= services.SNIPPET_CHARS + 1
    assert snippet.removesuffix("…").split()[-1] in {"longish", "words"}


def test_tags_are_tidied():
    assert services.tidy_tags([" #Sea ", "sea", "", "two  words"]) == ("Sea", "two words")


def test_tags_are_counted_in_alphabetical_order(vault):
    keep(vault, tags=["Zoo", "émile"])
    keep(vault, tags=["Zoo"])
    assert queries.tags(vault) == [("émile", 1), ("Zoo", 2)]
    assert queries.tagged(vault, "Zoo").count == 2


def test_entries_of_a_sitting_stand_in_the_order_of_days(vault):
    sitting = plan_sitting(vault=vault, day=date(2026, 3, 1), zone="UTC", done=True)
    second = keep(vault, days=0, sitting=sitting.id)
    first = keep(vault, days=-3, sitting=sitting.id)
    keep(vault)
    assert ids(queries.entries_of_sitting(vault, sitting.id)) == [first.id, second.id]


def test_on_this_day_finds_earlier_months_but_nothing_tender(vault):
    january = services.keep_entry(
        vault=vault, text="Snow", written=moment(datetime(2026, 1, 31, 12, tzinfo=UTC), "UTC")
    )
    services.keep_entry(
        vault=vault,
        text="Hard",
        written=moment(datetime(2025, 3, 31, 12, tzinfo=UTC), "UTC"),
        tender=True,
    )
    keep(vault)
    assert ids(queries.on_this_day(vault, at().day)) == [january.id]


def test_re_reading_opens_the_text_and_leaves_out_what_is_tender(vault):
    keep(vault, "Sore", days=-2, tender=True)
    keep(vault, "Today's own", days=0)
    earlier = keep(vault, "The light came in.", days=-3)
    (shown,) = queries.reread(vault, before=at().day)
    assert (shown.id, shown.document.text) == (earlier.id, "The light came in.")


def test_search_asks_for_all_words_whatever_case_and_accents(vault):
    both = keep(vault, "Die Müdigkeit am MEER")
    keep(vault, "Nur das Meer")
    found = queries.search(vault, "mudigkeit meer")
    assert ids([each.stored for each in found.found]) == [both.id]


def test_search_shows_the_stretch_around_the_words(vault):
    keep(vault, "word " * 200 + "the lighthouse keeper " + "word " * 200)
    (found,) = queries.search(vault, "lighthouse").found
    marked = [piece.text for piece in found.pieces if piece.found]
    assert marked == ["lighthouse"]
    assert len(found.snippet) <= queries.SNIPPET_CHARS
    assert "".join(piece.text for piece in found.pieces) == found.snippet


def test_search_is_newest_first_and_counts_beyond_its_page(vault):
    for day in range(25):
        keep(vault, "a rare heron", days=-day)
    found = queries.search(vault, "heron")
    days = [each.stored.document.written.day for each in found.found]
    assert (len(days), found.count, found.pages) == (20, 25, 2)
    assert days == sorted(days, reverse=True)


def test_search_sees_a_change_at_once(vault):
    kept = keep(vault, "a heron")
    queries.search(vault, "heron")
    change(vault, kept, "an owl", kept.rev)
    assert queries.search(vault, "heron").count == 0
    assert queries.search(vault, "owl").count == 1


def test_search_finds_tags_and_an_empty_search_finds_nothing(vault):
    keep(vault, tags=["grandmother"])
    assert queries.search(vault, "grandmother").count == 1
    assert queries.search(vault, "   ").count == 0


def test_a_change_keeps_the_version_before(vault):
    kept = keep(vault, "First words")
    change(vault, kept, "Second words", kept.rev)
    texts = [each.document.text for each in vault.history(Entry, kept.id)]
    assert texts == ["Second words", "First words"]


def test_two_changes_of_the_same_version_keep_both(vault):
    kept = keep(vault, "First words")
    change(vault, kept, "On the phone", kept.rev)
    both = change(vault, kept, "On the computer", kept.rev)
    assert isinstance(both, Conflict)
    assert both.other.document.text == "On the phone"


def test_an_earlier_version_can_be_brought_back(vault):
    kept = keep(vault, "First words")
    change(vault, kept, "Second words", kept.rev)
    assert services.bring_back(vault=vault, entry=kept.id, rev=kept.rev)
    assert vault.get(Entry, kept.id).document.text == "First words"
    assert not services.bring_back(vault=vault, entry=kept.id, rev=99)


def test_cleared_history_leaves_only_the_present(vault):
    kept = keep(vault, "First words")
    change(vault, kept, "Second words", kept.rev)
    assert services.clear_history(vault=vault, entry=kept.id, now=at()) == 1
    assert len(vault.history(Entry, kept.id)) == 1


def test_a_deleted_entry_is_gone_at_once_on_an_ordinary_day(vault):
    kept = keep(vault)
    assert services.delete_entry(vault=vault, entry=kept.id, now=at()) is None
    with pytest.raises(NotHere):
        vault.get(Entry, kept.id)


@pytest.fixture
def sitting_this_morning(vault):
    return plan_sitting(vault=vault, day=at().day, zone="UTC", clock="10:00", done=True)


def test_near_a_sitting_a_deletion_waits_a_day(vault, sitting_this_morning):
    kept = keep(vault)
    waits = services.delete_entry(vault=vault, entry=kept.id, now=at())
    assert waits.document.due.at == NOON + timedelta(hours=24)
    assert services.carry_out_due_deletions(vault, at(hours=23)) == 0
    assert vault.get(Entry, kept.id)
    assert services.carry_out_due_deletions(vault, at(hours=24)) == 1
    with pytest.raises(NotHere):
        vault.get(Entry, kept.id)
    assert vault.heads(Deletion) == []


def test_asking_twice_makes_one_wish(vault, sitting_this_morning):
    kept = keep(vault)
    first = services.delete_entry(vault=vault, entry=kept.id, now=at())
    again = services.delete_entry(vault=vault, entry=kept.id, now=at(hours=2))
    assert first.id == again.id


def test_a_deletion_that_was_called_off_never_happens(vault, sitting_this_morning):
    kept = keep(vault)
    services.delete_entry(vault=vault, entry=kept.id, now=at())
    services.call_off_deletion(vault=vault, entry=kept.id)
    assert services.carry_out_due_deletions(vault, at(days=3)) == 0
    assert vault.get(Entry, kept.id)


def test_near_a_sitting_history_is_not_cleared(vault, sitting_this_morning):
    kept = keep(vault)
    with pytest.raises(HeldForNow):
        services.clear_history(vault=vault, entry=kept.id, now=at())


def test_an_unknown_kind_of_entry_is_simply_an_entry(vault):
    assert keep(vault, kind_of="opera").document.kind_of == "entry"


def test_keeping_removes_the_draft(vault):
    vault.keep_draft("entry.new", {"text": "half"})
    keep(vault, draft="entry.new")
    assert vault.draft("entry.new") == {}
