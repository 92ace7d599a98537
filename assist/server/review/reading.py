# SPDX-License-Identifier: EUPL-1.2
"""Answers to a manager's questions, from the sums; the sessions themselves only when they are asked for one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from assist.review.indicators import Sums
from assist.review.tally import VISIT, WAIT, timed
from assist.review.visits import Row
from assist.server.kiosks.tables import StoredEvent
from assist.server.reports.tables import CraRow
from assist.server.review.asked import Wanted
from assist.server.review.availability import shares
from assist.server.review.tables import DaySum, StepSum, TextRow, TimeSum, VisitRow
from assist.server.site import HERE

PER_PAGE = 50
COUNTS = (
    *("sessions", "done", "abandoned", "erased", "interrupted", "called", "joined"),
    *("visits", "finished", "helped", "difficult", "happy", "neutral", "unhappy", "skipped"),
)
_STEPS = ("reached", "repeated", "explained", "helped", "difficulty", "abandoned")


@dataclass(frozen=True, slots=True)
class Text:
    """A version of a procedure's text, as the site met it."""

    id: int
    content_hash: str
    visits: int


def sums(transaction: Session, wanted: Wanted) -> Sums:
    """The sums of these days."""
    found = transaction.execute(select(*_sums(DaySum, COUNTS)).where(*_of(DaySum, wanted))).one()
    narrow = wanted.kiosk or wanted.procedure or wanted.language or wanted.origin
    return Sums(
        counts=_counter(COUNTS, found),
        visits=_times(transaction, wanted, VISIT),
        waits=_times(transaction, wanted, WAIT),
        reports=None if narrow else _reports(transaction, wanted),
        **shares(transaction, wanted),
    )


def procedures(transaction: Session, wanted: Wanted) -> list[tuple[str, Counter[str]]]:
    """Each procedure that was begun in these days, with its counts; the most begun first."""
    names = ("visits", "finished", "helped", "difficult")
    query = (
        select(TextRow.procedure, *_sums(DaySum, names))
        .join(TextRow, TextRow.id == DaySum.text)
        .where(*_of(DaySum, wanted))
    )
    rows = transaction.execute(query.where(TextRow.procedure != "").group_by(TextRow.procedure))
    found = [(str(row[0]), _counter(names, row[1:])) for row in rows]
    return sorted(found, key=lambda one: (-one[1]["visits"], one[0]))


def by_day(transaction: Session, wanted: Wanted) -> list[tuple[date, str, Counter[str]]]:
    """Each day and procedure ("" when nothing was chosen) with its counts; the oldest first."""
    query = select(DaySum.day, TextRow.procedure, *_sums(DaySum, COUNTS)).join(TextRow, TextRow.id == DaySum.text)
    query = query.where(*_of(DaySum, wanted)).group_by(DaySum.day, TextRow.procedure)
    rows = transaction.execute(query.order_by(DaySum.day, TextRow.procedure))
    return [(row[0], str(row[1]), _counter(COUNTS, row[2:])) for row in rows]


def people_by_day(transaction: Session, wanted: Wanted) -> dict[date, int]:
    """How many sessions each day had; days without any are left out."""
    query = select(DaySum.day, func.sum(DaySum.sessions)).where(*_of(DaySum, wanted)).group_by(DaySum.day)
    return {day: int(count) for day, count in transaction.execute(query) if count}


def procedure_times(transaction: Session, wanted: Wanted) -> dict[str, dict[int, int]]:
    """Procedure -> class of duration -> visits that were finished."""
    query = (
        select(TextRow.procedure, TimeSum.time_class, func.sum(TimeSum.times))
        .join(TextRow, TextRow.id == TimeSum.text)
        .where(TimeSum.of == VISIT, *_of(TimeSum, wanted))
        .group_by(TextRow.procedure, TimeSum.time_class)
    )
    found: dict[str, dict[int, int]] = {}
    for procedure, class_, times in transaction.execute(query):
        found.setdefault(str(procedure), {})[class_] = int(times)
    return found


def by_month(transaction: Session, wanted: Wanted) -> list[tuple[str, str, Counter[str]]]:
    """Each month (as "2026-11") and procedure with its counts; the oldest first."""
    sums: dict[tuple[str, str], Counter[str]] = {}
    for day, procedure, counts in by_day(transaction, wanted):
        if procedure:
            sums.setdefault((f"{day:%Y-%m}", procedure), Counter()).update(counts)
    return [(month, procedure, counts) for (month, procedure), counts in sorted(sums.items())]


def texts(transaction: Session, wanted: Wanted) -> list[Text]:
    """The versions of the text of ``wanted.procedure`` that were met in these days; the newest first."""
    query = select(TextRow.id, TextRow.content_hash, func.sum(DaySum.visits)).join(TextRow, TextRow.id == DaySum.text)
    query = query.where(*_of(DaySum, wanted)).group_by(TextRow.id, TextRow.content_hash).order_by(TextRow.id.desc())
    return [Text(id_, hash_, int(visits)) for id_, hash_, visits in transaction.execute(query)]


def steps(transaction: Session, wanted: Wanted, text: int) -> dict[str, Counter[str]]:
    """Each step of a version that was reached in these days, with its counts."""
    query = (
        select(StepSum.step, *_sums(StepSum, _STEPS))
        .where(StepSum.text == text, *_of(StepSum, wanted))
        .group_by(StepSum.step)
    )
    return {str(row[0]): _counter(_STEPS, row[1:]) for row in transaction.execute(query)}


def step_times(transaction: Session, wanted: Wanted, text: int, steps: Iterable[str]) -> dict[str, dict[int, int]]:
    """Step -> class of duration -> visits that spent as long there."""
    names = {timed(step): step for step in steps}
    query = select(TimeSum.of, TimeSum.time_class, func.sum(TimeSum.times))
    query = query.where(TimeSum.of.in_(names), TimeSum.text == text, *_of(TimeSum, wanted))
    found: dict[str, dict[int, int]] = {step: {} for step in names.values()}
    for of, class_, times in transaction.execute(query.group_by(TimeSum.of, TimeSum.time_class)):
        found[names[of]][class_] = int(times)
    return found


def total(transaction: Session, wanted: Wanted) -> int:
    """How many lines the list of these days has: visits, and sessions in which nothing was chosen."""
    return sum(lines for _, lines in _lines(transaction, wanted))


def listed(transaction: Session, wanted: Wanted, after: str = "") -> tuple[Sequence[VisitRow], str]:
    """One page of the list, newest first, and where the next begins ("" when there is none)."""
    if (at := _place(after)) is not None:
        # Otherwise SQLite begins at the end of the period, and walks to the place.
        wanted = replace(wanted, until=max(wanted.since, min(wanted.until, _day_of(at[0]))))
    if wanted.procedure or wanted.language or wanted.origin:
        wanted = replace(wanted, since=_since(transaction, wanted, at))
    query = select(VisitRow).where(*_narrow(VisitRow, wanted), VisitRow.began_at >= _midnight(wanted.since))
    query = query.where(VisitRow.began_at < _midnight(wanted.until + timedelta(days=1)))
    if wanted.kiosk:
        query = query.where(VisitRow.kiosk == wanted.kiosk)
    if at is not None:
        place = tuple_(VisitRow.began_at, VisitRow.session, VisitRow.number)
        query = query.where(place < at)
    query = query.order_by(VisitRow.began_at.desc(), VisitRow.session.desc(), VisitRow.number.desc())
    query = query.limit(PER_PAGE + 1)
    if wanted.procedure:
        # Each version from its own end of the index: all of them at once would be sorted whole.
        versions = transaction.scalars(select(TextRow.id).where(TextRow.procedure == wanted.procedure)).all()
        found = [row for id_ in versions for row in transaction.scalars(query.where(VisitRow.text == id_))]
        rows = sorted(found, key=lambda row: (row.began_at, row.session, row.number), reverse=True)[: PER_PAGE + 1]
    else:
        rows = transaction.scalars(query).all()
    if len(rows) <= PER_PAGE:
        return rows, ""
    last = rows[PER_PAGE - 1]
    return rows[:PER_PAGE], f"{last.began_at.astimezone(UTC).isoformat()}~{last.session}~{last.number}"


def text_names(transaction: Session) -> dict[int, str]:
    """Number of a text -> its procedure."""
    return {row.id: row.procedure for row in transaction.scalars(select(TextRow))}


def kiosks(transaction: Session) -> list[str]:
    """The kiosks at which anybody has begun."""
    return [name for name in _distinct(transaction, DaySum.kiosk) if name]


def languages(transaction: Session) -> list[str]:
    """The languages that anybody has used."""
    return _distinct(transaction, DaySum.language)


def rows_of(transaction: Session, session: str) -> list[Row]:
    """The rows of a session, oldest first; histories set apart are not among them."""
    columns = (StoredEvent.kiosk, StoredEvent.time, StoredEvent.type, StoredEvent.payload)
    query = select(*columns).where(StoredEvent.session == session).order_by(StoredEvent.boot, StoredEvent.seq)
    return [
        {
            "session": session,
            "kiosk": kiosk,
            "time": time,
            "type": type_,
            "payload": None if payload is None else json.loads(payload),
        }
        for kiosk, time, type_, payload in transaction.execute(query)
    ]


def moment_of(row: Row) -> datetime:
    """When a row was written, by its kiosk's clock."""
    at = datetime.fromisoformat(row["time"])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _lines(transaction: Session, wanted: Wanted) -> Iterable[tuple[date, int]]:
    """Each of these days that has lines in the list, and how many; the newest first."""
    nothing = select(TextRow.id).where(TextRow.procedure == "")
    lines = func.sum(DaySum.visits), func.sum(DaySum.sessions).filter(DaySum.text.in_(nothing))
    query = select(DaySum.day, *lines).where(*_of(DaySum, wanted)).group_by(DaySum.day).order_by(DaySum.day.desc())
    return ((day, int(visits or 0) + int(without or 0)) for day, visits, without in transaction.execute(query))


def _since(transaction: Session, wanted: Wanted, at: tuple[datetime, str, int] | None) -> date:
    """The day on which the next page ends at the latest: where few are meant, the others are not looked at."""
    found, since = 0, wanted.until
    for day, lines in _lines(transaction, wanted):
        since = day
        found += lines if at is None or day < _day_of(at[0]) else 0
        if found > PER_PAGE:
            break
    return since


def _distinct(transaction: Session, column: InstrumentedAttribute[str]) -> list[str]:
    """Its values in order, each found after the one before it: DISTINCT would read every row."""
    found = select(func.min(column).label("value")).cte(recursive=True)
    later = select(func.min(column)).where(column > found.c.value).scalar_subquery()
    found = found.union_all(select(later).where(found.c.value.is_not(None)))
    return [value for value in transaction.scalars(select(found.c.value)) if value is not None]


def _sums(table: type[DaySum | StepSum], names: Sequence[str]) -> list[ColumnElement[int]]:
    columns = table.metadata.tables[table.__tablename__].columns
    return [func.coalesce(func.sum(columns[name]), 0) for name in names]


def _counter(names: Sequence[str], counts: Iterable[object]) -> Counter[str]:
    return Counter({name: int(str(count)) for name, count in zip(names, counts, strict=True)})


def _times(transaction: Session, wanted: Wanted, of: str, *more: ColumnElement[bool]) -> dict[int, int]:
    query = select(TimeSum.time_class, func.sum(TimeSum.times)).where(TimeSum.of == of, *more, *_of(TimeSum, wanted))
    return {class_: int(times) for class_, times in transaction.execute(query.group_by(TimeSum.time_class))}


def _reports(transaction: Session, wanted: Wanted) -> int:
    query = select(func.count()).select_from(CraRow).where(CraRow.date.between(wanted.since, wanted.until))
    return transaction.scalars(query).one()


def _of(table: type[DaySum | StepSum | TimeSum], wanted: Wanted) -> list[ColumnElement[bool]]:
    """Which sums are wanted: those of all kiosks are kept apart from those of each, so one is always asked for."""
    return [table.kiosk == wanted.kiosk, *_within(table, wanted)]


def _within(table: type[DaySum | StepSum | TimeSum], wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [table.day.between(wanted.since, wanted.until), *_narrow(table, wanted)]
    if wanted.procedure:
        found.append(table.text.in_(select(TextRow.id).where(TextRow.procedure == wanted.procedure)))
    return found


def _narrow(table: type[DaySum | StepSum | TimeSum | VisitRow], wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.language:
        found.append(table.language == wanted.language)
    if wanted.origin:
        found.append(table.origin == wanted.origin)
    return found


def _midnight(day: date) -> datetime:
    """When a day begins, by the clock of the place: a visit's day is that of its beginning."""
    return datetime.combine(day, time(), HERE).astimezone(UTC)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(HERE).date()


def _place(after: str) -> tuple[datetime, str, int] | None:
    moment, _, rest = after.partition("~")
    session, _, number = rest.partition("~")
    try:
        at = datetime.fromisoformat(moment).astimezone(UTC)
        known = 2000 < at.year < 2300 and session.isprintable() and len(number) <= 6
        return (at, session, int(number)) if known else None
    except (ValueError, OverflowError):
        return None
