# SPDX-License-Identifier: EUPL-1.2
"""Twelve months, then only how many. The age of a report is counted in time that the server lived (ADR 0126)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.desk.report.codes import duration_class
from assist.desk.report.cra import KEPT_DAYS, Cra
from assist.desk.report.fields import FIELDS, texts_of
from assist.journal.retention import last_over, lived
from assist.kept import Erased, Kept
from assist.server.erased import told
from assist.server.reports.tables import CraCount, CraRow, LivedDay, cra_of

_AT_ONCE = 500
_APART = timedelta(hours=12)
"""A server that starts again and again lives no more days for it."""
_COUNTED = ("follow_up", "procedures")


KEPT = Kept(
    name="Comptes rendus d'activité (CRA)",
    holds="ce que le médiateur a fait, en codes (thème, durée, âge par tranche, situation), la commune, "
    "l'identifiant de la session ; une note de sa main, où il ne doit écrire aucun nom : le "
    "programme ne peut pas l'en empêcher",
    why="rendre compte de l'activité du lieu à qui le finance",
    basis="mission d'intérêt public (RGPD, article 6.1.e)",
    long=f"{KEPT_DAYS} jours vécus",
    then="le compte rendu est effacé ; restent des nombres par mois, sans commune ni note",
    who="les médiateurs, la direction",
    tables=("cra", "cra_count", "cra_lived_day"),
)


def retire(transaction: Session, now: datetime) -> Erased:
    """Count the reports whose twelve months are over, and remove them. Safe to run again at any time.

    Never early, whatever the clock does; a server that stays closed for more than a month keeps them that much longer.
    """
    due = written_before(transaction, now, KEPT_DAYS)
    over = CraRow.written_on < due
    retired = told(transaction, CraRow.written_at, over)
    while rows := transaction.scalars(select(CraRow).where(over).limit(_AT_ONCE)).all():
        _count(transaction, [cra_of(row) for row in rows])
        for row in rows:
            transaction.delete(row)
        transaction.flush()
    return retired


def written_before(transaction: Session, now: datetime, kept: int) -> int:
    """The lived day before which all that is kept ``kept`` days is over: for a day is not over when it is noted."""
    days = transaction.execute(select(LivedDay.number, LivedDay.at).order_by(LivedDay.number)).all()
    if not days or abs(now - days[-1].at) >= _APART:
        transaction.add(LivedDay(number=days[-1].number + 1 if days else 1, at=now))
    clock = lived([*(day.at for day in days), now])
    return last_over([day.number for day in days], [clock[-1] - at for at in clock[:-1]], kept)


def tally(cra: Cra) -> Iterator[tuple[str, str]]:
    """What a report adds one to: a field and a code. Its notes and its commune are in no count."""
    yield "all", ""
    yield "duration", duration_class(cra.minutes).value
    texts = texts_of(cra)
    for field in FIELDS:
        if field.codes is not None or field.name in _COUNTED:
            yield from ((field.name, code) for code in texts[field.name])


def _count(transaction: Session, reports: Iterable[Cra]) -> None:
    sums: dict[tuple[str, str, str], list[Cra]] = {}
    for cra in reports:
        for field, code in tally(cra):
            sums.setdefault((f"{cra.date:%Y-%m}", field, code), []).append(cra)
    for (month, field, code), those in sums.items():
        row = transaction.get(CraCount, (month, field, code))
        if row is None:
            row = CraCount(month=month, field=field, code=code, reports=0, people=0, minutes=0)
            transaction.add(row)
        row.reports += len(those)
        row.people += sum(cra.people for cra in those)
        row.minutes += sum(cra.minutes for cra in those)
