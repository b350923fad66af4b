"""Gives the frozen vectors to the tests. Nothing here makes or changes them."""

import json
from pathlib import Path
from uuid import UUID

VECTORS = json.loads(Path(__file__).with_name("vectors").joinpath("v1.json").read_text("utf-8"))
STREAM_TEXT = b"afterglow stream"


def raw(case, *names):
    """The named fields as bytes; a single one comes alone."""
    found = [bytes.fromhex(case[name]) for name in names]
    return found[0] if len(found) == 1 else found


class Replay:
    """A random source that gives recorded bytes, in order, and notices when some are left."""

    def __init__(self, recorded):
        self.left = bytes.fromhex(recorded)

    def __call__(self, count):
        assert count <= len(self.left), "more randomness was drawn than the vector records"
        given, self.left = self.left[:count], self.left[count:]
        return given


def parts_of(case):
    read = {"b": bytes.fromhex, "s": str, "u": UUID, "i": int}
    return [read[kind](value) for kind, value in case["parts"]]
