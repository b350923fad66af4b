"""The pages between two people who share, by the roles that may see them."""

import io
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.measures.documents import Answers, CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Appointment, Goal, Insight, Obstacle, Win
from afterglow.plans.services import do_goal
from afterglow.sharing import services as sharing
from afterglow.sharing.documents import CarePartner, Opening
from afterglow.sharing.partner import services
from afterglow.sharing.partner.documents import CheckInAnswer, HelpPartner, Message, PrivateNote
from afterglow.sharing.partner.queries.check_ins import check_ins_with
from afterglow.transfer.own_places import place_of
from afterglow.transfer.reading.found import Row
from afterglow.vault import doors
from afterglow.vault.models import SessionBox
from tests.conftest import new_person, open_client
from tests.sharing.pair import give, meet

SCOPES = ("mood", "measures", "sittings", "effects", "plan", "appointments")
# What each scope lets be read, and no other does.
SAYS = {
    "mood": "Check-ins over time",
    "measures": "PHQ-9",
    "sittings": "since their sitting",
    "effects": "Blood pressure",
    "plan": "Rang the neighbour",
    "appointments": "Why am I so tired",
}


def page(client, name, *args, **kwargs):
    return client.get(reverse(f"partner:{name}", args=args), **kwargs).content.decode()


@pytest.fixture
def pair(db):
    """Alice, whom Bea helps. Both are open."""
    alice, bea = open_client(new_person("alice")), open_client(new_person("bea"))
    meet(alice.vault, bea.vault)
    return alice, bea


@pytest.fixture
def alice(pair):
    return pair[0]


@pytest.fixture
def bea(pair):
    return pair[1]


@pytest.fixture
def full(alice):
    """Something of every kind in Alice's vault."""
    vault, now = alice.vault, moment(timezone.now(), "UTC")
    day = now.day - timedelta(days=3)
    vault.put(CheckIn(at=now, level=5))
    vault.put(Answers(at=now, instrument="phq-9", total=9))
    pressures = [{"at": "before", "systolic": 120, "diastolic": 80}]
    import msgspec

    vault.put(
        msgspec.convert(
            {"day": day, "done": True, "notes": "Very private", "pressures": pressures}, Sitting
        )
    )
    alice.win = vault.put(Win(text="Rang the neighbour", on=day)).id
    alice.obstacle = vault.put(Obstacle(obstacle="The phone", then_words="look away")).id
    alice.harm = vault.put(Obstacle(obstacle="He shouts", harm=True)).id
    vault.put(Insight(insight="Rest is work", on=day))
    meeting = Appointment(
        day=now.day, who="Dr. Who", notes="Very private", to_ask="Why am I so tired"
    )
    vault.put(meeting)
    vault.put(Goal(text="Walk to the pier", on=day))
    alice.entry = vault.put(
        Entry(written=now, text="Very private words", snippet="Very private")
    ).id
    return alice


# Reading.


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_shows_its_part_and_nothing_else(full, bea, scope):
    give(full.vault, bea.vault, scope)
    shown = page(bea, "person", full.vault.owner)
    said = {each for each, words in SAYS.items() if words in shown}
    assert said == {scope} | ({"sittings"} if scope == "effects" else set()) or said == {scope}
    assert scope in said
    assert "Very private" not in shown
    assert "He shouts" not in shown


def test_without_a_grant_nothing_is_shown(full, bea):
    shown = page(bea, "person", full.vault.owner)
    assert "Nothing is shared with you now" in shown
    assert not any(words in shown for words in SAYS.values())


def test_after_it_was_stopped_nothing_is_shown(full, bea):
    grant = give(full.vault, bea.vault, *SCOPES)
    assert SAYS["plan"] in page(bea, "person", full.vault.owner)
    sharing.stop(vault=full.vault, grant=grant, today=timezone.now().date())
    assert SAYS["plan"] not in page(bea, "person", full.vault.owner)
    assert bea.get(reverse("partner:win", args=[full.vault.owner, full.win])).status_code == 404


def test_after_its_last_day_nothing_is_shown(full, bea):
    give(full.vault, bea.vault, *SCOPES, days=1)
    SessionBox.objects.update(idle_seconds=10**9, ends=timezone.now() + timedelta(days=9))
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert SAYS["plan"] not in page(bea, "person", full.vault.owner)


def test_another_partner_finds_nobody(full, bea, db):
    give(full.vault, bea.vault, *SCOPES)
    cato = open_client(new_person("cato"))
    for name, args in (
        ("person", [full.vault.owner]),
        ("thread", [full.vault.owner]),
        ("notes", [full.vault.owner]),
        ("propose", [full.vault.owner]),
        ("question", [full.vault.owner]),
        ("practice", [full.vault.owner]),
        ("obstacle", [full.vault.owner, full.obstacle]),
        ("win", [full.vault.owner, full.win]),
        ("check_ins", [full.vault.owner]),
        ("answer", [full.vault.owner]),
    ):
        path = reverse(f"partner:{name}", args=args)
        assert cato.get(path).status_code == 404, name
        assert cato.post(path, {"text": "x"}).status_code == 404, name
    assert "Alice" not in page(cato, "people")


def test_the_owner_sees_that_it_was_opened(full, bea):
    grant = give(full.vault, bea.vault, "plan")
    page(bea, "person", full.vault.owner)
    sharing.receive(full.vault)
    (opening,) = full.vault.all(Opening)
    assert (opening.document.grant, opening.document.parts) == (grant, ("plan",))


def test_a_locked_partner_sees_nothing(full, bea):
    give(full.vault, bea.vault, "plan")
    doors.lock(bea.vault)
    assert bea.get(reverse("partner:person", args=[full.vault.owner])).status_code == 423


def test_the_list_says_what_is_new_since_the_last_look_and_ranks_nobody(full, bea, db):
    zoe = open_client(new_person("zoe"))
    meet(zoe.vault, bea.vault, owner_name="Zoe")
    give(full.vault, bea.vault, "plan")
    give(zoe.vault, bea.vault, "mood")
    zoe.vault.put(Message(other=bea.vault.owner, mine=True, at=moment(timezone.now(), "UTC")))
    shown = page(bea, "people")
    assert shown.index("Alice") < shown.index("Zoe")
    assert "Shared with you: the plan" in " ".join(shown.split())
    page(bea, "person", full.vault.owner)
    full.vault.put(Win(text="Another one", on=timezone.now().date()))
    again = " ".join(page(bea, "people").split())
    assert "New since" in again
    assert again.index("the plan") < again.index("Zoe")


def test_changed_keys_open_nothing_and_say_what_to_do(full, bea):
    from afterglow.vault.models import IdentityRow

    give(full.vault, bea.vault, "plan")
    IdentityRow.objects.filter(owner=full.vault.owner).update(signature=bytes(64))
    assert "cannot be opened" in page(bea, "people")
    shown = page(bea, "person", full.vault.owner)
    assert "Ask them by phone or in the room" in shown
    assert SAYS["plan"] not in shown


# Saying.


def write(client, other, text="A word"):
    return client.post(reverse("partner:thread", args=[other.vault.owner]), {"text": text})


def test_messages_go_both_ways_and_say_that_they_may_wait(alice, bea):
    shown = page(alice, "thread", bea.vault.owner)
    assert "not be read at once; this is not for emergencies" in shown
    write(alice, bea, "How are you?")
    assert "How are you?" in page(bea, "thread", alice.vault.owner)
    write(bea, alice, "Fine, and you?")
    assert "Fine, and you?" in page(alice, "thread", bea.vault.owner)
    assert "something new" not in page(alice, "messages")


def test_a_message_that_cannot_be_sent_keeps_its_words(alice, bea):
    from afterglow.vault.models import IdentityRow

    IdentityRow.objects.filter(owner=bea.vault.owner).update(signature=bytes(64))
    shown = write(alice, bea, "Stay here").content.decode()
    assert "It was not sent" in shown
    assert "Stay here" in shown
    assert alice.vault.heads(Message) == []


def test_own_words_that_sound_dark_bring_help_and_are_not_told(alice, bea):
    write(alice, bea, "I want to kill myself")
    assert "Open Help" in page(alice, "thread", bea.vault.owner)
    assert "Open Help" not in page(bea, "thread", alice.vault.owner)


def test_today_names_who_wrote(alice, bea):
    write(bea, alice)
    today = reverse("companion:today")
    assert "Bea wrote to you" in alice.get(today).content.decode()
    page(alice, "thread", bea.vault.owner)
    assert "Bea wrote to you" not in alice.get(today).content.decode()


def test_a_question_and_a_practice_arrive_as_such(alice, bea):
    owner = alice.vault.owner
    bea.post(reverse("partner:question", args=[owner]), {"text": "What was light this week?"})
    bea.post(reverse("partner:practice", args=[owner]), {"practice": "slow-breathing", "text": "x"})
    from afterglow.core.content import library

    first = library.practices()[0]
    bea.post(
        reverse("partner:practice", args=[owner]), {"practice": first.id, "text": "If you like"}
    )
    shown = page(alice, "thread", bea.vault.owner)
    assert "What was light this week?" in shown
    assert reverse("companion:practice", args=[first.id]) in shown


def test_a_plan_beside_theirs_can_be_taken_or_left(full, bea):
    give(full.vault, bea.vault, "plan")
    path = reverse("partner:obstacle", args=[full.vault.owner, full.obstacle])
    assert "look away" in bea.get(path).content.decode()
    bea.post(path, {"if_words": "I lie down", "then_words": "it stays outside"})
    shown = page(full, "thread", bea.vault.owner)
    assert "look away" in shown
    assert "it stays outside" in shown
    (came,) = full.vault.heads(Message)
    full.post(reverse("partner:take_plan", args=[came.id]))
    assert full.vault.get(Obstacle, full.obstacle).document.then_words == "it stays outside"
    assert "This is your plan now" in page(full, "thread", bea.vault.owner)


def test_what_does_harm_is_never_planned_with(full, bea):
    give(full.vault, bea.vault, "plan")
    path = reverse("partner:obstacle", args=[full.vault.owner, full.harm])
    assert bea.get(path).status_code == 404


def test_a_win_gets_a_kind_word_with_its_own_words(full, bea):
    give(full.vault, bea.vault, "plan")
    path = reverse("partner:win", args=[full.vault.owner, full.win])
    bea.post(path, {"text": "That took heart."})
    shown = page(full, "thread", bea.vault.owner)
    assert "Rang the neighbour" in shown
    assert "That took heart." in shown


# Check-ins.


def agree(alice, bea, **extra):
    bea.post(reverse("partner:propose", args=[alice.vault.owner]), {"points": ["72h", "1w"]})
    assert "would like to check in" in alice.get(reverse("companion:today")).content.decode()
    path = reverse("partner:check_ins", args=[bea.vault.owner])
    assert 'value="72h"' in alice.get(path).content.decode()
    alice.post(path, {"points": ["72h", "1w"], **extra})


def test_a_check_in_is_asked_on_today_answered_and_read(alice, bea):
    agree(alice, bea)
    today = moment(timezone.now(), "UTC").day
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        SessionBox.objects.update(idle_seconds=10**9, ends=timezone.now() + timedelta(days=9))
        alice.vault.put(Sitting(day=today + timedelta(days=1), done=True, felt="good"))
        shown = alice.get(reverse("companion:today")).content.decode()
        assert "A check-in with Bea" in shown
        assert "a check-in with yourself" not in shown
        path = reverse("partner:answer", args=[bea.vault.owner])
        assert "What has been good for you since then?" in alice.get(path).content.decode()
        kept = alice.post(path, {"answer0": "The bread", "answer1": ""})
        assert "You looked in on yourself" in alice.get(kept["Location"]).content.decode()
        assert "A check-in with Bea" not in alice.get(reverse("companion:today")).content.decode()
        assert "answered a check-in" in bea.get(reverse("companion:today")).content.decode()
        assert "The bread" in page(bea, "person", alice.vault.owner)


def test_a_missed_one_is_kind_to_the_person_and_silent_to_the_partner(alice, bea):
    agree(alice, bea)
    today = moment(timezone.now(), "UTC").day
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        SessionBox.objects.update(idle_seconds=10**9, ends=timezone.now() + timedelta(days=9))
        alice.vault.put(Sitting(day=today + timedelta(days=1), done=True))
        assert "nothing to make up for" in page(alice, "check_ins", bea.vault.owner)
        assert "went by" not in page(bea, "person", alice.vault.owner)


def test_a_missed_one_is_named_to_the_partner_where_the_person_chose_that(alice, bea):
    agree(alice, bea, tell_missed="on")
    today = moment(timezone.now(), "UTC").day
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        SessionBox.objects.update(idle_seconds=10**9, ends=timezone.now() + timedelta(days=9))
        alice.vault.put(Sitting(day=today + timedelta(days=1), done=True))
        assert "That can have many reasons." in page(bea, "person", alice.vault.owner)


def test_days_of_ones_own_choosing_must_be_days(alice, bea):
    path = reverse("partner:check_ins", args=[bea.vault.owner])
    shown = alice.post(path, {"day1": "soon"}).content.decode()
    assert "soon" in shown
    assert "Please look at this once more" in shown
    assert "at least one time" in alice.post(path, {"tell_missed": "on"}).content.decode()
    assert alice.post(path, {"day2": "2030-05-14"}).status_code == 302
    assert "14 May" in page(alice, "check_ins", bea.vault.owner)


def test_on_a_hard_day_no_check_in_is_asked(alice, bea):
    agree(alice, bea)
    alice.post(reverse("companion:say"), {"word": "hard"})
    shown = alice.get(reverse("companion:today")).content.decode()
    assert "A check-in with" not in shown


# Asking for help.


def test_help_offers_the_press_only_once_somebody_was_chosen(alice, bea):
    help_page = reverse("companion:help")
    assert "Choose one person" in alice.get(help_page).content.decode()
    alice.post(reverse("partner:help_partner"), {"partner": str(bea.vault.owner)})
    assert "Let Bea know that I asked for help" in alice.get(help_page).content.decode()
    shown = alice.post(reverse("partner:help_asked")).content.decode()
    assert "do not wait for that" in shown
    assert "Asked for help on" in page(bea, "people")
    assert "asked for help" in bea.get(reverse("companion:today")).content.decode()


def test_nobody_can_be_chosen_who_is_not_known(alice, bea):
    alice.post(reverse("partner:help_partner"), {"partner": str(uuid4())})
    assert alice.vault.heads(HelpPartner) == []


def test_without_anybody_help_stays_as_it_is(db):
    lone = open_client(new_person("lone"))
    assert "Choose one person" not in lone.get(reverse("companion:help")).content.decode()


# Notes and exports.


def exported(client):
    answer = client.post(reverse("transfer:export"), {"passphrase": "", "again": ""})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_private_notes_stay_out_of_the_persons_export_and_theirs_out_of_the_partners(full, bea):
    give(full.vault, bea.vault, *SCOPES)
    path = reverse("partner:notes", args=[full.vault.owner])
    bea.post(path, {"text": "Only for my eyes"})
    page(bea, "person", full.vault.owner)
    assert "Only for my eyes" in page(bea, "notes", full.vault.owner)
    theirs, mine = exported(full), exported(bea)
    assert "Only for my eyes" not in theirs
    assert "Only for my eyes" in mine
    assert "Rang the neighbour" in theirs
    assert "Rang the neighbour" not in mine


def test_a_note_can_be_removed_and_only_ones_own(alice, bea):
    owner = alice.vault.owner
    bea.post(reverse("partner:notes", args=[owner]), {"text": "Only for my eyes"})
    (note,) = bea.vault.heads(PrivateNote)
    assert alice.post(reverse("partner:remove_note", args=[owner, note.id])).status_code == 404
    bea.post(reverse("partner:remove_note", args=[owner, note.id]))
    assert bea.vault.heads(PrivateNote) == []


def test_an_answer_that_was_heard_is_no_page_of_the_partner(alice, bea):
    services.receive(bea.vault)
    kept = bea.vault.put(
        CheckInAnswer(other=alice.vault.owner, asking=True, day="x", on=timezone.now().date())
    )
    assert bea.get(reverse("partner:answered", args=[kept.id])).status_code == 404


def test_the_list_names_an_appointment_of_ones_own_plan(alice, bea):
    day = timezone.now().date() + timedelta(days=2)
    bea.vault.put(Appointment(day=day, who=" alice "))
    assert "Appointment: " in page(bea, "people")


def test_the_list_names_an_appointment_that_is_shared(full, bea):
    give(full.vault, bea.vault, "mood")
    assert "Appointment: " not in page(bea, "people")
    give(full.vault, bea.vault, "appointments")
    assert "Appointment: " in page(bea, "people")
    assert "Dr. Who" not in page(bea, "person", full.vault.owner)


def test_an_earlier_appointment_stands_folded_and_none_is_hidden(full, bea):
    give(full.vault, bea.vault, "appointments")
    full.vault.put(Appointment(day=date(2020, 1, 2), held=True, to_ask="Long ago"))
    shown = page(bea, "person", full.vault.owner)
    assert shown.index("Why am I so tired") < shown.index("Earlier appointments")
    assert shown.index("Earlier appointments") < shown.index("Long ago")


def test_on_the_day_after_it_closed_today_says_that_it_is_fine(alice, bea):
    agree(alice, bea)
    today = moment(timezone.now(), "UTC").day
    for days, is_named in ((7, False), (8, True), (9, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            SessionBox.objects.update(idle_seconds=10**9, ends=timezone.now() + timedelta(days=9))
            if days == 7:
                alice.vault.put(Sitting(day=today + timedelta(days=1), done=True, felt="good"))
            shown = alice.get(reverse("companion:today")).content.decode()
            assert ("went by. That is fine" in shown) is is_named, days


def test_an_export_brought_in_again_makes_no_second_agreement(alice, bea):
    agree(alice, bea)
    alice.post(reverse("partner:help_partner"), {"partner": str(bea.vault.owner)})
    for kind, fields in (
        ("check-ins", {"other": str(bea.vault.owner), "asking": False}),
        ("help-partner", {}),
    ):
        here = {
            each.id for each in alice.vault._opened.heads.values() if each.document.kind == kind
        }
        row = Row(kind=kind, v=1, record=uuid4(), fields=fields)
        assert place_of(alice.vault, row) in here


# What is one's own.


def test_ones_own_copy_can_be_removed_and_theirs_stays(alice, bea):
    write(alice, bea, "Said too quickly")
    page(bea, "thread", alice.vault.owner)
    (mine,) = alice.vault.heads(Message)
    assert bea.post(reverse("partner:remove", args=[mine.id])).status_code == 404
    alice.post(reverse("partner:remove", args=[mine.id]))
    assert "Said too quickly" not in page(alice, "thread", bea.vault.owner)
    assert "Said too quickly" in page(bea, "thread", alice.vault.owner)


def test_after_it_has_ended_what_was_written_is_there_to_read_only(alice, bea):
    write(alice, bea, "Thank you for all of it")
    (helper,) = alice.vault.heads(CarePartner)
    sharing.end_with(vault=alice.vault, record=helper.id, today=timezone.now().date())
    assert "Bea" in page(alice, "messages")
    shown = page(alice, "thread", bea.vault.owner)
    assert "Thank you for all of it" in shown
    assert "It has ended with this person" in shown
    assert write(alice, bea).status_code == 404


def test_the_page_for_an_appointment_is_sent_as_it_was_looked_at(alice, bea):
    kept = alice.vault.put(
        Appointment(day=timezone.now().date(), who="Bea", to_ask="Sleep", came_up="The shed")
    )
    assert "Send the page" in page(alice, "thread", bea.vault.owner)
    assert reverse("partner:send_this_page", args=[bea.vault.owner, kept.id]) in page(
        alice, "send_page", bea.vault.owner
    )
    path = reverse("partner:send_this_page", args=[bea.vault.owner, kept.id])
    shown = alice.get(path).content.decode()
    assert "What I want to talk about\nSleep" in shown
    alice.post(path, {"text": "Only: Sleep"})
    there = page(bea, "thread", alice.vault.owner)
    assert "Only: Sleep" in there
    assert "The shed" not in there


def test_a_friend_who_holds_one_goal_sees_that_goal_and_can_say_a_kind_word(full, bea):
    (goal,) = full.vault.heads(Goal)
    give(full.vault, bea.vault, goal=goal.id)
    shown = page(bea, "person", full.vault.owner)
    assert "Walk to the pier" in shown
    assert not any(words in shown for words in SAYS.values())
    path = reverse("partner:win", args=[full.vault.owner, goal.id])
    assert bea.get(path).status_code == 404
    do_goal(vault=full.vault, goal=goal.id, on=timezone.now().date())
    assert bea.post(path, {"text": "Well walked."}).status_code == 302
    assert "Well walked." in page(full, "thread", bea.vault.owner)


def sat_today(client):
    now = moment(timezone.now(), "UTC")
    client.vault.put(Sitting(day=now.day, clock=f"{now.at:%H:%M}", done=True))


def test_for_a_day_after_a_sitting_nothing_new_is_agreed_and_nothing_is_removed(alice, bea):
    write(alice, bea, "Said too quickly")
    sat_today(alice)
    path = reverse("partner:check_ins", args=[bea.vault.owner])
    assert "waits a day" in alice.get(path).content.decode()
    alice.post(path, {"points": ["1w"]})
    assert check_ins_with(alice.vault, bea.vault.owner, asking=False) is None
    (mine,) = alice.vault.heads(Message)
    assert "Remove my copy" not in page(alice, "thread", bea.vault.owner)
    alice.post(reverse("partner:remove", args=[mine.id]))
    assert len(alice.vault.heads(Message)) == 1


def test_messages_help_and_ending_never_wait(alice, bea):
    agree(alice, bea)
    alice.post(reverse("partner:help_partner"), {"partner": str(bea.vault.owner)})
    sat_today(alice)
    assert write(alice, bea).status_code == 302
    alice.post(reverse("partner:help_asked"))
    assert {each.document.what for each in alice.vault.heads(Message)} == {"message", "help"}
    alice.post(reverse("partner:end_check_ins", args=[bea.vault.owner]))
    assert check_ins_with(alice.vault, bea.vault.owner, asking=False).state == "ended"


def test_two_who_help_the_same_person_know_nothing_of_each_other(alice, bea, db):
    cato = open_client(new_person("cato"))
    meet(alice.vault, cato.vault, partner_name="Cato")
    give(alice.vault, bea.vault, "mood")
    write(alice, bea, "Only for Bea")
    agree(alice, bea)
    for name in ("person", "thread"):
        shown = page(cato, name, alice.vault.owner)
        assert "Only for Bea" not in shown
        assert "Bea" not in shown
    services.receive(cato.vault)
    assert cato.vault.heads(Message) == []
    assert "Shared with you" not in page(cato, "people")
    assert cato.get(reverse("partner:thread", args=[bea.vault.owner])).status_code == 404


def test_a_long_thread_has_pages(alice, bea):
    at = timezone.now() - timedelta(days=9)
    alice.vault.put_all(
        [
            (
                uuid4(),
                Message(
                    other=bea.vault.owner,
                    mine=True,
                    at=moment(at + timedelta(hours=number), "UTC"),
                    text=f"word {number}.",
                ),
            )
            for number in range(35)
        ]
    )
    first = page(alice, "thread", bea.vault.owner)
    second = alice.get(reverse("partner:thread", args=[bea.vault.owner]), {"page": 2})
    assert "word 34." in first
    assert "word 4." not in first
    assert "word 4." in second.content.decode()


def test_ones_own_answers_can_be_read_again(alice, bea):
    agree(alice, bea)
    kept = alice.vault.put(
        CheckInAnswer(
            other=bea.vault.owner,
            asking=False,
            day="72h.2026-05-14",
            on=timezone.now().date(),
            questions=("And now?",),
            answers=("The bread",),
        )
    )
    path = reverse("partner:answered", args=[kept.id])
    assert path in page(alice, "check_ins", bea.vault.owner)
    assert "The bread" in alice.get(path).content.decode()
