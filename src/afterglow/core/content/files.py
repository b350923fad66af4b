"""Reads content files with their language overlay into typed values. Knows no particular kind of content."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from afterglow.core.bad_input import BadInput
from afterglow.core.content.folder import data_folder

ENGLISH = "en"
FENCE = "+++"

# A table as TOML gives it: its keys are checked when it becomes a Struct.
Table = dict[str, Any]
Kind = TypeVar("Kind", bound=msgspec.Struct)


def language_of(tag: str) -> str:
    """The folder name of a language tag: `de-AT` is `de`."""
    return tag.replace("_", "-").split("-")[0].lower() or ENGLISH


def load_all(
    name: str, key: str, kind: type[Kind], language: str = ENGLISH, root: Path | None = None
) -> tuple[Kind, ...]:
    """All `[[key]]` tables of `<name>.toml`, or else of `<name>/*.toml`, in file order, with the overlay laid over.

    Raises BadInput, naming file and id, for a table that is not of this kind or an id used twice.
    """
    root = root or data_folder()
    overlay = _overlay(root, name, key, language)
    values: dict[str, Kind] = {}
    for file in files_of(root, name, ".toml"):
        for table in _tables(file, key):
            identity = str(table.get("id", ""))
            if identity in values:
                raise BadInput(file.name, None, identity, "this id is used twice")
            values[identity] = _typed(
                file, identity, laid_over(table, overlay.get(identity, {})), kind
            )
    return tuple(values.values())


def load_one(
    file_name: str, kind: type[Kind], language: str = ENGLISH, root: Path | None = None
) -> Kind:
    """One whole file, such as `safety/help_lines/us.toml`, with its overlay. Raises BadInput."""
    root = root or data_folder()
    file = root / file_name
    over = root / language_of(language) / file_name
    table = laid_over(read_toml(file), read_toml(over) if over.is_file() else {})
    return _typed(file, file.stem, table, kind)


def files_of(root: Path, name: str, suffix: str) -> tuple[Path, ...]:
    """The single file of this name, or else those in the folder of this name."""
    single = root / f"{name}{suffix}"
    return (single,) if single.is_file() else tuple(sorted((root / name).glob(f"*{suffix}")))


def read_toml(file: Path) -> Table:
    """A TOML file. Raises BadInput naming the file and the place."""
    return parse_toml(file, file.read_text("utf-8"))


def parse_toml(file: Path, text: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(file.name, None, None, str(error)) from error


def read_front_matter(file: Path) -> tuple[Table, str]:
    """TOML between two `+++` lines, and the Markdown after it. Raises BadInput without the fences."""
    parts = file.read_text("utf-8").split(f"{FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise BadInput(file.name, 1, None, f"must begin with facts between two {FENCE} lines")
    return parse_toml(file, parts[1]), parts[2].strip()


def laid_over(base: Table, over: Table) -> Table:
    """The base with the overlay's words; lists of tables are laid over by id, else one by one when equally long."""
    merged = dict(base)
    for key, value in over.items():
        below = base.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = laid_over(below, value)
        elif _are_tables(value) and isinstance(below, list) and len(value) == len(below):
            merged[key] = [laid_over(low, high) for low, high in _pairs(below, value)]
        else:
            merged[key] = value
    return merged


def _pairs(below: list[Table], over: list[Table]) -> list[tuple[Table, Table]]:
    """Which words belong to which table: by id where every table has one, so that order does not matter."""
    by_id = {table.get("id"): table for table in over}
    if None not in by_id and by_id.keys() == {table.get("id") for table in below}:
        return [(table, by_id[table["id"]]) for table in below]
    return list(zip(below, over, strict=True))


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _overlay(root: Path, name: str, key: str, language: str) -> dict[str, Table]:
    folder = root / language_of(language)
    if language_of(language) == ENGLISH or not folder.is_dir():
        return {}
    tables = (table for file in files_of(folder, name, ".toml") for table in _own_tables(file, key))
    return {str(table.get("id", "")): table for table in tables}


def _own_tables(file: Path, key: str) -> list[Table]:
    tables = read_toml(file).get(key, [])
    if not _are_tables(tables) and tables != []:
        raise BadInput(file.name, None, key, "must be a list of tables")
    return list(tables)


def _tables(file: Path, key: str) -> list[Table]:
    """The tables of a file; source and licence at the top of the file hold for each without its own."""
    top = read_toml(file)
    shared = {field: top[field] for field in ("source", "licence") if field in top}
    return [shared | table for table in _own_tables(file, key)]


def _typed(file: Path, identity: str, table: Table, kind: type[Kind]) -> Kind:
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise BadInput(file.name, None, identity or None, str(error)) from error
