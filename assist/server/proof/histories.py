# SPDX-License-Identifier: EUPL-1.2
"""Histories set apart: rows of a kiosk that do not continue what is held of it. Shown, looked at, never merged.

A history is known by the number of its first row; the rows that follow it, whatever branches they make, are its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from assist.journal.chain import Head, Link, check
from assist.server.kiosks.tables import Device, Journal, SetApart, StoredEvent
from assist.server.proof.tables import HistoryReview

_MOST = 200
_SIGNS = 12
"""Hexadecimal digits of a digest that are shown."""


class Outcome(StrEnum):
    """What a manager says of it."""

    REPLACED = "replaced"
    APART = "apart"


OUTCOMES = {
    Outcome.REPLACED: "La machine a été remplacée ou remise à neuf : c'est normal",
    Outcome.APART: "La cause n'est pas connue : ces lignes restent à part",
}


@dataclass(frozen=True, slots=True)
class History:
    """One history, in words."""

    number: int
    kiosk: str
    since: datetime
    rows: int
    why: str
    outcome: str
    """What was said of it; "" when nobody has, or when rows came since."""


@dataclass(frozen=True, slots=True)
class Detail:
    """Its first row, beside what was expected in its place."""

    history: History
    seq: int
    written: str
    came: str
    """The digest of the row that it continues."""
    expected: str
    """The digest of the row that it should continue; "" when that row is not held."""
    held: str
    """When the row that is held under the same number was written; "" when there is none."""
    renamed: str
    """The name that the kiosk gave itself then, when it was another."""
    altered: bool
    doubled: datetime | None
    """When two kiosks were last connected at once under this name."""


def histories(transaction: Session) -> Sequence[History]:
    """Every history set apart: those that nobody has looked at first, then the newest."""
    found = [_history(*row) for row in transaction.execute(_summary().limit(_MOST))]
    return sorted(found, key=lambda one: bool(one.outcome))


def detail(transaction: Session, number: int) -> Detail | None:
    """One history; None when there is none of this number."""
    row = transaction.execute(_summary(number)).first()
    if row is None:
        return None
    first = transaction.get_one(SetApart, number)
    held = transaction.get(StoredEvent, (first.journal, first.seq))
    before = transaction.get(StoredEvent, (first.journal, first.seq - 1))
    journal = transaction.get_one(Journal, first.journal)
    doubled = select(Device.doubled_at).where(Device.name == journal.kiosk, Device.revoked_at.is_(None))
    return Detail(
        _history(*row),
        first.seq,
        first.time,
        first.prev.hex()[:_SIGNS],
        before.hash.hex()[:_SIGNS] if before else "",
        held.time if held else "",
        first.kiosk if first.kiosk != journal.kiosk else "",
        _altered(first),
        transaction.scalars(doubled).first(),
    )


def look_at(transaction: Session, number: int, outcome: Outcome, now: datetime) -> bool:
    """Keep what a manager says of this history; False when there is none of this number."""
    row = transaction.execute(_summary(number)).first()
    if row is None:
        return False
    transaction.merge(HistoryReview(history=number, outcome=outcome.value, rows=row.rows, at=now))
    return True


def _history(
    number: int, kiosk: str, why: str, rows: int, since: datetime, outcome: str | None, then: int | None
) -> History:
    said = OUTCOMES[Outcome(outcome)] if outcome and then == rows else ""
    return History(number, kiosk, since, rows, why, said)


def _summary(number: int | None = None) -> Select[int, str, str, Any, datetime, str, int]:
    first, before, later = aliased(SetApart), aliased(SetApart), aliased(SetApart)
    followed = exists().where(before.journal == first.journal, before.seq == first.seq - 1, before.hash == first.prev)
    begun = select(
        first.number.label("history"), first.journal.label("journal"), first.seq.label("seq"), first.hash.label("hash")
    ).where(~followed if number is None else (first.number == number) & ~followed)
    walk = begun.cte("walk", recursive=True)
    walk = walk.union_all(
        select(walk.c.history, later.journal, later.seq, later.hash).join(
            walk, (later.journal == walk.c.journal) & (later.seq == walk.c.seq + 1) & (later.prev == walk.c.hash)
        )
    )
    count = select(walk.c.history, func.count().label("rows")).group_by(walk.c.history).subquery()
    return (
        select(
            SetApart.number,
            Journal.kiosk,
            SetApart.why,
            count.c.rows,
            SetApart.came_at,
            HistoryReview.outcome,
            HistoryReview.rows.label("then"),
        )
        .join(count, count.c.history == SetApart.number)
        .join(Journal, Journal.id == SetApart.journal)
        .outerjoin(HistoryReview, HistoryReview.history == SetApart.number)
        .order_by(SetApart.number.desc())
    )


def _altered(row: SetApart) -> bool:
    """Whether the row is damaged by itself."""
    payload = None if row.payload is None else row.payload.encode()
    texts = (row.id.encode(), row.kiosk.encode(), row.boot, row.session.encode(), row.time.encode(), row.type.encode())
    link = Link(row.seq, *texts, payload, row.salt, row.commitment, row.prev, row.hash)
    erased = {link.type: link.seq} if payload is None and row.salt is None else {}
    return check([link], Head(row.seq - 1, row.prev), {}, erased).broken is not None
