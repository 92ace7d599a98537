# SPDX-License-Identifier: EUPL-1.2
"""Make a backup of a site while it runs, and bring one back: whole and verified, or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from assist.backup.copies import copy_sqlite, dump, load, sound
from assist.backup.sealed_folder import NotOpened, check_public, seal, unseal
from assist.journal.checkpoints import sidecar_path
from assist.journal.verification import Flaw, verify

JOURNAL, SITE, KEYS = "journal.db", "site.db", "keys"
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the parts of a site are. What is not there is not in the backup, or has nowhere to come back to."""

    journal: Path
    database: str
    """A SQLAlchemy address."""
    keys: Path


@dataclass(frozen=True, slots=True)
class Done:
    """What is in a backup, or came back of it."""

    events: int | None
    """Of the kiosk's journal; None when there is no journal."""
    site: bool
    keys: bool
    digest: str = ""
    """SHA-256 of the file."""


Base = Engine
"""What reaches a database."""
Prepare = Callable[[str], Base]
"""Makes the tables of a database that has none, brings them up to date, and gives what reaches it."""


class Refused(Exception):
    """Why nothing was done, in French."""


def make(parts: Parts, to: Path, key: str, prepare: Prepare) -> Done:
    """Write a backup to the file ``to``, which is replaced only once the new one is whole on the disk.

    Raises BadKey, Refused, OSError, sqlite3.Error or SQLAlchemyError.
    """
    check_public(key)
    with TemporaryDirectory(dir=to.parent, prefix=".backup-") as scratch:
        folder = Path(scratch) / "backup"
        folder.mkdir(mode=0o700)
        events = _copy_journal(parts.journal, folder)
        site = _copy_site(parts.database, folder / SITE, prepare)
        keys = parts.keys.is_dir()
        if keys:
            shutil.copytree(parts.keys, folder / KEYS)
        if events is None and not site and not keys:
            raise Refused("Il n'y a rien à sauvegarder : ni journal, ni base du lieu, ni clés.")
        sealed = Path(scratch) / "sealed"
        try:
            digest = seal(folder, sealed, key)
        except NotOpened as error:
            raise Refused("Le disque ne rend pas ce qui y a été écrit. Choisissez un autre disque.") from error
        _durably(sealed, to)
    return Done(events, site, keys, digest)


def restore(file: Path, parts: Parts, secret: str, prepare: Prepare) -> Done:
    """Bring a backup back where ``parts`` says; nothing there is ever replaced.

    Raises BadKey, NotOpened, Refused, OSError, sqlite3.Error or SQLAlchemyError.
    """
    home = parts.keys.parent
    home.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home, prefix=".restore-") as scratch:
        folder = Path(scratch) / "backup"
        folder.mkdir(mode=0o700)
        unseal(file, folder, secret)
        events = _check_journal(folder / JOURNAL)
        _refuse_to_replace(folder, parts)
        site = (folder / SITE).is_file()
        if site:
            _bring_site_back(folder / SITE, parts.database, prepare)
        if events is not None:
            parts.journal.parent.mkdir(parents=True, exist_ok=True)
            if (sidecar := sidecar_path(folder / JOURNAL)).is_file():
                _durably(sidecar, sidecar_path(parts.journal))
            for extra in folder.glob(f"{JOURNAL}*"):
                _durably(extra, parts.journal.with_name(extra.name.replace(JOURNAL, parts.journal.name, 1)))
        keys = (folder / KEYS).is_dir()
        if keys:
            (folder / KEYS).rename(parts.keys)
    return Done(events, site, keys)


def _copy_journal(journal: Path, folder: Path) -> int | None:
    """The number of its events. Its checkpoints and its key go with it; those first: they may lag, never lead."""
    if not journal.is_file():
        return None
    for extra in sorted(journal.parent.glob(f"{journal.name}*")):
        is_log = extra.name.endswith(("-wal", "-shm", "-journal"))
        if extra != journal and extra.is_file() and not is_log:
            shutil.copy2(extra, folder / extra.name.replace(journal.name, JOURNAL, 1))
    copy_sqlite(journal, folder / JOURNAL)
    return _check_journal(folder / JOURNAL)


def _check_journal(copy: Path) -> int | None:
    if not copy.is_file():
        return None
    verdict = verify(copy)
    if not verdict.intact and verdict.flaw is not Flaw.EMPTY:
        raise Refused(f"Le journal n'est pas intact. {verdict.reason}")
    return verdict.events


def _copy_site(address: str, to: Path, prepare: Prepare) -> bool:
    if not address.startswith("sqlite"):
        with _reached(prepare, address) as source, _reached(prepare, f"{_SQLITE}{to}") as copy:
            dump(source, copy)
        return True
    file = Path(address.removeprefix(_SQLITE))
    if not file.is_file():
        return False
    copy_sqlite(file, to)
    if not sound(to):
        raise Refused("La base du lieu est abîmée.")
    return True


@contextmanager
def _reached(prepare: Prepare, address: str) -> Generator[Engine]:
    engine = prepare(address)
    try:
        yield engine
    finally:
        engine.dispose()


def _refuse_to_replace(folder: Path, parts: Parts) -> None:
    there = [
        str(path)
        for name, path in ((JOURNAL, parts.journal), (KEYS, parts.keys), (SITE, _file_of(parts.database)))
        if (folder / name).exists() and path is not None and path.exists()
    ]
    if there:
        raise Refused(f"{', '.join(there)} : il y a déjà quelque chose ici. Mettez-le ailleurs, puis recommencez.")


def _file_of(address: str) -> Path | None:
    return Path(address.removeprefix(_SQLITE)) if address.startswith("sqlite") else None


def _bring_site_back(copy: Path, address: str, prepare: Prepare) -> None:
    if not sound(copy):
        raise Refused("La base du lieu est abîmée dans la sauvegarde.")
    if (file := _file_of(address)) is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        _durably(copy, file)
        return
    try:
        with _reached(prepare, f"{_SQLITE}{copy}") as origin, _reached(prepare, address) as target:
            full = load(origin, target)
    except SQLAlchemyError as error:
        raise Refused("La base du lieu n'a pas pu être écrite. Vérifiez son adresse.") from error
    if full:
        raise Refused("La base du lieu n'est pas vide. Donnez l'adresse d'une base vide, puis recommencez.")


def _durably(file: Path, to: Path) -> None:
    """Give ``file`` its place, on the disk for good."""
    for path in (file, to.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    file.replace(to)


FAULTS = (OSError, sqlite3.Error, SQLAlchemyError)
"""What a disk or a database may raise on the way."""
