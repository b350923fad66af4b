"""Prints how well and how fast a voice model writes down sentences that are spoken here; asserts nothing.

`python -m tests.bench.bench_voice PATH`, with the extra `voice` and espeak-ng (apt-get install espeak-ng).
The model is used as the program uses it, through `journal.queries.hearing`. espeak-ng speaks like a machine: a model
that knows people only mishears it more often than it would mishear them.
"""

import io
import os
import shutil
import subprocess
import sys
import time
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django

django.setup()

import numpy as np
from numpy.typing import NDArray

from afterglow.journal.queries import hearing

RATE = 16_000
Sound = NDArray[np.float64]

ENGLISH = (
    "The river was warm and I let go of the rope.",
    "I want to call my sister before the week is over.",
    "There was a green door, and behind it somebody laughed quietly.",
    "It was hard at first, then it became very still.",
    "I understood that I do not have to carry this alone.",
    "My chest felt tight for a while and then it opened.",
    "I saw my grandmother in the kitchen, and she was not angry.",
    "Tomorrow I will walk to the lake and take nothing with me.",
    "The music was too loud, I would like something softer next time.",
    "I keep coming back to the same room without windows.",
    "For the first time in months I was curious about something.",
    "I forgave myself a little, and it surprised me.",
    "When I woke up I was cold and someone gave me a blanket.",
    "I am afraid that the light will go away again.",
    "The colours were moving slowly, like water under ice.",
    "I should tell my doctor about the headache in the evening.",
    "Nothing happened, and that was all right as well.",
    "I cried, but it did not hurt the way it used to.",
    "Let me remember how easy it was to breathe.",
    "On Friday I want to cook for two people instead of one.",
)
GERMAN = (
    "Der Fluss war warm, und ich habe das Seil losgelassen.",
    "Ich möchte meine Schwester anrufen, bevor die Woche vorbei ist.",
    "Am Anfang war es schwer, dann wurde es ganz still.",
    "Ich habe meine Großmutter in der Küche gesehen.",
    "Morgen gehe ich an den See und nehme nichts mit.",
    "Ich habe Angst, dass das Licht wieder weggeht.",
    "Die Musik war zu laut, beim nächsten Mal lieber etwas Leiseres.",
    "Es ist nichts passiert, und das war auch in Ordnung.",
)
VOICES = {"en": ("en-us", "en-gb", "en-gb-scotland", "en-us+f3"), "de": ("de", "de+f3")}


class Figures(NamedTuple):
    """Words heard wrongly, words said, seconds of sound, seconds of processor."""

    wrong: int
    words: int
    seconds: float
    processor_seconds: float


def spoken(sentence: str, voice: str) -> Sound:
    """What a voice says, between -1 and 1, at 16 kHz."""
    command = ["espeak-ng", "-v", voice, "-s", "150", "--stdout", sentence]
    made = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(made)) as file:
        rate = file.getframerate()
    # A stream has no length in its head, so all that follows the 44 bytes of the head is sound.
    samples = np.frombuffer(made[44:], "<i2") / 32_768
    length = len(samples) * RATE // rate
    return np.interp(np.arange(length) * rate / RATE, np.arange(len(samples)), samples)


def hiss(seconds: float, loudness: float) -> Sound:
    """What a microphone gives where nobody speaks."""
    return np.random.default_rng(1).normal(0, loudness, int(seconds * RATE))


def file_of(sound: Sound) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes())
    return kept.getvalue()


def words(text: str) -> list[str]:
    plain = "".join(each if each.isalnum() else " " for each in text.lower().replace("'", ""))
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


def listened(folder: Path, recordings: Iterable[tuple[str, Sound]]) -> Figures:
    """Every recording heard as the program hears it, against what was said."""
    listen = hearing.listening_with(folder)
    wrong = count = 0
    seconds = took = 0.0
    for said, sound in recordings:
        file = file_of(sound)
        begun = time.process_time()
        heard = " ".join(piece.text for piece in listen(file))
        took += time.process_time() - begun
        seconds += len(sound) / RATE
        wrong += errors(words(said), words(heard))
        count += len(words(said))
    return Figures(wrong, count, seconds, took)


def plain(language: str, sentences: tuple[str, ...]) -> list[tuple[str, Sound]]:
    """Two sentences in one recording, by each voice in turn."""
    voices = VOICES[language]
    pairs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    return [(pair, spoken(pair, voice)) for voice in voices for pair in pairs]


def softly(recordings: list[tuple[str, Sound]]) -> list[tuple[str, Sound]]:
    """Spoken low and far from the microphone: a twentieth as loud, over its hiss."""
    return [(said, sound / 20 + hiss(len(sound) / RATE, 0.001)) for said, sound in recordings]


def with_pauses(sentences: tuple[str, ...]) -> list[tuple[str, Sound]]:
    """Somebody tired says something, is silent for twenty seconds, and says one thing more."""
    found = []
    for at in range(0, len(sentences), 2):
        one, other = (spoken(each, "en-us") for each in sentences[at : at + 2])
        said = f"{sentences[at]} {sentences[at + 1]}"
        found.append((said, np.concatenate([one, hiss(20, 0.003), other])))
    return found


def without_words() -> list[tuple[str, Sound]]:
    """Nobody speaks: silence, hiss, and more of it."""
    return [("", sound) for sound in (np.zeros(20 * RATE), hiss(20, 0.003), hiss(20, 0.03))]


def measure(folder: Path) -> None:
    english = plain("en", ENGLISH)
    kinds = {
        "English, four voices": english,
        "English, softly over hiss": softly(english[:20]),
        "English, with a pause of 20 s": with_pauses(ENGLISH),
        "German, two voices": plain("de", GERMAN),
    }
    for name, recordings in kinds.items():
        made = listened(folder, recordings)
        print(
            f"{name}: word error rate {made.wrong / made.words:.1%} of {made.words} words; "
            f"{made.processor_seconds / made.seconds:.2f} s of processor for a second of sound"
        )
    nothing = listened(folder, without_words())
    print(f"nobody speaks, 60 s: {nothing.wrong} words heard")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("Not measured: no model was named. python -m tests.bench.bench_voice PATH")
    elif shutil.which("espeak-ng") is None:
        print("Not measured: espeak-ng is missing. sudo apt-get install espeak-ng")
    else:
        measure(Path(sys.argv[1]))
