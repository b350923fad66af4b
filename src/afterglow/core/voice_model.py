"""A folder with a model that writes down speech: whether it is whole, how large it is, which languages it knows.

The form is CTranslate2's for Whisper (model.bin, config.json, tokenizer.json or a vocabulary). Pure but for reading files.
"""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from afterglow.core.bad_input import BadInput

NEEDED = ("model.bin", "config.json")
WORD_LISTS = ("vocabulary.json", "vocabulary.txt", "tokenizer.json")
ALSO = ("preprocessor_config.json", "README.md", "LICENSE")
# CTranslate2 writes a version and then the name of the model's kind at the beginning of model.bin.
KIND = b"WhisperSpec"
KIND_WITHIN_BYTES = 64


@dataclass(frozen=True, slots=True)
class VoiceModel:
    """What a folder holds. `languages` is 1 where only English is known, 0 where it does not say."""

    bytes_long: int
    languages: int

    @property
    def in_words(self) -> str:
        mib = f"{self.bytes_long / 1024 / 1024:.0f} MiB"
        spoken = {0: "languages not named", 1: "English only"}
        return f"{mib}, {spoken.get(self.languages, f'{self.languages} languages')}"


def is_usable(folder: Path) -> bool:
    return all((folder / name).is_file() for name in NEEDED)


def look_at(folder: Path) -> VoiceModel:
    """What is in this folder. Raises BadInput with a sentence for what is missing."""
    for name in NEEDED:
        if not (folder / name).is_file():
            raise _bad(folder / name, "this file is missing, so it is no model for CTranslate2")
    if not any((folder / name).is_file() for name in WORD_LISTS):
        raise _bad(folder, "there is no tokenizer.json and no vocabulary in it")
    with (folder / "model.bin").open("rb") as model:
        if KIND not in model.read(KIND_WITHIN_BYTES):
            raise _bad(folder / "model.bin", "this is not a Whisper model for CTranslate2")
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        languages = len(config.get("lang_ids", ()))
    except (ValueError, AttributeError, TypeError) as error:
        raise _bad(folder / "config.json", "it cannot be read") from error
    return VoiceModel((folder / "model.bin").stat().st_size, languages)


def install(folder: Path, place: Path) -> VoiceModel:
    """Copy a model to its place, whole or not at all; an earlier one there goes. Raises BadInput."""
    model = look_at(folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    coming = Path(tempfile.mkdtemp(prefix=".voice-", dir=place.parent))
    try:
        for name in (*NEEDED, *WORD_LISTS, *ALSO):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, coming / name)
                (coming / name).chmod(0o600)
        if place.exists():
            shutil.rmtree(place)
        coming.replace(place)
    except OSError as error:
        shutil.rmtree(coming, ignore_errors=True)
        raise _bad(
            place, f"the model could not be copied: {os.strerror(error.errno or 0)}"
        ) from error
    return model


def _bad(file: Path, why: str) -> BadInput:
    return BadInput(str(file), None, "path", why)
