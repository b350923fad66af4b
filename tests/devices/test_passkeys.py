"""Passkeys with real keys and signatures: what opens, what only confirms, and everything that is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from afterglow.journal.documents import Entry
from afterglow.vault import confirm, devices, unlock
from afterglow.vault.models import Challenge, Manifest, SessionBox, Unlocker
from tests.conftest import PASSPHRASE
from tests.devices.authenticator import PRESENT, Authenticator
from tests.devices.conftest import ORIGIN, DeviceBrowser


def passkeys():
    return Unlocker.objects.filter(kind="passkey")


def test_a_passkey_opens_the_vault_and_leads_back_to_the_same_place(phone):
    passkey = phone.add_passkey()
    assert phone.added.json()["opens"]
    phone.lock()
    assert phone.get("/plan/").status_code == 423
    answer = phone.open_with(passkey, next="/plan/")
    assert answer.json() == {"page": "/plan/"}
    assert phone.get("/plan/").status_code == 200


def test_the_door_offers_the_passkey_first_only_where_there_is_one(phone, stranger):
    phone.lock()
    assert "Open with this phone" not in phone.get("/open/").content.decode()
    phone.let_in(phone.vault.keys)
    phone.add_passkey()
    phone.lock()
    page = phone.get("/open/", headers={"user-agent": "Android"}).content.decode()
    assert page.index("Open with this phone") < page.index("Passphrase")
    assert "Open with this" not in stranger.get("/open/").content.decode()


def test_nobody_is_led_elsewhere_after_opening(phone):
    passkey = phone.add_passkey()
    phone.lock()
    answer = phone.open_with(passkey, next="https://elsewhere.example/")
    assert answer.json() == {"page": "/today/"}


def test_without_the_secret_a_passkey_confirms_but_never_opens(phone):
    passkey = phone.add_passkey(has_prf=False)
    assert phone.added.json()["opens"] is False
    assert phone.confirm_with(passkey).json() == {"word": "confirmed"}
    assert (
        "cannot open the vault by itself"
        in phone.get(f"/settings/devices/{phone.device.id}/").content.decode()
    )
    phone.lock()
    assert phone.ask("/passkey/ask-to-open/").status_code == 404


def test_the_salt_and_user_verification_are_always_asked_for(phone):
    made = phone.ask("/passkey/ask-to-add/").json()
    assert made["extensions"]["prf"]["eval"]["first"]
    assert made["authenticatorSelection"]["userVerification"] == "required"
    passkey = phone.add_passkey()
    asked = phone.ask("/passkey/ask-to-open/").json()
    assert asked["extensions"]["prf"]["eval"]["first"]
    assert list(asked["extensions"]["prf"]["evalByCredential"]) == [
        passkey.get(asked)["answer"]["id"]
    ]
    assert asked["userVerification"] == "required"


def test_a_passkey_that_did_not_look_at_the_person_is_refused(phone):
    passkey = phone.add_passkey()
    phone.lock()
    passkey.flags = PRESENT
    assert phone.open_with(passkey).status_code == 403
    assert phone.get("/today/").status_code == 423


@pytest.mark.parametrize(
    "bent",
    [{"origin": "https://elsewhere.example"}, {"site": "elsewhere.example"}, {"secret": bytes(32)}],
)
def test_another_origin_another_name_or_another_secret_opens_nothing(phone, bent):
    passkey = phone.add_passkey()
    phone.lock()
    for name, value in bent.items():
        setattr(passkey, name, value)
    assert phone.open_with(passkey).status_code == 403
    assert phone.get("/today/").status_code == 423


def test_an_answer_serves_once(phone):
    passkey = phone.add_passkey()
    phone.lock()
    answer = passkey.get(phone.ask("/passkey/ask-to-open/").json())
    assert phone.ask("/passkey/open/", answer).status_code == 200
    phone.ask("/lock/")
    assert phone.ask("/passkey/open/", answer).status_code == 403


def test_a_question_is_good_for_five_minutes(phone):
    passkey = phone.add_passkey()
    phone.lock()
    answer = passkey.get(phone.ask("/passkey/ask-to-open/").json())
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert phone.ask("/passkey/open/", answer).status_code == 403


def test_an_answer_to_one_question_is_none_to_another(phone):
    passkey = phone.add_passkey()
    to_open = passkey.get(phone.ask("/passkey/ask-to-open/").json())
    assert phone.ask("/passkey/confirm/", to_open).status_code == 403
    to_confirm = passkey.get(phone.ask("/passkey/ask-to-confirm/").json())
    phone.lock()
    assert phone.ask("/passkey/open/", to_confirm).status_code == 403


def test_another_persons_passkey_opens_nothing_here(phone, bobs_phone):
    phone.add_passkey()
    bobs = bobs_phone.add_passkey()
    phone.lock()
    assert phone.open_with(bobs).status_code == 403
    phone.let_in(phone.vault.keys)
    assert phone.confirm_with(bobs).status_code == 403


def test_a_passkey_of_another_browser_is_not_asked_for(phone, db):
    passkey = phone.add_passkey()
    other = DeviceBrowser(SERVER_NAME="localhost").let_in(phone.vault.keys)
    other.lock()
    assert other.ask("/passkey/ask-to-open/").status_code == 404
    answer = passkey.get(phone.ask("/passkey/ask-to-open/").json())
    assert other.ask("/passkey/open/", answer).status_code == 403


def test_a_passkey_belongs_to_the_name_it_was_made_at(phone, settings):
    phone.add_passkey()
    phone.lock()
    Unlocker.objects.filter(kind="passkey").update(site="afterglow.test")
    assert phone.ask("/passkey/ask-to-open/").status_code == 404


def test_rows_that_were_swapped_or_moved_open_nothing(phone, bobs_phone):
    passkey = phone.add_passkey()
    bobs_phone.add_passkey()
    mine, other = (
        passkeys().get(owner=phone.vault.owner),
        passkeys().get(owner=bobs_phone.vault.owner),
    )
    phone.lock()
    for column in ("sealed", "commitment", "salt", "public_key", "credential"):
        kept = getattr(mine, column)
        passkeys().filter(id=mine.id).update(**{column: getattr(other, column)})
        assert phone.open_with(passkey).status_code == 403, column
        passkeys().filter(id=mine.id).update(**{column: kept})
    passkeys().filter(id=mine.id).update(owner=other.owner)
    assert phone.open_with(passkey).status_code == 403
    passkeys().filter(id=mine.id).update(owner=mine.owner)
    assert phone.open_with(passkey).status_code == 200


def test_after_new_keys_an_old_passkey_opens_nothing(phone):
    passkey = phone.add_passkey()
    phone.lock()
    Manifest.objects.filter(owner=phone.vault.owner).update(epoch=2)
    assert phone.open_with(passkey).status_code == 403


def test_a_count_that_runs_back_is_noticed_and_opens_nothing(phone):
    passkey = phone.add_passkey()
    phone.lock()
    assert phone.open_with(passkey).status_code == 200
    phone.ask("/lock/")
    passkey.count -= 2
    answer = phone.open_with(passkey)
    assert (answer.status_code, answer.json()["word"]) == (403, "counted back")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"answer": {}}',
        b'{"answer": {"response": {"clientDataJSON": "e30"}}}',
        b"[" * 9000,
    ],
)
def test_nonsense_is_refused_quietly(phone, body):
    phone.add_passkey()
    for path in ("/passkey/open/", "/passkey/confirm/", "/passkey/add/"):
        answer = phone.post(path, body, content_type="application/json")
        assert answer.status_code == 403


def test_a_removed_device_can_not_open_by_its_passkey(phone):
    passkey = phone.add_passkey()
    answer = passkey.get(phone.ask("/passkey/ask-to-open/").json())
    devices.remove(phone.vault, phone.device.id)
    assert not passkeys().exists()
    assert phone.ask("/passkey/ask-to-open/").status_code == 404
    assert phone.ask("/passkey/open/", answer).status_code == 403


def test_a_passkey_can_be_taken_away_by_its_owner_only(phone, bobs_phone):
    phone.add_passkey()
    path = f"/settings/passkeys/{passkeys().get().id}/remove/"
    assert bobs_phone.post(path).status_code == 404
    assert phone.post(path).status_code == 302
    assert not passkeys().exists()


def test_a_passkey_is_never_the_only_way_in(phone):
    phone.add_passkey()
    kinds = set(Unlocker.objects.filter(owner=phone.vault.owner).values_list("kind", flat=True))
    assert "recovery" in kinds
    unlock.change_passphrase(phone.vault.keys, PASSPHRASE)
    assert unlock.open_with_passphrase(phone.vault.owner, PASSPHRASE)


def test_no_secret_of_a_passkey_lies_in_the_database(phone):
    passkey = phone.add_passkey()
    row, options = passkeys().get(), phone.ask("/passkey/ask-to-open/").json()
    held = b"".join(
        bytes(each) for each in (row.sealed, row.commitment, row.salt, row.public_key, row.label)
    )
    assert phone.vault.keys.vault_key not in held
    assert passkey.get(options)["secret"].encode() not in held
    assert not Challenge.objects.filter(id=options["challenge"].encode()).exists()


# Confirming


def test_a_passkeys_answer_serves_for_one_sensitive_act(phone):
    passkey = phone.add_passkey()
    assert not confirm.again(phone.vault, "")
    phone.confirm_with(passkey)
    assert confirm.again(phone.vault, "")
    assert not confirm.again(phone.vault, "")


def test_a_confirmation_ends_after_five_minutes(phone):
    phone.confirm_with(phone.add_passkey())
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        assert not confirm.again(phone.vault, "")


def test_a_confirmation_is_for_this_session_only(phone):
    passkey = phone.add_passkey()
    first = phone.vault
    phone.confirm_with(passkey)
    phone.let_in(phone.vault.keys)
    assert not confirm.again(phone.vault, "")
    assert confirm.again(first, "")


def test_the_passphrase_can_be_changed_after_a_confirmation(phone):
    passkey = phone.add_passkey()
    new = {"passphrase": "a heron by the slow canal", "old": ""}
    phone.post("/settings/passphrase/", new)
    assert not Unlocker.objects.filter(kind="passphrase").exists()
    phone.confirm_with(passkey)
    phone.post("/settings/passphrase/", new)
    assert unlock.open_with_passphrase(phone.vault.owner, new["passphrase"])


def test_a_new_recovery_code_in_place_of_a_kept_one_asks_who_is_there(phone):
    passkey = phone.add_passkey()
    refused = phone.post("/recovery/new/", {"passphrase": ""})
    assert "confirm with this device" in refused.content.decode()
    assert not phone.vault.draft("recovery code")
    phone.confirm_with(passkey)
    assert phone.post("/recovery/new/").status_code == 302
    assert phone.vault.draft("recovery code")


def test_deleting_everything_accepts_a_confirmation_too(phone):
    passkey = phone.add_passkey()
    phone.vault.put(Entry(written=_now(), text="to be gone"))
    phone.post("/settings/delete-everything/", {"sure": "on"})
    assert SessionBox.objects.filter(owner=phone.vault.owner).exists()
    phone.confirm_with(passkey)
    phone.post("/settings/delete-everything/", {"sure": "on"})
    assert not Unlocker.objects.filter(owner=phone.vault.owner).exists()


def test_a_wrong_passphrase_is_no_better_for_a_fresh_confirmation(phone):
    phone.confirm_with(phone.add_passkey())
    assert not confirm.again(phone.vault, "not it at all, sorry")


def test_a_new_passkey_needs_a_known_browser(alice):
    made = Authenticator(ORIGIN)
    assert alice.post("/passkey/ask-to-add/").status_code == 404
    assert made.count == 0


def _now():
    from afterglow.core.days import moment

    return moment(timezone.now(), "UTC")
