"""What Today offers, why, and what becomes of it in one tap. The clock stands on a Thursday evening."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from afterglow.accounts.services import keep_preferences
from afterglow.core.days import Moment, moment
from afterglow.journal import services as journal
from afterglow.journal.documents import Entry
from afterglow.measures.documents import CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries as plans
from afterglow.plans.documents import Appointment, Goal, Habit, Purpose, Rhythm, Why
from afterglow.plans.queries import rhythm
from afterglow.vault.models import SessionBox

DAY = date(2026, 5, 14)
EVENING = datetime(2026, 5, 14, 19, 30, tzinfo=ZoneInfo("UTC"))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(EVENING, tick=False) as travel:
        yield travel


@pytest.fixture
def alice(alice):
    """The days go by here without locking."""
    years = EVENING + timedelta(days=800)
    SessionBox.objects.filter(id=alice.vault.session).update(idle_seconds=10**9, ends=years)
    return alice


def ago(days):
    return DAY - timedelta(days=days)


def at(days_ago, hour=12):
    return moment(EVENING.replace(hour=hour) - timedelta(days=days_ago), "UTC")


def sat(client, days_ago, felt="good", **fields):
    return client.vault.put(Sitting(day=ago(days_ago), done=True, felt=felt, **fields)).id


def tapped(client, days_ago, level, feelings=()):
    client.vault.put(CheckIn(at=at(days_ago), level=level, feelings=feelings))


def page(client):
    return client.get("/today/").content.decode()


def things(html):
    """What can be put off on the page, as kind and id."""
    return [each.split('"')[0] for each in html.split('name="thing" value="')[1:]]


def offered(html, kind):
    return {
        each.partition(":")[2]
        for each in things(html)
        if each.partition(":")[0] == kind and "helped" not in each
    }


def say(client, word, thing=""):
    return client.post("/today/say/", {"word": word, "thing": thing})


def done(client, thing):
    return client.post("/today/done/", {"thing": thing})


# Things.


def test_every_thing_says_why(alice):
    sat(alice, 6)
    alice.vault.put(Goal(text="Walk to the pier", day=DAY, clock="08:30", on=ago(2)))
    html = page(alice)
    assert "You planned it for 08:30." in html
    assert "Light enough for every day" in html


def test_a_practice_done_here_is_a_win_and_asks_once_whether_it_helped(alice):
    sat(alice, 6)
    (name,) = offered(page(alice), "practice") - set()
    assert done(alice, f"practice:{name}").headers["Location"] == "/today/"
    html = page(alice)
    assert "Did it help?" in html
    assert f"practice:{name}" not in things(html)
    alice.post("/today/helped/", {"practice": name, "word": "yes"})
    assert "Did it help?" not in page(alice)
    assert rhythm.practice_note(alice.vault, name).helped_on == (DAY,)
    assert len(plans.wins(alice.vault)) == 1


def test_one_need_not_say_whether_it_helped(alice):
    sat(alice, 6)
    (name,) = offered(page(alice), "practice")
    done(alice, f"practice:{name}")
    alice.post("/today/helped/", {"practice": name, "word": "skip"})
    assert "Did it help?" not in page(alice)
    assert rhythm.practice_note(alice.vault, name).helped_on == ()


def test_what_was_put_off_makes_room_for_nothing_else_today(alice, clock):
    sat(alice, 3)
    before = offered(page(alice), "practice")
    assert len(before) == 2
    for name in before:
        say(alice, "not-now", f"practice:{name}")
    assert offered(page(alice), "practice") == set()
    clock.move_to(EVENING + timedelta(days=1))
    assert offered(page(alice), "practice")


def test_what_is_never_wanted_again_stays_away_until_it_is_taken_back(alice, clock):
    sat(alice, 6)
    (name,) = offered(page(alice), "practice")
    say(alice, "never", f"practice:{name}")
    for turn in range(30):
        clock.move_to(EVENING + timedelta(days=turn))
        assert name not in offered(page(alice), "practice")
    assert "Offer this again" in alice.get(f"/practice/{name}/").content.decode()
    say(alice, "again", f"practice:{name}")
    assert rhythm.practice_note(alice.vault, name).never_since is None


def test_a_point_that_is_none_cannot_be_left_out(alice):
    say(alice, "leave-out", "planet")
    assert rhythm.own_check_ins(alice.vault) == []


def test_a_goal_done_on_today_comes_back_to_today(alice):
    goal = alice.vault.put(Goal(text="Walk to the pier", day=DAY, on=ago(1))).id
    assert done(alice, f"goal:{goal}").headers["Location"] == "/today/"
    assert "Walk to the pier" not in page(alice)


def test_habits_and_steps_can_be_done_on_today(alice):
    sat(alice, 20)
    habit = alice.vault.put(Habit(text="Tea outside", since=ago(3))).id
    purpose = alice.vault.put(Purpose(purpose="Music again", steps=("Find the guitar",))).id
    assert f"habit:{habit}" in things(page(alice))
    done(alice, f"habit:{habit}")
    done(alice, f"step:{purpose}.0")
    assert {win.document.text for win in plans.wins(alice.vault)} >= {"Find the guitar"}


@pytest.mark.parametrize("thing", ["goal:nothing", "practice:none", "planet:mars", "", "step:x.y"])
def test_a_thing_that_is_none_is_not_here(alice, thing):
    assert done(alice, thing).status_code == 404


def test_hardest_part_of_the_day_gives_the_reason(alice):
    sat(alice, 6)
    keep_preferences(vault=alice.vault, hardest="evening")
    assert "You said this part of the day is hardest; this takes" in page(alice)


def test_what_is_marked_unsuitable_is_never_offered(alice, clock):
    from afterglow.core.content.library import cautions, practices

    sat(alice, 3)
    everything = [caution.id for caution in cautions()]
    assert {c for p in practices() for c in p.cautions} == set(everything)
    alice.post(reverse("companion:suits"), {"unsuitable": everything, "hardest": ""})
    free = {practice.id for practice in practices() if not practice.cautions}
    for turn in range(12):
        clock.move_to(EVENING + timedelta(days=turn))
        assert offered(page(alice), "practice") <= free


def test_a_programme_gives_todays_part_and_says_so(alice):
    sat(alice, 6)
    alice.post("/programmes/first-fortnight/join/")
    html = page(alice)
    assert "Today's part of “The first fortnight”." in html
    alice.post("/programmes/first-fortnight/pace/", {"word": "pause"})
    assert "first-fortnight" not in page(alice)


# Appointments, measures, words that were begun.


def test_an_appointment_in_two_days_is_prepared_for(alice):
    sat(alice, 20)
    alice.vault.put(Appointment(day=DAY + timedelta(days=2), who="Ms Okafor"))
    html = page(alice)
    assert "Get ready for your appointment" in html
    assert "Ms Okafor" in html


def test_a_later_appointment_is_one_quiet_line(alice):
    alice.vault.put(Appointment(day=DAY + timedelta(days=9), who="Ms Okafor", clock="15:00"))
    html = page(alice)
    assert "Get ready" not in html
    assert "Ms Okafor" in html


def test_words_that_were_begun_can_be_gone_on_with_later(alice):
    sat(alice, 20)
    alice.vault.keep_draft("entry.new", {"text": "It was like"})
    assert "Words you began" in page(alice)


# Questions.


def test_in_the_weekly_phase_the_question_goes_for_the_week_once_it_is_answered(alice, clock):
    sat(alice, 16)
    html = page(alice)
    assert "A question for this week" in html
    (question,) = offered(html, "question")
    alice.vault.put(Entry(written=at(0), question=question, text="So."))
    for turn in range(6):
        clock.move_to(EVENING + timedelta(days=turn))
        assert "A question for this week" not in page(alice)
    clock.move_to(EVENING + timedelta(days=6))
    assert "A question for this week" in page(alice)


def test_in_the_monthly_phase_not_now_holds_for_the_month(alice, clock):
    sat(alice, 31)
    (question,) = offered(page(alice), "question")
    say(alice, "not-now", f"question:{question}")
    for turn in (0, 10, 29):
        clock.move_to(EVENING + timedelta(days=turn))
        assert "A question for this month" not in page(alice)
    clock.move_to(EVENING + timedelta(days=30))
    assert "A question for this month" in page(alice)


# Hard, much energy, low energy, quiet hours.


def test_after_a_hard_sitting_no_question_comes_until_it_is_asked_for(alice):
    sat(alice, 5, felt="hard")
    html = page(alice)
    assert "One question" not in html
    assert "I would like a question again" in html
    say(alice, "ask-me")
    assert "One question" in page(alice)


def test_a_hard_sitting_keeps_its_first_days_quiet_unless_it_is_better(alice):
    sat(alice, 1, felt="hard")
    assert "Today may be small" in page(alice)
    say(alice, "not-hard")
    html = page(alice)
    assert "Today may be small" not in html
    assert "One question" not in html


def test_until_it_was_said_how_it_was_nothing_is_asked_about_it(alice):
    sat(alice, 1, felt="")
    html = page(alice)
    assert "How was the sitting?" in html
    assert "One question" not in html


@pytest.mark.parametrize("feeling", ["wired", "beliefs"])
def test_much_energy_and_worrying_beliefs_point_to_the_prescriber(alice, feeling):
    tapped(alice, 0, 9)
    assert "talk to your prescriber" not in page(alice)
    tapped(alice, 0, 9, (feeling,))
    assert "talk to your prescriber" in page(alice)


def test_sore_spots_are_left_alone_on_a_low_day(alice, clock):
    from afterglow.core.content.library import practices

    tender = {practice.id for practice in practices() if "tender" in practice.cautions}
    sat(alice, 3)
    for turn in range(12):
        clock.move_to(EVENING + timedelta(days=turn))
        tapped(alice, -turn, 3)
        assert not offered(page(alice), "practice") & tender


def test_low_energy_asks_one_thing(alice):
    sat(alice, 6)
    alice.vault.put(Goal(text="Walk to the pier", day=DAY, on=ago(1)))
    keep_preferences(vault=alice.vault, low_energy=True)
    html = page(alice)
    assert "One question" in html
    assert "Small things" not in html


def test_in_quiet_hours_nothing_is_asked(alice):
    sat(alice, 6)
    keep_preferences(vault=alice.vault, quiet_from="19:00", quiet_until="07:00")
    html = page(alice)
    assert "quiet hours" in html
    assert "One question" not in html
    assert "Small things" not in html
    assert "How is it right now?" in html


def test_enough_folds_everything_away(alice):
    sat(alice, 6)
    say(alice, "enough")
    html = page(alice)
    assert "What is still here, if you like" in html


# Goals that lay still.


def test_stale_goals_are_asked_about_one_at_a_time(alice, clock):
    for text in ("Paint the shed", "Call Ines", "Sort the photos"):
        alice.vault.put(Goal(text=text, day=ago(30), on=ago(40)))
    html = page(alice)
    assert html.count("Does this still fit?") == 1
    assert "Done: " not in html.replace("Done: {{", "")
    (record,) = [goal.id for goal in plans.open_goals(alice.vault) if goal.document.text in html]
    alice.post(f"/today/goal/{record}/", {"word": "let-go"})
    assert "Does this still fit?" not in page(alice)
    clock.move_to(EVENING + timedelta(days=1))
    assert page(alice).count("Does this still fit?") == 1


def test_a_kept_goal_gets_a_new_day(alice):
    goal = alice.vault.put(Goal(text="Call Ines", day=ago(30), on=ago(40))).id
    alice.post(f"/today/goal/{goal}/", {"word": "keep"})
    (kept,) = plans.open_goals(alice.vault)
    assert kept.document.day == DAY + timedelta(days=7)


def test_making_a_goal_smaller_opens_it(alice):
    goal = alice.vault.put(Goal(text="Call Ines", day=ago(30), on=ago(40))).id
    answer = alice.post(f"/today/goal/{goal}/", {"word": "smaller"})
    assert answer.headers["Location"] == reverse("plans:edit", args=["goal", goal])


# Why you began.


def test_why_you_began_is_offered_after_flat_days_and_then_not_for_a_week(alice, clock):
    sat(alice, 20)
    alice.vault.put(Why(why="To sing in the kitchen again", since=ago(60)))
    for days_ago in (0, 1, 2):
        tapped(alice, days_ago, 3)
    html = page(alice)
    assert "Shall I show you why you began?" in html
    (first,) = alice.vault.heads(Rhythm)
    page(alice)
    assert [stored.rev for stored in alice.vault.heads(Rhythm)] == [first.rev]
    assert "To sing in the kitchen again" not in html
    assert "To sing in the kitchen again" in alice.get("/today/why/").content.decode()
    clock.move_to(EVENING + timedelta(days=2))
    assert "why you began" not in page(alice)


def test_why_you_began_never_comes_on_a_very_low_day(alice):
    alice.vault.put(Why(why="To sing", since=ago(60)))
    for days_ago, level in ((2, 3), (1, 3), (0, 1)):
        tapped(alice, days_ago, level)
    assert "why you began" not in page(alice)


# Coming back, and deletions.


def test_after_a_week_away_it_says_welcome_back_and_counts_nothing(alice):
    sat(alice, 40)
    tapped(alice, 30, 5)
    for number in range(9):
        alice.vault.put(Goal(text=f"Old {number}", day=ago(25), on=ago(30)))
    html = page(alice)
    assert "Welcome back" in html
    assert html.count("Does this still fit?") == 1
    assert len(things(html)) <= 3
    assert "missed" not in html.lower()


def wish_to_delete(client):
    sat(client, 2, clock="12:00")
    entry = journal.keep_entry(vault=client.vault, text="Gone soon", written=at(1)).id
    asked = Moment(at=at(2, 13).at, zone="UTC", day=ago(2))
    assert journal.delete_entry(vault=client.vault, entry=entry, now=asked)
    return entry


def test_deletions_that_are_due_are_carried_out_on_today(alice):
    entry = wish_to_delete(alice)
    page(alice)
    assert alice.get(f"/entries/{entry}/").status_code == 404
    assert alice.vault.heads(Entry) == []


def test_deletions_that_are_due_are_carried_out_at_an_unlock(alice):
    from afterglow.vault import hooks

    wish_to_delete(alice)
    assert alice.vault.heads(Entry)
    hooks.resume(alice.vault)
    assert alice.vault.heads(Entry) == []


# Planned sittings whose day has come.


def test_a_planned_sitting_asks_whether_it_took_place(alice):
    alice.vault.put(Sitting(day=ago(1)))
    html = page(alice)
    assert "It took place" in html


def test_a_planned_sitting_long_past_is_not_asked_about(alice):
    alice.vault.put(Sitting(day=ago(20)))
    assert "It took place" not in page(alice)


# Zones.


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Berlin", "Day 6"), ("Pacific/Auckland", "Day 7")]
)
def test_the_day_is_the_one_where_the_person_is(alice, settings, zone, day):
    sat(alice, 6)
    alice.cookies[f"{settings.COOKIE_PREFIX}-zone"] = zone
    assert day in page(alice)


@pytest.mark.parametrize(("hour", "day"), [(1, "Day 6"), (3, "Day 7")])
def test_the_day_turns_at_four_in_the_morning(alice, clock, settings, hour, day):
    sat(alice, 6)
    alice.cookies[f"{settings.COOKIE_PREFIX}-zone"] = "Europe/Berlin"
    clock.move_to(EVENING.replace(hour=hour, minute=0) + timedelta(days=1))
    assert day in page(alice)


# A hard hour, and the page for the person who is there.


def test_breathing_comes_last_for_whom_it_can_be_too_much(alice):
    def place(html, words):
        return html.index(words)

    html = alice.get("/hard/").content.decode()
    assert place(html, "Slow breathing") < place(html, "Name the room")
    keep_preferences(vault=alice.vault, unsuitable=("trauma-breath",))
    html = alice.get("/hard/").content.decode()
    assert place(html, "Name the room") < place(html, "Slow breathing")


def test_the_page_to_hand_over_has_the_emergency_number_and_lines_for_a_pen(alice):
    keep_preferences(vault=alice.vault, country="DE")
    alice.vault.put(Sitting(day=DAY, who="Ines", lift_home="With Ines"))
    html = alice.get("/sittings/hand-over/").content.decode()
    assert 'href="tel:112"' in html
    assert html.count('class="write-in"') == 3
    assert "Ines" not in html


def test_at_most_two_quiet_lines_stand_below(alice):
    sat(alice, 16)
    for day in (0, 1):
        alice.vault.put(Goal(text=f"Walk {day}", day=DAY, on=ago(2)))
    alice.vault.put(Why(why="To sing", since=ago(60)))
    for days_ago in (0, 1, 2):
        tapped(alice, days_ago, 3)
    html = page(alice)
    lines = ("a check-in with yourself", "why you began", "PHQ-9", "A guided way for these days")
    assert [line for line in lines if line in html] == list(lines[:2])


def said_on(client, days_ago, text="", tender=False):
    return journal.keep_entry(
        vault=client.vault, text=text, written=at(days_ago), kind_of="voice", tender=tender
    )


def test_a_voice_note_without_words_may_be_offered_the_day_after(alice):
    stored = said_on(alice, 2)
    html = page(alice)
    assert f"voice:{stored.id}" in things(html)
    assert "A few words beside a voice note" in html


def test_a_voice_note_is_not_offered_on_its_own_day_nor_with_words_nor_tender_nor_long_after(alice):
    said_on(alice, 0)
    said_on(alice, 3, text="the river")
    said_on(alice, 4, tender=True)
    said_on(alice, 40)
    assert "A few words beside a voice note" not in page(alice)


def test_a_voice_note_put_off_is_not_offered_again_that_day(alice):
    stored = said_on(alice, 2)
    alice.post(reverse("companion:say"), {"word": "not-now", "thing": f"voice:{stored.id}"})
    assert "A few words beside a voice note" not in page(alice)
