"""Reads the instrument files, once each. A file that does not hang together is refused with its name."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from afterglow.core.bad_input import BadInput
from afterglow.core.content.folder import data_folder
from afterglow.core.instruments.schema import Instrument, faults


@cache
def load_instrument(id: str) -> Instrument:  # noqa: A002  the word that the files use
    """The instrument with this id, such as `phq-9`. Raises LookupError when there is none."""
    for instrument in instruments():
        if instrument.id == id:
            return instrument
    raise LookupError(id)


@cache
def instruments() -> tuple[Instrument, ...]:
    """All instruments that come with the program, by id."""
    files = sorted((data_folder() / "instruments").glob("*.toml"))
    return tuple(read_instrument(file) for file in files)


def read_instrument(file: Path) -> Instrument:
    """One instrument from its file. Raises BadInput when the file cannot be used."""
    try:
        instrument = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Instrument)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadInput(file.name, None, None, str(error)) from error
    wrong = faults(instrument)
    if wrong:
        raise BadInput(file.name, None, None, "; ".join(wrong))
    return instrument
