# SPDX-License-Identifier: EUPL-1.2
"""What the rules of alerts look at. What costs more than a moment is looked at once an hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assist.disk import free_megabytes
from assist.review.alerts import BEFORE, WEEK, Code, KioskSeen, Observed, StepSeen, Trouble
from assist.review.availability import open_at
from assist.review.lab import Share
from assist.review.tally import EVERY_KIOSK
from assist.server.appointments.store import openings
from assist.server.appointments.tables import ClosedDayRow
from assist.server.desk.catalogue import catalogue_now
from assist.server.kiosks.tables import Device
from assist.server.presence import states
from assist.server.presence.tables import SERVER, LinkRow, StateRow
from assist.server.review.tables import StepSum, TextRow
from assist.server.site import HERE, Site

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Slow:
    """What is looked at once an hour."""

    at: datetime
    steps: tuple[StepSeen, ...]
    contents: Mapping[str, date]

    def holds(self, now: datetime) -> bool:
        """Whether it need not be looked at again."""
        return timedelta() <= now - self.at < HOUR


def observe(
    transaction: Session,
    site: Site,
    connected: frozenset[str],
    slow: Slow,
    not_erased: Collection[str] | None,
    now: datetime,
) -> Observed:
    """Everything, as it is now. ``not_erased``: as in :class:`~assist.review.alerts.Observed`."""
    local = now.astimezone(HERE).date()
    closed = frozenset(transaction.scalars(select(ClosedDayRow.day).where(ClosedDayRow.day == local)))
    span = open_at(now, openings(transaction).values(), closed, HERE)
    ran = select(LinkRow.began_at).where(LinkRow.kiosk == SERVER, LinkRow.until_at <= now)
    return Observed(
        now=now,
        today=local,
        opened=span[0] if span else None,
        watching_since=transaction.scalar(ran.order_by(LinkRow.until_at.desc()).limit(1)) or now,
        kiosks=tuple(kiosks(transaction, connected, now)),
        server_disk=free_megabytes(site.keys),
        steps=slow.steps,
        contents=slow.contents,
        not_erased=not_erased,
    )


def kiosks(transaction: Session, connected: frozenset[str], now: datetime) -> Iterable[KioskSeen]:
    """Each kiosk that may connect and has been linked, with what it told last that is not well.

    What was written while the clock was ahead says nothing of when.
    """
    known = LinkRow.kiosk == Device.name, LinkRow.until_at <= now
    heard = select(func.max(LinkRow.until_at)).where(*known).scalar_subquery()
    rows = select(Device.name, heard).where(Device.revoked_at.is_(None), heard.is_not(None)).order_by(Device.name)
    told: defaultdict[str, dict[Code, Trouble]] = defaultdict(dict)
    for row in states.present(transaction):
        if (code := _code_of(row)) is not None:
            told[row.kiosk][code] = Trouble(row.since, () if row.detail is None else (row.detail,), row.said)
    for name, last in transaction.execute(rows):
        yield KioskSeen(name, name in connected, last, told[name])


def look_slowly(transaction: Session, site: Site, now: datetime) -> Slow:
    """Steps and contents."""
    return Slow(now, tuple(_steps(transaction, now.astimezone(HERE).date())), _contents(site))


def _code_of(row: StateRow) -> Code | None:
    match row.part, row.state:
        case states.Part.PRINTER, state if state in states.OUT:
            return Code.PRINTER_OUT
        case states.Part.DISK, states.LOW:
            return Code.KIOSK_DISK
        case states.Part.CLOCK, states.WRONG:
            return Code.CLOCK
        case _:
            return None


def _steps(transaction: Session, today: date) -> Iterable[StepSeen]:
    """The seven days before today, whole, and the 28 before those; whatever the version of the text."""
    begins = today - WEEK
    recent = StepSum.day >= begins
    query = (
        select(
            TextRow.procedure,
            StepSum.step,
            _sum(StepSum.abandoned, recent),
            _sum(StepSum.reached, recent),
            _sum(StepSum.abandoned, ~recent),
            _sum(StepSum.reached, ~recent),
        )
        .join(TextRow, TextRow.id == StepSum.text)
        # The key begins with the text: each is looked up, and a year is not read for five weeks.
        .where(StepSum.text.in_(select(TextRow.id)), StepSum.kiosk == EVERY_KIOSK)
        .where(StepSum.day >= begins - BEFORE, StepSum.day < today)
        .group_by(TextRow.procedure, StepSum.step)
    )
    for procedure, step, left, reached, left_before, reached_before in transaction.execute(query):
        week, before = Share(int(left), int(reached)), Share(int(left_before), int(reached_before))
        yield StepSeen(procedure, step, week, before)


def _sum(column: InstrumentedAttribute[int], days: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((days, column), else_=0)), 0)


def _contents(site: Site) -> Mapping[str, date]:
    """An author may have compared a source since the last look."""
    return {
        procedure.id: min(source.check_by for source in procedure.sources)
        for procedure in catalogue_now(site).titles()
        if procedure.sources
    }
