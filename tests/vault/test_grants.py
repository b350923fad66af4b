"""Grants on the real database: exactly what was granted opens, until it ends, and afterwards nothing."""

from datetime import date, timedelta
from uuid import uuid4

import msgspec
import pytest
from django.utils import timezone
from tests.conftest import new_person, open_client

from afterglow.core.crypto import inbox2, v1
from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.measures.documents import CheckIn
from afterglow.vault import doors, open_vault, parcels, records, unlock, waiting
from afterglow.vault.grants import giving, granted, people, rekeying
from afterglow.vault.grants.documents import HeldGrant, projection, projection_id
from afterglow.vault.models import GrantItem, GrantRow, IdentityRow, Parcel, Record, Waiting

NOW = timezone.now()
TODAY = date(2031, 2, 3)


def entry(text):
    return Entry(written=moment(NOW, "UTC"), snippet=text[:10], text=text)


def meet(one, other):
    for vault, person in ((one, other.owner), (other, one.owner)):
        people.meet(vault, person, today=TODAY)
        people.say_they_are_the_same(vault, person, today=TODAY)


@pytest.fixture
def mine(alice):
    return alice.vault


@pytest.fixture
def theirs(mine, bob):
    meet(mine, bob.vault)
    return bob.vault


def give(vault, partner, records, *, days=30):
    return giving.give(
        vault,
        partner.owner,
        terms=b"terms",
        starts=NOW - timedelta(seconds=5),
        ends=NOW + timedelta(days=days),
        records=records,
    )


def opened(vault, grant, *, now=None):
    return granted.open_granted(vault, grant, now=now or timezone.now())


def test_a_partner_reads_what_was_granted_and_nothing_else(mine, theirs):
    shown, kept = mine.put(entry("the green door")), mine.put(entry("not this one"))
    grant = give(mine, theirs, {shown.id})
    there = opened(theirs, grant)
    assert [stored.document.text for stored in there.all(Entry)] == ["the green door"]
    assert there.get(Entry, shown.id).document.text == "the green door"
    assert not there.head(Entry, shown.id).whole
    assert there.terms == b"terms"
    for reach in (there.get, there.head):
        with pytest.raises(open_vault.NotHere):
            reach(Entry, kept.id)


def test_a_new_revision_reaches_the_partner_once_it_is_covered(mine, theirs):
    stored = mine.put(entry("first words"))
    grant = give(mine, theirs, {stored.id})
    opened(theirs, grant)
    mine.put(entry("later words"), record=stored.id, base_rev=1)
    giving.cover(mine, grant, {stored.id})
    assert [each.document.text for each in opened(theirs, grant).all(Entry)] == ["later words"]


def test_what_leaves_the_grant_leaves_the_partners_memory_too(mine, theirs):
    one, two = mine.put(entry("one")), mine.put(entry("two"))
    grant = give(mine, theirs, {one.id, two.id})
    assert len(opened(theirs, grant).heads(Entry)) == 2
    giving.cover(mine, grant, {one.id})
    assert [each.id for each in opened(theirs, grant).heads(Entry)] == [one.id]
    mine.delete(one.id)
    giving.cover(mine, grant, {one.id})
    assert opened(theirs, grant).heads(Entry) == []


def test_a_narrowed_document_stands_for_the_real_one(mine, theirs):
    tap = mine.put(CheckIn(at=moment(NOW, "UTC"), level=3, words="between us"))
    narrow = CheckIn(at=tap.document.at, level=3)
    there = projection_id(tap.id, "mood")
    mine.put(projection(tap.id, "mood", narrow), record=there)
    grant = give(mine, theirs, {there})
    found = opened(theirs, grant).all(CheckIn)
    assert [(each.id, each.document) for each in found] == [(tap.id, narrow)]


def test_a_narrowed_document_with_a_body_opens_its_body(mine, theirs):
    whole = mine.put(entry("the whole story"))
    there = projection_id(whole.id, "short")
    mine.put(projection(whole.id, "short", entry("the story")), record=there)
    view = opened(theirs, give(mine, theirs, {there}))
    assert view.get(Entry, whole.id).document.text == "the story"
    assert view.head(Entry, whole.id).document.text == ""


def test_a_grant_needs_the_words_to_be_compared(mine, bob):
    people.meet(mine, bob.vault.owner, today=TODAY)
    with pytest.raises(people.NotMet):
        give(mine, bob.vault, set())
    people.say_they_are_the_same(mine, bob.vault.owner, today=TODAY)
    give(mine, bob.vault, set())


def test_both_people_see_the_same_eight_words(mine, theirs):
    words = people.words(mine, theirs.owner)
    assert len(words) == 8
    assert people.words(theirs, mine.owner) == words


def change_keys(person):
    """Somebody with the database puts keys of their own in a person's place."""
    other = v1.new_identity(person)
    IdentityRow.objects.filter(owner=person).update(
        kem_public=other.kem_public,
        sign_public=other.sign_public,
        inbox_public=other.inbox_public,
        signature=other.signature,
    )
    return other


def test_a_changed_key_stops_sharing_on_both_sides(mine, theirs):
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    change_keys(theirs.owner)
    assert people.standing(mine, theirs.owner).changed
    with pytest.raises(people.KeyChanged):
        give(mine, theirs, set())
    with pytest.raises(people.KeyChanged):
        people.words(mine, theirs.owner)
    change_keys(mine.owner)
    with pytest.raises(people.KeyChanged):
        opened(theirs, grant)


def test_a_partner_who_does_not_know_the_owner_opens_nothing(mine, bob):
    people.meet(mine, bob.vault.owner, today=TODAY)
    people.say_they_are_the_same(mine, bob.vault.owner, today=TODAY)
    grant = give(mine, bob.vault, {mine.put(entry("x")).id})
    with pytest.raises(people.NotMet):
        opened(bob.vault, grant)


def test_an_ended_grant_opens_nothing_at_once(mine, theirs):
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    opened(theirs, grant)
    giving.end(mine, grant)
    with pytest.raises(granted.NotGranted):
        opened(theirs, grant)
    row = GrantRow.objects.get(id=grant)
    assert {bytes(row.terms), bytes(row.to_partner), bytes(row.owner_sealed)} == {b""}
    assert not theirs.held(f"granted {grant.hex}")


def test_a_grant_is_over_on_its_day_by_rule_and_then_by_key(mine, theirs):
    grant = give(mine, theirs, {mine.put(entry("x")).id}, days=1)
    later = NOW + timedelta(days=1, seconds=1)
    with pytest.raises(granted.NotGranted):
        opened(theirs, grant, now=later)
    assert granted.granted_to(theirs, now=later) == []
    assert giving.end_those_due(later) == 1
    assert bytes(GrantRow.objects.get(id=grant).to_partner) == b""
    with pytest.raises(granted.NotGranted):
        opened(theirs, grant)


def test_a_grant_does_not_open_before_it_begins(mine, theirs):
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    with pytest.raises(granted.NotGranted):
        opened(theirs, grant, now=NOW - timedelta(days=1))


def old_backup(grant):
    """What somebody with an old copy of the database still has."""
    row = GrantRow.objects.get(id=grant)
    return row, list(GrantItem.objects.filter(grant=grant))


def test_an_old_grant_with_an_old_backup_opens_nothing_of_now(mine, theirs):
    stored = mine.put(entry("version one"))
    mine.put(entry("version two"), record=stored.id, base_rev=1)
    grant = give(mine, theirs, {stored.id})
    identity = people.own_identity(theirs.keys)
    row, items = old_backup(grant)
    facts = granted.rows.facts(
        row, owner=people.known(theirs, mine.owner), partner=people.own_public(theirs)
    )
    key = v1.open_grant(
        facts,
        granted.rows.sealed(row),
        owner_sign_public=people.known(theirs, mine.owner).sign_public,
        partner_kem_private=identity.kem_private,
    ).key
    giving.end(mine, grant)
    assert rekeying.waiting(mine) == 1
    assert rekeying.rekey_all(mine) == 1
    assert rekeying.waiting(mine) == 0
    old = granted.rows.items(key, row)
    for now in Record.objects.filter(owner=mine.owner, record=stored.id):
        for item in items:
            place = v1.Place(mine.owner, stored.id, item.rev, item.epoch)
            data_key = old.data_key(place, bytes(item.sealed))
            for part, text in (("head", bytes(now.head)), ("body", bytes(now.body))):
                with pytest.raises(v1.NotOpened):
                    v1.open_part(data_key, mine.keys.place(stored.id, now.rev), part, text)
    # Rows put back from the backup do not bring the grant back either.
    row.save()
    GrantItem.objects.bulk_create(items)
    with pytest.raises(granted.Refused):
        opened(theirs, grant)
    assert [each.document.text for each in mine.all(Entry)] == ["version two"]
    assert records.check_manifest(mine.keys) == mine.seen
    assert len(mine.history(Entry, stored.id)) == 2


def test_a_grant_once_seen_over_is_never_taken_again(mine, theirs):
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    opened(theirs, grant)
    row, items = old_backup(grant)
    giving.end(mine, grant)
    with pytest.raises(granted.NotGranted):
        opened(theirs, grant)
    row.save()
    GrantItem.objects.filter(grant=grant).delete()
    GrantItem.objects.bulk_create(items)
    with pytest.raises(granted.Refused):
        opened(theirs, grant)


def test_others_go_on_reading_what_one_may_no_longer(mine, theirs):
    carol = open_client(new_person("carol")).vault
    meet(mine, carol)
    stored = mine.put(entry("for both"))
    first, second = give(mine, theirs, {stored.id}), give(mine, carol, {stored.id})
    giving.end(mine, first)
    rekeying.rekey_all(mine)
    assert [each.document.text for each in opened(carol, second).all(Entry)] == ["for both"]
    with pytest.raises(granted.NotGranted):
        opened(theirs, first)


def test_a_renewed_grant_replaces_the_earlier_version(mine, theirs):
    stored = mine.put(entry("x"))
    grant = give(mine, theirs, {stored.id}, days=1)
    opened(theirs, grant)
    earlier, _ = old_backup(grant)
    giving.renew(mine, grant, terms=b"more", ends=NOW + timedelta(days=9), records={stored.id})
    assert opened(theirs, grant).terms == b"more"
    assert theirs.heads(HeldGrant)[0].document.version == 2
    earlier.serial = 99
    earlier.save()
    with pytest.raises(granted.Refused):
        opened(theirs, grant)


def forged(row, **changes):
    GrantRow.objects.filter(id=row).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"ends": NOW + timedelta(days=900)},
        {"starts": NOW - timedelta(days=900)},
        {"version": 7},
        {"terms": bytes(92)},
        {"to_partner": bytes(1168)},
        {"commitment": bytes(32)},
        {"signature": bytes(64)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_altered_grant_is_refused(mine, theirs, changes):
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    forged(grant, **changes)
    with pytest.raises(granted.Refused):
        opened(theirs, grant)


def test_a_grant_row_handed_to_another_person_is_refused(mine, theirs):
    carol = open_client(new_person("carol")).vault
    meet(mine, carol)
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    forged(grant, partner=carol.owner)
    with pytest.raises(granted.Refused):
        opened(carol, grant)
    with pytest.raises(granted.NotGranted):
        opened(theirs, grant)


def test_items_swapped_between_records_or_grants_do_not_open(mine, theirs):
    one, two = mine.put(entry("one")), mine.put(entry("two"))
    grant = give(mine, theirs, {one.id})
    other = give(mine, theirs, {two.id})
    item = GrantItem.objects.get(grant=other)
    GrantItem.objects.filter(grant=grant).update(record=two.id, sealed=item.sealed)
    with pytest.raises(granted.Refused):
        opened(theirs, grant)


def test_after_new_vault_keys_grants_can_be_carried_over(mine, theirs, monkeypatch):
    stored = mine.put(entry("x"))
    grant = give(mine, theirs, {stored.id})
    old = bytes(range(32))
    row = GrantRow.objects.get(id=grant)
    facts = giving._facts(mine, row)
    copy = v1.owner_copy(facts, giving._key(mine, row), old)
    forged(grant, owner_sealed=copy.sealed, owner_commitment=copy.commitment)
    with pytest.raises(v1.NotOpened):
        giving.cover_also(mine, grant, {stored.id})
    giving.carry_over(mine, old)
    giving.cover_also(mine, grant, {stored.id})
    assert len(opened(theirs, grant).all(Entry)) == 1


def test_a_grant_stopped_while_keys_are_carried_over_stays_stopped(mine, theirs, monkeypatch):
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    owner_copy = v1.owner_copy

    def stopped_meanwhile(*sealed):
        giving.close([grant], timezone.now())
        return owner_copy(*sealed)

    monkeypatch.setattr(v1, "owner_copy", stopped_meanwhile)
    giving.carry_over(mine, mine.keys.wrap)
    row = GrantRow.objects.get(id=grant)
    assert row.ended
    assert bytes(row.owner_sealed) == b""
    assert bytes(GrantItem.objects.get(grant=grant).sealed) == b""


def test_a_parcel_reaches_a_locked_person_and_says_whose_it_is(mine, theirs):
    doors.lock(mine)
    parcels.send(theirs, mine.owner, kind="message", payload=b"How was the week?")
    assert b"week" not in bytes(Parcel.objects.get().blob)
    (found,) = parcels.arrived(mine)
    assert (found.sender, found.kind, found.payload) == (
        theirs.owner,
        "message",
        b"How was the week?",
    )
    parcels.let_go(mine, found.id)
    assert parcels.count(mine) == 0


def test_a_parcel_of_the_first_format_opens_for_ever(mine, theirs):
    """It was sealed to X25519 alone, before parcels were sealed to the hybrid key, and waits since."""
    item, text = uuid4(), msgspec.msgpack.encode(parcels.Inside("message", b"from before", NOW))
    blob = v1.seal_parcel(
        text,
        sender=theirs.owner,
        sender_sign_private=people.own_identity(theirs.keys).sign_private,
        to=people.own_public(mine),
        item=item,
    )
    Parcel.objects.create(id=item, owner=mine.owner, sender=theirs.owner, blob=blob, hour=NOW)
    (found,) = parcels.arrived(mine)
    assert (found.id, found.payload) == (item, b"from before")


def test_a_parcel_and_a_form_at_the_door_need_the_hybrid_key(mine, theirs):
    parcels.send(theirs, mine.owner, kind="message", payload=b"x")
    waiting.take_in(mine.owner, waiting.WaitingForm("/journal/", [("text", "typed")]))
    private = people.own_identity(mine.keys).inbox_private
    for row in (Parcel.objects.get(), Waiting.objects.get()):
        assert bytes(row.blob)[:1] == inbox2.VERSION
        with pytest.raises(v1.NotOpened):
            v1.open_inbox(private, bytes(row.blob)[1:], owner=mine.owner, item=row.id)
    assert waiting.items(mine)[0].form.fields == [("text", "typed")]


def test_a_form_of_the_first_format_that_waits_at_the_door_opens_for_ever(mine):
    item = uuid4()
    text = v1.pad(msgspec.msgpack.encode(waiting.WaitingForm("/journal/", [("text", "early")])))
    key = people.own_public(mine).inbox_public
    blob = v1.seal_to_inbox(key, text, owner=mine.owner, item=item)
    Waiting.objects.create(id=item, owner=mine.owner, blob=blob, hour=NOW)
    assert waiting.items(mine)[0].form.fields == [("text", "early")]


def test_a_parcel_of_a_stranger_or_with_another_name_on_it_is_not_shown(mine, theirs):
    carol = open_client(new_person("carol")).vault
    people.meet(carol, mine.owner, today=TODAY)
    parcels.send(carol, mine.owner, kind="message", payload=b"hello")
    assert parcels.arrived(mine) == []
    Parcel.objects.update(sender=theirs.owner)
    assert parcels.arrived(mine) == []


def test_a_parcel_with_a_name_of_its_own_is_sent_once(mine, theirs):
    item = uuid4()
    assert parcels.send(theirs, mine.owner, kind="opened", payload=b"", item=item)
    assert parcels.send(theirs, mine.owner, kind="opened", payload=b"", item=item) is None


def test_a_person_who_leaves_takes_their_grants_along(mine, theirs):
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    unlock.destroy(mine.owner)
    assert not GrantRow.objects.filter(id=grant).exists()
    assert not GrantItem.objects.exists()


def test_a_grant_that_somebody_tampered_with_can_still_be_stopped(mine, theirs):
    grant = give(mine, theirs, {mine.put(entry("x")).id})
    forged(grant, owner_sealed=bytes(60))
    assert [(each.id, each.terms) for each in giving.given(mine)] == [(grant, b"")]
    giving.end(mine, grant)
    assert rekeying.rekey_all(mine) == 1
    with pytest.raises(granted.NotGranted):
        opened(theirs, grant)
