# SPDX-License-Identifier: EUPL-1.2
"""Opening a journal: check it, set a damaged one aside, bring it up to date, begin a boot, end what was cut."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Connection, insert, select, update

from assist.journal.boots import BootLock, anyone_alive, is_alive, opening
from assist.journal.checkpoints import (
    Checkpoint,
    CheckpointKind,
    holds,
    key_path,
    load_key,
    make_key,
    read_sidecar,
    sidecar_path,
)
from assist.journal.database import StorageError, connect, driver_of, fault_of, writing
from assist.journal.examination import Finding, Flaw, Identity
from assist.journal.migrations import SCHEMA_VERSION, migrate, version_of
from assist.journal.protocol import Clock, FaultKind, JournalFault, SetAside
from assist.journal.schema import BOOT, CHECKPOINT, EVENT, JOURNAL
from assist.journal.serialise import time_text
from assist.journal.setting_aside import remains, set_aside
from assist.journal.verification import look, reason_of
from assist.journal.writer import Writer, add, draft, head_of
from assist.session.events import Ending, SessionEnded, SessionStarted

WALKED_AT_START = 250_000
"""Rows checked at every start, at most: it bounds the time to start. ``verify`` walks along all of them."""
OPENING_SECONDS = 30.0

_STARTED = SessionStarted.description.type
_ENDED = SessionEnded.description.type


@dataclass(frozen=True, slots=True)
class Begun:
    """An open journal, and what was met on the way."""

    writer: Writer
    set_aside: tuple[SetAside, ...]
    interrupted: tuple[str, ...]
    events: int


def begin(path: Path, kiosk: str, clock: Clock) -> Begun | JournalFault:
    """Open or create the journal at ``path``; a fault when it cannot be written now, or must not be touched."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with opening(path, OPENING_SECONDS):
            return _begin(path, kiosk, clock)
    except TimeoutError as error:
        return JournalFault(FaultKind.LOCKED, str(error))
    except StorageError as error:
        return fault_of(error)


def _begin(path: Path, kiosk: str, clock: Clock) -> Begun | JournalFault:
    finding = _condition(path)
    if finding.flaw is Flaw.NEWER:
        return JournalFault(FaultKind.NEWER)
    moved: list[SetAside] = []
    known_boots = 0
    if finding.flaw is not None:
        if anyone_alive(path):
            return JournalFault(FaultKind.DAMAGED, f"{finding.flaw}, and another program is using it")
        known_boots = _boots_signed(path, finding)
        bad_key = key_path(path).exists() and load_key(key_path(path)) is None
        folder = set_aside(path, clock(), key_too=bad_key)
        moved.append(SetAside(folder, reason_of(finding.flaw, finding.first_bad)))
        finding = Finding(None)
    key = load_key(key_path(path)) or make_key(key_path(path))
    connection = connect(path)
    try:
        return _begin_boot(path, connection, key, kiosk, clock, after=known_boots, moved=tuple(moved))
    except BaseException:
        connection.close()
        raise


def _condition(path: Path) -> Finding:
    """What is at ``path``. No flaw: a sound journal, or nothing yet. Raises StorageError kinds when it cannot tell."""
    if not path.exists():
        return Finding(Flaw.TRUNCATED if remains(path) else _key_flaw(path, None))
    try:
        finding = look(path, at_most=WALKED_AT_START)
    except StorageError as error:
        if fault_of(error).kind is FaultKind.DAMAGED:
            return Finding(Flaw.CORRUPT_PAGES)
        raise
    if finding.flaw is Flaw.EMPTY:
        return Finding(_key_flaw(path, None))
    if finding.flaw is None and (lost := _key_flaw(path, finding.identity)):
        return Finding(lost)
    return finding


def _key_flaw(path: Path, identity: Identity | None) -> Flaw | None:
    """Whether the key file is not what this journal needs; a journal to be made needs a sound one, or none."""
    key = load_key(key_path(path))
    if identity is None:
        return Flaw.KEY_LOST if key is None and key_path(path).exists() else None
    return None if key is not None and public_bytes(key) == identity.public_key else Flaw.KEY_LOST


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The raw public key, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _boots_signed(path: Path, finding: Finding) -> int:
    """The last boot that a signature of this kiosk tells of: a fresh journal counts on from there."""
    key = load_key(key_path(path))
    if key is None:
        return 0
    public = public_bytes(key)
    told = [c for c in read_sidecar(sidecar_path(path)) if c.key == public]
    signed = [c.boot for c in (*told, *finding.checkpoints) if holds(public, c.signature, c.signed_bytes())]
    return max(signed, default=0)


def _begin_boot(
    path: Path,
    connection: Connection,
    key: Ed25519PrivateKey,
    kiosk: str,
    clock: Clock,
    *,
    after: int,
    moved: tuple[SetAside, ...],
) -> Begun:
    time = time_text(clock())
    lock: BootLock | None = None
    try:
        driver = driver_of(connection)
        with writing(driver):
            identity = _identity(connection, driver, key, kiosk, time)
            epochs = connection.execute(select(BOOT.c.epoch, BOOT.c.first_seq, BOOT.c.settled)).all()
            lock = BootLock(path, 1 + max([after, *(epoch for epoch, _, _ in epochs)]))
            dead = {epoch: first for epoch, first, settled in epochs if not settled and not is_alive(path, epoch)}
            cut = _cut_sessions(connection, dead)
            head = head_of(driver, identity)
            found = head.seq
            connection.execute(
                insert(BOOT).values(epoch=lock.epoch, kiosk=kiosk, started=time, first_seq=found + 1, settled=0)
            )
            connection.execute(update(BOOT).where(BOOT.c.epoch.in_(dead)).values(settled=1))
            ended = [draft(SessionEnded(Ending.INTERRUPTED, ""), kiosk, lock.epoch, time, session) for session in cut]
            head = add(driver, head, ended)
            writer = Writer(path, connection, key, identity, lock, kiosk)
            signed = writer.sign(driver, head, CheckpointKind.BOOT, time)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    writer.mirror(*_not_mirrored(connection, path, identity, signed))
    return Begun(writer, moved, tuple(cut), found)


def _identity(
    connection: Connection, driver: sqlite3.Connection, key: Ed25519PrivateKey, kiosk: str, time: str
) -> Identity:
    """The journal's identity, after bringing the database up to date; a new database is given one."""
    if version_of(driver) < SCHEMA_VERSION:
        migrate(driver)
    row = connection.execute(select(JOURNAL.c.id, JOURNAL.c.public_key)).one_or_none()
    if row is not None:
        return Identity(*row)
    identity = Identity(str(uuid.uuid4()), public_bytes(key))
    values = {"one": 1, "id": identity.journal, "public_key": identity.public_key, "kiosk": kiosk, "created": time}
    connection.execute(insert(JOURNAL).values(values))
    return identity


def _cut_sessions(connection: Connection, dead: dict[int, int]) -> list[str]:
    """Sessions that a dead boot began and nobody ended, in the order in which they began."""
    if not dead:
        return []
    rows = connection.execute(
        select(EVENT.c.session, EVENT.c.type, EVENT.c.boot)
        .where(EVENT.c.seq >= min(dead.values()), EVENT.c.type.in_((_STARTED, _ENDED)))
        .order_by(EVENT.c.seq)
    ).all()
    ended = {session for session, type_, _ in rows if type_ == _ENDED}
    begun = [session for session, type_, boot in rows if type_ == _STARTED and boot in dead]
    return [session for session in dict.fromkeys(begun) if session not in ended]


def _not_mirrored(connection: Connection, path: Path, identity: Identity, latest: Checkpoint) -> Sequence[Checkpoint]:
    """The checkpoints that a power cut or a full disk kept out of the sidecar, the latest included."""
    mirrored = {checkpoint.number for checkpoint in read_sidecar(sidecar_path(path))}
    rows = connection.execute(
        select(*CHECKPOINT.columns).where(CHECKPOINT.c.number <= latest.number).order_by(CHECKPOINT.c.number)
    )
    stored = [Checkpoint(identity.journal, identity.public_key, *row) for row in rows]
    return [checkpoint for checkpoint in stored if checkpoint.number not in mirrored]
