"""Cuts the Suicide Risk Lexicon (Apache-2.0) down to the constructs and tokens the program reads.

Usage: python -m tools.safety.lexicon FOLDER, where FOLDER holds srl.json and its LICENSE.
"""

import json
import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "src" / "afterglow" / "data" / "safety"
KEPT = (
    "Passive suicidal ideation",
    "Active suicidal ideation & suicidal planning",
    "Lethal means for suicide",
    "Direct self-injury",
    "Suicide exposure",
    "Other suicidal language",
    "Burdensomeness",
    "Hopelessness",
    "Entrapment & desire to escape",
    "Shame, self-disgust, & worthlessness",
    "Defeat & feeling like a failure",
    "Emptiness",
    "Emotional pain & psychache",
    "Existential meaninglessness & purposelessness",
    "Depressed mood",
    "Grief & bereavement",
    "Physical abuse & violence",
    "Psychosis & schizophrenia",
    "Relationships & kinship",
)


def compact(folder: Path) -> None:
    """Write the kept constructs, one token per line under its construct, and the licence."""
    full = json.loads((folder / "srl.json").read_text(encoding="utf-8"))
    head = (
        "# Suicide Risk Lexicon v1.0 (D. M. Low and others), Apache-2.0, see suicide-lexicon.LICENSE.\n"
        "# Changed: nineteen of fifty constructs, tokens only, lower case, no duplicates.\n"
    )
    parts = [head]
    for construct in KEPT:
        tokens = sorted({token.lower().strip() for token in full[construct]["tokens"]})
        parts.append("\n".join([f"[{construct}]", *tokens, ""]))
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "suicide-lexicon.txt").write_text("\n".join(parts), encoding="utf-8")
    shutil.copyfile(folder / "LICENSE", TARGET / "suicide-lexicon.LICENSE")


if __name__ == "__main__":
    compact(Path(sys.argv[1]))
