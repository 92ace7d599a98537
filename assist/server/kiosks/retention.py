# SPDX-License-Identifier: EUPL-1.2
"""Payloads of events at the end of their retention, erased here as they are at the kiosk: the chains hold without them.

Age is lived time (:mod:`assist.journal.retention`), from when a row came: never early, whatever the clock does. After
the last rows of a journal it is what the server lived: those of a kiosk that is gone grow old too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from assist.journal.retention import days_of, last_over, lived
from assist.kept import Erased, Kept
from assist.server.erased import told
from assist.server.kiosks.tables import Journal, SetApart, StoredEvent
from assist.server.reports.tables import LivedDay
from assist.session.declaration import TECHNICAL_JOURNAL_DAYS

_ENOUGH = 5000
"""Rows whose age is looked at in a long journal: each stands for those before it, which are older."""
KEPT = Kept(
    name="Journaux des bornes, au serveur",
    holds="les mêmes lignes que celles de chaque borne, et celles qui ont été mises à part",
    why="garder une copie que la borne ne peut pas changer ; la revue du lieu ; répondre à un contrôle",
    basis="mission d'intérêt public (RGPD, article 6.1.e)",
    long=f"{TECHNICAL_JOURNAL_DAYS} jours vécus par le serveur, depuis l'arrivée de la ligne",
    then="le contenu de la ligne est effacé ; restent son numéro, son type, son heure et son empreinte",
    who="la direction (un passage après l'autre), le technicien",
    tables=("journal", "event", "quarantine", "checkpoint", "history_review"),
    personal=False,
)


def erase(transaction: Session, now: datetime) -> Erased:
    """Erase what is over in each journal. Safe to run again at any time."""
    erased = Erased()
    for journal, day in transaction.execute(select(Journal.id, Journal.last_day)).all():
        since = [*transaction.scalars(select(LivedDay.at).where(LivedDay.number > day).order_by(LivedDay.number)), now]
        erased += _erase(transaction, StoredEvent, StoredEvent.seq, journal, since)
        erased += _erase(transaction, SetApart, SetApart.number, journal, since)
    return erased


def _erase(
    transaction: Session,
    table: type[StoredEvent] | type[SetApart],
    order: InstrumentedAttribute[int],
    journal: str,
    since: Sequence[datetime],
) -> Erased:
    """``since``: the days that the server has lived after the last rows of this journal, then now."""
    of_journal = table.journal == journal
    kept = (of_journal, table.payload.is_not(None))
    types = transaction.scalars(select(table.type).where(*kept).distinct()).all()
    if not types:
        return Erased()
    count = transaction.scalars(select(func.count()).select_from(table).where(of_journal)).one()
    some = order % max(1, count // _ENOUGH) == 0
    rows = transaction.execute(select(order, table.came_at).where(of_journal, some).order_by(order)).all()
    clock = lived([*(came_at for _, came_at in rows), *since])
    ages = [clock[-1] - at for at in clock[: len(rows)]]
    erased = Erased()
    for type_ in types:
        last = last_over([number for number, _ in rows], ages, days_of(type_))
        if last:
            over = (*kept, table.type == type_, order <= last)
            erased += told(transaction, table.came_at, *over)
            transaction.execute(update(table).where(*over).values(payload=None, salt=None))
    return erased
