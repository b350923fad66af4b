"""Tunes the sentence model for safety language and reports it on texts it has not seen.

Usage: python -m tools.safety.tune [--dry] [--folds N]. Needs torch, which nothing else here does.
The same texts on the same computer give the same weights. Each fold keeps whole texts out; a text's
score is the greatest of its windows.
"""

import argparse
import random
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers
import torch
from sklearn.model_selection import StratifiedKFold
from torch.nn import functional

from afterglow.core.safety.head import breadth
from tools.model import build
from tools.model.safetensors import Weights, read_weights
from tools.safety.bert import TunedModel
from tools.safety.examples import Text, prepared, read_texts
from tools.safety.report import ALLOWED, report, say, threshold_for, write_card

HERE = Path(__file__).resolve().parent
TOKENS = 128
BATCH = 32
EPOCHS = 4
LEARNING_RATE = 1e-3
SMOOTHING = 0.03
APOSTROPHES_DROPPED = 0.25
PAGE_COST = 0.8


class Reader:
    """The published model: its weights and its tokenizer."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            weights, tokenizer = build.published(folder)
            self.weights: Weights = {k: v.copy() for k, v in read_weights(weights).items()}
            self.tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(TOKENS)

    def batch(self, passages: list[str]) -> tuple[Any, Any]:
        """Token ids and mask, padded to the longest."""
        rows = [each.ids for each in self.tokenizer.encode_batch(passages)]
        tokens = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
        mask = torch.zeros(tokens.shape)
        for place, row in enumerate(rows):
            tokens[place, : len(row)] = torch.tensor(row)
            mask[place, : len(row)] = 1
        return tokens, mask


def tune(reader: Reader, texts: list[Text], *, seed: int = 1) -> TunedModel:
    """The model after all epochs; in each, every text teaches with one of its windows."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = TunedModel(reader.weights)
    steps = EPOCHS * (1 + len(texts) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, LEARNING_RATE, total_steps=steps + EPOCHS, pct_start=0.1
    )
    model.train()
    for _ in range(EPOCHS):
        for passages, labels in lessons(texts, chance):
            scores = model(*reader.batch(passages))
            wanted = torch.tensor(labels) * (1 - 2 * SMOOTHING) + SMOOTHING
            functional.binary_cross_entropy_with_logits(scores, wanted).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            pace.step()
    return model.eval()


def lessons(texts: list[Text], chance: random.Random) -> list[tuple[list[str], list[float]]]:
    """One epoch in batches of about one length, in random order."""
    taught = []
    for text in texts:
        of_text = [
            (window, float(label))
            for window, label in zip(text.windows, text.teach, strict=True)
            if label is not None
        ]
        passage, label = chance.choice(of_text)
        taught.append((_typed(passage, chance), label))
    chance.shuffle(taught)
    near = [
        each
        for at in range(0, len(taught), 20 * BATCH)
        for each in sorted(taught[at : at + 20 * BATCH], key=lambda pair: len(pair[0]))
    ]
    batches = [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    chance.shuffle(batches)
    return [([p for p, _ in batch], [label for _, label in batch]) for batch in batches]


def _typed(passage: str, chance: random.Random) -> str:
    """As it is, or as thumbs type it."""
    if chance.random() < APOSTROPHES_DROPPED:
        return passage.replace("'", "").replace("’", "")
    return passage


def scores(reader: Reader, model: TunedModel, texts: list[Text]) -> Any:
    """For each text the greatest score of its windows, less what a page of many windows costs."""
    flat = [(place, window) for place, text in enumerate(texts) for window in text.windows]
    flat.sort(key=lambda pair: len(pair[1]))
    best = np.full(len(texts), -np.inf)
    with torch.no_grad():
        for at in range(0, len(flat), 64):
            some = flat[at : at + 64]
            found = model(*reader.batch([window for _, window in some])).numpy()
            np.maximum.at(best, [place for place, _ in some], found)
    return best - PAGE_COST * np.array([breadth(len(text.windows)) for text in texts])


def held_out(reader: Reader, texts: list[Text], folds: int) -> Any:
    """The score of every text from weights that have not seen it."""
    found = np.zeros(len(texts))
    split = StratifiedKFold(folds, shuffle=True, random_state=1)
    for learn, test in split.split(texts, [text.category for text in texts]):
        model = tune(reader, [texts[i] for i in learn])
        found[test] = scores(reader, model, [texts[i] for i in test])
        say(f"a fold of {folds} done")
    return found


def main() -> None:
    """Cross-validate, set the threshold, tune on everything, look at the check, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--dry", action="store_true")
    asked = parser.parse_args()
    reader = Reader()
    texts = prepared(read_texts(sorted((HERE / "texts").glob("*.jsonl"))))
    found = held_out(reader, texts, asked.folds)
    came = [place for place, text in enumerate(texts) if text.as_it_comes]
    plain = [texts[place] for place in came]
    threshold = threshold_for(plain, found[came], ALLOWED)
    report("cross-validated, lines as they come", plain, found[came], threshold)
    report("cross-validated, all texts", texts, found, threshold)
    model = tune(reader, texts)
    check = prepared(read_texts([HERE / "check.jsonl"]))
    report("check", check, scores(reader, model, check), threshold)
    if not asked.dry:
        write(model, threshold, len(texts))


def write(model: TunedModel, threshold: float, learned_from: int) -> None:
    """What is added to the published weights, in sixteen bits, and the numbers that read its answer."""
    thin = {}
    for name, (up, down) in model.changes().items():
        thin[f"{name}|up"], thin[f"{name}|down"] = up.astype(np.float16), down.astype(np.float16)
    np.savez_compressed(build.SAFETY_CHANGES, **thin)
    head = model.head.weight.detach().numpy()[0] * np.sqrt(model.head.in_features)
    numbers = {
        "scale": 1.0,
        "bias": float(model.head.bias.detach()),
        "threshold": threshold,
        "page": PAGE_COST,
    }
    write_card("safety_meaning", head.astype(np.float32), numbers, learned_from)


if __name__ == "__main__":
    main()
