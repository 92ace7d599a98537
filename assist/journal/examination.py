# SPDX-License-Identifier: EUPL-1.2
"""Looking for anything wrong in an open journal database: pages, identity, checkpoints, erasures, rows, schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from assist.journal.chain import Break, Checked, Head, Link, check, genesis
from assist.journal.checkpoints import Checkpoint, holds, retention_bytes
from assist.journal.database import driver_of, fault_of
from assist.journal.migrations import APPLICATION_ID, SCHEMA_VERSION, objects, objects_in, strange_in, version_of
from assist.journal.protocol import FaultKind
from assist.journal.schema import CHECKPOINT, EVENT, JOURNAL, LINK, RETENTION

_ROWS_AT_ONCE = 2000


class Flaw(StrEnum):
    """What is wrong with a journal, or why nobody can tell."""

    MISSING_FILE = "missing_file"
    NOT_A_JOURNAL = "not_a_journal"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    LOCKED = "locked"
    NEWER = "newer"
    CORRUPT_PAGES = "corrupt_pages"
    IDENTITY = "identity"
    ROW_ALTERED = "row_altered"
    ROW_MISSING = "row_missing"
    PAYLOAD_ERASED = "payload_erased"
    TRUNCATED = "truncated"
    CHECKPOINT_ALTERED = "checkpoint_altered"
    RETENTION_ALTERED = "retention_altered"
    SCHEMA_ALTERED = "schema_altered"
    KEY_LOST = "key_lost"


_OF_BREAK = {
    Break.ALTERED: Flaw.ROW_ALTERED,
    Break.MISSING: Flaw.ROW_MISSING,
    Break.ERASED: Flaw.PAYLOAD_ERASED,
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose journal it is."""

    journal: str
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of an examination. ``flaw`` None: it is what was written."""

    flaw: Flaw | None
    first_bad: int | None = None
    events: int = 0
    identity: Identity | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    """Those of the database whose signature holds."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """The signed part of a journal: what holds, and the first thing that does not."""

    checkpoints: tuple[Checkpoint, ...]
    erased: Mapping[bytes, int]
    last_vouched: int
    flaw: Flaw | None
    first_bad: int | None


def examine(connection: Connection, sidecar: Sequence[Checkpoint], *, at_most: int | None = None) -> Finding:
    """Look at everything, inside the caller's reading transaction; ``sidecar`` was read before it began.

    ``at_most``: walk along the last ``at_most`` rows only, from a checkpoint whose signature holds.
    Raises DBAPIError or sqlite3.Error for what is no damage (locked, disk that does not answer).
    """
    driver = driver_of(connection)
    if driver.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        empty = not objects_in(driver)
        return Finding(Flaw.EMPTY if empty else Flaw.NOT_A_JOURNAL)
    if version_of(driver) > SCHEMA_VERSION:
        return Finding(Flaw.NEWER)
    if strange_in(driver):
        return Finding(Flaw.SCHEMA_ALTERED)
    sound = driver.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    try:
        finding = _examine_content(connection, sidecar, at_most)
    except DBAPIError as error:
        if fault_of(error).kind is not FaultKind.DAMAGED:
            raise
        return Finding(Flaw.CORRUPT_PAGES)
    except (ValueError, TypeError, AttributeError):
        # In damaged pages a number may stand where a text should.
        if sound:
            raise
        return Finding(Flaw.CORRUPT_PAGES)
    if not sound:
        return Finding(Flaw.CORRUPT_PAGES, finding.first_bad, finding.events)
    return finding


def _examine_content(connection: Connection, sidecar: Sequence[Checkpoint], at_most: int | None) -> Finding:
    rows = connection.execute(select(JOURNAL.c.id, JOURNAL.c.public_key).limit(2)).all()
    events: int = connection.execute(select(func.count()).select_from(EVENT)).scalar_one()
    if len(rows) != 1:
        return Finding(Flaw.IDENTITY, 1 if events else None, events)
    identity = Identity(*rows[0])
    signed = _examine_signed(connection, identity, sidecar)
    if signed.flaw is Flaw.IDENTITY:
        return Finding(Flaw.IDENTITY, 1 if events else None, events)
    walk = _walk(connection, identity, signed, at_most)
    flaw, first_bad = _first(walk, signed)
    if flaw is None and not objects(version_of(driver_of(connection))) <= objects_in(driver_of(connection)):
        flaw = Flaw.SCHEMA_ALTERED
    return Finding(flaw, first_bad, events, identity, signed.checkpoints)


def _first(walk: Checked, signed: _Signed) -> tuple[Flaw | None, int | None]:
    """The flaw to name: a bad row before all, then rows cut off the end, then what was signed."""
    if walk.broken is not None:
        return _OF_BREAK[walk.broken], walk.first_bad
    if signed.last_vouched > walk.head.seq:
        return Flaw.TRUNCATED, walk.head.seq + 1
    return signed.flaw, signed.first_bad


def _walk(connection: Connection, identity: Identity, signed: _Signed, at_most: int | None) -> Checked:
    start = genesis(identity.journal.encode(), identity.public_key)
    if at_most is not None:
        last: int = connection.execute(select(func.coalesce(func.max(EVENT.c.seq), 0))).scalar_one()
        early = [c for c in signed.checkpoints if 0 < c.seq <= last - at_most]
        if early:
            latest = max(early, key=lambda checkpoint: checkpoint.seq)
            start = Head(latest.seq, latest.hash)
    # Rows numbered 0 or less can only be forged: the whole walk must meet them.
    after = EVENT.c.seq > start.seq if start.seq else EVENT.c.seq.is_not(None)
    vouched = {checkpoint.seq: checkpoint.hash for checkpoint in signed.checkpoints}
    return check(links(connection, after), start, vouched, signed.erased)


def links(connection: Connection, where: Any) -> Iterator[Link]:
    """The rows that satisfy ``where``, in the order of their numbers."""
    rows = connection.execute(select(*LINK).where(where).order_by(EVENT.c.seq))
    for chunk in rows.partitions(_ROWS_AT_ONCE):
        yield from map(Link._make, chunk)


def _examine_signed(connection: Connection, identity: Identity, sidecar: Sequence[Checkpoint]) -> _Signed:
    stored = [
        Checkpoint(identity.journal, identity.public_key, *row)
        for row in connection.execute(select(*CHECKPOINT.columns).order_by(CHECKPOINT.c.number))
    ]
    signed = [holds(identity.public_key, c.signature, c.signed_bytes()) for c in stored]
    sound = tuple(compress(stored, signed))
    if not sound and (stored or sidecar):
        return _Signed((), {}, 0, Flaw.IDENTITY, None)
    bad = [
        c.seq for place, (c, good) in enumerate(zip(stored, signed, strict=True), 1) if not good or c.number != place
    ]
    flaw = Flaw.CHECKPOINT_ALTERED if bad else None
    last_vouched = max([c.seq for c in sound], default=0)
    known = {c.number: c for c in stored}
    for mirrored in sidecar:
        if mirrored == known.get(mirrored.number):
            continue
        if holds(identity.public_key, mirrored.signature, mirrored.signed_bytes()) and _is_of(mirrored, identity):
            # The database has lost it, or holds another in its place.
            last_vouched = max(last_vouched, mirrored.seq)
        flaw = flaw or Flaw.CHECKPOINT_ALTERED
        bad.append(mirrored.seq)
    erased, retention_holds = erased_rows(connection, identity)
    if not retention_holds:
        flaw = flaw or Flaw.RETENTION_ALTERED
    return _Signed(sound, erased, last_vouched, flaw, min(bad) if bad else None)


def _is_of(checkpoint: Checkpoint, identity: Identity) -> bool:
    return checkpoint.journal == identity.journal and checkpoint.key == identity.public_key


def erased_rows(connection: Connection, identity: Identity) -> tuple[Mapping[bytes, int], bool]:
    """Up to which row of each type the payloads may be gone, and whether every record of it is signed."""
    scope: dict[bytes, int] = {}
    all_hold = True
    records = connection.execute(select(*RETENTION.columns).order_by(RETENTION.c.number))
    for place, record in enumerate(records, 1):
        message = retention_bytes(identity.journal, record.number, record.time, record.scope)
        signed = _scope(record.scope)
        if record.number != place or signed is None or not holds(identity.public_key, record.signature, message):
            all_hold = False
            continue
        scope = signed
    return scope, all_hold


def _scope(text: str) -> dict[bytes, int] | None:
    """Event type -> its last erased row; None when the text does not say that, whoever signed it."""
    try:
        told: Any = json.loads(text)
        return {type_.encode(): int(through) for type_, through in told.items()}
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
