"""The pages of a reminded check-in, a shared appointment, a device that goes and a certificate left behind, in three looks."""

import dataclasses
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.conftest import new_person
from tests.e2e.looking import findings_in_every_look, opened
from tests.sharing.cast import befriend, give
from tests.sharing.pair import meet

from afterglow.core.days import moment
from afterglow.network import services as network
from afterglow.plans.documents import Appointment
from afterglow.reminders.services import ways
from afterglow.serving import names, reach
from afterglow.sharing.partner import services as partner
from afterglow.vault import devices

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(settings, tmp_path):
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, home=tmp_path)
    settings.REACH = reach.Current(tmp_path)
    settings.ALLOWED_HOSTS = names.OurNames(settings.REACH)


def lived(vault, other):
    """Reminders are on, a check-in comes, an appointment is shared, and another device was let in."""
    now = moment(timezone.now(), "UTC")
    meet(vault, other)
    ways.keep_plan(vault=vault, rhythm="weekly", in_page=True, chosen=now)
    ways.switch_on_calendar(vault=vault, language="en")
    in_three_days = now.day + timedelta(days=3)
    partner.agree(
        vault=vault, to=other.owner, points=("1w",), own_days=(in_three_days,), today=now.day
    )
    for day, words in (
        (now.day + timedelta(days=2), "The bad nights"),
        (now.day - timedelta(days=30), "How long"),
    ):
        vault.put(
            Appointment(day=day, clock="10:15", who="Dr. Who", to_ask=words, held=day < now.day)
        )
    return devices.add(vault.keys, bytes(32), platform="android")


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_pages_read_well_on_a_phone(new_page, sign_in, home, language):
    mine, theirs = new_page(locale=language), new_page(locale=language)
    alice, bea = sign_in(mine), sign_in(theirs, new_person("bea"))
    phone = lived(alice, bea)
    network.switch_on_authority(vault=alice, host="desk.local", port=8760)
    give(alice, bea, scopes=("appointments",))
    helper = reverse("sharing:helpers")
    found = []
    own = ["reminders:reminders", "accounts:delete_everything", "network:phone"]
    for page, paths in (
        (mine, [*map(reverse, own), helper, reverse("accounts:remove_device", args=[phone.id])]),
        (theirs, [reverse("partner:people"), reverse("partner:person", args=[alice.owner])]),
    ):
        found += [each for _ in opened(page, paths) for each in findings_in_every_look(page)]
    network.leave_behind()
    theirs.goto(reverse("network:phone"))
    found += findings_in_every_look(theirs)
    assert theirs.locator(".notice.warm").count() == 1
    assert found == []


def test_appointments_are_chosen_looked_at_and_read(new_page, sign_in):
    mine, theirs = new_page(), new_page()
    alice, bea = sign_in(mine), sign_in(theirs, new_person("bea"))
    record = befriend(alice, bea)
    day = timezone.now().date() + timedelta(days=2)
    alice.put(
        Appointment(day=day, clock="10:15", who="Dr. Who", to_ask="The bad nights", notes="Mine")
    )
    mine.goto(reverse("sharing:choose", args=[record]))
    mine.check("[name=scopes][value=appointments]")
    mine.locator("main form button.main").click()
    section = mine.locator("main section")
    section.wait_for()
    seen = section.inner_text()
    assert "The bad nights" in seen
    mine.locator("button[value=give]").click()
    mine.wait_for_url(lambda url: "choose" not in url)
    theirs.goto(reverse("partner:person", args=[alice.owner]))
    text = theirs.locator("main").inner_text()
    assert "The bad nights" in text
    assert "Dr. Who" not in text + seen
    assert "Mine" not in text + seen
