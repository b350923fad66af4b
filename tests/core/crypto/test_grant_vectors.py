"""The grant format stays what it was: made again byte for byte, and read by a second hand that knows only its description."""

import dataclasses
import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.crypto import second_grants
from tests.core.crypto.frozen import Replay

from afterglow.core.crypto import v1

CASE = json.loads(Path(__file__).with_name("vectors").joinpath("grants1.json").read_text("utf-8"))
OWNER, PARTNER = UUID(CASE["owner"]["person"]), UUID(CASE["partner"]["person"])
GRANT = UUID(CASE["facts"]["grant"])
KEY, WRAP_KEY, TERMS = (
    bytes.fromhex(CASE[name]) for name in ("grant_key", "owner_wrap_key", "plain_terms")
)
SEALED = {name: bytes.fromhex(text) for name, text in CASE["sealed"].items()}
ITEM = CASE["item"]
PLACE = v1.Place(OWNER, UUID(ITEM["record"]), ITEM["rev"], ITEM["epoch"])


def own(person, name):
    return bytes.fromhex(CASE[person][name])


def public(person):
    names = ("kem_public", "sign_public", "inbox_public", "signature")
    return v1.PublicIdentity(
        person=UUID(CASE[person]["person"]), **{name: own(person, name) for name in names}
    )


FACTS = v1.GrantFacts(
    grant=GRANT,
    owner=OWNER,
    partner=PARTNER,
    version=CASE["facts"]["version"],
    starts=CASE["facts"]["starts"],
    ends=CASE["facts"]["ends"],
    owner_mark=own("owner", "mark"),
    partner_mark=own("partner", "mark"),
)
STORED = v1.SealedGrant(
    terms=SEALED["terms"],
    to_partner=SEALED["to_partner"],
    owner_copy=v1.Wrap(SEALED["owner_sealed"], SEALED["owner_commitment"]),
    commitment=SEALED["commitment"],
    signature=SEALED["signature"],
)
ITEMS = v1.GrantItems(KEY, grant=GRANT, owner=OWNER, partner=PARTNER)


def open_it(facts=FACTS, stored=STORED, **changes):
    keys = {
        "owner_sign_public": own("owner", "sign_public"),
        "partner_kem_private": own("partner", "kem_private"),
    }
    return v1.open_grant(facts, stored, **{**keys, **changes})


def test_the_grant_format_has_its_frozen_name_and_facts():
    assert CASE["format"] == v1.GRANT_SUITE == second_grants.SUITE
    assert FACTS.bound().hex() == CASE["facts"]["bound"]


@pytest.mark.parametrize("person", ["owner", "partner"])
def test_marks_of_people_stay(person):
    public(person).check()
    assert v1.identity_mark(public(person)) == own(person, "mark")


def test_the_eight_words_stay_and_do_not_mind_the_order():
    marks = FACTS.owner_mark, FACTS.partner_mark
    listed = v1.passphrase_words()
    assert list(v1.words_to_compare(*marks, listed)) == CASE["words"]
    assert list(v1.words_to_compare(*reversed(marks), listed)) == CASE["words"]
    assert second_grants.words(*marks, listed) == CASE["words"]


def test_a_frozen_grant_opens_for_the_partner_and_for_the_owner():
    assert (open_it().key, open_it().terms) == (KEY, TERMS)
    assert v1.open_owner_copy(FACTS, STORED, owner_wrap_key=WRAP_KEY).key == KEY


def test_all_but_the_part_for_the_partner_is_made_again_byte_for_byte():
    made = v1.make_grant(
        FACTS,
        grant_key=KEY,
        terms=TERMS,
        owner_wrap_key=WRAP_KEY,
        owner_sign_private=own("owner", "sign_private"),
        partner_kem_public=own("partner", "kem_public"),
        random=Replay(CASE["random"]),
    )
    assert (made.terms, made.owner_copy, made.commitment) == (
        STORED.terms,
        STORED.owner_copy,
        STORED.commitment,
    )
    assert open_it(stored=made).key == KEY


def test_an_item_is_made_again_and_opens_head_body_and_media():
    sealed = bytes.fromhex(ITEM["sealed"])
    data_key = bytes.fromhex(ITEM["data_key"])
    assert ITEMS.wrap(PLACE, data_key, random=Replay(ITEM["random"])) == sealed
    assert ITEMS.open_head(PLACE, sealed, bytes.fromhex(ITEM["head"])).hex() == ITEM["plain_head"]
    assert ITEMS.open_body(PLACE, sealed, bytes.fromhex(ITEM["body"])).hex() == ITEM["plain_body"]
    assert ITEMS.media_key(PLACE, sealed).hex() == ITEM["media_key"]


def test_a_second_reader_agrees_on_the_whole_grant():
    bound = second_grants.facts(
        GRANT,
        OWNER,
        PARTNER,
        FACTS.owner_mark,
        FACTS.partner_mark,
        FACTS.version,
        FACTS.starts,
        FACTS.ends,
    )
    assert bound == FACTS.bound()
    second_grants.signed_by(own("owner", "sign_public"), bound, SEALED)
    private, kem_public = own("partner", "kem_private"), own("partner", "kem_public")
    assert second_grants.grant_key(private, kem_public, bound, SEALED) == KEY
    assert second_grants.owner_copy(WRAP_KEY, bound, SEALED) == KEY
    assert second_grants.commitment(KEY, bound) == STORED.commitment
    assert second_grants.terms(KEY, bound, SEALED) == TERMS
    place = (PLACE.owner, PLACE.record, PLACE.rev, PLACE.epoch)
    found = second_grants.data_key(KEY, GRANT, PARTNER, place, bytes.fromhex(ITEM["sealed"]))
    assert found.hex() == ITEM["data_key"]


def test_a_second_reader_agrees_on_marks_and_parcels():
    for person in ("owner", "partner"):
        keys = (own(person, name) for name in ("kem_public", "sign_public", "inbox_public"))
        assert second_grants.mark(UUID(CASE[person]["person"]), *keys) == own(person, "mark")
    case = CASE["parcel"]
    text = second_grants.parcel(
        bytes.fromhex(case["blob"]),
        PARTNER,
        own("partner", "sign_public"),
        OWNER,
        own("owner", "inbox_private"),
        UUID(case["item"]),
    )
    assert text.hex() == case["plain"] == open_parcel(case).hex()


def open_parcel(case, **changes):
    about = {
        "sender": PARTNER,
        "sender_sign_public": own("partner", "sign_public"),
        "owner": OWNER,
        "inbox_private": own("owner", "inbox_private"),
        "inbox_public": own("owner", "inbox_public"),
        "item": UUID(case["item"]),
    }
    return v1.open_parcel(bytes.fromhex(case["blob"]), **{**about, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": uuid4()},
        {"sender_sign_public": own("owner", "sign_public")},
        {"owner": uuid4()},
        {"item": uuid4()},
        {"inbox_public": bytes(32)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_parcel_opens_for_its_sender_receiver_and_place_only(changes):
    with pytest.raises(v1.NotOpened):
        open_parcel(CASE["parcel"], **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"grant": uuid4()},
        {"owner": uuid4()},
        {"partner": uuid4()},
        {"version": 2},
        {"starts": 0},
        {"ends": FACTS.ends + 1},
        {"owner_mark": bytes(32)},
        {"partner_mark": bytes(32)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_grant_that_says_anything_else_is_refused(changes):
    other = dataclasses.replace(FACTS, **changes)
    with pytest.raises(v1.NotOpened):
        open_it(other)
    with pytest.raises(v1.NotOpened):
        v1.open_owner_copy(other, STORED, owner_wrap_key=WRAP_KEY)


@pytest.mark.parametrize("part", ["terms", "to_partner", "commitment", "signature"])
@settings(max_examples=40, deadline=None)
@given(place=st.integers(min_value=0, max_value=10_000), bit=st.integers(0, 7))
def test_a_grant_with_one_bit_changed_is_refused(part, place, bit):
    text = bytearray(getattr(STORED, part))
    text[place % len(text)] ^= 1 << bit
    with pytest.raises(v1.NotOpened):
        open_it(stored=dataclasses.replace(STORED, **{part: bytes(text)}))


def test_a_grant_signed_by_anybody_else_is_refused():
    stranger = v1.new_identity(OWNER)
    made = v1.make_grant(
        FACTS,
        grant_key=KEY,
        terms=TERMS,
        owner_wrap_key=WRAP_KEY,
        owner_sign_private=stranger.sign_private,
        partner_kem_public=own("partner", "kem_public"),
    )
    with pytest.raises(v1.NotOpened):
        open_it(stored=made)
    with pytest.raises(v1.NotOpened):
        open_it(owner_sign_public=stranger.sign_public)


def test_a_grant_does_not_open_for_another_partner():
    with pytest.raises(v1.NotOpened):
        open_it(partner_kem_private=v1.new_identity(PARTNER).kem_private)


def test_a_key_other_than_the_one_committed_to_is_refused():
    with pytest.raises(v1.NotOpened):
        v1.open_owner_copy(
            FACTS,
            dataclasses.replace(
                STORED, owner_copy=v1.owner_copy(FACTS, v1.new_grant_key(), WRAP_KEY)
            ),
            owner_wrap_key=WRAP_KEY,
        )


PLACES = st.builds(
    v1.Place,
    st.sampled_from([OWNER, PARTNER]),
    st.sampled_from([PLACE.record, GRANT]),
    st.integers(1, 5),
    st.integers(1, 3),
)


@settings(max_examples=200, deadline=None)
@given(here=PLACES, there=PLACES)
def test_an_item_opens_at_its_own_place_only(here, there):
    item = ITEMS.wrap(here, KEY)
    if here == there:
        assert ITEMS.data_key(there, item) == KEY
    else:
        with pytest.raises(v1.NotOpened):
            ITEMS.data_key(there, item)


@pytest.mark.parametrize(
    "changes",
    [{"grant": uuid4()}, {"owner": uuid4()}, {"partner": uuid4()}],
    ids=lambda changes: next(iter(changes)),
)
def test_an_item_does_not_open_under_another_grant(changes):
    about = {"grant": GRANT, "owner": OWNER, "partner": PARTNER, **changes}
    with pytest.raises(v1.NotOpened):
        v1.GrantItems(KEY, **about).data_key(PLACE, bytes.fromhex(ITEM["sealed"]))


def test_a_grant_key_and_a_record_key_never_stand_in_for_each_other():
    sealed = bytes.fromhex(ITEM["sealed"])
    with pytest.raises(v1.NotOpened):
        v1.RecordKeys(KEY).data_key(PLACE, sealed)
    with pytest.raises(v1.NotOpened):
        v1.RecordKeys(v1.expand(KEY, v1.GRANT_WRAP_LABEL)).data_key(PLACE, sealed)
