"""Whether there is a model that can write down what was said, and the one place where it is used.

The sound is decoded in memory; nothing is written to a disk, and nothing is fetched from anywhere.
"""

import importlib.util
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from afterglow.core.voice_model import is_usable


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and which share of the recording is heard by now."""

    text: str
    share: float


Listener = Callable[[bytes], Iterator[Piece]]


def is_there() -> bool:
    """Whether the model was installed and the library that runs it is here."""
    library = importlib.util.find_spec("faster_whisper") is not None
    return library and is_usable(settings.VOICE_FOLDER)


def listener() -> Listener:
    """The model that was brought in."""
    return listening_with(settings.VOICE_FOLDER)


@cache
def listening_with(folder: Path) -> Listener:
    """A model, loaded once for each process.

    Only what sounds like speech reaches it: given twenty silent seconds it makes words up, in some language.
    """
    # Heavy, and an extra of the installation: not before it is needed.
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)

    def listen(sound: bytes) -> Iterator[Piece]:
        pieces, facts = model.transcribe(
            io.BytesIO(sound), condition_on_previous_text=False, vad_filter=True
        )
        for piece in pieces:
            yield Piece(piece.text, piece.end / facts.duration if facts.duration else 1.0)

    return listen
