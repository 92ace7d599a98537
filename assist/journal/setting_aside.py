# SPDX-License-Identifier: EUPL-1.2
"""Moving a damaged journal out of the way, whole, into a folder of its own. Nothing is ever deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from assist.journal.checkpoints import key_path, sidecar_path, sync_folder

_MARK = "mis-de-cote"


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that make up the journal at ``path``, the database first.

    First it is moved: were the write-ahead log to go first and the power to fail, the database left behind would
    look sound and lack its last events. The sidecar goes last, so that what is left behind is known for remains.
    """
    beside = (path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal"))
    return (path, *beside, sidecar_path(path))


def remains(path: Path) -> bool:
    """Whether files of a journal are there although its database is not."""
    return any(file.exists() for file in files_of(path)[1:])


def set_aside(path: Path, at: datetime, *, key_too: bool = False) -> Path:
    """Move the journal at ``path`` into a new folder beside it, named after the time, and return that folder.

    The signing key stays, for the journal to come, unless it is what is broken (``key_too``). Raises OSError.
    """
    folder = _new_folder(path, at.astimezone(UTC))
    moved = files_of(path) + ((key_path(path),) if key_too else ())
    for file in moved:
        if file.exists():
            file.rename(folder / file.name)
    sync_folder(folder)
    sync_folder(path.parent)
    return folder


def folders_set_aside(path: Path) -> tuple[Path, ...]:
    """Where former journals of ``path``, found damaged, are kept; the oldest first."""
    return tuple(sorted(path.parent.glob(f"{path.name}.{_MARK}-*")))


def _new_folder(path: Path, at: datetime) -> Path:
    stem = f"{path.name}.{_MARK}-{at:%Y%m%dT%H%M%SZ}"
    for attempt in range(1, 10_000):
        folder = path.with_name(stem if attempt == 1 else f"{stem}-{attempt}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise FileExistsError(stem)
