"""A page that answers a form is shown by an address of its own, sealed until then, to nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.conftest import PASSPHRASE, new_person

from afterglow.vault import doors, memory_half, opened, shown
from afterglow.vault.models import PassingPage, ShownPage

SEARCH = "/entries/search/"


def sent(client, path, fields, **headers):
    """The first answer, without following it."""
    return Client.post(client, path, fields, headers=headers)


def test_a_search_is_answered_by_redirect_and_shown_after_it(alice):
    answer = sent(alice, SEARCH, {"words": "harbour light"})
    assert answer.status_code == 303
    assert "harbour" not in answer["Location"]
    assert "harbour light" in alice.get(answer["Location"]).content.decode()


def test_the_page_can_be_loaded_again_until_the_lock(alice):
    address = sent(alice, SEARCH, {"words": "harbour"})["Location"]
    assert alice.get(address).content == alice.get(address).content
    doors.lock(alice.vault)
    assert alice.get(address).status_code == 423
    assert not ShownPage.objects.exists()


def test_the_held_page_is_sealed(alice):
    sent(alice, SEARCH, {"words": "harbour light"})
    assert b"harbour" not in bytes(ShownPage.objects.get().sealed)


def test_another_person_and_a_stranger_do_not_get_the_page(alice, bob, stranger):
    address = sent(alice, SEARCH, {"words": "harbour"})["Location"]
    assert "harbour" not in bob.get(address).content.decode()
    assert stranger.get(address).status_code == 423


def test_only_the_newest_pages_are_held(alice):
    for place in range(shown.PAGES_KEPT + 3):
        sent(alice, SEARCH, {"words": f"word {place}"})
    assert ShownPage.objects.count() == shown.PAGES_KEPT


def test_the_status_and_what_was_typed_come_with_the_page(alice):
    page = alice.post("/write/", {"text": "nothing of this is lost", "day": "2999-01-01"})
    assert page.redirected_from.status_code == 303
    assert "nothing of this is lost" in page.content.decode()


def test_a_script_gets_its_answer_directly(alice):
    answer = sent(alice, SEARCH, {"words": "harbour"}, sec_fetch_mode="cors")
    assert answer.status_code == 200


def test_a_page_at_the_door_is_shown_once_and_to_this_browser_only(db, stranger):
    new_person("alice")
    other = Client(SERVER_NAME="localhost")
    other.get("/recover/")
    stranger.get("/recover/")
    wrong = {"name": "alice", "code": "ABCD", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    address = sent(stranger, "/recover/", wrong)["Location"]
    assert "ABCD" not in other.get(address).content.decode()
    assert "ABCD" in stranger.get(address).content.decode()
    assert "ABCD" not in stranger.get(address).content.decode()


@pytest.fixture
def passing(db, stranger):
    """The address of a page that waits for a browser at the door."""
    new_person("alice")
    stranger.get("/recover/")
    wrong = {"name": "alice", "code": "ABCD", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    return sent(stranger, "/recover/", wrong)["Location"]


def test_a_page_at_the_door_is_sealed_under_what_only_this_process_knows(
    passing, stranger, monkeypatch
):
    row = PassingPage.objects.get()
    assert b"ABCD" not in bytes(row.sealed)
    monkeypatch.setattr(memory_half, "MEMORY_HALF", b"another process".ljust(32, b"."))
    assert "ABCD" not in stranger.get(passing).content.decode()


def test_a_page_at_the_door_is_gone_after_minutes_and_after_a_restart(passing, stranger):
    later = timezone.now() + timedelta(seconds=shown.SECONDS_WITHOUT_VAULT + 1)
    with time_machine.travel(later):
        doors.sweep()
    assert not PassingPage.objects.exists()
    stranger.post("/recover/", {"code": "ABCD"})
    doors.lock_everything()
    assert not PassingPage.objects.exists()


def test_an_address_whose_page_is_gone_still_leads_somewhere(alice):
    assert "Words to look for" in alice.get(f"{SEARCH}?shown={'0' * 32}").content.decode()
    assert alice.get(f"/today/say/?shown={'0' * 32}").status_code == 302
    assert alice.get(f"{SEARCH}?shown=nonsense").status_code == 200


def test_a_process_that_did_not_make_the_page_shows_it_too(alice):
    address = sent(alice, SEARCH, {"words": "harbour light"})["Location"]
    opened.drop_all()
    assert "harbour light" in alice.get(address).content.decode()
