"""Themes beside sittings: what one sitting brought, and all of them at a glance."""

import pytest
from django.urls import reverse

from afterglow.insights.queries import finding, sources
from afterglow.insights.queries import sittings as queries
from afterglow.insights.services import themes as services
from afterglow.medicine.services import keep_after, plan_sitting

pytestmark = pytest.mark.usefixtures("entries")
RIVER = "In the sitting there was a dark river under the kitchen floor."
LATER = "I could not say no to my boss."


@pytest.fixture
def river(vault, entries):
    passage = services.as_passages(
        [each for each in _passages(vault, entries[0]) if each.quote == RIVER]
    )
    return services.start_theme(vault=vault, name="The river", passages=passage)


def _passages(vault, entry):
    from afterglow.insights.queries.looking import sentences_of

    return sentences_of(vault, entry.id)


def labels(came):
    return {each.theme.label for each in came}


def test_what_comes_for_the_first_time_is_new_and_then_here_again(vault, sittings, river):
    first, second, _ = (queries.of_sitting(vault, each.id) for each in sittings)
    assert "The river" in labels(first.new)
    assert "The river" in labels(second.again)
    came = next(each for each in second.again if each.theme.label == "The river")
    assert came.before.mention.quote in {m.quote for m in _passages(vault, came.before.source)}


def test_what_was_there_last_time_and_not_this_time_is_said(vault, sittings, river):
    empty = plan_sitting(
        vault=vault, day=sittings[-1].document.day.replace(day=28), zone="UTC", done=True
    )
    assert "The river" in labels(queries.of_sitting(vault, empty.id).not_now)


def test_quotes_of_a_sitting_stay_closed_until_they_are_opened(alice, sittings, river):
    page = alice.get(reverse("insights:sitting", args=[sittings[1].id])).content.decode()
    before, _, _ = page.partition("black water")
    assert before.count("<details") > before.count("</details")


def test_the_sitting_leads_to_what_it_brought(alice, sittings):
    sitting = alice.get(reverse("medicine:sitting", args=[sittings[0].id])).content.decode()
    assert reverse("insights:sitting", args=[sittings[0].id]) in sitting


def test_a_planned_sitting_has_brought_nothing_yet(alice, sittings):
    planned = plan_sitting(
        vault=alice.vault, day=sittings[-1].document.day.replace(day=28), zone="UTC"
    )
    assert alice.get(reverse("insights:sitting", args=[planned.id])).status_code == 404


def test_what_was_kept_right_after_a_sitting_is_quoted_too(alice, sittings, river):
    keep_after(
        vault=alice.vault,
        sitting=sittings[2].id,
        images="A river under the floor, and it was warm.",
        side_effects=(),
        pressures=(),
    )
    found = finding.shaped(alice.vault).theme(river)
    assert str(sittings[2].id) in found.entries
    page = alice.get(reverse("insights:theme", args=[river])).content.decode()
    assert "A river under the floor, and it was warm." in page
    assert reverse("medicine:sitting", args=[sittings[2].id]) in page
    sentences = alice.get(reverse("insights:sentences", args=[sittings[2].id])).content.decode()
    assert "A river under the floor" in sentences


def test_across_sittings_shows_marks_words_and_a_table(alice, river):
    rows, count = queries.across(alice.vault)
    own = next(row for row in rows if row.theme.id == river)
    assert count == 3
    assert own.sittings == {1, 2, 3}
    assert [mark.here for mark in own.marks] == [True, True, True]
    page = alice.get(reverse("insights:across")).content.decode()
    assert "3 sittings, the first at the left" in page
    assert "<table>" in page


def test_words_of_the_three_days_after_belong_to_the_sitting(vault, entries):
    numbers = sources.sitting_of(vault)
    assert numbers[entries[1].id] == 1
    assert entries[3].id not in numbers
