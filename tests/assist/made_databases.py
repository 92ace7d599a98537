# SPDX-License-Identifier: EUPL-1.2
"""A site's database of this version, without a row: made once a process, then copied."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from assist.server.database import Database


def database_in(folder: Path) -> str:
    """The address of one on SQLite, ``site.db`` in ``folder``: what is there already stays."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "site.db"
    if not file.exists():
        shutil.copy(_model(), file)
    return f"sqlite:///{file}"


def made(address: str) -> str:
    """``address``, once its tables are there."""
    database = Database(address)
    database.upgrade()
    database.close()
    return address


@cache
def _model() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pas-a-pas-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made(f"sqlite:///{folder / 'site.db'}")
    return folder / "site.db"
