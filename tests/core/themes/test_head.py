"""The learned heads: shipped small, and able to tell inner life from errands."""

import numpy as np

from afterglow.core.themes.head import OWN_FILE, features, inner_weight, kind_shares
from afterglow.core.themes.meaning import load_model


def test_the_heads_are_small():
    assert OWN_FILE.stat().st_size < 1_000_000


def test_shares_of_kinds_add_up_to_one():
    rows = features(["one", "two"], np.full((2, 384), 0.05, np.float32), "entry")
    assert np.allclose(kind_shares(rows).sum(axis=1), 1)


def test_inner_life_weighs_more_than_an_errand():
    meaning = load_model()
    assert meaning is not None, "the model is not built here: make model"
    texts = [
        "I stood there and felt how long I had been afraid of her silence.",
        "Picked up the parcel and two litres of milk.",
    ]
    weights = [
        float(inner_weight(features([text], meaning.vectors([text]), "entry"))[0]) for text in texts
    ]
    assert weights[0] > weights[1]
