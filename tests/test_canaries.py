"""The search of the canary scan finds a word in every form it promises to find."""

import base64
import gzip
import os
import zlib

import pytest

from tests.canaries import Canaries, files_in

FORMS = {
    "plain": lambda text: text.encode(),
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 one further": lambda text: base64.b64encode(b"." + text.encode()),
    "base64 two further": lambda text: base64.b64encode(b".." + text.encode()),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "hex": lambda text: text.encode().hex().encode(),
    "HEX": lambda text: text.encode().hex().upper().encode(),
    "zlib": lambda text: zlib.compress(text.encode()),
    "zlib, fast": lambda text: zlib.compress(text.encode(), 1),
    "zlib, best": lambda text: zlib.compress(text.encode(), 9),
    "gzip": lambda text: gzip.compress(text.encode()),
    "base64 in gzip": lambda text: gzip.compress(base64.b64encode(text.encode())),
    "gzip in zlib": lambda text: zlib.compress(gzip.compress(text.encode())),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_word_is_found_in_this_form_among_other_bytes(form):
    canaries = Canaries()
    sentence = f"before {canaries.word('text')} after"
    assert canaries.found_in(os.urandom(500) + FORMS[form](sentence) + os.urandom(500)) == {"text"}


def test_only_the_words_that_are_there_are_named():
    canaries = Canaries()
    canaries.word("tags")
    assert canaries.found_in(canaries.word("text").encode()) == {"text"}


def test_other_bytes_hold_none():
    canaries = Canaries()
    canaries.word("text")
    assert canaries.found_in(os.urandom(100_000)) == set()


def test_files_are_searched_and_older_ones_left_out(tmp_path):
    canaries = Canaries()
    old, new = tmp_path / "old", tmp_path / "deep" / "new"
    new.parent.mkdir()
    for path in (old, new):
        path.write_text(canaries.word("text"))
    os.utime(old, (1, 1))
    found = canaries.found_in_files(files_in(tmp_path, since=1000))
    assert found == {str(new): {"text"}}
