"""What must hold for every key, place and text: it opens where it belongs and nowhere else."""

import contextlib
import dataclasses

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from afterglow.core.crypto import v1
from afterglow.core.crypto.records import record_aad

# Wall time belongs in benchmarks; a loaded machine must not fail a property.
sealed_profile = settings(deadline=None, max_examples=60)

keys = st.binary(min_size=32, max_size=32)
numbers = st.integers(min_value=0, max_value=2**63 - 1)
places = st.builds(v1.Place, owner=st.uuids(), record=st.uuids(), rev=numbers, epoch=numbers)
texts = st.binary(max_size=300)
parts = st.one_of(
    st.binary(max_size=12),
    st.text(max_size=12),
    st.uuids(),
    st.integers(min_value=-(2**63), max_value=2**63 - 1),
)
tuples = st.lists(parts, max_size=5)


def typed(parts):
    return [(type(part), part) for part in parts]


def with_one_bit_flipped(blob, bit):
    place, shift = divmod(bit % (8 * len(blob)), 8)
    return blob[:place] + bytes([blob[place] ^ (1 << shift)]) + blob[place + 1 :]


@sealed_profile
@given(tuples, tuples)
def test_two_different_tuples_never_bind_alike(left, right):
    assume(typed(left) != typed(right))
    assert v1.bind(*left) != v1.bind(*right)


@sealed_profile
@given(tuples, st.data())
def test_moving_a_boundary_changes_what_is_bound(parts, drawn):
    assume(parts)
    cut = drawn.draw(st.integers(min_value=0, max_value=len(parts)))
    whole, nested = v1.bind(*parts), v1.bind(v1.bind(*parts[:cut]), v1.bind(*parts[cut:]))
    assert whole != nested


@sealed_profile
@given(places, st.sampled_from(["dek", "head", "body"]))
def test_the_fast_record_binding_is_the_plain_one(place, part):
    plain = v1.bind("record", v1.SUITE, place.owner, place.record, part, place.rev, place.epoch)
    assert record_aad(place, part) == plain


@sealed_profile
@given(st.binary(max_size=5000))
def test_padding_comes_off_again(plain):
    padded = v1.pad(plain)
    assert v1.unpad(padded) == plain
    assert len(padded) <= max(64, 1.12 * (len(plain) + 4))


@sealed_profile
@given(st.binary(max_size=200))
def test_whatever_pad_could_not_make_does_not_come_off(blob):
    with contextlib.suppress(v1.NotOpened):
        assert v1.pad(v1.unpad(blob)) == blob


@sealed_profile
@given(keys, texts, texts, st.integers(min_value=0))
def test_a_sealed_text_opens_until_one_bit_is_flipped(key, plain, aad, bit):
    blob = v1.seal(key, plain, aad)
    assert v1.open_sealed(key, blob, aad) == plain
    with pytest.raises(v1.NotOpened):
        v1.open_sealed(key, with_one_bit_flipped(blob, bit), aad)


@sealed_profile
@given(keys, places, texts, texts)
def test_a_record_opens_where_it_belongs(key, place, head, body):
    sealed = v1.seal_record(key, place, head=head, body=body)
    assert v1.open_head(key, place, sealed.dek_wrap, sealed.head) == head
    assert v1.open_body(key, place, sealed.dek_wrap, sealed.body) == body


@sealed_profile
@given(keys, places, st.sampled_from(["dek_wrap", "head", "body"]), st.integers(min_value=0))
def test_a_record_with_one_flipped_bit_does_not_open(key, place, part, bit):
    sealed = v1.seal_record(key, place, head=b"head", body=b"body")
    changed = with_one_bit_flipped(getattr(sealed, part), bit)
    sealed = dataclasses.replace(sealed, **{part: changed})
    with pytest.raises(v1.NotOpened):
        v1.open_head(key, place, sealed.dek_wrap, sealed.head)
        v1.open_body(key, place, sealed.dek_wrap, sealed.body)


@sealed_profile
@given(keys, places, places, st.sampled_from(["owner", "record", "rev", "epoch"]))
def test_one_other_component_of_the_place_keeps_everything_closed(key, place, other, component):
    assume(getattr(place, component) != getattr(other, component))
    elsewhere = dataclasses.replace(place, **{component: getattr(other, component)})
    sealed = v1.seal_record(key, place, head=b"head", body=b"body")
    for opened in (
        lambda: v1.open_head(key, elsewhere, sealed.dek_wrap, sealed.head),
        lambda: v1.open_body(key, elsewhere, sealed.dek_wrap, sealed.body),
        lambda: v1.media_key(key, elsewhere, sealed.dek_wrap),
    ):
        with pytest.raises(v1.NotOpened):
            opened()


@sealed_profile
@given(keys, places, texts)
def test_data_key_and_body_of_two_records_do_not_mix(key, place, body):
    first = v1.seal_record(key, place, head=b"head", body=body)
    second = v1.seal_record(key, place, head=b"head", body=body)
    with pytest.raises(v1.NotOpened):
        v1.open_body(key, place, first.dek_wrap, second.body)


@sealed_profile
@given(keys, places, texts)
def test_a_head_does_not_open_as_a_body(key, place, text):
    sealed = v1.seal_record(key, place, head=text, body=text)
    with pytest.raises(v1.NotOpened):
        v1.open_body(key, place, sealed.dek_wrap, sealed.head)


@sealed_profile
@given(keys, keys, places)
def test_another_key_opens_nothing(key, other, place):
    assume(key != other)
    sealed = v1.seal_record(key, place, head=b"head", body=b"body")
    with pytest.raises(v1.NotOpened):
        v1.open_head(other, place, sealed.dek_wrap, sealed.head)


@sealed_profile
@given(keys, keys, places, numbers, texts)
def test_a_new_epoch_opens_only_with_its_own_keys(old, new, place, epoch, body):
    assume(old != new and epoch != place.epoch)
    old_keys, new_keys = v1.RecordKeys(old), v1.RecordKeys(new)
    sealed = old_keys.seal_record(place, head=b"head", body=body)
    again = v1.reseal_record(old_keys, new_keys, place, sealed, new_epoch=epoch)
    moved = dataclasses.replace(place, epoch=epoch)
    assert new_keys.open_body(moved, again.dek_wrap, again.body) == body
    with pytest.raises(v1.NotOpened):
        old_keys.open_body(moved, again.dek_wrap, again.body)


@sealed_profile
@given(keys, places, st.lists(st.binary(min_size=1, max_size=60), min_size=3, max_size=3))
def test_any_change_of_a_row_changes_its_mark(key, place, columns):
    mark = v1.row_mark(key, place, *columns)
    for number in range(3):
        changed = [with_one_bit_flipped(c, 0) if n == number else c for n, c in enumerate(columns)]
        assert v1.row_mark(key, place, *changed) != mark
    assert v1.row_mark(key, dataclasses.replace(place, rev=place.rev ^ 1), *columns) != mark


@sealed_profile
@given(keys, keys, st.binary(max_size=40), st.binary(max_size=40), st.integers(min_value=0))
def test_a_wrap_opens_only_in_its_context_unchanged(kek, key, context, other, bit):
    assume(context != other)
    wrap = v1.wrap_key(kek, key, context=context)
    assert v1.unwrap_key(kek, wrap, context=context) == key
    broken = [
        (wrap, other),
        (dataclasses.replace(wrap, sealed=with_one_bit_flipped(wrap.sealed, bit)), context),
        (dataclasses.replace(wrap, commitment=with_one_bit_flipped(wrap.commitment, bit)), context),
    ]
    for changed, where in broken:
        with pytest.raises(v1.NotOpened):
            v1.unwrap_key(kek, changed, context=where)


@sealed_profile
@given(st.binary(min_size=20, max_size=20))
def test_a_recovery_code_reads_back_however_it_is_written(secret):
    code = v1.write_recovery_code(secret)
    look_alikes = code.lower().replace("0", "o").replace("1", "l")
    for written in (code, code.replace("-", ""), code.replace("-", " "), look_alikes):
        assert v1.read_recovery_code(written) == secret


@sealed_profile
@given(st.text(max_size=60))
def test_normalising_a_passphrase_twice_changes_nothing(text):
    once = v1.normalise_passphrase(text)
    assert v1.normalise_passphrase(once.decode()) == once
