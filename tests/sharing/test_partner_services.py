"""Between two people who share: what is said, agreed, answered and noted, and where it is kept."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Obstacle, Win
from afterglow.sharing.partner import services
from afterglow.sharing.partner.documents import (
    CheckInAnswer,
    CheckIns,
    Message,
    PrivateNote,
)
from afterglow.sharing.partner.queries.check_ins import asked, check_ins_with, open_check_in
from afterglow.sharing.partner.queries.shared import shared_page, shared_with_me
from afterglow.sharing.partner.queries.thread import new_things, notes_on, thread
from afterglow.sharing.partner.wire import KIND, Sent, packed
from afterglow.sharing.services.arrivals import deliver
from afterglow.vault import doors, parcels
from afterglow.vault.documents import Document
from afterglow.vault.grants import people
from tests.conftest import new_person, open_client
from tests.sharing.pair import give, meet

TODAY = date(2026, 5, 14)


@pytest.fixture
def keys(db):
    return {name: new_person(name) for name in ("alice", "bea", "cato")}


@pytest.fixture
def owner(keys):
    return open_client(keys["alice"]).vault


@pytest.fixture
def partner(owner, keys):
    vault = open_client(keys["bea"]).vault
    meet(owner, vault)
    return vault


def now():
    return moment(timezone.now(), "UTC")


def say(vault, to, text="Hello"):
    services.say(vault=vault, to=to, sent=Sent(what="message", text=text), at=now())


def texts(vault, other):
    return [each.document.text for each in vault.whole(thread(vault, other))]


def test_a_message_reaches_the_other_and_a_copy_stays(owner, partner):
    say(owner, partner.owner, "How are you?")
    assert services.receive(partner) == 1
    assert texts(partner, owner.owner) == ["How are you?"]
    assert texts(owner, partner.owner) == ["How are you?"]
    assert services.receive(partner) == 0


def test_it_waits_sealed_while_the_other_is_locked_and_opens_at_unlock(owner, partner, keys):
    doors.lock(partner)
    say(owner, partner.owner, "A word for later")
    row = parcels.Parcel.objects.get(owner=partner.owner)
    assert b"A word for later" not in bytes(row.blob)
    again = open_client(keys["bea"]).vault
    services.receive(again)
    assert texts(again, owner.owner) == ["A word for later"]


def test_both_write_and_each_reads_the_whole_thread(owner, partner):
    say(owner, partner.owner, "one")
    services.receive(partner)
    say(partner, owner.owner, "two")
    services.receive(owner)
    assert texts(owner, partner.owner) == texts(partner, owner.owner) == ["two", "one"]


def test_what_came_is_new_until_it_was_looked_at(owner, partner):
    say(partner, owner.owner)
    services.receive(owner)
    assert [(each.person, each.messages) for each in new_things(owner)] == [(partner.owner, 1)]
    services.look_at(vault=owner, other=partner.owner)
    assert new_things(owner) == []


def test_a_stranger_reaches_nobody(owner, keys):
    stranger = open_client(keys["cato"]).vault
    with pytest.raises(people.NotMet):
        say(stranger, owner.owner)
    assert stranger.heads(Message) == []


def test_after_a_changed_key_nothing_is_sent_and_nothing_is_kept(owner, partner):
    from afterglow.vault.models import IdentityRow

    IdentityRow.objects.filter(owner=partner.owner).update(signature=bytes(64))
    with pytest.raises(people.KeyChanged):
        say(owner, partner.owner)
    assert owner.heads(Message) == []


# Check-ins.


def agreed(owner, partner, **fields):
    services.propose(vault=partner, to=owner.owner, points=("24h", "1w"))
    services.receive(owner)
    kept = check_ins_with(owner, partner.owner, asking=False)
    services.agree(vault=owner, to=partner.owner, points=kept.points, today=TODAY, **fields)
    services.receive(partner)


def sat(vault, day):
    return vault.put(Sitting(day=day, done=True))


def test_times_are_proposed_by_one_and_agreed_by_the_other(owner, partner):
    services.propose(vault=partner, to=owner.owner, points=("24h",), questions=("And now?",))
    assert asked(partner, owner.owner, TODAY).state == "proposed"
    services.receive(owner)
    assert check_ins_with(owner, partner.owner, asking=False).state == "proposed"
    assert open_check_in(owner, partner.owner, TODAY, "en") is None
    services.agree(
        vault=owner, to=partner.owner, points=("24h",), questions=("And now?",), today=TODAY
    )
    services.receive(partner)
    assert asked(partner, owner.owner, TODAY).state == "agreed"


def test_a_later_proposal_changes_nothing_that_was_agreed(owner, partner):
    agreed(owner, partner)
    services.propose(vault=partner, to=owner.owner, points=("3m",))
    services.receive(owner)
    kept = check_ins_with(owner, partner.owner, asking=False)
    assert (kept.state, kept.points) == ("agreed", ("24h", "1w"))


def test_a_sitting_makes_the_days_and_tells_them(owner, partner):
    agreed(owner, partner)
    sat(owner, TODAY)
    services.receive(partner)
    assert asked(partner, owner.owner, TODAY).next.opens == TODAY + timedelta(days=1)
    sat(owner, TODAY + timedelta(days=3))
    services.receive(partner)
    days = [day.id for day in check_ins_with(partner, owner.owner, asking=True).days]
    assert days == ["24h.2026-05-15", "24h.2026-05-18", "1w.2026-05-24"]


def answer(owner, partner, day, words=("Tired",)):
    found = open_check_in(owner, partner.owner, day, "en")
    services.answer(vault=owner, check_in=found, answers=words, today=day)
    services.receive(partner)


def test_an_answer_goes_over_once_and_a_copy_stays(owner, partner):
    agreed(owner, partner)
    sat(owner, TODAY)
    day = TODAY + timedelta(days=1)
    answer(owner, partner, day, ("Tired", ""))
    (heard,) = partner.all(CheckInAnswer)
    assert heard.document.lines[0][1] == "Tired"
    assert heard.document.lines[0][0] == "How is your body today?"
    assert open_check_in(owner, partner.owner, day, "en") is None
    assert asked(partner, owner.owner, day).next.point == "1w"


def test_one_that_was_left_out_is_not_asked_again_and_not_told(owner, partner):
    agreed(owner, partner)
    sat(owner, TODAY)
    day = TODAY + timedelta(days=1)
    services.leave_out(
        vault=owner, check_in=open_check_in(owner, partner.owner, day, "en"), today=day
    )
    assert open_check_in(owner, partner.owner, day, "en") is None
    services.receive(partner)
    assert partner.heads(CheckInAnswer) == []


@pytest.mark.parametrize("tell", [False, True])
def test_a_missed_one_is_named_to_the_partner_only_if_the_person_chose_that(owner, partner, tell):
    agreed(owner, partner, tell_missed=tell)
    sat(owner, TODAY)
    services.receive(partner)
    missed = asked(partner, owner.owner, TODAY + timedelta(days=4)).missed
    assert [day.point for day in missed] == (["24h"] if tell else [])


def test_ended_is_quiet(owner, partner):
    agreed(owner, partner, tell_missed=True)
    sat(owner, TODAY)
    services.receive(partner)
    services.end(vault=owner, other=partner.owner)
    services.receive(partner)
    stands = asked(partner, owner.owner, TODAY + timedelta(days=4))
    assert (stands.state, stands.missed) == ("agreed", ())
    assert open_check_in(owner, partner.owner, TODAY + timedelta(days=1), "en") is None


def test_two_friends_may_each_ask_the_other(owner, partner):
    agreed(owner, partner)
    services.propose(vault=owner, to=partner.owner, points=("1m",))
    services.receive(partner)
    assert check_ins_with(partner, owner.owner, asking=False).points == ("1m",)
    assert check_ins_with(partner, owner.owner, asking=True).points == ("24h", "1w")
    assert len(partner.heads(CheckIns)) == 2


def test_nothing_is_lost_to_a_person_who_is_not_there_any_more(owner, partner):
    agreed(owner, partner)
    people.forget(owner, partner.owner)
    sat(owner, TODAY)
    assert check_ins_with(owner, partner.owner, asking=False).days == ()


# Plans, help, notes.


def test_a_suggested_plan_stands_beside_and_both_versions_are_kept(owner, partner):
    mine = owner.put(Obstacle(obstacle="The phone", if_words="bored", then_words="look away"))
    sent = Sent(
        what="obstacle",
        about=mine.id,
        quote="The phone",
        quote_if="bored",
        quote_then="look away",
        if_words="if I lie down",
        then_words="it stays outside",
    )
    services.say(vault=partner, to=owner.owner, sent=sent, at=now())
    services.receive(owner)
    assert owner.get(Obstacle, mine.id).document.then_words == "look away"
    (came,) = owner.whole(thread(owner, partner.owner))
    services.take_plan(vault=owner, message=came.document)
    assert owner.get(Obstacle, mine.id).document.then_words == "it stays outside"
    before = [each.document.then_words for each in owner.history(Obstacle, mine.id)]
    assert before == ["it stays outside", "look away"]
    (came,) = owner.whole(thread(owner, partner.owner))
    assert came.document.quote_then == "look away"


def test_only_the_chosen_partner_hears_of_the_press_and_only_of_the_press(owner, partner):
    assert not services.ask_for_help(vault=owner, at=now())
    services.choose_help_partner(vault=owner, partner=partner.owner)
    assert services.receive(partner) == 0
    assert services.ask_for_help(vault=owner, at=now())
    services.receive(partner)
    (new,) = new_things(partner)
    assert len(new.helps) == 1
    services.choose_help_partner(vault=owner, partner=None)
    assert not services.ask_for_help(vault=owner, at=now())


def words_in(vault, *kinds):
    return str([each.document for kind in kinds for each in vault.all(kind)])


def test_private_notes_are_in_the_partners_vault_and_nowhere_else(owner, partner):
    services.note(vault=partner, person=owner.owner, text="Quiet today", on=TODAY)
    services.receive(owner)
    assert [each.document.text for each in notes_on(partner, owner.owner)] == ["Quiet today"]
    assert owner.heads(PrivateNote) == []
    assert "Quiet today" not in words_in(owner, *Document.__subclasses__())


def test_the_page_shows_only_what_the_grants_cover(owner, partner):
    owner.put(Win(text="Rang Mo", on=TODAY))
    sat(owner, TODAY)
    assert shared_with_me(partner, owner.owner, now=timezone.now()) is None
    give(owner, partner, "plan")
    page = shared_page(shared_with_me(partner, owner.owner, now=timezone.now()), TODAY)
    assert [each.document.text for each in page.wins] == ["Rang Mo"]
    assert page.place is None


def test_two_grants_are_read_as_one(owner, partner):
    owner.put(Win(text="Rang Mo", on=TODAY))
    give(owner, partner, "plan")
    give(owner, partner, "mood")
    page = shared_page(shared_with_me(partner, owner.owner, now=timezone.now()), TODAY)
    assert len(page.wins) == 1


def test_after_a_no_a_proposal_does_not_come_up_again_by_itself(owner, partner):
    services.propose(vault=partner, to=owner.owner, points=("24h",))
    services.receive(owner)
    services.end(vault=owner, other=partner.owner)
    services.propose(vault=partner, to=owner.owner, points=("1w",))
    services.receive(owner)
    assert check_ins_with(owner, partner.owner, asking=False).state == "ended"


def test_answers_that_nobody_asked_for_are_not_taken_in(owner, partner):
    """The one who helps is not helped: nothing of theirs counts as an answer here."""
    day = {"what": "check-in-answer", "day": "24h.2026-05-15", "on": TODAY}
    deliver(owner.owner, partner, KIND, packed(Sent(**day)))
    deliver(owner.owner, partner, KIND, packed(Sent(what="check-in-days", points=("1w",))))
    assert services.receive(owner) == 2
    assert owner.heads(CheckInAnswer) == []
    assert owner.heads(CheckIns) == []


def test_what_a_later_version_says_is_let_go_without_harm(owner, partner):
    deliver(owner.owner, partner, KIND, b"not of this version")
    say(partner, owner.owner, "Still here")
    assert services.receive(owner) == 2
    assert texts(owner, partner.owner) == ["Still here"]
