# SPDX-License-Identifier: EUPL-1.2
"""Alerts in the database: begun, brought up to date, ended. One of the same at a time, whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.review.alerts import Change, Code, Found, Key, Observed, change, judge
from assist.server.alerts.tables import AlertRow
from assist.server.reports.tables import last_lived


def under_way(transaction: Session, *, lock: bool = False) -> Sequence[AlertRow]:
    """The alerts that hold, the oldest first. Those of a later version of the rules are left alone."""
    rows = select(AlertRow).where(AlertRow.ended_at.is_(None), AlertRow.code.in_([code.value for code in Code]))
    rows = rows.order_by(AlertRow.began_at, AlertRow.id)
    return transaction.scalars(rows.with_for_update() if lock else rows).all()


def ended(transaction: Session, after: datetime) -> Sequence[AlertRow]:
    """Those that are over since a moment, the last first."""
    rows = select(AlertRow).where(AlertRow.ended_at > after).order_by(AlertRow.ended_at.desc(), AlertRow.id)
    return transaction.scalars(rows).all()


def key_of(row: AlertRow) -> Key:
    """What it is of, and about."""
    return Code(row.code), row.about


def numbers_of(row: AlertRow) -> tuple[int, ...]:
    """The numbers of its words."""
    return tuple(int(number) for number in row.numbers.split(",") if number)


def changed(transaction: Session, observed: Observed) -> Change | None:
    """What would change; None when nothing would. Writes nothing."""
    rows = {key_of(row): row for row in under_way(transaction)}
    found = change(rows.keys(), judge(observed, rows.keys()))
    new_words = any(_words_of(each) != (rows[each.key].numbers, rows[each.key].said) for each in found.lasting)
    return found if found.begun or found.ended or new_words else None


def keep(transaction: Session, observed: Observed) -> None:
    """Write what changes."""
    rows = {key_of(row): row for row in under_way(transaction, lock=True)}
    found = change(rows.keys(), judge(observed, rows.keys()))
    for each in found.lasting:
        rows[each.key].numbers, rows[each.key].said = _words_of(each)
    for key in found.ended:
        rows[key].ended_at, rows[key].written_on = observed.now, last_lived(transaction)
    for each in found.begun:
        numbers, said = _words_of(each)
        transaction.add(
            AlertRow(
                id=str(uuid7()),
                code=each.code.value,
                about=each.about,
                numbers=numbers,
                said=said,
                since=each.since,
                began_at=observed.now,
            )
        )
    transaction.flush()


def _words_of(found: Found) -> tuple[str, str]:
    return ",".join(map(str, found.numbers)), found.said
