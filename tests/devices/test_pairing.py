"""Pairing: the code opens nothing by itself, serves once, and the computer decides by the number that the phone shows."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from afterglow.serving import reach
from afterglow.vault import devices, doors, memory_half, pairing, unlock
from afterglow.vault.middleware import SESSION_COOKIE
from afterglow.vault.models import Attempt, Device, Pairing, SessionBox
from tests.conftest import PASSPHRASE, Browser


@pytest.fixture
def code(vault):
    return pairing.begin(vault)


@pytest.fixture
def phone(db):
    return Browser(SERVER_NAME="localhost", headers={"user-agent": "Android"})


@pytest.fixture
def at_home(alice, settings):
    """Alice at her computer, where phones are let in."""
    chosen = reach.Reach(way="authority", host="afterglow.test", port=8751)
    settings.REACH = lambda: chosen
    return alice


def shown(page):
    return re.search(r'number">(\d\d)<', page.content.decode()).group(1)


def number_on(phone):
    return shown(phone.get("/pair/"))


def test_a_paired_phone_is_open_without_a_word_typed(alice, code, phone):
    assert phone.post("/pair/", {"code": code}).status_code == 302
    assert phone.get("/today/").status_code == 423
    page = alice.get("/settings/devices/joining/").content.decode()
    assert number_on(phone) in page
    assert alice.post("/settings/devices/joining/", {"number": number_on(phone)}).status_code == 302
    assert phone.get("/pair/")["Location"] == "/settings/devices/this/"
    assert phone.get("/today/").status_code == 200
    assert "Android phone" in alice.get("/settings/devices/").content.decode()


def test_the_phone_reads_what_its_owner_keeps(alice, code, phone):
    phone.post("/pair/", {"code": code})
    alice.post("/settings/devices/joining/", {"number": number_on(phone)})
    phone.get("/pair/")
    device = Device.objects.get()
    assert devices.called(alice.vault.keys, device).platform == "android"
    assert SessionBox.objects.get(device=device.id).owner == alice.vault.owner


def test_another_number_keeps_the_phone_out_for_good(alice, code, phone):
    phone.post("/pair/", {"code": code})
    right = number_on(phone)
    alice.post("/settings/devices/joining/", {"number": ""})
    alice.post("/settings/devices/joining/", {"number": right})
    assert "did not work out" in phone.get("/pair/").content.decode()
    assert phone.get("/today/").status_code == 423
    assert not Device.objects.exists()


def test_a_code_serves_once(code, phone):
    phone.post("/pair/", {"code": code})
    second = Browser(SERVER_NAME="localhost")
    assert "No computer is waiting" in second.post("/pair/", {"code": code}).content.decode()


def test_a_code_ends_after_five_minutes(alice, code, phone):
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert "No computer is waiting" in phone.post("/pair/", {"code": code}).content.decode()
        doors.sweep()
    assert not Pairing.objects.exists()


def test_a_phone_not_let_in_within_five_minutes_stays_out(alice, code, phone):
    phone.post("/pair/", {"code": code})
    right = number_on(phone)
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        alice.post("/settings/devices/joining/", {"number": right})
        assert "did not work out" in phone.get("/pair/").content.decode()


def test_a_code_ends_with_the_session_that_shows_it(alice, code, phone):
    doors.lock(alice.vault)
    assert "No computer is waiting" in phone.post("/pair/", {"code": code}).content.decode()


def test_a_new_code_ends_the_one_before(alice, code, phone):
    pairing.begin(alice.vault)
    assert "No computer is waiting" in phone.post("/pair/", {"code": code}).content.decode()


def test_never_mind_ends_the_code(alice, code, phone):
    alice.post("/settings/devices/joining/stop/")
    assert "No computer is waiting" in phone.post("/pair/", {"code": code}).content.decode()


def test_typing_is_forgiven(alice, code, phone):
    loose = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert phone.post("/pair/", {"code": loose}).status_code == 302


def test_guessing_is_slowed_down(code, phone):
    for _ in range(7):
        answer = phone.post("/pair/", {"code": "AAAA-AAAA"})
    assert "Please wait" in answer.content.decode()
    assert "Please wait" in phone.post("/pair/", {"code": code}).content.decode()
    assert all(len(bytes(row.key)) == 32 for row in Attempt.objects.all())


def test_neither_the_code_nor_the_key_lies_in_the_database(alice, code):
    row = Pairing.objects.get()
    held = bytes(row.code_hash) + bytes(row.box)
    assert code.replace("-", "").encode() not in held
    assert alice.vault.keys.vault_key not in held


def test_a_stolen_row_and_the_code_open_nothing_in_another_process(code, monkeypatch):
    monkeypatch.setattr(memory_half, "MEMORY_HALF", b"another process".ljust(32, b"."))
    with pytest.raises(pairing.v1.NotOpened):
        pairing.join(code, browser=devices.Browser(), address="here")


def test_only_the_session_that_showed_the_code_decides(alice, bob, code, phone):
    phone.post("/pair/", {"code": code})
    right = number_on(phone)
    assert pairing.answer(bob.vault, right) is None
    other = doors.open_door(alice.vault.keys)[1]
    assert pairing.answer(other, right) is None
    assert not Device.objects.exists()


def test_the_code_is_shown_only_to_who_shows_that_it_is_them(at_home):
    unlock.change_passphrase(at_home.vault.keys, PASSPHRASE)
    refused = at_home.post("/settings/devices/add/", {"passphrase": ""})
    assert not Pairing.objects.exists()
    assert "confirm with this device" in refused.content.decode()
    page = at_home.post("/settings/devices/add/", {"passphrase": PASSPHRASE}).content.decode()
    assert Pairing.objects.count() == 1
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert '<svg class="qr"' in page
    assert "https://afterglow.test:8751/pair/" in page


def test_where_no_phone_can_come_the_page_says_so(alice):
    assert "on this computer only" in alice.get("/settings/devices/add/").content.decode()


def test_a_phone_that_belongs_to_somebody_keeps_that_too(bob, alice, code):
    """Bob's phone is lent to Alice: her vault opens there, and his device stays his."""
    _device, held = devices.enrol(bob.vault.keys, devices.Browser((), "android"))
    lent = Browser(SERVER_NAME="localhost")
    lent.cookies[devices.COOKIE] = held
    lent.post("/pair/", {"code": code})
    alice.post("/settings/devices/joining/", {"number": number_on(lent)})
    lent.get("/pair/")
    assert len(lent.cookies[devices.COOKIE].value.split(".")) == 2
    assert (
        SessionBox.objects.get(id=doors.name_of(lent.cookies[SESSION_COOKIE].value)).owner
        == alice.vault.owner
    )


def test_a_restart_ends_every_pairing(code):
    doors.lock_everything()
    assert not Pairing.objects.exists()


def test_asking_how_far_it_is_tells_a_stranger_nothing(code, stranger):
    assert stranger.get("/pair/state/").json() == {"state": ""}
