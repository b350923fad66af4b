"""Small recordings made in code."""

import random
import struct


def wav(size, seed=1, extra=b""):
    """A WAVE file with about this many bytes of sound, never a run of equal ones."""
    sound = random.Random(seed).randbytes(size - size % 2)
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 16000, 32000, 2, 16)
    body = b"WAVE" + form + extra + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(body)) + body


def numbered(number):
    """A recording of two pieces, another one for each number."""
    return wav(1_200_000 + number, seed=number)
