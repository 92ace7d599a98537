# SPDX-License-Identifier: EUPL-1.2
"""Random alterations of a journal's rows, by somebody who has the database and no key: at a kiosk, or at the server."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from assist.journal.chain import Head, Link, bind, commitment_of

COLUMNS = Link._fields[1:]
_TEXTS = {"id", "kiosk", "session", "time", "type", "payload"}
_FAR = 1_000_000
_NAMES = ", ".join(Link._fields)


@dataclass(frozen=True, slots=True)
class Altered:
    """What was done, and where the first bad row may be named: from ``first`` to ``last``, both included."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Held:
    """A journal of ``size`` rows, signed at each of ``signed``."""

    connection: sqlite3.Connection
    size: int
    signed: tuple[int, ...]
    checkpoint_columns: tuple[str, ...]
    erasures_signed: bool
    """Whether what retention erases leaves a signed record."""

    def rows(self) -> list[Link]:
        """All of them."""
        found = self.connection.execute(f"SELECT {_NAMES} FROM event ORDER BY seq").fetchall()  # noqa: S608
        return [Link(*(v.encode() if isinstance(v, str) else v for v in row)) for row in found]

    def put(self, link: Link, seq: int) -> None:
        """Write ``link`` over the row ``seq``."""
        names = ", ".join(f"{name} = ?" for name in Link._fields)
        pairs = zip(Link._fields, link, strict=True)
        values = [v.decode() if name in _TEXTS and isinstance(v, bytes) else v for name, v in pairs]
        self.connection.execute(f"UPDATE event SET {names} WHERE seq = ?", (*values, seq))  # noqa: S608

    def shift(self, first: int, by: int) -> None:
        """Renumber the rows from ``first`` on."""
        self.connection.execute("UPDATE event SET seq = seq + ? WHERE seq >= ?", (_FAR, first))
        self.connection.execute("UPDATE event SET seq = seq + ? WHERE seq >= ?", (by - _FAR, _FAR))

    def sure_before(self, seq: int) -> int:
        """The last row before ``seq`` that a signature vouches for."""
        return max([signed for signed in self.signed if signed < seq], default=0)


def _other(value: object, random: Random) -> object:
    if isinstance(value, int):
        return value + random.randrange(1, 9)
    if isinstance(value, str):
        at = random.randrange(len(value) + 1)
        return value[:at] + random.choice("xyz09 ") + value[at:]
    assert isinstance(value, bytes)
    at = random.randrange(len(value))
    return value[:at] + bytes([value[at] ^ random.randrange(1, 256)]) + value[at + 1 :]


def _edit(held: Held, random: Random, seq: int) -> Altered:
    column = random.choice(COLUMNS)
    (old,) = held.connection.execute(f"SELECT {column} FROM event WHERE seq = ?", (seq,)).fetchone()  # noqa: S608
    held.connection.execute(f"UPDATE event SET {column} = ? WHERE seq = ?", (_other(old, random), seq))  # noqa: S608
    return Altered(f"edit {column}", seq, seq)


def _erase_content(held: Held, random: Random, seq: int) -> Altered:
    if held.erasures_signed:
        first = seq
    else:
        # All those before it, of its type, should be erased too: they are not. Nothing is before the first one.
        seq, first = max(seq, 2), 1
    held.connection.execute("UPDATE event SET payload = NULL, salt = NULL WHERE seq = ?", (seq,))
    return Altered("erase content", first, seq)


def _delete(held: Held, random: Random, seq: int) -> Altered:
    held.connection.execute("DELETE FROM event WHERE seq = ?", (seq,))
    return Altered("delete", seq, seq)


def _delete_and_close_up(held: Held, random: Random, seq: int) -> Altered:
    held.connection.execute("DELETE FROM event WHERE seq = ?", (seq,))
    held.shift(seq + 1, -1)
    return Altered("delete and renumber", seq, seq)


def _swap(held: Held, random: Random, seq: int) -> Altered:
    other = random.choice([each for each in range(1, held.size + 1) if each != seq])
    rows = held.rows()
    held.put(rows[other - 1]._replace(seq=seq), seq)
    held.put(rows[seq - 1]._replace(seq=other), other)
    return Altered("swap", min(seq, other), min(seq, other))


def _exchange(held: Held, random: Random, seq: int) -> Altered:
    rows = held.rows()
    mine = rows[seq - 1]
    other = random.choice([row for row in rows if row.payload != mine.payload or row.salt != mine.salt])
    held.put(mine._replace(payload=other.payload, salt=other.salt), seq)
    held.put(other._replace(payload=mine.payload, salt=mine.salt), other.seq)
    return Altered("exchange contents", min(seq, other.seq), min(seq, other.seq))


def _insert(held: Held, random: Random, seq: int) -> Altered:
    held.shift(seq, 1)
    names = ", ".join(row[1] for row in held.connection.execute("PRAGMA table_info(event)"))
    made = names.replace("session", "session || 'x'").replace("seq", "seq - 1")
    held.connection.execute(f"INSERT INTO event ({names}) SELECT {made} FROM event WHERE seq = ?", (seq + 1,))  # noqa: S608
    return Altered("insert", seq, seq)


def _cut(held: Held, random: Random, seq: int) -> Altered:
    held.connection.execute("DELETE FROM event WHERE seq >= ?", (seq,))
    return Altered("cut the end", seq, seq)


def _hash_anew(held: Held, random: Random, seq: int) -> Altered:
    link = held.rows()[seq - 1]
    assert link.salt is not None
    changed = link._replace(payload=b'{"step":"faux"}', commitment=commitment_of(link.salt, b'{"step":"faux"}'))
    held.put(bind(Head(seq - 1, link.prev), changed), seq)
    # The last row looks like the end of a longer forgery: then the first one that no signature vouches for is named.
    return Altered("hash anew", seq if seq < held.size else held.sure_before(seq) + 1, seq)


def _forge_to_the_end(held: Held, random: Random, seq: int) -> Altered:
    links = held.rows()
    head = Head(seq - 1, links[seq - 1].prev)
    for link in links[seq - 1 :]:
        forged = bind(head, link._replace(time=b"2001-01-01T00:00:00.000+00:00"))
        held.put(forged, forged.seq)
        head = Head(forged.seq, forged.hash)
    return Altered("forge to the end", held.sure_before(seq) + 1, seq)


def _alter_checkpoint(held: Held, random: Random, seq: int) -> Altered:
    column = random.choice(held.checkpoint_columns)
    key, old = random.choice(
        held.connection.execute(f"SELECT rowid, {column} FROM checkpoint WHERE seq > 0").fetchall()  # noqa: S608
    )
    new = old + _FAR if isinstance(old, int) else _other(old, random)
    held.connection.execute(f"UPDATE checkpoint SET {column} = ? WHERE rowid = ?", (new, key))  # noqa: S608
    return Altered(f"alter a checkpoint's {column}", 1, held.size + _FAR)


KINDS: tuple[Callable[[Held, Random, int], Altered], ...] = (
    _edit,
    _edit,
    _erase_content,
    _delete,
    _delete_and_close_up,
    _swap,
    _exchange,
    _insert,
    _cut,
    _hash_anew,
    _forge_to_the_end,
    _alter_checkpoint,
)


def alter(held: Held, random: Random) -> Altered:
    """Do one of them, somewhere."""
    return random.choice(KINDS)(held, random, random.randint(1, held.size))
