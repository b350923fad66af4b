"""Format 2 of what waits for a locked person stays what it was, format 1 opens beside it, and neither passes for the other."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.crypto import second_grants

from afterglow.core.crypto import hybrid, inbox2, v1

FOLDER = Path(__file__).with_name("vectors")
CASE = json.loads(FOLDER.joinpath("inbox2.json").read_text("utf-8"))
GRANTS = json.loads(FOLDER.joinpath("grants1.json").read_text("utf-8"))
OWNER, PARTNER = UUID(CASE["owner"]["person"]), UUID(CASE["partner"]["person"])


def own(person, name):
    return bytes.fromhex(CASE[person][name])


def identity(person):
    names = ("kem_private", "kem_public", "sign_private", "sign_public", "inbox_private")
    names += ("inbox_public", "signature")
    return v1.Identity(**{name: own(person, name) for name in names})


def public(person):
    names = ("kem_public", "sign_public", "inbox_public", "signature")
    return v1.PublicIdentity(
        person=UUID(CASE[person]["person"]), **{name: own(person, name) for name in names}
    )


def open_parcel(blob, item, **changes):
    about = {"sender": PARTNER, "sender_sign_public": own("partner", "sign_public"), "owner": OWNER}
    return inbox2.open_parcel(identity("owner"), blob, **{**about, "item": item, **changes})


def of(name):
    case = CASE[name]
    return bytes.fromhex(case["blob"]), UUID(case["item"]), bytes.fromhex(case["plain"])


def sealed(text=b"text", item=None, to="owner"):
    return inbox2.seal_parcel(
        text,
        sender=PARTNER,
        sender_sign_private=own("partner", "sign_private"),
        to=public(to),
        item=item or uuid4(),
    )


def test_the_format_has_its_frozen_name_and_first_byte():
    assert CASE["format"] == inbox2.INBOX_SUITE == second_grants.INBOX2
    assert {of(name)[0][0] for name in ("parcel", "inbox")} == {2}


@pytest.mark.parametrize("name", ["parcel", "parcel_of_format_1"])
def test_a_frozen_parcel_opens(name):
    blob, item, plain = of(name)
    assert open_parcel(blob, item) == plain


@pytest.mark.parametrize("name", ["inbox", "inbox_of_format_1"])
def test_a_frozen_form_at_a_closed_door_opens(name):
    blob, item, plain = of(name)
    assert inbox2.open_inbox(identity("owner"), blob, owner=OWNER, item=item) == plain


def test_a_parcel_of_format_1_that_begins_with_the_byte_of_format_2_opens_too():
    assert {of(name)[0][0] for name in ("parcel_of_format_1", "inbox_of_format_1")} == {2}


def test_the_parcel_of_the_first_vectors_opens():
    case = GRANTS["parcel"]
    assert open_parcel(bytes.fromhex(case["blob"]), UUID(case["item"])).hex() == case["plain"]


def test_a_second_reader_agrees():
    keys = [own("owner", name) for name in ("kem_public", "sign_public", "inbox_public")]
    blob, item, plain = of("parcel")
    sign = own("partner", "sign_public")
    private = own("owner", "kem_private")
    assert second_grants.parcel2(blob, PARTNER, sign, OWNER, keys, private, item) == plain
    blob, item, plain = of("inbox")
    assert second_grants.inbox2(blob, OWNER, private, keys[0], item) == plain


def test_what_is_sealed_now_needs_the_hybrid_key_and_not_the_old_one():
    item = uuid4()
    blob = sealed(item=item)
    assert open_parcel(blob, item) == b"text"
    with pytest.raises(v1.NotOpened):
        v1.open_inbox(own("owner", "inbox_private"), blob, owner=OWNER, item=item)
    with pytest.raises(v1.NotOpened):
        v1.open_inbox(own("owner", "inbox_private"), blob[1:], owner=OWNER, item=item)
    curve_only = v1.Identity(
        **{
            name: getattr(identity("owner"), name)
            for name in ("kem_public", "sign_private", "sign_public", "inbox_private")
        },
        inbox_public=own("owner", "inbox_public"),
        signature=own("owner", "signature"),
        kem_private=bytes(64) + own("owner", "kem_private")[64:],
    )
    with pytest.raises(v1.NotOpened):
        inbox2.open_inbox(curve_only, blob, owner=OWNER, item=item)


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": uuid4()},
        {"sender_sign_public": own("owner", "sign_public")},
        {"owner": uuid4()},
        {"item": uuid4()},
    ],
    ids=lambda changes: next(iter(changes)),
)
@pytest.mark.parametrize("name", ["parcel", "parcel_of_format_1"])
def test_a_parcel_opens_for_its_sender_receiver_and_place_only(name, changes):
    blob, item, _ = of(name)
    with pytest.raises(v1.NotOpened):
        open_parcel(blob, **{"item": item, **changes})


def test_a_parcel_does_not_open_for_anybody_else():
    blob, item, _ = of("parcel")
    with pytest.raises(v1.NotOpened):
        inbox2.open_parcel(
            identity("partner"),
            blob,
            sender=PARTNER,
            sender_sign_public=own("partner", "sign_public"),
            owner=OWNER,
            item=item,
        )


@settings(max_examples=60, deadline=None)
@given(place=st.integers(min_value=0, max_value=10_000), bit=st.integers(0, 7))
def test_a_parcel_with_one_bit_changed_is_refused(place, bit):
    blob, item, _ = of("parcel")
    text = bytearray(blob)
    text[place % len(text)] ^= 1 << bit
    with pytest.raises(v1.NotOpened):
        open_parcel(bytes(text), item)


@pytest.mark.parametrize("size", [0, 1, 2, 33, 1121, 1137, 2000])
def test_anything_too_short_or_of_no_sense_does_not_open(size):
    for first in (b"", b"\x02"):
        with pytest.raises(v1.NotOpened):
            open_parcel((first + bytes(size))[:size], uuid4())
        with pytest.raises(v1.NotOpened):
            inbox2.open_inbox(identity("owner"), first + bytes(size), owner=OWNER, item=uuid4())


def test_a_form_at_the_door_does_not_pass_for_a_parcel():
    """Whoever can write to the database can seal a form, and cannot sign as somebody."""
    item = uuid4()
    made = inbox2.seal_to_inbox(
        own("owner", "kem_public"), bytes(64) + b"x", owner=OWNER, item=item
    )
    with pytest.raises(v1.NotOpened):
        open_parcel(made, item)


def test_a_signature_of_format_1_does_not_serve_in_format_2():
    blob, item, _ = of("parcel_of_format_1")
    inside = v1.open_inbox(own("owner", "inbox_private"), blob, owner=OWNER, item=item)
    moved = inbox2.seal_to_inbox(own("owner", "kem_public"), inside, owner=OWNER, item=item)
    with pytest.raises(v1.NotOpened):
        open_parcel(moved, item)


def test_a_signature_of_format_2_does_not_serve_in_format_1():
    blob, item, _ = of("parcel")
    inside = inbox2.open_inbox(identity("owner"), blob, owner=OWNER, item=item)
    moved = v1.seal_to_inbox(own("owner", "inbox_public"), inside, owner=OWNER, item=item)
    with pytest.raises(v1.NotOpened):
        open_parcel(moved, item)


def test_what_is_sealed_for_a_grant_does_not_open_as_a_parcel_nor_the_reverse():
    """One key serves both; the info of each names what it is for."""
    private, item = own("owner", "kem_private"), uuid4()
    blob = sealed(item=item)
    with pytest.raises(v1.NotOpened):
        hybrid.decrypt(private, blob[1:], info=v1.bind("grant", "key", b"", b""))
    other = hybrid.encrypt(own("owner", "kem_public"), b"x", info=v1.bind("grant", "key", b"", b""))
    with pytest.raises(v1.NotOpened):
        inbox2.open_inbox(identity("owner"), b"\x02" + other, owner=OWNER, item=item)


@given(st.integers(0, 300))
@settings(max_examples=30, deadline=None)
def test_lengths_are_padded_as_in_format_1(length):
    blob = inbox2.seal_to_inbox(
        own("owner", "kem_public"), bytes(length), owner=OWNER, item=uuid4()
    )
    assert len(blob) == 1 + 1120 + v1.padded_length(4 + length) + 16
