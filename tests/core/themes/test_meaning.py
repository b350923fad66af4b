"""The model of meaning: the right vectors, the same ones every time, and none without its files."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from afterglow.core.themes.meaning import Meaning, load_model

REFERENCE = json.loads(
    Path(__file__).with_name("reference_vectors.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    loaded = load_model()
    assert loaded is not None, "the model is not built here: make model"
    return loaded


def test_vectors_are_those_of_the_published_model(meaning):
    raw = base64.b64decode(REFERENCE["vectors_int8_base64"])
    known = np.frombuffer(raw, dtype=np.int8).reshape(-1, 384).astype(float)
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    likeness = (known * meaning.vectors(REFERENCE["sentences"])).sum(axis=1)
    assert likeness.min() > 0.98


def test_a_vector_does_not_depend_on_its_neighbours(meaning):
    together = meaning.vectors(REFERENCE["sentences"])
    alone = np.vstack([meaning.vectors([text]) for text in REFERENCE["sentences"]])
    assert np.abs(together - alone).max() < 1e-6


def test_two_calls_give_the_same_bits(meaning):
    sentences = REFERENCE["sentences"]
    assert meaning.vectors(sentences).tobytes() == meaning.vectors(sentences).tobytes()


def test_no_passages_give_no_vectors(meaning):
    assert meaning.vectors([]).shape == (0, 384)


def test_an_empty_and_a_huge_passage_have_vectors_too(meaning):
    vectors = meaning.vectors(["", "rain " * 200_000])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_without_its_files_there_is_no_model(tmp_path):
    assert load_model(tmp_path) is None
