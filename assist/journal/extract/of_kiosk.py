# SPDX-License-Identifier: EUPL-1.2
"""The signed extract that a kiosk makes of its own journal, with its own key: for a site without server."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, func, select

from assist.journal.chain import Head, genesis
from assist.journal.checkpoints import Checkpoint, key_path, load_key
from assist.journal.database import connect, driver_of, reading
from assist.journal.examination import Identity, erased_rows, links
from assist.journal.extract.layout import About, Witnessed
from assist.journal.extract.writing import Written, words, write
from assist.journal.opening import public_bytes
from assist.journal.schema import CHECKPOINT, EVENT, JOURNAL
from assist.journal.serialise import time_text


@dataclass(frozen=True, slots=True)
class Period:
    """Some days of a place, both included."""

    since: date
    until: date
    place: tzinfo


def extract(path: Path, file: BinaryIO, period: Period, site: str, now: datetime) -> Written | None:
    """Write the extract of the journal at ``path`` into ``file``, while the kiosk goes on; None when there is no row.

    Raises:
        StorageError kinds: the journal cannot be read, or its key is not there (FileNotFoundError).
    """
    key = load_key(key_path(path))
    if key is None:
        raise FileNotFoundError(2, "no key", str(key_path(path)))
    with closing(connect(path, read_only=True)) as connection, reading(driver_of(connection)):
        found = connection.execute(select(JOURNAL.c.id, JOURNAL.c.public_key, JOURNAL.c.kiosk)).one()
        identity = Identity(found.id, found.public_key)
        rows = _rows(connection, period)
        if rows is None:
            return None
        first, through = rows
        about = About(
            site=site,
            kiosk=found.kiosk,
            journal=identity.journal,
            key=identity.public_key,
            signer=public_bytes(key),
            made=time_text(now),
            first_day=period.since.isoformat(),
            last_day=period.until.isoformat(),
            start=_before(connection, identity, first),
            erased=_texts(erased_rows(connection, identity)[0]),
            words=words(),
        )
        return write(
            file,
            about,
            _checkpoints(connection, about, through),
            links(connection, EVENT.c.seq.between(first, through)),
            key.sign,
        )


def _rows(connection: Connection, period: Period) -> tuple[int, int] | None:
    """The first row of the period, and the one that ends it: that of the checkpoint that covers the last."""
    begins, ends = (
        time_text(datetime.combine(day, time(), period.place))
        for day in (period.since, period.until + timedelta(days=1))
    )
    some = select(func.min(EVENT.c.seq), func.max(EVENT.c.seq)).where(EVENT.c.time >= begins, EVENT.c.time < ends)
    first, last = connection.execute(some).one()
    if first is None:
        return None
    covering = connection.scalar(select(func.min(CHECKPOINT.c.seq)).where(CHECKPOINT.c.seq >= last))
    return first, covering or last


def _before(connection: Connection, identity: Identity, first: int) -> Head:
    if first <= 1:
        return genesis(identity.journal.encode(), identity.public_key)
    hash_ = connection.scalar(select(EVENT.c.hash).where(EVENT.c.seq == first - 1))
    return Head(first - 1, hash_ or connection.execute(select(EVENT.c.prev).where(EVENT.c.seq == first)).scalar_one())


def _checkpoints(connection: Connection, about: About, through: int) -> list[Witnessed]:
    some = select(*CHECKPOINT.columns).where(CHECKPOINT.c.seq.between(max(1, about.start.seq), through))
    rows = connection.execute(some.order_by(CHECKPOINT.c.seq, CHECKPOINT.c.number))
    return [Witnessed(Checkpoint(about.journal, about.key, *row)) for row in rows]


def _texts(erased: Mapping[bytes, int]) -> dict[str, int]:
    return {type_.decode(): seq for type_, seq in erased.items()}
