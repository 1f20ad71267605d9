"""The database's files are their owner's: nobody else on the machine reads them."""

import os
from pathlib import Path

OWNER_ONLY = 0o600
_BESIDE = ("", "-wal", "-shm")  # SQLite gives these the mode of the database itself


def keep_to_owner(database: Path) -> None:
    """Makes the file at `database`, before SQLite would, or takes it and those beside it back from others.

    One that is there is never opened here: closing it would drop the locks that SQLite holds for this process.
    """
    if os.name != "posix":
        return
    try:
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    except FileExistsError:
        for suffix in _BESIDE:
            _take_back(Path(f"{database}{suffix}"))
    except OSError:
        return  # SQLite says what is wrong with the place


def _take_back(file: Path) -> None:
    try:
        if file.stat().st_mode & 0o077:
            file.chmod(OWNER_ONLY)
    except OSError:
        return  # gone meanwhile, or another's, who has to mend it
