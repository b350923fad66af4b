"""Prints macro-F1 of the committed feelings head on GoEmotions' test part; asserts nothing.

Usage: python -m tests.bench.bench_feelings --data FOLDER (the one that holds goemotions/original).
"""

import argparse
import time
from pathlib import Path

import numpy as np
from tools.feelings.measure import columns_f1, read_labels, read_part

from afterglow.core.themes.feelings import FeelingHead
from afterglow.core.themes.meaning import load_model

TARGET = "target: macro-F1 0.47 on 28 labels, 0.60 on the seven groups"


def report(name, head, part, vectors, labels):
    start = time.process_time()
    found = head.probabilities(part.texts, vectors)
    seconds = time.process_time() - start
    f1 = columns_f1(found, head.thresholds(vectors), part.truth)
    print(
        f"{name}: 28 labels {f1[: len(labels)].mean():.4f}, "
        f"seven groups {f1[len(labels) :].mean():.4f}, "
        f"{len(part.texts) / seconds:.0f} passages a CPU second without the vectors"
    )
    shown = [score for label, score in zip(labels, f1, strict=False) if label in head.shown]
    print(f"  the {len(shown)} labels shown to people: {np.mean(shown):.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    folder = parser.parse_args().data / "goemotions" / "original"
    head, model = FeelingHead.load(), load_model()
    if head is None:
        print("The feelings head is missing: python -m tools.feelings.train")
        return
    part, labels = read_part(folder, "test"), read_labels(folder)
    print(TARGET)
    report("words", head, part, None, labels)
    if model is not None:
        report("words and meaning", head, part, model.vectors(part.texts), labels)


if __name__ == "__main__":
    main()
