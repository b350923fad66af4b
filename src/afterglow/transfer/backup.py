"""A sealed copy of the whole data folder, and back. Nothing is unlocked: what is copied is what lies on the disk."""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

from afterglow.core.bad_input import CannotGoOn
from afterglow.transfer import moving_in, sealed_files, strangers
from afterglow.transfer.data_folder import (
    DATABASE,
    SERVER_KEY,
    SERVER_KEY_BYTES,
    somebody_lives_in,
)

MANIFEST = "manifest.json"
PIECE_BYTES = 1 << 20


class NotKept(CannotGoOn):
    """Why there is no copy; the text says what is missing."""


class NotRestored(CannotGoOn):
    """Why nothing was changed; the text says the way out."""


def backup(to: Path, *, home: Path, beside: Path | None = None) -> Path:
    """Copy the database, also while it is in use, the server key and all sealed files, for their owner only.

    Everything goes into one file; only where a folder is named, sealed files are kept there, each one once.
    """
    to = to.expanduser().resolve()
    if not to.parent.is_dir():
        raise NotKept(f"There is no folder {to.parent}.")
    for name in (DATABASE, SERVER_KEY):
        if not (home / name).is_file():
            raise NotKept(f"There is nothing to copy yet: {home / name} is missing.")
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".afterglow-") as folder:
        copy = Path(folder) / DATABASE
        _copy_database(home / DATABASE, copy)
        whole = Path(folder) / "whole"
        sealed = sealed_files.of_home(home)
        kept_beside = sealed_files.keep_beside(sealed, beside) if beside else {}
        _pack(whole, [copy, home / SERVER_KEY], [] if beside else sealed, kept_beside)
        whole.replace(to)
    _names_to_disk(to.parent)
    return to


def _copy_database(source: Path, to: Path) -> None:
    """SQLite's own backup gives one moment of the database, write-ahead log included. Raises NotKept."""
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(to)) as there,
        ):
            here.backup(there)
    except sqlite3.Error as error:
        raise NotKept(f"{source} cannot be copied: {error}. Look with: afterglow doctor") from error


def _pack(to: Path, files: list[Path], sealed: list[Path], beside: dict[str, str]) -> None:
    """Files are summed while they are read, so each is read once; the sums follow at the end."""
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            sums = {file.name: _pack_one(archive, file, file.name) for file in files}
            for file in sealed:
                # Whoever removes a photo meanwhile wants it gone from the copy as well.
                with contextlib.suppress(FileNotFoundError):
                    name = f"{sealed_files.FOLDER}/{file.name}"
                    sums[name] = _pack_one(archive, file, name)
            manifest = {"afterglow-backup": 1, "sha256": sums, "beside": beside}
            archive.writestr(MANIFEST, json.dumps(manifest))
        out.flush()
        os.fsync(out.fileno())


def _pack_one(archive: zipfile.ZipFile, file: Path, name: str) -> str:
    total = hashlib.sha256()
    with file.open("rb") as opened:
        info = zipfile.ZipInfo.from_file(file, name)
        with archive.open(info, "w", force_zip64=True) as packed:
            while piece := opened.read(PIECE_BYTES):
                total.update(piece)
                packed.write(piece)
    return total.hexdigest()


def _names_to_disk(folder: Path) -> None:
    """The new name is on the disk too, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def restore(from_: Path, home: Path, *, only_to_look: bool = False) -> None:
    """Unpack a backup into a folder in which nobody has a vault. Raises NotRestored, with nothing changed."""
    _refuse_where_somebody_lives(home)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        whole = Path(folder) / "whole"
        whole.mkdir(mode=0o700)
        _unpack(from_, whole, only_to_look=only_to_look)
        wrong = _wrong_database(whole / DATABASE)
        if wrong:
            raise NotRestored(f"The database in {from_} is damaged: {wrong}")
        strangers.forget_devices(whole / DATABASE)
        # A large file takes minutes, in which somebody may have begun.
        _refuse_where_somebody_lives(home)
        # One rename decides. What breaks off after it, the next start finishes.
        shutil.rmtree(home / moving_in.ARRIVING, ignore_errors=True)
        whole.replace(home / moving_in.ARRIVING)
    _names_to_disk(home)
    moving_in.settle(home)
    _names_to_disk(home)


def _refuse_where_somebody_lives(home: Path) -> None:
    if somebody_lives_in(home):
        raise NotRestored(
            f"{home} already holds a vault, and nothing was changed. "
            "To use the copy instead, rename that folder first, then do this again."
        )


def _unpack(from_: Path, folder: Path, *, only_to_look: bool) -> None:
    media = folder / sealed_files.FOLDER
    media.mkdir(mode=0o700)
    try:
        with zipfile.ZipFile(from_) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            for name, sum_ in manifest["sha256"].items():
                if not (name in {SERVER_KEY, DATABASE} or sealed_files.is_one(name)):
                    raise NotRestored(f"{from_} holds {name}, which does not belong there.")
                if _unpack_one(archive, name, folder / name) != sum_:
                    raise NotRestored(f"{name} in {from_} was changed or damaged.")
            if not {SERVER_KEY, DATABASE} <= set(manifest["sha256"]):
                raise NotRestored(f"{from_} is not a whole backup of Afterglow.")
        beside = manifest.get("beside", {})
        wrong = sealed_files.bring_back(from_.parent, beside, media, copy=not only_to_look)
    except OSError as error:
        raise NotRestored(f"{from_} cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise NotRestored(f"{from_} is not a whole backup of Afterglow.") from error
    if wrong:
        raise NotRestored(f"{wrong} beside {from_} is missing, or was changed or damaged.")


def _unpack_one(archive: zipfile.ZipFile, name: str, to: Path) -> str:
    total = hashlib.sha256()
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with archive.open(name) as packed, os.fdopen(descriptor, "wb") as out:
        while piece := packed.read(PIECE_BYTES):
            total.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return total.hexdigest()


def doctor(home: Path) -> list[str]:
    """What is not as it should be with a data folder, in plain words; nothing where all is well."""
    found = doctor_of_folder(home)
    if not home.is_dir():
        return found
    wrong = _wrong_database(home / DATABASE)
    if wrong:
        return [*found, f"The database is not well: {wrong}"]
    return [*found, *sealed_files.troubles(home, sealed_files.named_by(home / DATABASE))]


def doctor_of_folder(home: Path) -> list[str]:
    """What is not as it should be with the folder and its key, wherever the database is."""
    if not home.is_dir():
        return [f"There is no data folder at {home}."]
    found = []
    if os.name != "nt" and stat.S_IMODE(home.stat().st_mode) != 0o700:
        found.append(f"Others on this computer may look into {home}. This closes it: chmod 700.")
    key = home / SERVER_KEY
    if not key.is_file():
        found.append(f"{SERVER_KEY} is missing. Names of vaults cannot be found without it.")
    elif not key.stat().st_size or key.stat().st_size % SERVER_KEY_BYTES:
        found.append(f"{SERVER_KEY} is damaged: it should hold {SERVER_KEY_BYTES} bytes a key.")
    return found


def _wrong_database(database: Path) -> str:
    """The first thing that SQLite's own check finds, or nothing."""
    if not database.is_file():
        return "it is missing."
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
            answer = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        return f"{error}."
    return "" if answer == "ok" else str(answer)
