"""What both ways of training say about texts that were not seen, and how their weights are written."""

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from tools.safety.examples import Text

HEADS = Path(__file__).resolve().parents[2] / "src" / "afterglow" / "data" / "heads"
# A little under the 15 % that are aimed at, since other texts will differ.
ALLOWED = 0.135


def say(line: str) -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def threshold_for(texts: list[Text], best: Any, allowed: float) -> float:
    """The lowest threshold that keeps false alarms, patterns included, within bounds."""
    quiet = np.array([not text.label for text in texts])
    pattern = np.array([text.pattern for text in texts])
    for value in np.sort(np.unique(best)):
        if ((best >= value) | pattern)[quiet].mean() <= allowed:
            return float(value)
    return float(best.max())


def rates(texts: list[Text], best: Any, threshold: float) -> str:
    """Recall and false alarms of patterns and threshold together."""
    show = np.array([text.label for text in texts])
    shown = (best >= threshold) | np.array([text.pattern for text in texts])
    return f"recall {shown[show].mean():.3f} at false alarms {shown[~show].mean():.3f}"


def by_category(texts: list[Text], best: Any, threshold: float) -> str:
    """How many of each category are shown."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for text, score in zip(texts, best, strict=True):
        side = "show" if text.label else "dont"
        counts[f"{side} {text.category}"].append(bool(score >= threshold or text.pattern))
    return "\n".join(
        f"  {name:34} {sum(found):4} of {len(found):4} shown"
        for name, found in sorted(counts.items())
    )


def report(name: str, texts: list[Text], best: Any, threshold: float) -> None:
    """Recall and false alarms at the threshold and at 15 %, and by category."""
    say(f"{name}: {rates(texts, best, threshold)}")
    say(f"{name}, threshold moved to 15 %: {rates(texts, best, threshold_for(texts, best, 0.15))}")
    say(by_category(texts, best, threshold))


def write_card(name: str, weights: Any, numbers: dict[str, float], learned_from: int) -> None:
    """The weights, and a card that says what they are."""
    HEADS.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(HEADS / f"{name}.npz", weights=weights)
    card = {
        "name": name,
        "licence": "Apache-2.0",
        "trained_on": f"{learned_from} texts (tools/safety/texts): written for this project, and real entries of lemotif (MIT)",
        "never": "an all-clear, a risk score, a figure shown to a person",
    }
    lines = [f"# The card of {name}.npz; written by tools/safety."]
    lines += [f'{key} = "{value}"' for key, value in card.items()]
    lines += ["", "[numbers]", *(f"{key} = {value:.8g}" for key, value in numbers.items())]
    (HEADS / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
