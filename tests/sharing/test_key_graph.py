"""Which keys can be come to from an opened session, with everything that the database and the server key hold.

Every key is tried on every lock; the table says what must open for each role, and nothing else may.
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from afterglow.core.crypto import inbox2, v1
from afterglow.sharing import services
from afterglow.sharing.documents import Terms
from afterglow.sharing.queries.scopes import covered as by_terms
from afterglow.vault import parcels
from afterglow.vault.grants import giving, people, rekeying, rows
from afterglow.vault.models import GrantItem, GrantRow, IdentityRow, Parcel, Record
from tests.conftest import new_person, open_client
from tests.sharing import lives
from tests.sharing.cast import befriend, give

SCOPES = [scope for scope in lives.EXPECTED if scope != "sittings+effects"]


def opens(attempt, *arguments, **named):
    try:
        return attempt(*arguments, **named)
    except (v1.NotOpened, ValueError):
        return None


def data_keys(wrap_keys):
    """Every (owner, record, rev) whose data key one of these keys unwraps."""
    found = {}
    for key in wrap_keys:
        ring = v1.RecordKeys(key)
        for row in Record.objects.all():
            place = v1.Place(row.owner, row.record, row.rev, row.epoch)
            data_key = opens(ring.data_key, place, bytes(row.dek_wrap))
            if data_key:
                found[row.owner, row.record, row.rev] = data_key
    return found


def facts_of(row):
    owner, partner = people.public_of(row.owner), people.public_of(row.partner)
    return rows.facts(row, owner=owner, partner=partner)


def grant_keys(wrap_keys, identity):
    """Every grant key that comes out of an owner's copy or a partner's part."""
    found = {}
    for row in GrantRow.objects.all():
        facts, sealed = facts_of(row), rows.sealed(row)
        for key in wrap_keys:
            if opened := opens(v1.open_owner_copy, facts, sealed, owner_wrap_key=key):
                found[row.id] = opened.key
        signed_by = people.public_of(row.owner).sign_public
        for private in [identity.kem_private] if identity else []:
            keys = {"owner_sign_public": signed_by, "partner_kem_private": private}
            opened = opens(v1.open_grant, facts, sealed, **keys)
            if opened:
                found[row.id] = opened.key
    return found


def item_keys(keys):
    """Every record whose data key one of these grant keys unwraps, tried on every item there is."""
    found = {}
    for grant in GrantRow.objects.all():
        for key in keys.values():
            ring = rows.items(key, grant)
            for item in GrantItem.objects.all():
                place = v1.Place(grant.owner, item.record, item.rev, item.epoch)
                data_key = opens(ring.data_key, place, bytes(item.sealed))
                if data_key:
                    found[grant.owner, item.record, item.rev] = data_key
    return found


def reachable(vault):
    """From a session's keys, or from none: what opens, by name."""
    keys = vault.keys if vault else None
    candidates = [settings.SERVER_KEY, bytes(32)]
    if keys:
        candidates += [
            keys.vault_key,
            keys.wrap,
            keys.manifest,
            keys.tag,
            keys.identity,
            keys.index,
        ]
    found = set()
    identity = None
    for row in IdentityRow.objects.all():
        for key in candidates:
            got = opens(v1.open_private_identity, key, row.owner, bytes(row.sealed_private))
            if got:
                identity = got
                found.add(("identity", row.owner))
    grants = grant_keys(candidates, identity)
    found |= {("grant", grant) for grant in grants}
    opened = data_keys(candidates) | item_keys(grants)
    for (owner, record, rev), data_key in opened.items():
        row = Record.objects.get(owner=owner, record=record, rev=rev)
        place = v1.Place(owner, record, rev, row.epoch)
        if opens(v1.open_part, data_key, place, "body", bytes(row.body)) is not None:
            found.add(("record", owner, record))
    for parcel in Parcel.objects.all():
        about = {"owner": parcel.owner, "item": parcel.id}
        blob = bytes(parcel.blob)
        if identity and opens(inbox2.open_inbox, identity, blob, **about):
            found.add(("parcel", parcel.owner))
        if identity and opens(v1.open_inbox, identity.inbox_private, blob, **about):
            found.add(("parcel with X25519 alone", parcel.owner))
    return found


def own(vault):
    """What a person's own session reaches of their own."""
    records = Record.objects.filter(owner=vault.owner).exclude(tags=b"")
    return {("identity", vault.owner)} | {
        ("record", vault.owner, record) for record in records.values_list("record", flat=True)
    }


def covered(grant, owner):
    items = GrantItem.objects.filter(grant=grant).exclude(sealed=b"")
    return {("record", owner, record) for record in items.values_list("record", flat=True)}


@pytest.fixture
def life(alice, bob):
    befriend(alice.vault, bob.vault)
    return lives.live(alice.vault)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_partner_reaches_their_own_vault_and_the_records_of_the_scope(life, alice, bob, scope):
    grant = give(alice.vault, bob.vault, **lives.terms_of(scope, life))
    parcels.send(alice.vault, bob.vault.owner, kind="message", payload=b"x")
    expected = own(bob.vault) | covered(grant, alice.vault.owner)
    expected |= {("grant", grant), ("parcel", bob.vault.owner)}
    assert reachable(bob.vault) == expected
    named = {each.record for each in scopes_of(alice.vault, life, scope)}
    assert {record for kind, _, record in covered(grant, alice.vault.owner)} == named


def scopes_of(vault, life, scope):
    return by_terms(vault, Terms(**lives.terms_of(scope, life)))


def test_an_owner_reaches_all_of_their_own_and_nothing_of_the_partner(life, alice, bob):
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    lives.live(bob.vault)
    assert reachable(alice.vault) == own(alice.vault) | {("grant", grant)}


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_after_the_end_a_partner_reaches_their_own_vault_only(life, alice, bob, end):
    grant = give(alice.vault, bob.vault, scopes=("plan",), days=1)
    if end == "revoked":
        services.stop(vault=alice.vault, grant=grant, today=None)
    else:
        giving.end_those_due(timezone.now() + timedelta(days=2))
        rekeying.rekey_all(alice.vault)
    assert reachable(bob.vault) == own(bob.vault)
    assert reachable(alice.vault) == own(alice.vault)


def test_another_partner_another_owner_and_nobody_reach_nothing_of_it(life, alice, bob):
    carol = open_client(new_person("carol"))
    befriend(alice.vault, carol.vault)
    dave = open_client(new_person("dave"))
    befriend(dave.vault, bob.vault)
    lives.live(dave.vault)
    give(alice.vault, bob.vault, scopes=("plan", "mood"))
    held = give(alice.vault, carol.vault, goal=life.ids["goal"])
    theirs = give(dave.vault, bob.vault, scopes=("mood",))
    assert reachable(carol.vault) == (
        own(carol.vault) | covered(held, alice.vault.owner) | {("grant", held)}
    )
    assert reachable(dave.vault) == own(dave.vault) | {("grant", theirs)}
    assert reachable(None) == set()
