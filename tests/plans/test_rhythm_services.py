"""What is said of the things that were offered."""

from datetime import date, timedelta

from afterglow.plans import queries as plans
from afterglow.plans.documents import Goal
from afterglow.plans.queries import rhythm as queries
from afterglow.plans.services import rhythm as services

DAY = date(2026, 5, 10)
HUM = "music-hum-one-note"


def test_a_practice_done_is_a_win_and_twice_is_the_same_as_once(vault):
    for _ in range(2):
        services.do_practice(vault=vault, practice=HUM, title="Hum one note", on=DAY)
    assert queries.days_practised(vault, HUM) == (DAY,)
    assert [win.document.text for win in plans.wins(vault)] == ["Hum one note"]


def test_the_later_word_on_whether_it_helped_counts(vault):
    services.say_it_helped(vault=vault, practice=HUM, on=DAY)
    services.say_it_helped(vault=vault, practice=HUM, on=DAY, helped=False)
    note = queries.practice_note(vault, HUM)
    assert (note.helped_on, note.no_help_on) == ((), (DAY,))


def test_never_again_can_be_taken_back(vault):
    services.never_offer_practice(vault=vault, practice=HUM, since=DAY)
    assert queries.practice_notes(vault)[HUM].never_since == DAY
    services.never_offer_practice(vault=vault, practice=HUM, since=None)
    assert queries.practice_note(vault, HUM).never_since is None


def test_one_note_is_kept_for_each_practice_whatever_is_said(vault):
    services.put_off_practice(vault=vault, practice=HUM, on=DAY)
    services.put_off_practice(vault=vault, practice=HUM, on=DAY + timedelta(days=1))
    services.do_practice(vault=vault, practice=HUM, title="Hum", on=DAY + timedelta(days=2))
    assert len(queries.practice_notes(vault)) == 1
    assert len(queries.practice_note(vault, HUM).put_off_on) == 2


def test_joining_another_programme_leaves_the_first(vault):
    services.join_programme(vault=vault, programme="first-fortnight", at_day=1, on=DAY)
    services.join_programme(vault=vault, programme="keeping-it", at_day=15, on=DAY)
    assert [stored.document.ended for stored in queries.joined_programmes(vault)] == ["", "left"]
    assert queries.programme_now(vault).document.programme == "keeping-it"


def test_a_kept_goal_is_remembered_with_its_newest_day(vault):
    goal = vault.put(Goal(text="Walk", on=DAY)).id
    services.keep_goal_as_it_is(vault=vault, goal=goal, on=DAY)
    services.keep_goal_as_it_is(vault=vault, goal=goal, on=DAY + timedelta(days=30))
    assert [kept.on for kept in queries.rhythm(vault).kept_goals] == [DAY + timedelta(days=30)]


def test_a_check_in_with_oneself_keeps_its_answers(vault):
    kept = services.keep_own_check_in(
        vault=vault, point="24h", sitting=None, on=DAY, answers=["Soft."]
    )
    (stored,) = vault.whole(queries.own_check_ins(vault))
    assert (stored.id, stored.document.answers) == (kept.id, ("Soft.",))
