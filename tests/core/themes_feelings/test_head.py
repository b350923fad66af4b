"""The committed feelings head, by words alone and beside vectors."""

import numpy as np
import pytest

from afterglow.core.themes.feelings import FeelingHead
from afterglow.core.themes.feelings.head import HEADS_FOLDER
from afterglow.core.themes.feelings.terms import terms_of

NEVER_SHOWN = {"relief", "pride", "grief", "nervousness"}


@pytest.fixture(scope="module")
def head():
    found = FeelingHead.load()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("passage", "label"),
    [
        ("Thank you so much for driving me home.", "gratitude"),
        ("I'm so sorry that I shouted at you.", "remorse"),
        ("I love my sister.", "love"),
        ("I was scared all night.", "fear"),
        ("I feel so sad today.", "sadness"),
    ],
)
def test_a_plain_feeling_is_named_first(head, passage, label):
    assert next(iter(head.of([passage])[0])) == label


@pytest.mark.parametrize(
    ("passage", "group"),
    [
        ("I am furious with him.", "anger"),
        ("That was disgusting.", "disgust"),
        ("What a happy day.", "joy"),
    ],
)
def test_a_plain_feeling_is_in_its_group(head, passage, group):
    assert group in head.groups_of([passage])[0]


def test_weak_labels_are_never_shown(head):
    passages = ["What a relief.", "I am so proud of him.", "Grief, all day.", "I am nervous."]
    assert not NEVER_SHOWN & {label for found in head.of(passages) for label in found}
    assert not NEVER_SHOWN & set(head.shown)


def test_there_are_seven_groups(head):
    assert sorted(head.groups) == [
        "anger",
        "disgust",
        "fear",
        "joy",
        "neutral",
        "sadness",
        "surprise",
    ]


def test_probabilities_are_probabilities_and_come_likeliest_first(head):
    (found,) = head.of(["Thank you, I love this, it makes me happy, what a surprise."])
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert all(0 <= value <= 1 for value in found.values())


def test_vectors_change_what_is_read_and_a_passage_never_depends_on_its_neighbours(head):
    passages = ["I was glad to see her.", "The bus came late."]
    vectors = np.eye(2, 384, dtype=np.float32)
    both = head.probabilities(passages, vectors)
    assert not np.allclose(both, head.probabilities(passages))
    assert np.allclose(both[1], head.probabilities(passages[1:], vectors[1:])[0], atol=1e-5)


def test_empty_passages_and_no_passages_are_read(head):
    assert len(head.of(["", "🌧️", "\x00"])) == 3
    assert head.of([]) == []


def test_the_weights_are_small(head):
    assert (HEADS_FOLDER / "feelings.npz").stat().st_size <= 2_000_000


def test_without_the_files_there_is_no_head(tmp_path):
    assert FeelingHead.load(tmp_path) is None


def test_terms_are_words_pairs_signs_and_emoji_without_accents():
    assert terms_of("Déjà vu!! 😀") == ["deja", "vu", "!!", "😀", "deja vu", "vu !!", "!! 😀"]
