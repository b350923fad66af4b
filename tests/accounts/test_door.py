"""Beginning, opening, locking, recovering: as a browser does it, with the real passphrase step."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, connections
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from tests.conftest import PASSPHRASE, Browser, new_person

from afterglow.accounts import queries, services
from afterglow.core.crypto import v1
from afterglow.journal.documents import Entry
from afterglow.vault import (
    doors,
    memory_half,
    opened,
    records,
    sweeper,
    throttle,
    unlock,
    waiting,
)
from afterglow.vault.grants import giving
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE
from afterglow.vault.models import Attempt, Record, SessionBox, Unlocker

BEGIN = {"passphrase": PASSPHRASE, "kept": "on", "name": ""}


@pytest.fixture
def begun(stranger):
    answer = stranger.post("/begin/", BEGIN)
    assert answer.status_code == 302
    return stranger


def test_beginning_opens_a_vault_and_shows_the_four_doors(begun):
    answer = begun.get("/doors/")
    assert answer.status_code == 200
    assert "I just came home" in answer.content.decode()


def test_the_name_and_the_passphrase_are_nowhere_in_the_database(begun):
    stored = b"".join(bytes(row.sealed) + bytes(row.salt) for row in Unlocker.objects.all())
    assert PASSPHRASE.encode() not in stored


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaaaaaaaaaaaaaa", "123456789012345678"])
def test_a_weak_passphrase_is_refused_kindly_and_makes_no_vault(stranger, weak, db):
    answer = stranger.post("/begin/", BEGIN | {"passphrase": weak})
    assert answer.status_code == 200
    assert "Nothing you typed is lost" in answer.content.decode()
    assert not Unlocker.objects.exists()


def test_the_right_passphrase_opens_and_a_wrong_one_does_not(begun):
    begun.post("/lock/")
    assert begun.get("/today/").status_code == 423
    wrong = begun.post("/open/", {"passphrase": "not it at all, sorry"})
    assert "did not open" in wrong.content.decode()
    right = begun.post("/open/", {"passphrase": PASSPHRASE})
    assert right.status_code == 302
    assert begun.get("/today/").status_code == 200


def test_many_wrong_tries_bring_a_wait(begun, monkeypatch):
    begun.post("/lock/")
    monkeypatch.setattr(unlock, "_derive", lambda *_: bytes(32))
    for _ in range(7):
        answer = begun.post("/open/", {"passphrase": "no no no no no no"})
    assert "Please wait" in answer.content.decode()
    assert all(len(bytes(row.key)) == 32 for row in Attempt.objects.all())


def test_a_vault_locks_by_itself_after_fifteen_idle_minutes(alice):
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert alice.get("/today/").status_code == 423
    assert SessionBox.objects.get().box is None


def test_guesses_sent_side_by_side_count_one_by_one(db, monkeypatch):
    get_or_create = Attempt.objects.get_or_create

    def and_another_guess(**fields):
        found = get_or_create(**fields)
        Attempt.objects.update(failures=F("failures") + 1)
        return found

    throttle.note_failure("somebody")
    monkeypatch.setattr(Attempt.objects, "get_or_create", and_another_guess)
    throttle.note_failure("somebody")
    assert Attempt.objects.get().failures == 3


def test_whoever_finds_a_vault_open_cannot_guess_its_passphrase_at_leisure(begun, monkeypatch):
    monkeypatch.setattr(unlock, "_derive", lambda *_: bytes(32))
    change = "/settings/passphrase/"
    sent = {"old": "no no no no no no", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    for _ in range(6):
        assert "not the passphrase" in begun.post(change, sent).content.decode()
    answer = begun.post(change, sent)
    assert answer.status_code == 429
    assert "Please wait" in answer.content.decode()


def test_trouble_does_not_end_the_timer_that_locks(alice, monkeypatch, caplog):
    ended = []

    def no_database():
        raise OperationalError

    monkeypatch.setattr(doors, "sweep", no_database)
    monkeypatch.setattr(giving, "end_those_due", ended.append)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    sweeper.once()
    assert len(ended) == 1
    assert "what has ended was not swept" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_rows_are_checked_in_one_transaction(monkeypatch):
    checked = []
    keys = new_person("alice")
    check = records.check_manifest
    monkeypatch.setattr(
        records,
        "check_manifest",
        lambda keys: checked.append(connection.in_atomic_block) or check(keys),
    )
    doors.open_door(keys)
    assert checked == [True]


def test_the_sweeper_drops_what_is_opened_after_a_lock(alice):
    SessionBox.objects.update(box=None)
    doors.sweep()
    assert list(opened.held_sessions()) == []


def test_a_restart_locks_everything(alice, monkeypatch):
    opened.drop_all()
    monkeypatch.setattr(memory_half, "MEMORY_HALF", bytes(32))
    assert alice.get("/today/").status_code == 423


def test_cookies_and_database_together_open_nothing(alice, monkeypatch):
    """The steal drill: all that lies on disk, and the browser's cookies, but not the process's memory."""
    alice.vault.put(Entry(written=_now(), text="stolen"))
    opened.drop_all()
    monkeypatch.setattr(memory_half, "MEMORY_HALF", b"another process".ljust(32, b"."))
    half = alice.cookies[HALF_COOKIE].value
    assert doors.enter(alice.cookies[SESSION_COOKIE].value, half) is None
    assert b"stolen" not in b"".join(bytes(row.body) for row in Record.objects.all())


def _now():
    from afterglow.core.days import moment

    return moment(timezone.now(), "UTC")


def test_with_the_passphrase_a_stolen_copy_opens(begun):
    account = queries.account_named("")
    assert unlock.open_with_passphrase(account.id, PASSPHRASE).keys.owner == account.id


def test_the_recovery_code_is_confirmed_by_two_groups_and_then_opens(begun):
    vault = doors.enter(begun.cookies[SESSION_COOKIE].value, begun.cookies[HALF_COOKIE].value)
    code = services.pending_recovery_code(vault)
    groups = code.split("-")
    assert not services.confirm_recovery_code(
        vault=vault, second_group="XXXX", last_group=groups[-1]
    )
    begun.post("/recovery/", {"second": groups[1].lower(), "last": groups[-1]})
    assert not queries.recovery_is_missing(vault)
    assert unlock.open_with_recovery_code(vault.owner, code).keys.vault_key == vault.keys.vault_key


def test_every_page_says_that_the_code_is_still_to_come(begun):
    assert "recovery code" in begun.get("/today/").content.decode()


def test_from_the_second_visit_on_the_code_comes_first_and_the_words_wait(begun):
    begun.post("/lock/")
    begun.post("/open/", {"passphrase": PASSPHRASE})
    answer = begun.post("/check-in/", {"level": "5"})
    assert answer["Location"] == "/recovery/"
    vault = doors.enter(begun.cookies[SESSION_COOKIE].value, begun.cookies[HALF_COOKIE].value)
    assert waiting.items(vault)[0].form.fields == [("level", "5")]


def shut(person):
    """Her browser after the lock: it still shows whose page it was."""
    doors.lock(person.vault)
    return person


def test_of_a_form_with_a_file_that_comes_to_the_shut_door_the_words_wait_and_the_page_says_so(
    alice,
):
    file = SimpleUploadedFile("p.jpg", b"a photo", content_type="image/jpeg")
    answer = shut(alice).post("/capture/photo/", {"photo": file, "text": "by the river"})
    assert answer.status_code == 423
    page = answer.content.decode()
    assert "Your words are kept, sealed" in page
    assert "The file that came with them could not be kept" in page
    assert "What you just sent is kept" not in page
    _door, vault = doors.open_door(alice.vault.keys)
    assert waiting.items(vault)[0].form.fields == [("text", "by the river")]


def test_of_a_form_without_a_file_all_waits_and_the_page_says_so(alice):
    page = shut(alice).post("/capture/poem/", {"text": "a line"}).content.decode()
    assert "What you just sent is kept, sealed" in page
    assert "The file that came with them" not in page


def with_an_old_page(person):
    """Her browser with a page of which the form's own key is not right any more."""
    client = Browser(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.cookies = person.cookies
    return client


SECRET = "otter lantern quiet marble seven plum and more"
SECRETS = {"passphrase": SECRET, "old": SECRET, "again": SECRET, "offered": SECRET, "code": SECRET}


def test_what_shows_who_somebody_is_never_waits_at_the_shut_door(alice):
    shut(alice).post("/write/", SECRETS | {"text": "words"})
    _door, vault = doors.open_door(alice.vault.keys)
    assert waiting.items(vault)[0].form.fields == [("text", "words")]


def test_what_shows_who_somebody_is_is_never_shown_on_a_page_that_was_open_too_long(alice):
    words = "These words were typed on an old page."
    answer = with_an_old_page(alice).post("/write/", SECRETS | {"text": words})
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_the_words_that_lock_an_export_wait_nowhere_and_are_shown_nowhere(begun, alice):
    words = {"passphrase": SECRET, "again": SECRET, "anything": SECRET}
    begun.post("/lock/")
    begun.post("/open/", {"passphrase": PASSPHRASE})
    export = reverse("transfer:export")
    assert begun.post(export, words)["Location"] == "/recovery/"
    vault = doors.enter(begun.cookies[SESSION_COOKIE].value, begun.cookies[HALF_COOKIE].value)
    assert waiting.count(vault) == 0
    answer = with_an_old_page(alice).post(export, words)
    assert answer.status_code == 403
    assert SECRET not in answer.content.decode()


def test_what_waits_goes_by_its_id_and_an_odd_one_is_refused_kindly(alice):
    form = waiting.WaitingForm(path="/write/", fields=[("text", "words")])
    waiting.take_in(alice.vault.owner, form)
    (item,) = waiting.items(alice.vault)
    assert alice.post("/waiting/let-go/", {"item": "no id"}).status_code == 404
    day = timezone.now().date().isoformat()
    kept = alice.post("/write/", {"text": "words", "day": day, "_waiting": "no id"})
    assert (kept.status_code, waiting.count(alice.vault)) == (302, 1)
    alice.post("/write/", {"text": "", "_waiting": str(item.id)})
    assert waiting.count(alice.vault) == 1
    alice.post("/waiting/let-go/", {"item": str(item.id)})
    assert waiting.count(alice.vault) == 0


def test_a_code_that_opens_a_damaged_vault_says_so(begun):
    vault = doors.enter(begun.cookies[SESSION_COOKIE].value, begun.cookies[HALF_COOKIE].value)
    code = v1.new_recovery_code()
    unlock.set_recovery_code(vault.keys, code)
    vault.put(Entry(written=_now(), text="gone"))
    begun.post("/lock/")
    Record.objects.all().delete()
    new = "a heron by the slow canal"
    answer = begun.post("/recover/", {"code": code, "passphrase": new})
    assert "nothing was opened" in answer.content.decode()
    assert "your new passphrase is set" in answer.content.decode()
    assert unlock.open_with_passphrase(vault.owner, new)


def test_a_lost_passphrase_is_replaced_with_the_code(begun):
    vault = doors.enter(begun.cookies[SESSION_COOKIE].value, begun.cookies[HALF_COOKIE].value)
    code = v1.new_recovery_code()
    unlock.set_recovery_code(vault.keys, code)
    begun.post("/lock/")
    new = "a heron by the slow canal"
    assert begun.post("/recover/", {"code": code, "passphrase": new}).status_code == 302
    with pytest.raises(unlock.WrongKey):
        unlock.open_with_passphrase(vault.owner, PASSPHRASE)
    assert unlock.open_with_passphrase(vault.owner, new)


def test_a_form_sent_to_a_door_that_has_closed_waits_behind_it(alice):
    doors.lock(alice.vault)
    answer = alice.post("/check-in/", {"level": "7", "_x": "1"})
    assert answer.status_code == 423
    assert "waits for you" in answer.content.decode()
    (item,) = waiting.items(alice.vault)
    assert (item.form.path, dict(item.form.fields)["level"]) == ("/check-in/", "7")


def test_a_stranger_leaves_nothing_behind_a_closed_door(alice, stranger):
    doors.lock(alice.vault)
    answer = stranger.post("/check-in/", {"level": "7"})
    assert "waits for you" not in answer.content.decode()
    assert waiting.count(alice.vault) == 0


def test_leaving_locks_and_goes_elsewhere(alice):
    answer = alice.post("/leave/", follow=True)
    assert "wikipedia" in answer.content.decode()
    assert alice.get("/today/").status_code == 423


def test_deleting_everything_needs_the_passphrase_and_leaves_no_row(begun):
    refused = begun.post(
        "/settings/delete-everything/", {"passphrase": "wrong wrong wrong", "sure": "on"}
    )
    assert refused.status_code == 200
    assert Unlocker.objects.exists()
    done = begun.post("/settings/delete-everything/", {"passphrase": PASSPHRASE, "sure": "on"})
    assert "Everything is deleted" in done.content.decode()
    assert not Unlocker.objects.exists()
    assert not Record.objects.exists()


def test_own_lines_show_before_unlocking_only_when_chosen(alice, stranger):
    assert "Call Wren" not in stranger.get("/help/").content.decode()
    alice.post("/settings/at-the-door/", {"text": "Call Wren"})
    assert "Call Wren" in stranger.get("/help/").content.decode()
    alice.post("/settings/at-the-door/", {"text": ""})
    assert "Call Wren" not in stranger.get("/help/").content.decode()


ASKED = "Do you still have your recovery code?"


def seen_days_ago(vault, days, **more):
    day = (timezone.now() - timedelta(days=days)).date().isoformat()
    services.keep_preferences(vault=vault, recovery_seen_on=day, **more)


@pytest.mark.parametrize(
    ("days", "asks", "asked"), [(29, 0, False), (31, 0, True), (300, 1, False), (366, 1, True)]
)
def test_the_recovery_code_is_asked_for_after_a_month_and_then_yearly(alice, days, asks, asked):
    seen_days_ago(alice.vault, days, recovery_asks=asks)
    assert (ASKED in alice.get("/today/").content.decode()) is asked


def test_who_still_has_the_code_is_left_in_peace(alice):
    seen_days_ago(alice.vault, 31)
    assert ASKED not in alice.get("/plan/").content.decode()
    alice.post("/recovery/have/")
    assert ASKED not in alice.get("/today/").content.decode()
    assert queries.preferences(alice.vault).recovery_asks == 1


def test_nobody_is_asked_for_the_code_on_a_hard_day(alice):
    seen_days_ago(alice.vault, 31)
    alice.post("/today/say/", {"word": "hard"})
    assert ASKED not in alice.get("/today/").content.decode()
