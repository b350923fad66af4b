"""Reads the instrument files with the words of a language. A file that does not hang together is refused by name."""

from functools import cache
from pathlib import Path

import msgspec

from afterglow.core.bad_input import BadInput
from afterglow.core.content.files import ENGLISH, Table, laid_over, language_of, read_toml
from afterglow.core.content.folder import data_folder
from afterglow.core.instruments.schema import Instrument, Wording, faults

FOLDER = "instruments"


def load_instrument(id: str, language: str = ENGLISH) -> Instrument:  # noqa: A002  the word that the files use
    """The instrument with this id, such as `phq-9`. Raises LookupError when there is none."""
    for instrument in instruments(language):
        if instrument.id == id:
            return instrument
    raise LookupError(id)


@cache
def instruments(language: str = ENGLISH) -> tuple[Instrument, ...]:
    """All instruments that come with the program, by id, in this language where it is there."""
    root = data_folder()
    files = sorted((root / FOLDER).glob("*.toml"))
    return tuple(
        read_instrument(file, root / language_of(language) / FOLDER / file.name) for file in files
    )


def read_instrument(file: Path, words: Path | None = None) -> Instrument:
    """One instrument from its file, in other words where there are some. Raises BadInput when a file cannot be used."""
    table = read_toml(file)
    if words is not None and words.is_file():
        table = laid_over(table, _words(words))
    try:
        instrument = msgspec.convert(table, Instrument)
    except msgspec.ValidationError as error:
        raise BadInput(file.name, None, None, str(error)) from error
    wrong = faults(instrument)
    if wrong:
        raise BadInput(file.name, None, None, "; ".join(wrong))
    return instrument


def _words(file: Path) -> Table:
    """Only what may be worded: a number, code or rule in such a file is refused."""
    table = read_toml(file)
    try:
        msgspec.convert(table, Wording)
    except msgspec.ValidationError as error:
        raise BadInput(file.name, None, None, str(error)) from error
    return table
