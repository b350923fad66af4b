"""What arrived from a backup takes its place, if nobody has a vault here yet: at the start, and at the end of a restore."""

import shutil
from pathlib import Path

from afterglow.transfer import sealed_files
from afterglow.transfer.data_folder import DATABASE, SERVER_KEY, somebody_lives_in

ARRIVING = "arriving"


def settle(home: Path) -> bool:
    """Whether something moved in. It happens before anything of the data folder is read.

    Where it breaks off, the next call goes on: the database is the last to leave the folder it arrived in.
    """
    arrived = home / ARRIVING
    if not (arrived / DATABASE).is_file() or somebody_lives_in(home):
        return False
    for ending in ("-wal", "-shm", ""):
        (home / f"{DATABASE}{ending}").unlink(missing_ok=True)
    if (arrived / sealed_files.FOLDER).is_dir():
        sealed_files.move(arrived / sealed_files.FOLDER, home / sealed_files.FOLDER)
    # The key goes before the database: a database under another key would open for nobody.
    for name in (SERVER_KEY, DATABASE):
        if (arrived / name).exists():
            (arrived / name).replace(home / name)
    shutil.rmtree(arrived, ignore_errors=True)
    return True
