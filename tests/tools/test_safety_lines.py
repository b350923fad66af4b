"""How much of what nothing was trained on brings the help panel. It says nothing about how much a journal would."""

import json
from pathlib import Path

import numpy as np
import pytest

from afterglow.core.safety import look
from afterglow.core.themes.meaning import load_safety_model

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "tools" / "safety"
# Real short entries about ordinary days (lemotif, MIT).
REAL = ROOT / "tests" / "e2e" / "lemotif" / "answers.txt"
LEAST_RECALL, MOST_FALSE_ALARMS, MOST_OF_ORDINARY_DAYS = 0.8, 0.2, 0.1


@pytest.fixture(scope="module")
def meaning():
    found = load_safety_model()
    assert found is not None, "make model"
    return found


def rows_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_most_signs_bring_the_panel_and_most_other_lines_do_not(meaning):
    shown = {"show": [], "dont": []}
    for row in rows_of(TEXTS / "check.jsonl"):
        shown[row["label"]].append(look(row["text"], meaning=meaning).show)
    assert np.mean(shown["show"]) >= LEAST_RECALL
    assert np.mean(shown["dont"]) <= MOST_FALSE_ALARMS


@pytest.mark.parametrize("by", ["words", "meaning"])
def test_ordinary_days_of_real_people_stay_quiet(meaning, by):
    learned = {row["text"] for row in rows_of(TEXTS / "texts" / "real-entries.jsonl")}
    new = [line for line in REAL.read_text(encoding="utf-8").splitlines() if line not in learned]
    assert len(new) > 50
    shown = [look(line, meaning=meaning if by == "meaning" else None).show for line in new]
    assert np.mean(shown) <= MOST_OF_ORDINARY_DAYS
