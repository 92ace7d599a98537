# SPDX-License-Identifier: EUPL-1.2
"""The kiosk's journal as what is still to be sent: read with a connection of its own, never written.

Every method may wait for the disk, and raises :data:`assist.journal.database.StorageError` kinds.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.exc import DBAPIError

from assist.journal.chain import Link
from assist.journal.checkpoints import Checkpoint, key_path, load_key
from assist.journal.database import connect
from assist.journal.schema import CHECKPOINT, EVENT, JOURNAL, LINK
from assist.link.messages import Row, SignedCheckpoint, Welcome
from assist.link.proof import prove
from assist.link.rows import MOST, row_of, signed_of

_BUSY = 1.0
_CHARACTERS = 600_000
"""Of the payloads of one message; its largest size is that of :data:`assist.link.codec.LARGEST`."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which journal this is. ``proof`` says under which name its kiosk goes."""

    journal: str = ""
    public_key: str = ""
    proof: str = ""


class Outbox:
    """Not thread-safe: one thread at a time."""

    def __init__(self, path: Path, kiosk: str) -> None:
        self._path, self._kiosk = path, kiosk
        self._connection: Connection | None = None

    def identity(self) -> Identity:
        """The journal's identity; an empty one while there is no journal."""
        self.close()
        if not self._path.exists():
            return Identity()
        row = self._reader().execute(select(JOURNAL.c.id, JOURNAL.c.public_key)).one_or_none()
        if row is None:
            return Identity()
        key = load_key(key_path(self._path))
        return Identity(row.id, row.public_key.hex(), "" if key is None else prove(key, row.id, self._kiosk))

    def start(self, welcome: Welcome) -> int:
        """The last row that need not be sent: the end of the longest history held there that is ours.

        A journal that was put back from an older copy shares only a beginning with what is held: all of it is sent.
        """
        if not welcome.held:
            return welcome.kept
        shared = [held.seq for held in welcome.held if held.seq > 0 and self._hash(held.seq) == held.hash]
        return max(shared, default=0)

    def _hash(self, seq: int) -> str:
        row = self._reader().execute(select(EVENT.c.hash).where(EVENT.c.seq == seq)).one_or_none()
        return "" if row is None else row.hash.hex()

    def after(self, seq: int) -> tuple[Row, ...]:
        """The next rows, as many as fit in a message."""
        found = self._reader().execute(select(*LINK).where(EVENT.c.seq > seq).order_by(EVENT.c.seq).limit(MOST))
        rows: list[Row] = []
        size = 0
        for values in found:
            row = row_of(Link(*values))
            size += len(row.payload or "")
            if rows and size > _CHARACTERS:
                break
            rows.append(row)
        return tuple(rows)

    def signed_start(self, welcome: Welcome) -> int:
        """The last checkpoint that need not be sent."""
        held = self._signed(CHECKPOINT.c.number == welcome.checkpoint)
        return held[0].number if held and held[0].signature.hex() == welcome.checkpoint_signature else 0

    def signed(self, after: int, through: int) -> tuple[SignedCheckpoint, ...]:
        """The next checkpoints after number ``after``, of rows up to ``through``."""
        found = self._signed(CHECKPOINT.c.number > after, CHECKPOINT.c.seq <= through)
        return tuple(signed_of(checkpoint) for checkpoint in found)

    def _signed(self, *which: ColumnElement[bool]) -> list[Checkpoint]:
        some = select(*CHECKPOINT.columns).where(*which).order_by(CHECKPOINT.c.number).limit(MOST)
        return [Checkpoint("", b"", *row) for row in self._reader().execute(some)]

    def _reader(self) -> Connection:
        if self._connection is None:
            self._connection = connect(self._path, read_only=True, busy=_BUSY)
        return self._connection

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None
