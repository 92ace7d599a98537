# SPDX-License-Identifier: EUPL-1.2
"""The signed extract of what a kiosk noted in a period, as it is held here: one file for each journal of the kiosk.

Rows are read some at a time and written to a file that has no name: memory stays the same for any length.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from nacl.signing import SigningKey
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from assist.journal.chain import Head, genesis
from assist.journal.extract.layout import About, Witnessed
from assist.journal.extract.writing import words, write
from assist.journal.serialise import time_text
from assist.server.database import Database
from assist.server.kiosks.tables import Journal, SetApart, StoredEvent
from assist.server.proof.tables import KioskCheckpoint
from assist.server.proof.verification import AT_ONCE, erased_rows, links_of
from assist.server.proof.witness import checkpoint_in
from assist.server.site import HERE

_READ_ME = Path(__file__).with_name("extract_read_me.txt")
_IN_MEMORY = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kiosk and some days of the place, both included."""

    kiosk: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Made:
    """The zip, at its beginning, and how many rows are in it."""

    file: IO[bytes]
    rows: int


@dataclass(frozen=True, slots=True)
class _Part:
    """What is taken of one journal: ``through`` is the row that ends it."""

    about: About
    through: int


def kiosks(transaction: Session) -> Sequence[str]:
    """The names under which kiosks have sent a journal."""
    return transaction.scalars(select(Journal.kiosk).where(Journal.kept > 0).distinct().order_by(Journal.kiosk)).all()


class _Changed(Exception):
    """A retention ended meanwhile: what was written at the head of a file is not true any more."""


def make(database: Database, wanted: Wanted, site: str, key: SigningKey, now: datetime) -> Made | None:
    """The zip; None when nothing was noted in these days. Raises OSError when the disk is full."""
    while True:
        try:
            return _make(database, wanted, site, key, now)
        except _Changed:
            continue


def _make(database: Database, wanted: Wanted, site: str, key: SigningKey, now: datetime) -> Made | None:
    rows = 0
    with ExitStack() as opened:
        made = opened.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        with ZipFile(made, "w", ZIP_DEFLATED) as archive:
            for journal in _journals(database, wanted.kiosk):
                rows += _put(database, archive, journal, wanted, site, key, now)
            text = _READ_ME.read_text(encoding="utf-8")
            archive.writestr("LISEZ-MOI.txt", text.format(site=site, key=bytes(key.verify_key).hex()))
        if not rows:
            return None
        opened.pop_all()
    made.seek(0)
    return Made(made, rows)


def _put(
    database: Database, archive: ZipFile, journal: str, wanted: Wanted, site: str, key: SigningKey, now: datetime
) -> int:
    with database.read() as transaction:
        part = _part(transaction, journal, wanted, site, key, now)
        if part is None:
            return 0
        checkpoints = _checkpoints(transaction, part)
    rows = links_of(database, journal, part.through, after=part.about.start.seq)
    # The kiosk chose the journal's id: no part of a path, nor twice the same name.
    name = f"extrait-{wanted.since}-{wanted.until}-{sha256(journal.encode()).hexdigest()[:32]}.json"
    with archive.open(name, "w", force_zip64=True) as file:
        written = write(file, part.about, checkpoints, rows, lambda message: key.sign(message).signature)
    with database.read() as transaction:
        if _erased(transaction, journal) != part.about.erased:
            raise _Changed
    archive.writestr(f"{name}.sig", written.signature)
    return written.rows


def _journals(database: Database, kiosk: str) -> Sequence[str]:
    with database.read() as transaction:
        mine = select(Journal.id).where(Journal.kiosk == kiosk, Journal.kept > 0)
        return transaction.scalars(mine.order_by(Journal.began_at, Journal.id)).all()


def _part(transaction: Session, id_: str, wanted: Wanted, site: str, key: SigningKey, now: datetime) -> _Part | None:
    """The rows between the first and the last of these days, up to the checkpoint that covers the last."""
    journal = transaction.get_one(Journal, id_)
    begins, ends = (_midnight(day) for day in (wanted.since, wanted.until + timedelta(days=1)))
    row = StoredEvent
    mine = (row.journal == id_, row.time >= begins, row.time < ends)
    first = transaction.scalar(select(func.min(row.seq)).where(*mine))
    last = transaction.scalar(select(func.max(row.seq)).where(*mine))
    if first is None or last is None:
        return None
    covering = select(func.min(KioskCheckpoint.seq)).where(
        KioskCheckpoint.journal == id_, KioskCheckpoint.seq.between(last, journal.kept), KioskCheckpoint.sound
    )
    through = transaction.scalar(covering) or last
    about = About(
        site=site,
        kiosk=journal.kiosk,
        journal=id_,
        key=journal.public_key,
        signer=bytes(key.verify_key),
        made=time_text(now),
        first_day=wanted.since.isoformat(),
        last_day=wanted.until.isoformat(),
        start=_before(transaction, journal, first),
        erased=_erased(transaction, id_),
        words=words(),
    )
    return _Part(about, through)


def _before(transaction: Session, journal: Journal, first: int) -> Head:
    if first <= 1:
        return genesis(journal.id.encode(), journal.public_key)
    before = transaction.get(StoredEvent, (journal.id, first - 1))
    # When that row is gone, what the first one says of it is all that is left.
    hash_ = before.hash if before else transaction.get_one(StoredEvent, (journal.id, first)).prev
    return Head(first - 1, hash_)


def _erased(transaction: Session, journal: str) -> dict[str, int]:
    return {type_.decode(): seq for type_, seq in erased_rows(transaction, journal).items()}


def _checkpoints(transaction: Session, part: _Part) -> Iterator[Witnessed]:
    """Those of these rows and of the one before, but for those of histories that were set apart."""
    about, row = part.about, KioskCheckpoint
    apart = exists().where(SetApart.journal == row.journal, SetApart.seq == row.seq, SetApart.hash == row.hash)
    some = select(row).where(row.journal == about.journal, row.seq.between(max(1, about.start.seq), part.through))
    found = [
        Witnessed(
            checkpoint_in(each, about.key), each.came if each.countersignature else "", each.countersignature or b""
        )
        for each in transaction.scalars(some.where(~apart).order_by(row.seq, row.number, row.id)).yield_per(AT_ONCE)
    ]
    return iter(found)


def _midnight(day: date) -> str:
    return time_text(datetime.combine(day, time(), HERE))
