"""Loads every part of the data once, as the program does, so that a file that nothing reads is noticed."""

import inspect
import json
import tempfile
from pathlib import Path

from afterglow.core import claims, content, demo, instruments
from afterglow.core.content import help as help_lines
from afterglow.core.content import library
from afterglow.core.content.folder import data_folder
from afterglow.core.crypto import v1
from afterglow.core.lift import priors
from afterglow.core.safety import language as safety
from afterglow.core.themes.command import run_themes
from afterglow.core.themes.feelings.body import body_feelings
from afterglow.core.themes.feelings.head import FeelingHead
from afterglow.core.themes.feelings.intensity import intensity
from afterglow.core.themes.meaning import load_model, load_safety_model

JOURNAL = [
    ("Grandma Ruth called. I felt calm and my chest was so warm.", 1),
    ("A green door stood open in the light, and I was very happy.", 2),
    ("Again I did not call her. I can't, because the evening eats me.", 3),
    ("The green door again, and Ruth behind it, laughing quietly.", 4),
    ("Rain all day. Bread, soup, and a bus that did not come.", 5),
    ("I understood that the door was never locked.", 6),
]


def load_everything():
    for language in ("en", "de"):
        for load in _shelves():
            load(language)
        for door in ("tomorrow", "home", "series", "while-ago"):
            library.door_guide(door, language)
        help_lines.countries(language)
        help_lines.help_lines("US", language)
        instruments.instruments(language)
    claims.forbidden_claims("")
    demo.load_demo(data_folder() / "demo")
    priors.shipped()
    v1.six_words(v1.passphrase_words())
    v1.too_common("otter")
    content.data_folder()
    _analyse_a_journal()


def _analyse_a_journal():
    """Themes, feelings and safety language with the real model of meaning."""
    model = load_model()
    body_feelings("my chest was warm")
    intensity("very happy")
    safety.look("I want to give up and not wake.")
    safety.look("I want to give up and not wake.", meaning=load_safety_model())
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "journal.jsonl"
        rows = [
            {"id": str(day), "written_at": f"2031-02-0{day}T20:00:00+00:00", "text": text}
            for text, day in JOURNAL
        ]
        journal.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
        run_themes(journal, model=model, feelings=FeelingHead.load())


def _shelves():
    """Every shelf of the library: a function of the language alone."""
    for _name, load in inspect.getmembers(library, callable):
        if getattr(load, "__module__", "") == library.__name__ and list(
            inspect.signature(load).parameters
        ) == ["language"]:
            yield load
