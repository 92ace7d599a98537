# SPDX-License-Identifier: EUPL-1.2
"""How long each kiosk was there while it was expected: from sums of days, or from what is kept of the last days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assist.review.availability import Attended, Span, attended, common, merged, open_on, seconds, whole
from assist.server.appointments.store import openings
from assist.server.appointments.tables import ClosedDayRow
from assist.server.kiosks.tables import Device
from assist.server.presence.states import NO_PRINTER, READY, UNKNOWN, Part
from assist.server.presence.tables import SERVER, LinkRow, PresenceDay, StateRow
from assist.server.site import HERE

_SAYS_NOTHING = (NO_PRINTER, UNKNOWN)
_FAR = datetime(9000, 1, 1, tzinfo=UTC)


def by_day(transaction: Session, since: date, until: date) -> dict[tuple[date, str], Attended]:
    """(day, kiosk) -> how long, over these days, both included; under :data:`SERVER`, when the server ran."""
    rows = transaction.scalars(select(PresenceDay).where(PresenceDay.day.between(since, until)))
    found = {(row.day, row.kiosk): Attended(row.expected, row.linked, row.told, row.ready) for row in rows}
    return found | counted(transaction, since, until)


def by_kiosk(transaction: Session, since: date, until: date) -> dict[str, Attended]:
    """Kiosk -> how long, over these days; those that were expected at some time, by name."""
    columns = (PresenceDay.expected, PresenceDay.linked, PresenceDay.told, PresenceDay.ready)
    summed = select(PresenceDay.kiosk, *map(func.sum, columns)).where(
        PresenceDay.day.between(since, until), PresenceDay.kiosk != SERVER
    )
    sums: defaultdict[str, Attended] = defaultdict(Attended)
    for kiosk, *seconds_of in transaction.execute(summed.group_by(PresenceDay.kiosk)):
        sums[kiosk] = Attended(*map(int, seconds_of))
    for (_, kiosk), one in counted(transaction, since, until).items():
        if kiosk != SERVER:
            sums[kiosk] += one
    return {kiosk: one for kiosk, one in sorted(sums.items()) if one.expected}


def hours_are_written(transaction: Session) -> bool:
    """Whether the site has said when it is open; otherwise kiosks are expected day and night."""
    return bool(openings(transaction))


def counted(transaction: Session, since: date, until: date) -> dict[tuple[date, str], Attended]:
    """The same for those of these days that are not summed yet, from what is kept."""
    days = _not_summed(transaction, since, until)
    if not days:
        return {}
    links = _links(transaction, whole(days[0], HERE)[0], whole(days[-1], HERE)[1])
    states = _printers(transaction, whole(days[0], HERE)[0])
    kiosks = _expected(transaction, days[-1])
    hours = openings(transaction).values()
    closed = frozenset(transaction.scalars(select(ClosedDayRow.day).where(ClosedDayRow.day.in_(days))))
    found: dict[tuple[date, str], Attended] = {}
    for day in days:
        opened = open_on(day, hours, closed, HERE)
        ran = common(opened, links.get(SERVER, ()))
        found[day, SERVER] = Attended(seconds(opened), seconds(ran))
        for kiosk, since_when in kiosks.items():
            told, ready = states.get(kiosk, ((), ()))
            one = attended(common(ran, since_when), links.get(kiosk, ()), told, ready)
            if one.expected:
                found[day, kiosk] = one
    return found


def _not_summed(transaction: Session, since: date, until: date) -> list[date]:
    """The days on which the server ran and that have no sum, in order."""
    begins, ends = whole(since, HERE)[0], whole(until, HERE)[1]
    ran = select(LinkRow.began_at, LinkRow.until_at).where(
        LinkRow.kiosk == SERVER, LinkRow.until_at >= begins, LinkRow.began_at < ends
    )
    summed = select(PresenceDay.day).where(PresenceDay.kiosk == SERVER, PresenceDay.day.between(since, until))
    days: set[date] = set()
    for began, last in transaction.execute(ran):
        day = max(began.astimezone(HERE).date(), since)
        while day <= min(last.astimezone(HERE).date(), until):
            days.add(day)
            day += timedelta(days=1)
    return sorted(days - set(transaction.scalars(summed)))


def _links(transaction: Session, begins: datetime, ends: datetime) -> Mapping[str, Sequence[Span]]:
    rows = select(LinkRow.kiosk, LinkRow.began_at, LinkRow.until_at)
    rows = rows.where(LinkRow.until_at >= begins, LinkRow.began_at < ends)
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for kiosk, began, last in transaction.execute(rows):
        spans[kiosk].append((began, last))
    return {kiosk: merged(found) for kiosk, found in spans.items()}


def _printers(transaction: Session, begins: datetime) -> Mapping[str, tuple[list[Span], list[Span]]]:
    """Kiosk -> when it told how its printer was, and when the printer was well."""
    rows = select(StateRow.kiosk, StateRow.state, StateRow.since, StateRow.until).where(
        StateRow.part == Part.PRINTER.value, (StateRow.until.is_(None)) | (StateRow.until >= begins)
    )
    found: defaultdict[str, tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    for kiosk, state, since, until in transaction.execute(rows):
        if state not in _SAYS_NOTHING:
            found[kiosk][0].append((since, until or _FAR))
        if state == READY:
            found[kiosk][1].append((since, until or _FAR))
    return found


def _expected(transaction: Session, last: date) -> Mapping[str, list[Span]]:
    """Kiosk -> since when it is expected: from its first link on, and until its key is taken back."""
    first: dict[str, datetime] = {}
    began = select(LinkRow.began_at).where(LinkRow.kiosk == Device.name).order_by(LinkRow.until_at).limit(1)
    day = select(PresenceDay.day).where(PresenceDay.kiosk == Device.name).order_by(PresenceDay.day).limit(1)
    found = transaction.execute(select(Device.name, began.scalar_subquery(), day.scalar_subquery()).distinct())
    for kiosk, moment, summed in found:
        moments = [moment] if moment else []
        moments += [whole(summed, HERE)[0]] if summed else []
        if moments:
            first[kiosk] = min(moments)
    devices = select(Device.name, Device.added_at, Device.revoked_at)
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for name, added, revoked in transaction.execute(devices):
        if name in first:
            spans[name].append((max(added, first[name]), revoked or _FAR))
    return {name: found for name, found in spans.items() if any(begins < whole(last, HERE)[1] for begins, _ in found)}
