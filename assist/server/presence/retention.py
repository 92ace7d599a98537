# SPDX-License-Identifier: EUPL-1.2
"""Days that are over are summed; what they were summed from is erased after six months, and the sums stay.

Age is counted in days that the server lived, as for reports (ADR 0126): never early, whatever the clock does.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from assist.kept import Erased, Kept
from assist.server.erased import erase_rows
from assist.server.kiosks.tables import Device
from assist.server.presence.reading import counted
from assist.server.presence.states import close
from assist.server.presence.tables import LinkRow, PresenceDay, StateRow
from assist.server.reports.retention import written_before
from assist.server.reports.tables import LivedDay
from assist.server.site import HERE
from assist.session.declaration import TECHNICAL_JOURNAL_DAYS

_FIRST = date(2020, 1, 1)
KEPT = Kept(
    name="Présence et état des bornes",
    holds="quand chaque borne était reliée, l'état de son imprimante, de son disque, de son horloge",
    why="mesurer la disponibilité, prévenir d'une panne",
    basis="mission d'intérêt public (RGPD, article 6.1.e)",
    long=f"{TECHNICAL_JOURNAL_DAYS} jours vécus",
    then="les moments sont effacés ; les sommes de chaque jour restent, sans limite",
    who="la direction, le technicien",
    tables=("presence_link", "presence_state", "presence_day"),
    personal=False,
)


def sum_days(transaction: Session, now: datetime) -> None:
    """Sum the days that are over and that have no sum yet. Safe to run again at any time.

    Over since a lived day: a clock that leaps ahead ends no day in its middle.
    """
    if not (over := written_before(transaction, now, 1)):
        return
    # The clock may have been wrong on that day: no moment of a later day is before what is over.
    earliest = transaction.scalars(select(func.min(LivedDay.at)).where(LivedDay.number >= over)).one()
    day_before = min(earliest, now).astimezone(HERE).date() - timedelta(days=1)
    rows = [
        {"day": day, "kiosk": kiosk, "expected": a.expected, "linked": a.linked, "told": a.told, "ready": a.ready}
        for (day, kiosk), a in counted(transaction, _FIRST, day_before).items()
    ]
    if rows:
        transaction.execute(insert(PresenceDay), rows)


def erase_presence(transaction: Session, now: datetime) -> Erased:
    """Erase what was kept long enough, once it is summed. Safe to run again at any time."""
    sum_days(transaction, now)
    in_use = select(Device.name).where(Device.revoked_at.is_(None))
    gone = select(StateRow).where(StateRow.until.is_(None), StateRow.kiosk.not_in(in_use))
    close(transaction, transaction.scalars(gone).all(), now)
    over = written_before(transaction, now, TECHNICAL_JOURNAL_DAYS)
    links, states = LinkRow.written_on < over, StateRow.until.is_not(None) & (StateRow.written_on < over)
    return erase_rows(transaction, LinkRow.until_at, links) + erase_rows(transaction, StateRow.until, states)
