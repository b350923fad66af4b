"""The pages of reminders: off at first, each way says what it reveals, and one tap stops it."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from afterglow.config.env import read
from afterglow.core.content import reminder_words
from afterglow.core.days import zone_named
from afterglow.reminders import queries
from afterglow.reminders.models import Channel, Due
from afterglow.vault import devices

TIMES = {
    "first": "10:07",
    "second": "",
    "rhythm": "daily",
    "quiet_from": "21:00",
    "quiet_to": "08:00",
}
ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/abc"


def test_everything_is_off_at_first(alice):
    shown = alice.get(reverse("reminders:reminders")).content.decode()
    assert "Stop all" not in shown
    assert not queries.ways(alice.vault).any


def test_times_are_kept_on_the_quarter_hour(alice):
    assert alice.post(reverse("reminders:reminders"), TIMES).status_code == 302
    assert queries.plan(alice.vault).times == ("10:00",)


def test_a_time_in_the_quiet_hours_is_asked_about_and_not_lost(alice):
    shown = alice.post(reverse("reminders:reminders"), TIMES | {"first": "22:10"}).content.decode()
    assert "quiet hours" in shown
    assert "22:10" in shown
    assert queries.plan(alice.vault).chosen is None


@pytest.mark.parametrize("kind", ["mail", "calendar", "push"])
def test_each_way_says_what_it_reveals_and_to_whom(alice, kind):
    shown = alice.get(reverse(f"reminders:{kind}")).content.decode()
    assert "What it reveals, and to whom" in shown


def test_mail_that_is_not_set_up_says_so_and_keeps_no_address(alice):
    shown = alice.post(reverse("reminders:mail"), {"address": "a@example.org"}).content.decode()
    assert "cannot send mail yet" in shown
    assert not Channel.objects.exists()


def test_mail_on_and_off(alice, settings):
    settings.MAIL = read(
        {"AFTERGLOW_MAIL_URL": "smtps://m.example", "AFTERGLOW_MAIL_FROM": "a@b.c"}
    ).mail
    page = reverse("reminders:mail")
    alice.post(page, {"address": "a@example.org"})
    assert "are on" in alice.get(page).content.decode()
    assert Due.objects.exists()
    alice.post(reverse("reminders:switch_off", args=["mail"]))
    assert not Due.objects.exists()
    assert queries.plan(alice.vault).mail == ""


def test_the_calendar_is_neutral_secret_and_revocable(alice, stranger):
    alice.post(reverse("reminders:reminders"), TIMES)
    alice.post(reverse("reminders:calendar"))
    first = reverse("reminders:feed", args=[queries.plan(alice.vault).calendar])
    read_by_anybody = stranger.get(first)
    text = read_by_anybody.content.decode()
    assert read_by_anybody["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") >= 13
    assert "fterglow" not in text
    alice.post(reverse("reminders:calendar"))
    assert stranger.get(first).status_code == 404, "a new address stops the old one"
    second = reverse("reminders:feed", args=[queries.plan(alice.vault).calendar])
    assert stranger.get(second).status_code == 200
    alice.post(reverse("reminders:switch_off", args=["calendar"]))
    assert stranger.get(second).status_code == 404


def test_a_device_is_kept_once_and_only_at_a_known_push_service(alice):
    page = reverse("reminders:push")
    assert alice.post(page, {"endpoint": "https://evil.example/x"}).status_code == 200
    for _ in range(2):
        assert alice.post(page, {"endpoint": ENDPOINT}).status_code == 302
    assert Channel.objects.filter(kind="push").count() == 1


def test_a_listed_device_has_one_push_however_often_its_browser_changes_the_address(alice):
    page = reverse("reminders:push")
    alice.cookies[devices.COOKIE] = "ab" * 32
    own = devices.add(alice.vault.keys, devices.hash_of("ab" * 32), platform="android")
    for end in ("one", "two"):
        alice.post(page, {"endpoint": f"{ENDPOINT}{end}"})
    assert [row.device for row in Channel.objects.filter(kind="push")] == [own.id]


def test_one_tap_stops_all(alice):
    alice.post(reverse("reminders:reminders"), TIMES | {"in_page": "on"})
    alice.post(reverse("reminders:calendar"))
    alice.post(reverse("reminders:push"), {"endpoint": ENDPOINT})
    assert queries.ways(alice.vault).any
    alice.post(reverse("reminders:stop_all"))
    assert not queries.ways(alice.vault).any
    assert not Due.objects.exists()


def test_bob_cannot_stop_what_is_alices(alice, bob):
    alice.post(reverse("reminders:calendar"))
    bob.post(reverse("reminders:stop_all"))
    assert queries.ways(alice.vault).calendar


def test_the_worker_says_one_fixed_sentence(stranger):
    answer = stranger.get("/sw.js", HTTP_ACCEPT_LANGUAGE="de")
    assert answer["Content-Type"] == "text/javascript"
    says = next(word.text for word in reminder_words("de") if word.use == "push")
    assert says.split(",")[0] in answer.content.decode()


def test_sentences_name_nothing_in_either_language():
    for language in ("en", "de"):
        words = [word.text for word in reminder_words(language)]
        assert len(set(words)) >= 8
        text = " ".join(words).casefold()
        assert not any(
            name in text for name in ("afterglow", "ketamin", "sitting", "sitzung", "mood")
        )


def test_settings_lead_there(alice):
    assert (
        reverse("reminders:reminders") in alice.get(reverse("accounts:settings")).content.decode()
    )


def test_today_shows_the_line_for_a_while_after_its_time_and_only_if_asked(alice):
    keep = reverse("reminders:reminders")
    alice.post(keep, TIMES | {"in_page": "on"})
    zone = zone_named(queries.plan(alice.vault).chosen.zone)
    at = datetime(2030, 5, 10, 10, 30, tzinfo=zone)
    line = queries.in_page(alice.vault, at, "en")
    assert line in {word.text for word in reminder_words() if word.use == "sentence"}
    assert queries.in_page(alice.vault, at + timedelta(hours=6), "en") == ""
    alice.post(keep, TIMES)
    assert queries.in_page(alice.vault, at, "en") == ""


def test_the_line_stands_on_today(alice, monkeypatch):
    monkeypatch.setattr(queries, "in_page", lambda vault, now, language: "A quiet minute.")
    assert "A quiet minute." in alice.get(reverse("companion:today")).content.decode()
