"""New keys for a whole vault: nothing kept is lost, every old way in is shut, and it happens at once or not at all."""

import pytest
from django.apps import apps
from tests.conftest import PASSPHRASE, new_person, open_client
from tests.vault.test_grants import entry, give, meet, opened

from afterglow.accounts import services
from afterglow.core.crypto import v1
from afterglow.journal.documents import Entry
from afterglow.vault import doors, drafts, records, renewal, staging, unlock, waiting
from afterglow.vault.models import Record, SessionBox, Unlocker
from afterglow.vault.open_vault import OpenVault
from afterglow.vault.records import StaleKeys, VaultDamaged

NEW = "harbour violet engine plate under cloud"


@pytest.fixture
def keys(db):
    keys = new_person("alice")
    unlock.change_passphrase(keys, PASSPHRASE)
    return keys


@pytest.fixture
def vault(keys):
    return open_client(keys).vault


def renewed(vault, old=PASSPHRASE):
    return services.renew_keys(vault=vault, old=old, new=NEW)


def test_everything_kept_opens_under_the_new_keys_with_its_history(vault):
    kept = vault.put(entry("the first words"))
    vault.put(entry("the second words"), record=kept.id, base_rev=kept.rev)
    gone = vault.put(entry("let go"))
    vault.delete(gone.id)
    after = renewed(vault).vault
    assert after.get(Entry, kept.id).document.text == "the second words"
    told = [stored.document.text for stored in after.history(Entry, kept.id)]
    assert told == ["the second words", "the first words"]
    assert [change.id for change in after.changes_since(0) if change.kind is None] == [gone.id]
    assert after.keys.epoch == vault.keys.epoch + 1


def test_every_old_way_in_is_shut(vault, keys):
    code = v1.new_recovery_code()
    unlock.set_recovery_code(keys, code)
    other = open_client(keys)
    renewed(vault)
    with pytest.raises(unlock.WrongKey):
        unlock.open_with_passphrase(keys.owner, PASSPHRASE)
    with pytest.raises(unlock.WrongKey):
        unlock.open_with_recovery_code(keys.owner, code)
    assert other.get("/today/").status_code == 423
    assert unlock.open_with_passphrase(keys.owner, NEW).keys.epoch == keys.epoch + 1
    assert list(Unlocker.objects.filter(owner=keys.owner).values_list("kind", flat=True)) == [
        "passphrase"
    ]


def test_the_old_keys_open_no_row_of_now(vault, keys):
    vault.put(entry("before"))
    after = renewed(vault).vault
    after.put(entry("after"))
    for row in Record.objects.filter(owner=keys.owner).exclude(tags=b""):
        with pytest.raises(v1.NotOpened):
            records.open_head(keys, row)
    with pytest.raises(v1.NotOpened):
        records.Ledger(records.Keys.of(keys.owner, keys.epoch + 1, keys.vault_key))


def test_words_that_are_not_finished_are_not_lost(vault, keys):
    vault.keep_draft("entry new", {"text": "half a sentence"})
    batch = staging.stage(vault, [b"one", b"two"])
    waiting.take_in(keys.owner, waiting.WaitingForm("/write/", [("text", "came late")]))
    after = renewed(vault).vault
    assert after.draft("entry new") == {"text": "half a sentence"}
    assert list(staging.staged(after, batch)) == [(0, b"one"), (1, b"two")]
    assert waiting.items(after)[0].form.fields == [("text", "came late")]


def test_a_draft_whose_form_is_not_known_goes_and_stops_nothing(vault):
    vault.keep_draft("entry new", {"text": "from an earlier version"})
    drafts.Draft.objects.filter(owner=vault.owner).update(sealed_name=b"")
    assert renewed(vault).vault.draft("entry new") == {}


def test_what_is_shared_goes_on_being_read(vault, bob):
    shown = vault.put(entry("shown to Bob"))
    meet(vault, bob.vault)
    grant = give(vault, bob.vault, [shown.id])
    after = renewed(vault).vault
    assert opened(bob.vault, grant).get(Entry, shown.id).document.text == "shown to Bob"
    later = after.put(entry("shown to Bob, told anew"), record=shown.id, base_rev=shown.rev)
    services.hooks.after_change(after, after.changes_since(later.change - 1))
    assert after.get(Entry, shown.id).document.text == "shown to Bob, told anew"


def test_a_wrong_passphrase_changes_nothing(vault, keys):
    assert renewed(vault, old="not the right words at all") is None
    assert unlock.open_with_passphrase(keys.owner, PASSPHRASE).keys.epoch == keys.epoch


def test_a_vault_that_was_changed_from_outside_keeps_its_old_keys(vault, keys):
    kept = vault.put(entry("kept"))
    Record.objects.filter(record=kept.id).update(dek_wrap=bytes(60))
    with pytest.raises(VaultDamaged):
        renewed(vault)
    assert unlock.open_with_passphrase(keys.owner, PASSPHRASE).keys.epoch == keys.epoch


def test_a_break_in_the_middle_leaves_everything_as_it_was(vault, keys, monkeypatch):
    kept = vault.put(entry("kept"))

    def break_off(*_):
        raise OSError("no space left")

    monkeypatch.setattr(renewal, "_STEPS", (*renewal._STEPS, break_off))
    with pytest.raises(OSError, match="no space"):
        renewed(vault)
    _door, same = doors.open_door(unlock.open_with_passphrase(keys.owner, PASSPHRASE).keys)
    assert same.get(Entry, kept.id).document.text == "kept"
    assert SessionBox.objects.filter(owner=keys.owner, box__isnull=False).count() == 2


def test_every_table_of_the_vault_says_what_new_keys_mean_for_it():
    said = renewal.SEALED_ANEW | renewal.GONE_WITH_THE_OLD_KEYS | renewal.WITHOUT_VAULT_KEYS
    assert set(apps.get_app_config("vault").get_models()) == said


def test_the_page_makes_new_keys_and_leads_to_the_new_code(keys):
    client = open_client(keys)
    kept = client.vault.put(entry("before"))
    wrong = client.post("/settings/new-keys/", {"old": "no no no no no no no", "passphrase": NEW})
    assert "not the passphrase" in wrong.content.decode()
    answer = client.post("/settings/new-keys/", {"old": PASSPHRASE, "passphrase": NEW})
    assert answer["Location"] == "/recovery/"
    assert client.get("/recovery/").status_code == 200
    assert "before" in client.get(f"/entries/{kept.id}/").content.decode()


def test_a_session_of_the_old_keys_cannot_write(vault):
    renewed(vault)
    with pytest.raises(StaleKeys):
        vault.put(entry("late"))


def test_a_form_that_was_on_its_way_while_the_keys_changed_waits_behind_the_door(keys, monkeypatch):
    client = open_client(keys)
    put = OpenVault.put

    def renew_first(vault, *args, **kwargs):
        monkeypatch.setattr(OpenVault, "put", put)
        renewed(vault)
        return put(vault, *args, **kwargs)

    monkeypatch.setattr(OpenVault, "put", renew_first)
    answer = client.post("/write/", {"text": "on its way", "day": "2026-01-06"})
    assert answer.status_code == 423
    again = services.open_by_passphrase(name="alice", passphrase=NEW, address="here").vault
    assert ("text", "on its way") in waiting.items(again)[0].form.fields
