"""Keeping, changing, deleting documents in an open vault, and what a tampered table brings."""

from datetime import date
from typing import ClassVar

import pytest
from django.db import transaction

from afterglow.accounts.documents import Preferences
from afterglow.vault import doors, opened, records
from afterglow.vault.documents import _KINDS, Document, Unread, register
from afterglow.vault.models import Draft, Record
from afterglow.vault.open_vault import Conflict, NotHere, OpenVault


class Note(Document, frozen=True, kw_only=True):
    kind: ClassVar[str] = "test-note"
    in_body: ClassVar[frozenset[str]] = frozenset({"text"})

    day: date
    text: str = ""


register(Note)
DAY = date(2026, 3, 4)


def reopened(vault: OpenVault) -> OpenVault:
    opened.drop_all()
    state = opened.opened_for(vault.keys, vault.session)
    state.refresh()
    return OpenVault(state, vault.session)


def test_what_is_kept_is_read_back_after_a_new_unlock(vault):
    kept = vault.put(Note(day=DAY, text="the green door"))
    again = reopened(vault).get(Note, kept.id)
    assert again.document == Note(day=DAY, text="the green door")


def test_a_list_does_not_open_bodies(vault):
    vault.put(Note(day=DAY, text="long"))
    assert [head.document.text for head in vault.heads(Note)] == [""]
    assert [stored.document.text for stored in vault.all(Note)] == ["long"]


def test_the_table_holds_no_word_of_it(vault):
    vault.put(Note(day=DAY, text="peppermint"))
    row = Record.objects.get(current=True)
    assert b"peppermint" not in bytes(row.head) + bytes(row.body)
    assert b"2026" not in bytes(row.head)


def test_history_keeps_earlier_revisions_until_cleared(vault):
    first = vault.put(Note(day=DAY, text="one"))
    vault.put(Note(day=DAY, text="two"), record=first.id, base_rev=first.rev)
    assert [stored.document.text for stored in vault.history(Note, first.id)] == ["two", "one"]
    assert vault.clear_history(first.id) == 1
    assert [stored.document.text for stored in vault.history(Note, first.id)] == ["two"]
    records.check_manifest(vault.keys)


def test_a_stale_change_keeps_both_and_says_so(vault):
    first = vault.put(Note(day=DAY, text="one"))
    vault.put(Note(day=DAY, text="from the phone"), record=first.id, base_rev=first.rev)
    answer = vault.put(Note(day=DAY, text="from the desk"), record=first.id, base_rev=first.rev)
    assert isinstance(answer, Conflict)
    texts = {stored.document.text for stored in vault.history(Note, first.id)}
    assert texts == {"one", "from the phone", "from the desk"}


def test_deleting_removes_every_revision_and_leaves_an_empty_row(vault):
    first = vault.put(Note(day=DAY, text="one"))
    vault.put(Note(day=DAY, text="two"), record=first.id, base_rev=first.rev)
    vault.delete(first.id)
    (row,) = Record.objects.filter(record=first.id)
    assert (bytes(row.head), bytes(row.body), bytes(row.tags)) == (b"", b"", b"")
    with pytest.raises(NotHere):
        reopened(vault).get(Note, first.id)
    assert vault.changes_since(first.change)[-1].kind is None


def test_a_draft_is_sealed_and_goes_with_the_kept_entry(vault):
    vault.keep_draft("write", {"text": "half a sen"})
    assert b"half a sen" not in bytes(Draft.objects.get().sealed)
    assert vault.draft("write") == {"text": "half a sen"}
    vault.put(Note(day=DAY, text="half a sentence"), draft="write")
    assert vault.draft("write") == {}


def test_a_failed_change_leaves_nothing_in_memory(vault):
    with pytest.raises(RuntimeError), vault.together():
        vault.put(Note(day=DAY, text="never"))
        raise RuntimeError
    assert vault.heads(Note) == []
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda row: Record.objects.filter(pk=row.pk).delete(),
        lambda row: Record.objects.filter(pk=row.pk).update(rev=row.rev + 1),
        lambda row: Record.objects.filter(pk=row.pk).update(tags=bytes(32)),
        lambda row: Record.objects.filter(pk=row.pk).update(dek_wrap=bytes(60)),
        lambda row: Record.objects.filter(pk=row.pk).update(current=False),
        lambda row: Record(
            owner=row.owner, record=row.record, rev=9, change=99, epoch=1, tags=bytes(32)
        ).save(),
    ],
    ids=["deleted", "renumbered", "tags", "key", "hidden", "planted"],
)
def test_a_tampered_row_is_found_at_unlock(vault, tamper):
    vault.put(Note(day=DAY, text="one"))
    tamper(Record.objects.get())
    with pytest.raises(records.VaultDamaged):
        doors.open_door(vault.keys)


def test_an_older_revision_cannot_be_replayed(vault):
    first = vault.put(Note(day=DAY, text="one"))
    old = Record.objects.get()
    vault.put(Note(day=DAY, text="two"), record=first.id, base_rev=first.rev)
    with transaction.atomic():
        Record.objects.filter(rev=2).update(
            head=bytes(old.head),
            body=bytes(old.body),
            dek_wrap=bytes(old.dek_wrap),
            tags=bytes(old.tags),
        )
    with pytest.raises(records.VaultDamaged):
        doors.open_door(vault.keys)


def test_another_persons_document_is_not_here(vault, bob):
    kept = vault.put(Note(day=DAY, text="mine"))
    with pytest.raises(NotHere):
        bob.vault.get(Note, kept.id)


def test_a_document_of_an_unknown_kind_is_kept_as_it_is(vault):
    kept = vault.put(Note(day=DAY, text="from a newer program"))
    _KINDS.pop("test-note")
    try:
        (unread,) = reopened(vault).unread()
        assert (unread.id, unread.document.real_kind) == (kept.id, "test-note")
        with pytest.raises(TypeError):
            vault.put(unread.document, record=kept.id)
    finally:
        register(Note)
    assert isinstance(unread.document, Unread)


def test_preferences_keep_no_history(vault):
    for minutes in (5, 15, 30):
        stored = vault.put(Preferences(lock_minutes=minutes), record=vault.owner)
    assert Record.objects.filter(record=stored.id).count() == 1
    records.check_manifest(vault.keys)
