"""From a link to nothing: invite, take up, compare, choose, look, give, read, stop; and every turn aside."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Goal
from afterglow.sharing import services
from afterglow.sharing.documents import CarePartner, HelpedPerson, Opening, Share
from afterglow.sharing.models import Invitation
from afterglow.sharing.queries import people as queries
from afterglow.vault.grants import people
from afterglow.vault.models import GrantRow
from tests.conftest import new_person, open_client
from tests.sharing.cast import TODAY, befriend, give, look


@pytest.fixture(autouse=True)
def _reachable(settings, monkeypatch):
    monkeypatch.setattr(
        "afterglow.sharing.queries.reach.address", lambda: "https://afterglow.example"
    )


def link_of(page):
    return re.search(r"https://afterglow\.example(/sharing/invited/[^<]+/)", page.content.decode())[
        1
    ]


def text_of(page):
    return " ".join(page.content.decode().split())


def invited(alice, bob):
    page = alice.post(reverse("sharing:invite"), {"name": "Sam", "shown_name": "A."})
    link = link_of(page)
    assert bob.post(link, {"name": "Alice from the group"}).status_code == 302
    (helper,) = queries.helpers(alice.vault)
    alice.get(reverse("sharing:helpers"))
    return queries.helper(alice.vault, helper.id)


def test_the_whole_way_from_a_link_to_nothing(alice, bob):
    alice.vault.put(Goal(text="Walk to the river"))
    alice.vault.put(Entry(written=moment(timezone.now(), "UTC"), snippet="sec", text="secret"))
    helper = invited(alice, bob)
    assert helper.stands == "to_compare"
    words = alice.get(reverse("sharing:compare", args=[helper.id])).context["words"]
    (person,) = queries.helped(bob.vault)
    assert bob.get(reverse("sharing:person", args=[person.id])).context["words"] == words
    alice.post(reverse("sharing:compare", args=[helper.id]), {"word": "same"})
    choice = {"scopes": ["plan"], "until": str(TODAY + timedelta(days=30)), "words": "Thank you"}
    choose = reverse("sharing:choose", args=[helper.id])
    page = alice.post(choose, choice | {"word": "look"})
    assert "Walk to the river" in text_of(page)
    assert "secret" not in text_of(page)
    assert not GrantRow.objects.exists()
    given = alice.post(choose, choice | {"word": "give"})
    grant = GrantRow.objects.get().id
    assert given["Location"] == reverse("sharing:given", args=[grant])
    there = text_of(bob.get(reverse("sharing:shared", args=[grant])))
    assert "Walk to the river" in there
    assert "Thank you" in there
    assert "Alice from the group" in there
    assert "secret" not in there
    assert "Not opened yet" not in text_of(alice.get(reverse("sharing:given", args=[grant])))
    assert alice.vault.heads(Opening)[0].document.parts == ("plan",)
    assert alice.post(reverse("sharing:stop", args=[grant])).status_code == 302
    gone = bob.get(reverse("sharing:shared", args=[grant]))
    assert gone.status_code == 404
    assert "Walk to the river" not in text_of(gone)
    assert "Everything that was shared has new keys" in text_of(
        alice.get(reverse("sharing:stopped"))
    )
    assert alice.vault.heads(Share)[0].document.ended_on is not None


def test_a_link_works_once_and_only_as_long_as_it_is_said(alice, bob):
    carol = open_client(new_person("carol"))
    _, token = services.invite(vault=alice.vault, name="Sam", shown_name="", today=TODAY)
    link = reverse("sharing:invited", args=[token])
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert bob.get(link).status_code == 404
    assert bob.post(link).status_code == 404
    Invitation.objects.update(expires=timezone.now() + timedelta(days=1))
    assert bob.post(link).status_code == 302
    assert carol.get(link).status_code == 404
    assert carol.post(link).status_code == 404
    assert carol.vault.heads(HelpedPerson) == []


def test_the_link_is_not_kept_and_its_page_names_nobody(alice, stranger):
    record, token = services.invite(vault=alice.vault, name="Sam", shown_name="Alice", today=TODAY)
    row = Invitation.objects.get()
    assert token.encode() not in bytes(row.token_hash)
    page = text_of(stranger.get(reverse("sharing:invited", args=[token])))
    assert "Alice" not in page
    assert "Sam" not in page
    assert "next=/sharing/invited/" in page
    services.call_off(vault=alice.vault, record=record)
    assert stranger.get(reverse("sharing:invited", args=[token])).status_code == 404


def test_someone_without_a_vault_begins_one_through_the_link(alice, stranger):
    _, token = services.invite(vault=alice.vault, name="Sam", shown_name="", today=TODAY)
    link = reverse("sharing:invited", args=[token])
    page = stranger.get(reverse("accounts:begin") + f"?next={link}")
    assert link in text_of(page)
    began = stranger.post(
        reverse("accounts:begin"),
        {
            "name": "sam",
            "passphrase": "otter lantern quiet marble seven plum",
            "kept": "on",
            "next": link,
        },
    )
    assert began["Location"] == link
    assert stranger.post(link, {"name": "Alice"}).status_code == 302


def test_ones_own_link_makes_nobody_a_helper_of_themselves(alice):
    _, token = services.invite(vault=alice.vault, name="Sam", shown_name="", today=TODAY)
    with pytest.raises(services.NotInvited):
        services.accept(vault=alice.vault, token=token, name="", today=TODAY)
    assert alice.get(reverse("sharing:invited", args=[token])).status_code == 200


def test_without_the_words_compared_nothing_can_be_chosen(alice, bob):
    helper = invited(alice, bob)
    assert alice.get(reverse("sharing:choose", args=[helper.id])).status_code == 404


def test_words_that_differ_end_it_there(alice, bob):
    helper = invited(alice, bob)
    alice.post(reverse("sharing:compare", args=[helper.id]), {"word": "differ"})
    assert queries.helpers(alice.vault) == []
    assert alice.vault.heads(CarePartner) == []


def test_new_sharing_waits_a_day_after_a_sitting_and_stopping_does_not(alice, bob):
    record = befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    alice.vault.put(Sitting(day=TODAY, done=True))
    page = alice.get(reverse("sharing:choose", args=[record]))
    assert "This can wait a day" in text_of(page)
    with pytest.raises(services.HeldUntil):
        give(alice.vault, bob.vault, scopes=("mood",))
    assert alice.post(reverse("sharing:stop", args=[grant])).status_code == 302
    assert GrantRow.objects.get().ended is not None


def test_ending_it_with_a_person_is_quiet_and_whole(alice, bob):
    record = befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    alice.post(reverse("sharing:end_with", args=[record]))
    assert queries.helpers(alice.vault) == []
    assert bob.get(reverse("sharing:shared", args=[grant])).status_code == 404
    (person,) = queries.helped(bob.vault)
    assert person.grants == ()


def test_a_helper_can_put_it_down(alice, bob):
    befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    (person,) = queries.helped(bob.vault)
    bob.post(reverse("sharing:leave", args=[person.id]))
    assert queries.helped(bob.vault) == []
    assert GrantRow.objects.get(id=grant).ended is not None


def test_where_nobody_elsewhere_can_reach_the_program_the_page_says_so(alice, monkeypatch):
    monkeypatch.setattr("afterglow.sharing.queries.reach.address", lambda: None)
    assert "Nobody elsewhere can reach" in text_of(alice.get(reverse("sharing:invite")))
    alice.post(reverse("sharing:invite"), {"name": "Sam"})
    assert not Invitation.objects.exists()


def test_an_empty_choice_and_a_far_day_are_asked_again_with_the_words_kept(alice, bob):
    record = befriend(alice.vault, bob.vault)
    choose = reverse("sharing:choose", args=[record])
    page = alice.post(choose, {"until": str(TODAY + timedelta(days=900)), "words": "Dear Sam"})
    assert "Nothing is chosen yet" in text_of(page)
    assert "Please choose a day" in text_of(page)
    assert "Dear Sam" in text_of(page)


def test_a_shared_page_opened_twice_in_an_hour_is_noted_once(alice, bob):
    befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    for _ in range(3):
        bob.get(reverse("sharing:shared", args=[grant]))
    services.receive(alice.vault)
    bob.get(reverse("sharing:shared", args=[grant]))
    services.receive(alice.vault)
    assert len(alice.vault.heads(Opening)) == 1
    assert look(bob.vault, grant).kinds() == frozenset()


@pytest.mark.parametrize("act", ["say_the_words_differ", "end_with"])
def test_an_end_that_breaks_off_ends_nothing_halfway(alice, bob, act, monkeypatch):
    record = befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    day = {"today": TODAY} if act == "end_with" else {}

    def no_room(*_):
        raise OSError

    monkeypatch.setattr(people, "forget", no_room)
    with pytest.raises(OSError):
        getattr(services, act)(vault=alice.vault, record=record, **day)
    assert GrantRow.objects.get(id=grant).ended is None
    assert queries.helper(alice.vault, record).id == record


def test_a_leaving_that_breaks_off_leaves_nothing_halfway(alice, bob, monkeypatch):
    befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    (person,) = queries.helped(bob.vault)

    def no_room(*_):
        raise OSError

    monkeypatch.setattr(people, "forget", no_room)
    with pytest.raises(OSError):
        services.forget_person(vault=bob.vault, record=person.id, today=TODAY)
    assert GrantRow.objects.get(id=grant).ended is None
