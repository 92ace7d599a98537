# SPDX-License-Identifier: EUPL-1.2
"""Is the journal what was written? Read-only: works on a copy, and on the database of a running kiosk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from assist.journal.chain import Link
from assist.journal.checkpoints import read_sidecar, sidecar_path
from assist.journal.database import BUSY_SECONDS, StorageError, connect, driver_of, fault_of, reading
from assist.journal.examination import Finding, Flaw, examine, links
from assist.journal.migrations import APPLICATION_ID, SCHEMA_VERSION, version_of
from assist.journal.protocol import FaultKind, JournalFault
from assist.journal.schema import EVENT
from assist.journal.serialise import payload_as_data

_REASONS = {
    Flaw.MISSING_FILE: "Le fichier du journal n'existe pas.",
    Flaw.NOT_A_JOURNAL: "Ce fichier n'est pas un journal de Pas à pas.",
    Flaw.EMPTY: "Cette base est vide : il n'y a pas encore de journal.",
    Flaw.UNREADABLE: "Le journal ne peut pas être lu.",
    Flaw.LOCKED: "Un autre programme occupe le journal. Essayez plus tard.",
    Flaw.NEWER: "Le journal vient d'une version plus récente de Pas à pas.",
    Flaw.CORRUPT_PAGES: "Le fichier du journal est abîmé.",
    Flaw.IDENTITY: "L'identité du journal a été modifiée.",
    Flaw.ROW_ALTERED: "Une ligne a été modifiée.",
    Flaw.ROW_MISSING: "Une ligne manque.",
    Flaw.PAYLOAD_ERASED: "Le contenu d'une ligne a été effacé hors délai.",
    Flaw.TRUNCATED: "La fin du journal a été coupée.",
    Flaw.CHECKPOINT_ALTERED: "Un point de contrôle signé a été modifié ou supprimé.",
    Flaw.RETENTION_ALTERED: "Une trace d'effacement a été modifiée.",
    Flaw.SCHEMA_ALTERED: "Les protections de la base ont été modifiées.",
    Flaw.KEY_LOST: "La clé de signature du journal est perdue.",
}
_UNKNOWABLE = frozenset({Flaw.MISSING_FILE, Flaw.EMPTY, Flaw.UNREADABLE, Flaw.LOCKED, Flaw.NEWER})
_OF_FAULT = {FaultKind.DAMAGED: Flaw.CORRUPT_PAGES, FaultKind.LOCKED: Flaw.LOCKED}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verification says. ``first_bad`` is the number of the first bad row, when a row can be named."""

    intact: bool
    events: int
    first_bad: int | None = None
    flaw: Flaw | None = None
    detail: str = ""
    """The system's own words, for a log."""
    key: str = ""
    """The journal's public key (hex): note it elsewhere, and a journal signed anew by another key is found."""
    signed: int = 0
    """The last row that a signature of this key covers; 0 when there is none."""

    @property
    def reason(self) -> str:
        """Why it is not intact, in French; "" when it is."""
        return reason_of(self.flaw, self.first_bad)

    @property
    def examined(self) -> bool:
        """False when there was nothing to judge, or no way to read it: neither intact nor damaged."""
        return self.flaw not in _UNKNOWABLE


class JournalDamaged(Exception):
    """An export met a place that cannot be read. ``after`` is the number of the last row that could."""

    def __init__(self, after: int) -> None:
        super().__init__(f"the journal cannot be read after row {after}")
        self.after = after


def reason_of(flaw: Flaw | None, first_bad: int | None = None) -> str:
    """A flaw in French, with the row it begins at."""
    if flaw is None:
        return ""
    place = "" if first_bad is None else f" Première ligne en cause : {first_bad}."
    return _REASONS[flaw] + place


def verify(path: Path, *, busy: float = BUSY_SECONDS) -> Verdict:
    """Check the whole journal at ``path``. Never raises for what the file is; never changes it.

    Only what stands after the last signed checkpoint could be cut off unseen; a closed journal ends with one.
    """
    if not path.exists():
        return Verdict(False, 0, None, Flaw.MISSING_FILE)
    try:
        finding = look(path, busy=busy)
    except StorageError as error:
        fault = fault_of(error)
        return Verdict(False, 0, None, _OF_FAULT.get(fault.kind, Flaw.UNREADABLE), fault.detail)
    key = finding.identity.public_key.hex() if finding.identity else ""
    signed = max((checkpoint.seq for checkpoint in finding.checkpoints), default=0)
    return Verdict(finding.flaw is None, finding.events, finding.first_bad, finding.flaw, "", key, signed)


def look(path: Path, *, at_most: int | None = None, busy: float = BUSY_SECONDS) -> Finding:
    """Examine the file at ``path`` without changing it. Raises DBAPIError, sqlite3.Error or OSError."""
    # Before the database: a checkpoint is mirrored once it is durable, so the sidecar may lag, never lead.
    sidecar = read_sidecar(sidecar_path(path))
    with closing(_connect(path, busy)) as connection, reading(driver_of(connection)):
        finding = examine(connection, sidecar, at_most=at_most)
    if finding.flaw is Flaw.EMPTY and sidecar:
        return Finding(Flaw.TRUNCATED, 1)
    return finding


def export(path: Path, *, busy: float = BUSY_SECONDS) -> Iterator[dict[str, Any]] | JournalFault:
    """Every event as plain data, oldest first, for JSON lines; a fault when the journal cannot be read at all.

    ``payload`` is None once its retention is over. The salt is not exported: it would let a short payload be
    guessed from its commitment. The iterator raises JournalDamaged where the file cannot be read any further.
    """
    if not path.exists():
        return JournalFault(FaultKind.IO, str(path))
    try:
        connection = _connect(path, busy)
    except StorageError as error:
        return fault_of(error)
    try:
        fault = _unreadable(connection)
    except StorageError as error:
        fault = fault_of(error)
    if fault is not None:
        connection.close()
        return fault
    return _exported(connection)


def _unreadable(connection: Connection) -> JournalFault | None:
    driver = driver_of(connection)
    if driver.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return JournalFault(FaultKind.DAMAGED, "not a journal")
    return JournalFault(FaultKind.NEWER) if version_of(driver) > SCHEMA_VERSION else None


def _exported(connection: Connection) -> Iterator[dict[str, Any]]:
    after = 0
    try:
        with closing(connection), reading(driver_of(connection)):
            for link in links(connection, EVENT.c.seq.is_not(None)):
                yield _as_data(link)
                after = link.seq
    except (*StorageError, ValueError) as error:
        raise JournalDamaged(after) from error


def _as_data(link: Link) -> dict[str, Any]:
    return {
        "seq": link.seq,
        "id": link.id.decode(),
        "kiosk": link.kiosk.decode(),
        "boot": link.boot,
        "session": link.session.decode(),
        "time": link.time.decode(),
        "type": link.type.decode(),
        "payload": None if link.payload is None else payload_as_data(link.payload),
        "commitment": link.commitment.hex(),
        "prev": link.prev.hex(),
        "hash": link.hash.hex(),
    }


def _connect(path: Path, busy: float) -> Connection:
    """A reading connection; see :func:`_connect_unwritable` for a folder where no lock file can be made."""
    connection: Connection | None = None
    try:
        connection = connect(path, read_only=True, busy=busy)
        _touch(connection)
    except StorageError as error:
        if connection is not None:
            connection.close()
        if fault_of(error).kind not in (FaultKind.IO, FaultKind.READ_ONLY):
            raise
        return _connect_unwritable(path, busy)
    return connection


def _connect_unwritable(path: Path, busy: float) -> Connection:
    """For evidence on a read-only disk: a database without a log is read as it is, one with a log through a copy."""
    log = path.with_name(path.name + "-wal")
    if not log.exists() or not log.stat().st_size:
        return connect(path, immutable=True, busy=busy)
    # The copy has no name any more once it is open, and goes away with the connection.
    with TemporaryDirectory() as folder:
        for file in (path, log):
            copyfile(file, Path(folder) / file.name)
        connection = connect(Path(folder) / path.name, read_only=True, busy=busy)
        _touch(connection)
    return connection


def _touch(connection: Connection) -> None:
    """Make SQLite open its files now rather than at the first query."""
    driver_of(connection).execute("SELECT 1 FROM sqlite_master").fetchone()
