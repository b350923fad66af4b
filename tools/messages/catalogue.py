"""One language's .po file: read, brought up to date with the messages, written in a steady order, compiled."""

import io
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.messages.extract import ROOT, Message, messages

LOCALE = ROOT / "src/afterglow/locale"
HEADER = (
    "# By hand: warm, plain, short sentences, no exclamation marks. The words are those of data/."
)
PLAIN = '"Content-Type: text/plain; charset=utf-8\\n"'
WIDTH = 0  # One line a message: a changed word is one changed line.


def files() -> list[Path]:
    """The .po file of every language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(file: Path) -> Catalog:
    """A catalogue as it is on disk. Raises PoFileError for a file that is not one."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parts[-3], domain="django", abort_invalid=True)


def update(file: Path) -> tuple[int, int]:
    """Add new messages without a translation, drop those that are gone. Gives (untranslated, dropped)."""
    old, wanted = read(file), messages()
    new = Catalog(locale=old.locale, domain="django", header_comment=HEADER, fuzzy=False)
    for message in wanted:
        kept = old.get(message.text, message.context or None)
        new.add(
            (message.text, message.plural) if message.plural else message.text,
            kept.string if kept and _same_shape(message, kept.string) else None,
            context=message.context or None,
            flags=kept.flags if kept else (),
        )
    _write_po(file, new)
    return len(untranslated(new)), len(old) - sum(1 for each in new if each.id and _in(old, each))


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages of a catalogue that have no finished translation."""
    return [
        _text(each.id)
        for each in catalogue
        if each.id and (each.fuzzy or not all(_forms(each.string)))
    ]


def compile_stale() -> list[Path]:
    """Write the .mo beside every .po that is newer than it. Gives what was written."""
    return [compile_one(file) for file in files() if _is_stale(file)]


def compile_one(file: Path) -> Path:
    """Write one .mo, whole or not at all."""
    target = file.with_suffix(".mo")
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as stream:
        write_mo(stream, read(file))
    Path(stream.name).chmod(0o644)
    Path(stream.name).replace(target)
    return target


def _is_stale(file: Path) -> bool:
    target = file.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < file.stat().st_mtime


def _write_po(file: Path, catalogue: Catalog) -> None:
    # Babel's own head holds the time of day, which would clash in every merge.
    plural = f'"Plural-Forms: {catalogue.plural_forms}\\n"'
    head = [HEADER, 'msgid ""', 'msgstr ""', f'"Language: {catalogue.locale}\\n"', plural]
    text = io.BytesIO()
    write_po(text, catalogue, width=WIDTH, no_location=True, sort_output=True, omit_header=True)
    file.write_text("\n".join((*head, PLAIN, "", "")) + text.getvalue().decode(), "utf-8")


def _same_shape(message: Message, string: object) -> bool:
    return bool(message.plural) == isinstance(string, tuple | list)


def _in(catalogue: Catalog, each: object) -> bool:
    return catalogue.get(each.id, each.context) is not None  # type: ignore[attr-defined]


def _text(identity: object) -> str:
    return str(identity[0] if isinstance(identity, tuple | list) else identity)


def _forms(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (str(string or ""),)
