"""A kept file that was cut, reordered, doubled, lengthened or exchanged is refused; the rest of it still opens."""

import os
from functools import partial
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.vault.sounds import wav

from afterglow.core.crypto import v1
from afterglow.vault.media import files, keys, queries, services
from afterglow.vault.media.files import Damaged
from afterglow.vault.models import MediaFile

CHUNK, SEALED = v1.CHUNK_BYTES, v1.SEALED_CHUNK_BYTES
KEY = b"k" * 32
BORDERS = [1, 63, 64, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1]
many = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
sizes = st.one_of(st.sampled_from(BORDERS), st.integers(1, 5 * CHUNK))


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


def kept(size):
    content = os.urandom(size)
    name = files.write(KEY, content)
    return content, files.folder() / name, partial(files.read, KEY, name, size)


@many
@given(size=sizes, data=st.data())
def test_any_stretch_of_any_size_comes_back(size, data):
    content, _, read = kept(size)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    assert b"".join(read(start, end)) == content[start:end]


@many
@given(size=sizes)
def test_the_size_on_the_disk_tells_only_a_padded_length(size):
    _, path, _ = kept(size)
    padded = v1.padded_length(size)
    assert path.stat().st_size == padded + files.chunks_of(size) * (SEALED - CHUNK)


@many
@given(size=sizes, data=st.data())
def test_a_cut_a_longer_or_a_changed_file_is_refused(size, data):
    _, path, read = kept(size)
    sealed = path.read_bytes()
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    for other in (sealed[:at], sealed + b"\0", sealed + sealed[-SEALED:], changed):
        path.write_bytes(other)
        with pytest.raises(Damaged):
            b"".join(read(0, size))


def chunks_of(sealed):
    return [sealed[at : at + SEALED] for at in range(0, len(sealed), SEALED)]


@many
@given(size=st.integers(2 * CHUNK + 1, 6 * CHUNK), data=st.data())
def test_chunks_in_another_order_doubled_or_left_out_are_refused(size, data):
    _, path, read = kept(size)
    chunks = chunks_of(path.read_bytes())
    a, b = data.draw(st.lists(st.integers(0, len(chunks) - 1), min_size=2, max_size=2, unique=True))
    swapped = list(chunks)
    swapped[a], swapped[b] = chunks[b], chunks[a]
    doubled = [*chunks[: a + 1], *chunks[a:]]
    without = chunks[:a] + chunks[a + 1 :]
    instead = list(chunks)
    instead[a] = chunks[b]
    for order in (swapped, doubled, without, instead):
        path.write_bytes(b"".join(order))
        with pytest.raises(Damaged):
            b"".join(read(0, size))


def test_a_damaged_chunk_is_named_and_the_others_still_open():
    size = 4 * CHUNK + 10
    content, path, read = kept(size)
    sealed = bytearray(path.read_bytes())
    sealed[2 * SEALED + 100] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(Damaged) as damaged:
        b"".join(read(0, size))
    assert damaged.value.chunk == 2
    assert b"".join(read(0, 2 * CHUNK)) == content[: 2 * CHUNK]
    assert b"".join(read(3 * CHUNK, size)) == content[3 * CHUNK :]


def keep(vault, seed):
    return services.keep_media(vault, wav(90_000, seed), name="", content_type="audio/wav")


def path_of(stored):
    return files.folder() / MediaFile.objects.get(record=stored.id).file


def refused(vault, stored):
    with pytest.raises(Damaged):
        queries.read_media(vault, stored.id)
    return True


def test_files_exchanged_between_documents_or_people_are_refused(alice, bob):
    one, two, his = keep(alice.vault, 1), keep(alice.vault, 2), keep(bob.vault, 3)
    for other in (two, his):
        before = path_of(one).read_bytes()
        path_of(one).write_bytes(path_of(other).read_bytes())
        assert refused(alice.vault, one)
        path_of(one).write_bytes(before)
    assert queries.read_media(alice.vault, one.id) == wav(90_000, 1)


def test_rows_exchanged_between_documents_or_people_are_refused(alice, bob):
    one, two, his = keep(alice.vault, 1), keep(alice.vault, 2), keep(bob.vault, 3)
    rows = {stored.id: MediaFile.objects.get(record=stored.id) for stored in (one, two, his)}
    for other in (two, his):
        file, key = rows[other.id].file, rows[other.id].key
        # Names are unique, so the other row gets out of the way first.
        MediaFile.objects.filter(record=other.id).update(file=uuid4().hex)
        MediaFile.objects.filter(record=one.id).update(file=file, key=key)
        assert refused(alice.vault, one)


def test_another_persons_document_cannot_be_planted(alice, bob):
    his = keep(bob.vault, 3)
    MediaFile.objects.filter(record=his.id).update(owner=alice.vault.owner)
    with pytest.raises(queries.NotHere):
        queries.read_media(alice.vault, his.id)


def test_a_file_that_is_gone_is_damage_and_not_an_error_page(alice):
    stored = keep(alice.vault, 1)
    path_of(stored).unlink()
    assert refused(alice.vault, stored)
    assert alice.get(f"/media/{stored.id}/").status_code == 404


def test_every_file_has_a_key_of_its_own(vault):
    one, two = keep(vault, 1), keep(vault, 1)
    found = [
        keys.file_key(keys.media_key(vault.keys, each.id), keys.row_of(vault.owner, each.id))
        for each in (one, two)
    ]
    assert found[0] != found[1]
    assert path_of(one).read_bytes() != path_of(two).read_bytes()
