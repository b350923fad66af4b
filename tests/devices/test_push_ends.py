"""A device that is removed gets no push any more; others, and other people in the same browser, keep theirs."""

from importlib import import_module

import pytest
from django.apps import apps

from afterglow.reminders.models import Channel, Due
from afterglow.reminders.services import ways
from afterglow.vault import devices
from tests.conftest import new_person

ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/"


@pytest.fixture
def lost(phone):
    """Another device of Alice, with a push of its own."""
    row = devices.add(phone.vault.keys, bytes(32), platform="android")
    ways.switch_on_push(vault=phone.vault, endpoint=f"{ENDPOINT}lost", language="en", device=row.id)
    return row


def push_here(browser):
    browser.post("/settings/reminders/push/", {"endpoint": f"{ENDPOINT}{browser.vault.owner}"})


def of(vault):
    return set(
        Channel.objects.filter(account=vault.owner, kind="push").values_list("device", flat=True)
    )


def test_a_push_is_kept_with_the_device_it_goes_to(phone):
    push_here(phone)
    assert of(phone.vault) == {phone.device.id}


def test_removing_a_device_ends_its_push_and_what_waited_for_it(phone, lost):
    push_here(phone)
    assert of(phone.vault) == {phone.device.id, lost.id}
    page = f"/settings/devices/{lost.id}/remove/"
    assert "reminders stop" in phone.get(page).content.decode()
    phone.confirm_with(phone.add_passkey())
    assert phone.post(page, {"passphrase": ""}).status_code == 302
    assert of(phone.vault) == {phone.device.id}
    assert not Due.objects.filter(channel__device=lost.id).exists()


def test_mail_and_calendar_stay(phone, lost):
    ways.switch_on_calendar(vault=phone.vault, language="en")
    devices.remove(phone.vault, lost.id)
    assert [row.kind for row in Channel.objects.all()] == ["calendar"]


def test_a_push_of_no_listed_device_ends_with_the_first_that_is_removed(phone, lost):
    push_here(phone)
    ways.switch_on_push(vault=phone.vault, endpoint=f"{ENDPOINT}before", language="en")
    devices.remove(phone.vault, lost.id)
    assert of(phone.vault) == {phone.device.id}


def test_another_person_keeps_theirs(phone, lost, bobs_phone):
    push_here(bobs_phone)
    devices.remove(phone.vault, lost.id)
    assert of(bobs_phone.vault) == {bobs_phone.device.id}


def test_an_earlier_push_is_given_to_the_only_device_and_else_to_none(phone, db):
    ways.switch_on_push(vault=phone.vault, endpoint=f"{ENDPOINT}one", language="en")
    migration = import_module("afterglow.reminders.migrations.0002_channel_device")
    migration.name_the_only_device(apps, None)
    assert of(phone.vault) == {phone.device.id}
    Channel.objects.update(device=None)
    devices.add(phone.vault.keys, bytes(32), platform="android")
    migration.name_the_only_device(apps, None)
    assert of(phone.vault) == {None}
    assert new_person("bob").owner not in of(phone.vault)
