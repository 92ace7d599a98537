# SPDX-License-Identifier: EUPL-1.2
"""Erasing payloads at the end of their retention, never early, whatever the clock does (ADR 0023).

Age is measured in *lived* time: the time that passed between the events themselves, taken in their order, then
until now. A forward step longer than :data:`LONGEST_GAP` counts for nothing: it is a clock that jumped, or a kiosk
that was stored away. A backward step is a debt that the next forward steps pay back first. So a clock set ten years
ahead erases nothing; a wrong clock within a month ahead counts until it is put right, then is paid back; and a
kiosk closed for longer than a month keeps its payloads that much longer.

Rows are never deleted: payload and salt become NULL, and a signed record says up to where.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from assist.journal.checkpoints import retention_bytes
from assist.journal.database import StorageError, connect, driver_of, fault_of, reading, writing
from assist.journal.protocol import Journal, JournalFault
from assist.journal.schema import EVENT, RETENTION
from assist.journal.serialise import time_text
from assist.journal.store import SqliteJournal
from assist.journal.writer import Writer
from assist.kept import Erased, Kept
from assist.session.events import EVENT_TYPES, TECHNICAL_JOURNAL_DAYS

LONGEST_GAP = timedelta(days=31)
"""The longest closure that still counts as time lived."""

KEPT = Kept(
    name="Journal de la borne",
    holds="les types d'événements, la démarche et l'étape, les choix qui ne sont pas sensibles, la langue, "
    "la façon de se servir de la borne, des durées arrondies, la fin de la session ; une copie du "
    "papier, scellée, que son numéro seul ouvre ; un identifiant de session tiré au hasard ; jamais "
    "un nom, un texte écrit, un son",
    why="faire marcher la borne, comprendre ses pannes, mesurer la qualité, prouver que rien n'a été changé",
    basis="mission d'intérêt public (RGPD, article 6.1.e)",
    long=f"{TECHNICAL_JOURNAL_DAYS} jours vécus par la borne",
    then="le contenu de la ligne est effacé ; restent son numéro, son type, son heure et son empreinte",
    who="le technicien, sur la borne",
    personal=False,
)


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many payloads were erased."""

    erased: int


def lived(times: Iterable[datetime]) -> list[timedelta]:
    """The time lived from the first of ``times`` to each of them: never decreasing, deaf to jumps of the clock."""
    total, debt = timedelta(), timedelta()
    before: datetime | None = None
    result: list[timedelta] = []
    for time in times:
        step = time - before if before is not None else timedelta()
        if step < timedelta():
            debt += min(-step, LONGEST_GAP)
        elif step <= LONGEST_GAP:
            paid = min(step, debt)
            debt -= paid
            total += step - paid
        before = time
        result.append(total)
    return result


def last_over(seqs: Sequence[int], ages: Sequence[timedelta], days: int) -> int:
    """The last row at least ``days`` old, 0 when there is none. ``ages`` never increase along ``seqs``."""
    over = [seq for seq, age in zip(seqs, ages, strict=True) if age >= timedelta(days=days)]
    return over[-1] if over else 0


def days_of(type_: str) -> int:
    """The retention of an event type; that of the technical journal for one that this version does not know."""
    known = EVENT_TYPES.get(type_)
    return known.description.retention_days if known else TECHNICAL_JOURNAL_DAYS


def prune(journal: Journal, now: datetime) -> Pruned | JournalFault:
    """Erase the payloads whose retention is over. Reads the whole journal's times: call it once a day at most.

    ``now`` is the aware wall time. Erased bytes are overwritten (secure_delete) and the log is emptied.
    """
    if not isinstance(journal, SqliteJournal):
        return Pruned(0)  # what lives in memory has no retention
    return journal.write(lambda writer: _prune(writer, now))


def _prune(writer: Writer, now: datetime) -> Pruned:
    connection = writer.connection
    # Outside the transaction, so that nobody waits: what is over stays over.
    due = _due(connection, now)
    if not due:
        return Pruned(0)
    with writing(writer.driver):
        _record(writer, due, time_text(now))
        over = update(EVENT).where(_over(due))
        erased = connection.execute(over.values(payload=None, salt=None)).rowcount
    # Until the log is emptied it still holds the old pages. A reader may delay it: the next pruning does it then.
    writer.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Pruned(erased)


def _over(due: Mapping[str, int]) -> ColumnElement[bool]:
    """The rows whose content goes."""
    each = [and_(EVENT.c.type == type_, EVENT.c.seq <= last) for type_, last in due.items()]
    return and_(or_(*each), EVENT.c.payload.is_not(None))


def would_prune(path: Path, now: datetime) -> Erased | JournalFault:
    """What :func:`prune` would erase now in the journal at ``path``, which is not touched."""
    try:
        with closing(connect(path, read_only=True)) as connection, reading(driver_of(connection)):
            due = _due(connection, now)
            if not due:
                return Erased()
            times = select(func.count(), func.min(EVENT.c.time), func.max(EVENT.c.time)).where(_over(due))
            return Erased(*connection.execute(times).one())
    except StorageError as error:
        return fault_of(error)


def _due(connection: Connection, now: datetime) -> dict[str, int]:
    """For each event type with payloads to erase: the last row whose retention is over."""
    rows = connection.execute(select(EVENT.c.seq, EVENT.c.time).order_by(EVENT.c.seq)).all()
    clock = lived([*times_of([row.time for row in rows], now), now])
    seqs, ages = [row.seq for row in rows], [clock[-1] - at for at in clock[:-1]]
    kept = connection.execute(
        select(EVENT.c.type, func.min(EVENT.c.seq)).where(EVENT.c.payload.is_not(None)).group_by(EVENT.c.type)
    ).all()
    through = {days: last_over(seqs, ages, days) for days in {days_of(type_) for type_, _ in kept}}
    last = {type_: (first, through[days_of(type_)]) for type_, first in kept}
    return {type_: over for type_, (first, over) in last.items() if first <= over}


def times_of(texts: Iterable[str], now: datetime) -> Iterator[datetime]:
    """The times that ``texts`` say; no time passes at one that cannot be read (an old row, altered)."""
    latest: datetime | None = None
    for text in texts:
        try:
            latest = datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            latest = latest or now
        yield latest


def _record(writer: Writer, due: Mapping[str, int], time: str) -> None:
    """Sign up to where payloads are gone, this time and all times before: it also opens the triggers' one way."""
    latest = select(RETENTION.c.number, RETENTION.c.scope).order_by(RETENTION.c.number.desc()).limit(1)
    row = writer.connection.execute(latest).one_or_none()
    number: int = 0 if row is None else row.number
    before: dict[str, int] = {} if row is None else json.loads(row.scope)
    later = {type_: max(last, before.get(type_, 0)) for type_, last in due.items()}
    scope = json.dumps({**before, **later}, sort_keys=True)
    signature = writer.signature(retention_bytes(writer.identity.journal, number + 1, time, scope))
    writer.connection.execute(insert(RETENTION).values(number=number + 1, time=time, scope=scope, signature=signature))
