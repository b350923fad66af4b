"""Every message that templates and Python mark for translation, with the places where it stands."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from tools.messages.from_django import FROM_DJANGO
from tools.messages.message import Message

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def messages(source: Path = SOURCE) -> dict[Message, list[str]]:
    """All messages under a folder and those of Django, in the order of files, each with its `file:line` places."""
    found: dict[Message, list[str]] = {}
    for file in sorted(source.rglob("*")):
        for line, message in _messages_in(file):
            found.setdefault(message, []).append(f"{file.relative_to(source)}:{line}")
    for message in FROM_DJANGO:
        found.setdefault(message, []).append("django")
    return found


def _messages_in(file: Path) -> Iterator[tuple[int, Message]]:
    if file.suffix == ".py":
        yield from in_python(file.read_text("utf-8"))
    elif file.is_file() and "templates" in file.parts:
        yield from in_template(file.read_text("utf-8"))


def in_template(text: str) -> Iterator[tuple[int, Message]]:
    """Messages of a Django template: translate, blocktranslate with plural, trimmed and context."""
    # Inside brackets Python's tokenizer does not mind how lines are indented.
    yield from in_python(f"({templatize(text)})")


def in_python(text: str) -> Iterator[tuple[int, Message]]:
    """Messages of Python source: gettext and its kin, also as `_`."""
    for line, call, words, _ in extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {}):  # type: ignore[arg-type]
        if call in KEYWORDS:
            message = _message(call, words)
            if message.text:
                yield line, message


def _message(call: str, words: object) -> Message:
    parts = [str(word or "") for word in (words if isinstance(words, tuple) else (words,))]
    context = parts.pop(0) if "pgettext" in call else ""
    plural = parts[1] if "ngettext" in call or "npgettext" in call else ""
    return Message(text=parts[0], plural=plural, context=context)
