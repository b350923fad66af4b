"""Prints how well and how fast a voice model writes down sentences that are spoken here; asserts nothing.

`python -m tests.bench.bench_voice PATH`, with the extra `voice` and espeak-ng (apt-get install espeak-ng).
"""

import io
import shutil
import subprocess
import sys
import time
import wave
from pathlib import Path

SENTENCES = (
    "The river was warm and I let go of the rope.",
    "I want to call my sister before the week is over.",
    "There was a green door, and behind it somebody laughed quietly.",
    "It was hard at first, then it became very still.",
    "I understood that I do not have to carry this alone.",
)


def spoken(sentence: str) -> bytes:
    """A WAVE file, in memory."""
    command = ["espeak-ng", "-v", "en-us", "-s", "150", "--stdout", sentence]
    return subprocess.run(command, capture_output=True, check=True).stdout


def words(text: str) -> list[str]:
    plain = "".join(each if each.isalnum() else " " for each in text.lower())
    return plain.split()


def errors(said: list[str], heard: list[str]) -> int:
    """The fewest words to change, add or leave out."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, start=1):
        before, row[0] = row[0], number
        for at, other in enumerate(heard, start=1):
            here = min(row[at] + 1, row[at - 1] + 1, before + (word != other))
            before, row[at] = row[at], here
    return row[-1]


def seconds_of(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as file:
        # A stream has no length in its head, so its bytes are counted.
        return len(sound) / (file.getframerate() * file.getsampwidth())


def measure(path: Path) -> None:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(path), device="cpu", compute_type="int8", local_files_only=True)
    wrong = count = 0
    long = took = 0.0
    for sentence in SENTENCES:
        sound = spoken(sentence)
        begun = time.perf_counter()
        pieces, _ = model.transcribe(io.BytesIO(sound), condition_on_previous_text=False)
        heard = " ".join(piece.text for piece in pieces)
        took += time.perf_counter() - begun
        long += seconds_of(sound)
        wrong += errors(words(sentence), words(heard))
        count += len(words(sentence))
    print(
        f"word error rate {wrong / count:.1%} of {count} words; {took / long:.2f} s for each second"
    )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("Not measured: no model was named. python -m tests.bench.bench_voice PATH")
    elif shutil.which("espeak-ng") is None:
        print("Not measured: espeak-ng is missing. sudo apt-get install espeak-ng")
    else:
        measure(Path(sys.argv[1]))
