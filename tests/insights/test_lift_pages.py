"""How the days went, as pages: true sentences for every course, silence in words, and nothing about lift unasked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from afterglow.accounts.queries import preferences
from afterglow.core.content import library
from afterglow.insights.queries import practised, series
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents.rhythm import PracticeNote
from afterglow.transfer import demo
from tests.insights import lives

LIFT = reverse("insights:lift")
AHEAD = reverse("insights:ahead")
BETTER = reverse("insights:better_days")


@pytest.fixture
def today():
    return lives.this_day()


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def main_of(client, path):
    return client.get(path).content.decode().split("<main", 1)[1].split("</main>")[0]


def test_without_a_sitting_the_page_says_that_it_begins_later(alice):
    assert "no sitting is noted as done" in text_of(alice, LIFT)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ([], "there is no PHQ-9 score since your first sitting, and this page needs 4"),
        ([9], "there is 1 PHQ-9 score since"),
        ([9, 9, 9], "there are 3 PHQ-9 scores since"),
    ],
)
def test_too_few_scores_is_an_answer_with_its_reason(alice, today, after, words):
    lives.course(alice.vault, today, 18, after)
    shown = text_of(alice, LIFT)
    assert words in shown
    assert "The lift" not in shown


def test_lower_scores_are_said_with_their_range_and_without_a_cause(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    shown = text_of(alice, LIFT)
    assert re.search(
        r"about \d+ points lower now than before your first sitting \(likely \d+ to \d+\)", shown
    )
    assert "The lift" in shown
    assert "numbers cannot tell" in shown
    assert "because of" not in shown


def test_no_change_has_a_true_sentence_and_no_word_about_lift(alice, today):
    lives.course(alice.vault, today, 12, [12, 12, 13, 12, 12])
    shown = text_of(alice, LIFT)
    assert "much as they were before" in shown
    assert "lift" not in main_of(alice, LIFT).lower().replace("/lift/", "")


def test_answers_that_allow_both_are_said_to(alice, today):
    lives.course(alice.vault, today, 14, [3, 25, 2, 25, 14])
    shown = text_of(alice, LIFT)
    assert "cannot be told yet" in shown
    assert "much as they were" not in shown


@pytest.mark.parametrize("after", [[8, 8, 8, 24], [24], [8, 8, 24]])
def test_a_latest_score_far_above_the_time_before_comes_with_help(alice, today, after):
    lives.course(alice.vault, today, 18, after)
    shown = text_of(alice, LIFT)
    assert "Your latest score is 6 points higher than before your first sitting" in shown
    assert "much as they were" not in shown
    assert "The lift" not in shown
    assert f'href="{reverse("companion:help")}">Help' in main_of(alice, LIFT)


def test_without_a_deterioration_no_help_line_is_pressed_on_anybody(alice, today):
    lives.course(alice.vault, today, 14, [12, 14, 15, 14])
    assert "Your clinic would want to know" not in text_of(alice, LIFT)


def test_worse_has_a_true_sentence_and_help_beside_it(alice, today):
    lives.course(alice.vault, today, 8, [15, 17, 18, 18, 19])
    shown = text_of(alice, LIFT)
    assert re.search(r"about \d+ points higher now than before", shown)
    assert "no fault of yours" in shown
    assert reverse("companion:help") in main_of(alice, LIFT)


def test_somebody_for_whom_nothing_lifted_meets_no_word_about_it(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8], felt="nothing")
    shown = main_of(alice, LIFT).lower()
    assert "how the days went" in shown
    assert "lift" not in shown.replace("/lift/", "")


def test_through_more_than_three_weeks_without_an_answer_nothing_is_said_about_now(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8], ago=80)
    shown = text_of(alice, LIFT)
    assert "Welcome back" in shown
    assert "so nothing is said about now" in shown
    assert "stays blank" in shown
    assert "lower now" not in shown


def test_without_a_score_from_before_there_is_nothing_to_compare_with(alice, today):
    first = today - timedelta(days=40)
    lives.sat(alice.vault, first)
    lives.scored(alice.vault, [(first + timedelta(days=7 * n), 9) for n in range(1, 6)])
    assert "nothing to compare with" in text_of(alice, LIFT)


def test_each_sitting_is_laid_over_the_earlier_ones(alice, today):
    first = lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    lives.sat(alice.vault, first + timedelta(days=20))
    earlier, later = sorted(alice.vault.heads(Sitting), key=lambda s: s.document.day)
    shown = main_of(alice, reverse("insights:lift_sitting", args=[later.id]))
    assert 'class="faint"' in shown
    assert "<title>" in shown
    assert "<table>" in shown
    assert "than after your earlier sittings" in shown or "as after your earlier" in shown
    alone = main_of(alice, reverse("insights:lift_sitting", args=[earlier.id]))
    assert 'class="faint"' not in alone
    assert "no earlier days" in alone
    lives.sat(alice.vault, today)
    now = max(alice.vault.heads(Sitting), key=lambda s: s.document.day)
    just_now = main_of(alice, reverse("insights:lift_sitting", args=[now.id]) + "?show=1")
    assert "no score from these days yet" in just_now


def test_the_demo_persons_course_has_picture_sentence_and_table(alice, today):
    demo.put_person(alice.vault, today)
    shown = main_of(alice, LIFT)
    assert shown.count("<svg") == 2
    assert shown.count("<table") >= 3
    assert "band-80" in shown
    assert "band-50" in shown
    assert "1.96 × √2 × 1.8 = 5.0" in shown
    assert "6 × √(1 − .84) = 2.4: 1.96 × √2 × 2.4 = 6.7" in shown
    assert "rounded up" not in shown


def test_the_pictures_tables_hold_line_and_both_ranges(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    shown = main_of(alice, LIFT)
    tables = re.findall(r"<table>.*?</table>", shown, re.DOTALL)
    for table in tables[:2]:
        assert re.findall(r'<th scope="col">(.*?)</th>', table)[-3:] == [
            "Line",
            "Inner band (half)",
            "Outer band (eight in ten)",
        ]
        assert re.search(r"<td>\d+</td>\s*<td>\d+ to \d+</td>\s*<td>\d+ to \d+</td>", table)
    whole = tables[1]
    assert "· sitting" in whole
    assert whole.count("<tr>") >= 1 + 7 + 1


def test_where_the_picture_stays_blank_the_table_has_dashes(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8], ago=80)
    lives.sat(alice.vault, today - timedelta(days=20))
    whole = main_of(alice, LIFT).split("once a week the line")[1]
    assert "<td>–</td><td>–</td><td>–</td>" in whole


def test_on_the_day_of_a_sitting_numbers_wait_until_they_are_asked_for(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    lives.sat(alice.vault, today)
    assert "Numbers can wait" in text_of(alice, LIFT)
    assert "lower now" in text_of(alice, LIFT + "?show=1")


def test_on_a_very_low_day_help_comes_before_numbers(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    lives.tapped(alice.vault, [today], level=1)
    for page in (LIFT, BETTER):
        assert "Numbers can wait" in text_of(alice, page)
        assert "Come back to the room" in text_of(alice, page)


def test_looking_ahead_is_off_until_switched_on_and_can_be_switched_off(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    assert "<svg" not in main_of(alice, AHEAD)
    assert "It can be wrong" in text_of(alice, AHEAD)
    assert alice.post(AHEAD, {"word": "on"}).status_code == 302
    assert preferences(alice.vault).looking_ahead
    shown = text_of(alice, AHEAD)
    assert re.search(r"half of all scores a week on lie between \d+ and \d+", shown)
    assert re.search(r"Eight in ten lie between \d+ and \d+", shown)
    assert "chance" not in shown
    assert "<polyline" not in main_of(alice, AHEAD)
    alice.post(AHEAD, {"word": "off"})
    assert not preferences(alice.vault).looking_ahead


def test_looking_ahead_says_how_it_would_have_fared_on_the_persons_own_scores(alice, today):
    lives.course(alice.vault, today, 18, [9] * 11, ago=80)
    alice.post(AHEAD, {"word": "on"})
    assert re.search(r"of your last \d scores that can be tried, \d lay in", text_of(alice, AHEAD))


def test_looking_ahead_through_a_gap_points_at_nothing_below(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8], ago=80)
    assert "What was noted before is below" in text_of(alice, LIFT)
    alice.post(AHEAD, {"word": "on"})
    shown = text_of(alice, AHEAD)
    assert "so nothing is said about now" in shown
    assert "is below" not in shown


def test_looking_ahead_leaves_a_planned_sitting_out_and_says_so(alice, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    alice.vault.put(Sitting(day=today + timedelta(days=5)))
    alice.post(AHEAD, {"word": "on"})
    assert "is not counted in" in text_of(alice, AHEAD)


def test_looking_ahead_with_too_little_shows_nothing_and_says_why(alice, today):
    lives.course(alice.vault, today, 18, [9])
    alice.post(AHEAD, {"word": "on"})
    assert "Not enough yet" in text_of(alice, AHEAD)
    assert "<svg" not in main_of(alice, AHEAD)


def test_scores_from_paper_and_from_the_program_are_never_one_line(alice, today):
    first = lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    lives.scored(alice.vault, [(first + timedelta(days=6), 3)], mode="elsewhere")
    told = series.told(alice.vault)
    assert told.left_out == 1
    assert 3 not in [check.total for check in told.series.scores]
    assert "1 score is left out here" in text_of(alice, LIFT)


def test_a_dose_counts_against_the_usual_one_of_its_route(vault, today):
    for ago, dose in ((30, 50.0), (20, 50.0), (10, 500.0)):
        lives.sat(vault, today - timedelta(days=ago), route="im", dose_mg=dose)
    lives.sat(vault, today - timedelta(days=5), route="nasal", dose_mg=84.0)
    lives.sat(vault, today - timedelta(days=5))
    doses = [sitting.dose_relative for sitting in series.told(vault).series.sittings]
    assert doses == [1, 1, 1.5, 2]


def test_what_goes_with_better_days_begins_with_its_warning_and_says_when_it_is_too_little(
    alice, today
):
    lives.practised(alice.vault, "Ten minutes outside", [today - timedelta(days=n) for n in (1, 2)])
    lives.tapped(alice.vault, [today - timedelta(days=n) for n in range(6)])
    shown = text_of(alice, BETTER)
    assert shown.index("cannot tell the two apart") < shown.index("Ten minutes outside")
    assert "2 with, 1 without" in shown
    assert "This needs 30 days with it and 30 without" in shown


@pytest.mark.parametrize(
    ("with_it", "without", "words"),
    [(9, 3, "were better days"), (3, 9, "were harder days"), (5, 5, "were much alike")],
)
def test_days_with_something_are_compared_with_days_without(alice, today, with_it, without, words):
    days = [today - timedelta(days=n) for n in range(80, 0, -1)]
    done = [day for place, day in enumerate(days) if (place // 4) % 2 == 0]
    lives.tapped(alice.vault, done, level=with_it)
    lives.tapped(alice.vault, [day for day in days if day not in done], level=without)
    lives.practised(alice.vault, "Ten minutes outside", done)
    shown = text_of(alice, BETTER)
    assert words in shown
    assert "From 40 days with it and 40 without" in shown
    assert "because of" not in shown


def test_days_before_the_first_with_it_are_not_counted_as_days_without(alice, today):
    lives.tapped(alice.vault, [today - timedelta(days=n) for n in range(1, 41)])
    lives.practised(alice.vault, "Walk", [today - timedelta(days=n) for n in (1, 3, 9)])
    shown = text_of(alice, BETTER)
    assert "3 with, 6 without" in shown
    assert "Days count from the first one with it." in shown


def test_the_same_practice_in_goal_and_experiment_is_counted_once(vault, today):
    goal = lives.practised(vault, "Walk", [today, today - timedelta(days=1)])
    assert [(p.id, len(p.days)) for p in practised.days_practised(vault)] == [(goal.id, 2)]


def test_nothing_noted_twice_is_an_answer_too(alice):
    assert "nothing in your plan was noted on two days or more" in text_of(alice, BETTER)


def test_another_person_and_a_stranger_see_nothing_of_a_course(alice, bob, stranger, today):
    lives.course(alice.vault, today, 18, [8, 7, 8, 7, 8])
    sitting = alice.vault.heads(Sitting)[0]
    path = reverse("insights:lift_sitting", args=[sitting.id])
    assert bob.get(path).status_code == 404
    assert "no sitting is noted" in text_of(bob, LIFT)
    assert stranger.get(LIFT).status_code == 423


def test_look_back_leads_there_without_a_word_about_lift(alice):
    shown = main_of(alice, reverse("companion:back"))
    assert LIFT in shown
    assert "How the days went after each sitting" in shown


def test_practices_of_the_library_count_by_their_name(alice, today):
    known = library.practices("en")[0]
    days = tuple(today - timedelta(days=n) for n in (1, 3))
    alice.vault.put(PracticeNote(practice=known.id, done_on=days))
    alice.vault.put(PracticeNote(practice="gone", done_on=days))
    (found,) = practised.days_practised(alice.vault)
    assert (found.words, found.days, found.own) == (known.title, frozenset(days), False)
