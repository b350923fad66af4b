"""Devices: a browser is known again, is named, and is shut out at once when it is removed."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from afterglow.accounts import services
from afterglow.vault import devices, doors, unlock
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE
from afterglow.vault.models import Device, SessionBox
from afterglow.vault.outcomes import NotHere
from afterglow.vault.records import Keys
from tests.conftest import PASSPHRASE, new_person

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
BEGIN = {"passphrase": PASSPHRASE, "kept": "on", "name": ""}


def entered(client, keys):
    """The same browser, let in with the keys of somebody."""
    cookie = client.cookies.get(devices.COOKIE)
    tokens = tuple(cookie.value.split(".")) if cookie else ()
    inside = services.enter(keys, devices.Browser(tokens, "linux"))
    client.cookies[devices.COOKIE] = inside.device
    client.cookies[SESSION_COOKIE] = inside.door.session_id
    client.cookies[HALF_COOKIE] = inside.door.cookie_half
    return inside


def test_a_browser_becomes_a_device_when_it_first_opens_a_vault(stranger, db):
    stranger.post("/begin/", BEGIN, headers={"user-agent": PHONE})
    device = Device.objects.get()
    cookie = stranger.cookies[devices.COOKIE]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
    assert cookie["max-age"] == 400 * 24 * 3600
    assert cookie.key.startswith("__Host-")
    assert bytes(device.token_hash).hex() not in cookie.value
    assert SessionBox.objects.get().device == device.id


def test_a_known_browser_stays_one_device(stranger, db):
    keys = new_person("alice")
    first = entered(stranger, keys)
    second = entered(stranger, keys)
    assert Device.objects.count() == 1
    assert first.device == second.device


def test_two_people_in_one_browser_have_two_devices_that_share_nothing(stranger, db):
    alice, bob = new_person("alice"), new_person("bob")
    entered(stranger, alice)
    entered(stranger, bob)
    entered(stranger, alice)
    one, other = Device.objects.order_by("owner")
    assert one.owner != other.owner
    assert bytes(one.token_hash) != bytes(other.token_hash)
    assert len(stranger.cookies[devices.COOKIE].value.split(".")) == 2


def test_a_name_is_sealed_and_opens_for_its_owner_only(vault, db):
    device = devices.add(vault.keys, bytes(32), platform="linux")
    devices.rename(vault, device.id, "the blue phone")
    row = Device.objects.get()
    assert b"blue" not in bytes(row.name)
    assert devices.called(vault.keys, row).name == "the blue phone"
    assert devices.called(new_person("bob"), row).name == ""


def test_a_name_moved_to_another_device_does_not_open(vault, db):
    one = devices.add(vault.keys, bytes(32), platform="linux", name="one")
    other = devices.add(vault.keys, bytes(31) + b"x", platform="linux", name="other")
    Device.objects.filter(id=other.id).update(name=one.name)
    other.refresh_from_db()
    assert devices.called(vault.keys, other) == devices.DeviceName()


def test_names_are_read_after_new_keys(vault, db):
    device = devices.add(vault.keys, bytes(32), platform="ipad", name="in the kitchen")
    new = Keys.of(vault.owner, 2, bytes(range(32)))
    devices.reseal(vault.keys, new)
    device.refresh_from_db()
    assert devices.called(new, device).name == "in the kitchen"


def test_nobody_touches_another_persons_device(vault, bob):
    device = devices.add(vault.keys, bytes(32), platform="linux")
    for act in (
        lambda: devices.rename(bob.vault, device.id, "mine now"),
        lambda: devices.set_lock_minutes(bob.vault, device.id, 1),
        lambda: devices.remove(bob.vault, device.id),
    ):
        with pytest.raises(NotHere):
            act()
    assert Device.objects.filter(id=device.id).exists()


def test_a_removed_device_is_shut_at_its_next_request(alice, stranger):
    entered(stranger, alice.vault.keys)
    assert stranger.get("/today/").status_code == 200
    devices.remove(alice.vault, Device.objects.get().id)
    assert stranger.get("/today/").status_code == 423
    assert alice.get("/today/").status_code == 200


def test_a_removed_device_leaves_nothing_behind_the_door(alice, stranger):
    entered(stranger, alice.vault.keys)
    devices.remove(alice.vault, Device.objects.get().id)
    answer = stranger.post("/check-in/", {"level": "7"})
    assert "waits for you" not in answer.content.decode()


def test_a_known_device_without_its_session_still_finds_its_owner(alice, stranger):
    entered(stranger, alice.vault.keys)
    for name in (SESSION_COOKIE, HALF_COOKIE):
        del stranger.cookies[name]
    answer = stranger.post("/check-in/", {"level": "7"})
    assert "waits for you" in answer.content.decode()


def test_a_browser_of_two_people_guesses_at_neither(alice, bob, stranger):
    entered(stranger, alice.vault.keys)
    entered(stranger, bob.vault.keys)
    for name in (SESSION_COOKIE, HALF_COOKIE):
        del stranger.cookies[name]
    answer = stranger.post("/check-in/", {"level": "7"})
    assert "waits for you" not in answer.content.decode()


def test_the_device_cookie_alone_opens_nothing(alice, stranger):
    entered(stranger, alice.vault.keys)
    del stranger.cookies[HALF_COOKIE]
    assert stranger.get("/today/").status_code == 423


def test_deleting_everything_takes_the_devices_along(vault, db):
    devices.add(vault.keys, bytes(32), platform="linux")
    unlock.destroy(vault.owner)
    assert not Device.objects.exists()


def test_a_device_has_its_own_time_to_the_lock(alice, stranger):
    entered(stranger, alice.vault.keys)
    devices.set_lock_minutes(alice.vault, Device.objects.get().id, 1)
    doors.lock_all_of(alice.vault.owner)
    entered(stranger, alice.vault.keys)
    box = SessionBox.objects.get(device__isnull=False, box__isnull=False)
    assert box.idle_seconds == 60


def test_nonsense_in_the_cookie_is_nobody(stranger, db):
    stranger.cookies[devices.COOKIE] = "../" + "ab" * 30 + "." + "zz" * 32
    assert stranger.get("/open/").status_code in {200, 302}


def test_pages_of_another_persons_device_are_not_there(alice, bob):
    device = devices.add(alice.vault.keys, bytes(32), platform="linux")
    for path in (f"/settings/devices/{device.id}/", f"/settings/devices/{device.id}/remove/"):
        assert bob.get(path).status_code == 404
        assert bob.post(path, {"name": "mine", "lock_minutes": "1"}).status_code == 404
    assert Device.objects.get().lock_minutes == 0


def test_a_device_is_named_and_given_its_time_on_its_page(alice):
    device = devices.add(alice.vault.keys, bytes(32), platform="ipad")
    page = f"/settings/devices/{device.id}/"
    assert "iPad" in alice.get(page).content.decode()
    alice.post(page, {"name": "the one in the kitchen", "lock_minutes": "1"})
    assert "the one in the kitchen" in alice.get("/settings/devices/").content.decode()
    assert Device.objects.get().lock_minutes == 1


def test_removing_asks_who_is_there_and_locks_this_very_browser(stranger, db):
    stranger.post("/begin/", BEGIN, headers={"user-agent": PHONE})
    page = f"/settings/devices/{Device.objects.get().id}/remove/"
    refused = stranger.post(page, {"passphrase": "not it at all, sorry"})
    assert "not the passphrase" in refused.content.decode()
    assert stranger.post(page, {"passphrase": PASSPHRASE}).status_code == 302
    assert not Device.objects.exists()
    assert stranger.get("/today/").status_code == 423


def test_the_lock_in_settings_is_that_of_this_device(stranger, db):
    stranger.post("/begin/", BEGIN)
    chosen = {"theme": "auto", "language": "en", "lock_minutes": "5"}
    stranger.post("/settings/", chosen)
    assert Device.objects.get().lock_minutes == 5
    assert 'data-lock-seconds="300"' in stranger.get("/settings/").content.decode()


def test_a_short_time_to_the_lock_is_kept_to(stranger, db):
    keys = new_person("alice")
    inside = entered(stranger, keys)
    devices.set_lock_minutes(inside.vault, Device.objects.get().id, 1)
    start = timezone.now()
    for seconds, answer in ((50, 204), (100, 204), (161, 423)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            assert stranger.post("/still-here/").status_code == answer
