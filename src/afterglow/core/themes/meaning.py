"""Turns passages into vectors of meaning with the model that travels in the package.

Leaves out everything about what the vectors are used for. Runs without any network; without the
model's files it says so by giving None, and the themes fall back to words.
"""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

WIDTH = 384
BATCH_PASSAGES = 16
CHARACTERS_READ = 2000
FILES = ("minilm-int8.onnx", "tokenizer.json", "MODEL.toml")
# The same model, tuned to safety language; its vectors are of no use for anything else.
SAFETY_FILE = "safety-int8.onnx"
OWN_FOLDER = Path(__file__).resolve().parents[2] / "model"


class Meaning:
    """The loaded model: passages in, unit vectors out."""

    def __init__(self, session: Any, tokenizer: Any, name: str) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.name = name

    def vectors(self, passages: Sequence[str]) -> Vectors:
        """One unit vector per passage, the same whatever else is asked in the same call."""
        found = np.zeros((len(passages), WIDTH), dtype=np.float32)
        for rows, tokens in self._same_length_batches(passages):
            (found[rows],) = self._session.run(None, {"tokens": tokens})
        return found

    def _same_length_batches(
        self, passages: Sequence[str]
    ) -> list[tuple[list[int], NDArray[np.int64]]]:
        """Passages of equal length share a batch, so none is padded and none needs a mask."""
        # The tokenizer keeps at most 256 tokens; cutting first keeps a 20 MB line cheap.
        encoded = self._tokenizer.encode_batch([text[:CHARACTERS_READ] for text in passages])
        by_length: dict[int, list[int]] = defaultdict(list)
        for row, encoding in enumerate(encoded):
            by_length[len(encoding.ids)].append(row)
        return [
            (rows, np.array([encoded[row].ids for row in rows], dtype=np.int64))
            for _, same in sorted(by_length.items())
            for rows in (
                same[at : at + BATCH_PASSAGES] for at in range(0, len(same), BATCH_PASSAGES)
            )
        ]


def load_model(folder: Path | None = None, *, threads: int = 1) -> Meaning | None:
    """The model in `folder` (by default the package's own), or None when its files are missing."""
    folder = folder or OWN_FOLDER
    name = installed_model(folder)
    if name is None:
        return None
    return Meaning(_session(folder / FILES[0], threads), _tokenizer(folder / FILES[1]), name)


def load_safety_model(folder: Path | None = None) -> Meaning | None:
    """The model that was tuned to safety language, or None when its files are missing."""
    folder = folder or OWN_FOLDER
    name = installed_model(folder)
    if name is None or not (folder / SAFETY_FILE).is_file():
        return None
    return Meaning(_session(folder / SAFETY_FILE, 1), _tokenizer(folder / FILES[1]), name)


@cache
def the_safety_model() -> Meaning | None:
    """The package's own, loaded once in a process and only when it is first asked for."""
    return load_safety_model()


@cache
def the_model() -> Meaning | None:
    """The package's own model, loaded once in a process and only when it is first asked for."""
    return load_model()


def installed_model(folder: Path | None = None) -> str | None:
    """The name of the model in `folder`, without loading it; None when its files are missing."""
    folder = folder or OWN_FOLDER
    if not all((folder / name).is_file() for name in FILES):
        return None
    card = tomllib.loads((folder / FILES[2]).read_text(encoding="utf-8"))
    return f"{card['name']} int8 {card['model_sha256'][:12]}"


def _session(path: Path, threads: int) -> Any:
    import onnxruntime  # loaded late: 60 MB that an idle program does not need

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Any:
    import tokenizers  # loaded late: an idle program does not need it

    tokenizer = tokenizers.Tokenizer.from_file(str(path))
    tokenizer.no_padding()  # the file pads everything to 128 tokens
    tokenizer.enable_truncation(256)
    return tokenizer
