# SPDX-License-Identifier: EUPL-1.2
"""The writing end of an open journal: one connection, one key, one boot. Raises what the disk raises."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from uuid_utils import uuid7

from assist.journal.boots import BootLock
from assist.journal.chain import SALT_BYTES, Head, Link, bind, commitment_of, genesis
from assist.journal.checkpoints import EVERY, Checkpoint, CheckpointKind, mirror, sidecar_path
from assist.journal.database import connect, driver_of, writing
from assist.journal.examination import Identity
from assist.journal.protocol import Appended
from assist.journal.schema import INSERT_EVENT
from assist.journal.serialise import payload_of
from assist.session.events import Event

_HEAD = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"
_CHECKPOINT = "INSERT INTO checkpoint (number, seq, hash, boot, time, kind, signature) VALUES (?, ?, ?, ?, ?, ?, ?)"


def draft(event: Event, kiosk: str, boot: int, time: str, session: str) -> Link:
    """The row an event becomes, before it has a number and a place in the chain."""
    payload = payload_of(event)
    salt = secrets.token_bytes(SALT_BYTES)
    return Link(
        0,
        str(uuid7()).encode(),
        kiosk.encode(),
        boot,
        session.encode(),
        time.encode(),
        type(event).description.type.encode(),
        payload,
        salt,
        commitment_of(salt, payload),
        b"",
        b"",
    )


def head_of(driver: sqlite3.Connection, identity: Identity) -> Head:
    """Where the chain stands."""
    row = driver.execute(_HEAD).fetchone()
    return genesis(identity.journal.encode(), identity.public_key) if row is None else Head(*row)


def add(driver: sqlite3.Connection, head: Head, drafts: Sequence[Link]) -> Head:
    """Chain and insert the rows after ``head``, inside the caller's transaction; the new head."""
    for unplaced in drafts:
        link = bind(head, unplaced)
        driver.execute(INSERT_EVENT, _stored(link))
        head = Head(link.seq, link.hash)
    return head


def _stored(link: Link) -> tuple[int | str | bytes | None, ...]:
    """The row as SQLite takes it: its texts are texts."""
    seq, id_, kiosk, boot, session, time, type_, payload, *proofs = link
    text = None if payload is None else payload.decode()
    return (seq, id_.decode(), kiosk.decode(), boot, session.decode(), time.decode(), type_.decode(), text, *proofs)


class Writer:
    """Appends to an open journal. Not thread-safe; every method but :meth:`close` raises StorageError kinds."""

    def __init__(
        self, path: Path, connection: Connection, key: Ed25519PrivateKey, identity: Identity, lock: BootLock, kiosk: str
    ) -> None:
        self.identity = identity
        self.kiosk = kiosk
        self._path = path
        self._connection: Connection | None = connection
        self._driver: sqlite3.Connection | None = driver_of(connection)
        self._key = key
        self._lock = lock
        self._unmirrored: list[Checkpoint] = []
        self._head: Head | None = None
        """Where this writer left the chain: true as long as the database takes the row after it."""

    @property
    def boot(self) -> int:
        """The number of this opening."""
        return self._lock.epoch

    @property
    def connection(self) -> Connection:
        """The connection, made again when it was dropped after a fault."""
        if self._connection is None:
            self._connection = connect(self._path)
            self._driver = driver_of(self._connection)
        return self._connection

    @property
    def driver(self) -> sqlite3.Connection:
        """The SQLite connection under it, for what must be quick."""
        return self._driver or driver_of(self.connection)

    def drop(self) -> None:
        """Let go of a connection that the disk has failed: the next call makes a fresh one."""
        if self._connection is not None:
            with suppress(sqlite3.Error, DBAPIError):
                self._connection.close()
            self._connection = self._driver = None

    def keep(self, events: Sequence[Event], time: str, session: str) -> Appended:
        """Append in one transaction, durable on return, with a signed checkpoint every :data:`EVERY` rows."""
        drafts = [draft(event, self.kiosk, self.boot, time, session) for event in events]
        head, self._head = self._head, None
        try:
            return self._keep(drafts, time, head)
        except sqlite3.IntegrityError:
            # Another process has appended since: the database refuses a row that is not the next one.
            if head is None:
                raise
            return self._keep(drafts, time, None)

    def _keep(self, drafts: Sequence[Link], time: str, known: Head | None) -> Appended:
        driver = self.driver
        signed: Checkpoint | None = None
        with writing(driver):
            before = known or head_of(driver, self.identity)
            head = add(driver, before, drafts)
            if head.seq // EVERY > before.seq // EVERY:
                signed = self.sign(driver, head, CheckpointKind.REGULAR, time)
        self._head = head
        if signed is not None:
            self.mirror(signed)
        return Appended(before.seq + 1, len(drafts))

    def sign(self, driver: sqlite3.Connection, head: Head, kind: CheckpointKind, time: str) -> Checkpoint:
        """Write a signed checkpoint of ``head`` inside the caller's transaction; mirror it once it is durable."""
        number = 1 + driver.execute("SELECT coalesce(max(number), 0) FROM checkpoint").fetchone()[0]
        journal, public = self.identity.journal, self.identity.public_key
        unsigned = Checkpoint(journal, public, number, head.seq, head.hash, self.boot, time, str(kind))
        signed = replace(unsigned, signature=self.signature(unsigned.signed_bytes()))
        row = (number, signed.seq, signed.hash, signed.boot, signed.time, signed.kind, signed.signature)
        driver.execute(_CHECKPOINT, row)
        return signed

    def signature(self, message: bytes) -> bytes:
        """The journal's signature of ``message``."""
        return self._key.sign(message)

    def mirror(self, *signed: Checkpoint) -> None:
        """Copy durable checkpoints to the sidecar. When its disk fails they are copied with the next ones."""
        self._unmirrored += signed
        with suppress(OSError):
            mirror(sidecar_path(self._path), self._unmirrored)
            self._unmirrored.clear()

    def close(self, time: str) -> None:
        """Sign where the chain stands, and let go. A disk that fails now loses the signature, not an event."""
        with suppress(sqlite3.Error, DBAPIError):
            driver = self.driver
            with writing(driver):
                signed = self.sign(driver, head_of(driver, self.identity), CheckpointKind.CLOSE, time)
            self.mirror(signed)
        self.drop()
        with suppress(OSError):
            self._lock.release()
