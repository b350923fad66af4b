"""How much of the lines that nothing was trained on brings the help panel. It says nothing about journals."""

import json
from pathlib import Path

import numpy as np

from afterglow.core.safety import look
from afterglow.core.themes.meaning import load_safety_model

CHECK = Path(__file__).parents[2] / "tools" / "safety" / "check.jsonl"
LEAST_RECALL, MOST_FALSE_ALARMS = 0.8, 0.2


def test_most_signs_bring_the_panel_and_most_other_lines_do_not():
    meaning = load_safety_model()
    assert meaning is not None, "make model"
    shown = {"show": [], "dont": []}
    for line in CHECK.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        shown[row["label"]].append(look(row["text"], meaning=meaning).show)
    assert np.mean(shown["show"]) >= LEAST_RECALL
    assert np.mean(shown["dont"]) <= MOST_FALSE_ALARMS
