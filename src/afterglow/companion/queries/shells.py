"""Pages that a browser keeps to work without connection: which there are, what they need, and when they are new.

None of them holds a word of a person. Leaves out how they look.
"""

import hashlib
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from afterglow import __version__

PACKAGE = Path(__file__).resolve().parents[2]
# Where the look of a kept page is made: a change in one of these folders makes every browser fetch its pages anew.
MADE_OF = ("*/templates/**/*", "locale/**/*.po", "data/**/*.toml", "data/**/*.md")


@dataclass(frozen=True, slots=True)
class Shell:
    """One kept page; `answers` is how the addresses begin for which it stands in."""

    name: str
    template: str
    answers: tuple[str, ...] = ()


# The steps after *I am home and settled*: without a connection all of them are one page.
SETTLED = tuple(
    f"/session/home/{step}/" for step in ("check-in", "voice", "words", "drawing", "how")
)
SHELLS = (
    Shell("write", "companion/offline/write.html", ("/write/",)),
    Shell("voice", "companion/offline/voice.html", ("/capture/voice/",)),
    Shell("draw", "companion/offline/draw.html", ("/capture/draw/",)),
    Shell("photo", "companion/offline/photo.html", ("/capture/photo/",)),
    Shell("poem", "companion/offline/poem.html", ("/capture/poem/",)),
    Shell("music", "companion/offline/music.html", ("/capture/music/",)),
    Shell("movement", "companion/offline/movement.html", ("/capture/movement/",)),
    Shell("capture", "companion/offline/capture.html", ("/capture/",)),
    Shell("check-in", "companion/offline/check_in.html", ("/today/",)),
    Shell("before", "companion/offline/before.html", ("/session/",)),
    Shell("now", "companion/session/now.html", ("/session/now/", "/session/say/")),
    Shell("home", "companion/session/home.html", ("/session/home/",)),
    Shell("settled", "companion/offline/settled.html", SETTLED),
    Shell("evening", "companion/session/evening.html", ("/session/evening/",)),
    Shell("pressure", "companion/session/pressure.html", ("/session/pressure/",)),
    Shell("body", "companion/session/body.html", ("/session/body/",)),
    Shell("practices", "companion/offline/practices.html", ("/practices/", "/practice/")),
    Shell("timer", "companion/exercises/timer.html", ("/exercises/timer/",)),
    Shell("breathing", "companion/exercises/breathing.html", ("/exercises/breathing/",)),
    Shell("grounding", "companion/exercises/grounding.html", ("/exercises/grounding/",)),
    Shell("help", "companion/help.html", ("/help/",)),
    Shell("waiting", "companion/offline/waiting.html", ("/waiting-to-send/",)),
    # What was noted and kept of earlier sittings lies below pages on which something is noted.
    Shell("away", "companion/offline/away.html", ("/session/body/all/", "/session/back/")),
)
# What those pages name; the modules that these import are found in them.
NAMED = (
    "ui/tokens.css",
    "ui/app.css",
    "ui/icon.svg",
    "ui/app.js",
    "ui/waiting.js",
    "ui/fonts/atkinson-hyperlegible-latin-400-normal.woff2",
    "ui/fonts/atkinson-hyperlegible-latin-700-normal.woff2",
    "companion/breathing.js",
    "companion/exercises.css",
    "companion/pressure.js",
    "companion/session.css",
    "companion/session.js",
    "companion/timer.js",
    "companion/today.css",
    "journal/capture.css",
    "journal/draw.js",
    "journal/listen.js",
    "journal/photos.js",
    "journal/recorder.js",
)
IMPORTED = re.compile(r"""(?:from|import)\s+["'](\.[^"']+)["']""")


@cache
def files() -> list[str]:
    """Every file that the kept pages load, each once."""
    found: list[str] = []
    waiting = list(NAMED)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            waiting += _imports_of(name)
    return sorted(found)


def _imports_of(name: str) -> list[str]:
    if not name.endswith(".js"):
        return []
    text = next(PACKAGE.glob(f"*/static/{name}")).read_text("utf-8")
    return [
        posixpath.normpath(f"{posixpath.dirname(name)}/{each}") for each in IMPORTED.findall(text)
    ]


def answers() -> list[tuple[str, Shell]]:
    """How the addresses begin for which a page stands in, the longest first, so that the nearest page is found."""
    found = [(start, known) for known in SHELLS for start in known.answers]
    return sorted(found, key=lambda pair: len(pair[0]), reverse=True)


def shell(name: str) -> Shell | None:
    return next((known for known in SHELLS if known.name == name), None)


def version_of(addresses: list[str]) -> str:
    """Twelve hex digits over the addresses of the files, which carry the hash of their content, and the pages' making."""
    digest = hashlib.sha256(__version__.encode())
    for part in (*addresses, _making()):
        digest.update(part.encode() + b"\n")
    return digest.hexdigest()[:12]


@cache
def _making() -> str:
    """Read once: the files of an installed program do not change while it runs."""
    digest = hashlib.sha256()
    for pattern in MADE_OF:
        for file in sorted(PACKAGE.glob(pattern)):
            if file.is_file():
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
