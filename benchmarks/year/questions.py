# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: S608 - the questions are ours, and so is the database
"""The same questions asked without any sum: in SQL on the raw rows, and by DuckDB on a Parquet file of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from assist.journal.serialise import time_text
from assist.server.review import reading
from assist.server.review.asked import Wanted
from assist.server.site import HERE

Answer = dict[str, int]
Ask = Callable[[str], Any]
"""SQL -> rows."""

_OF = {
    "sqlite": "json_extract({row}.payload, '$.{name}')",
    "postgresql": "(CAST({row}.payload AS json) ->> '{name}')",
    "duckdb": "json_extract_string({row}.payload, '$.{name}')",
}
"""How each takes a value out of a payload."""
_CAME = (
    "came AS (SELECT s.session FROM {event} s WHERE s.type = 'session.started' AND {s.mode} = 'kiosk'"
    " AND s.time >= '{since}' AND s.time < '{until}')"
)


def endings(of: str, since: date, until: date, event: str = "event") -> str:
    """How many sessions ended in each way."""
    return _sql(
        "WITH " + _CAME + " SELECT {e.ending}, count(*) FROM {event} e JOIN came USING (session)"
        " WHERE e.type = 'session.ended' GROUP BY 1",
        of, since, until, event,
    )  # fmt: skip


def begun(of: str, since: date, until: date, event: str = "event") -> str:
    """How often each procedure was begun."""
    return _sql(
        "WITH " + _CAME + " SELECT {e.procedure}, count(*) FROM {event} e JOIN came USING (session)"
        " WHERE e.type = 'procedure.picked' GROUP BY 1",
        of, since, until, event,
    )  # fmt: skip


def reached(of: str, since: date, until: date, procedure: str, content_hash: str, event: str = "event") -> str:
    """How many visits of a text have met each of its steps."""
    return _sql(
        "WITH " + _CAME + ", told AS (SELECT e.session, e.type, {e.step} AS step, {e.content_hash} AS hash,"
        " {e.procedure} AS procedure, sum(CASE WHEN e.type = 'procedure.picked' THEN 1 ELSE 0 END)"
        " OVER (PARTITION BY e.session ORDER BY e.seq) AS visit FROM {event} e JOIN came USING (session)"
        " WHERE e.type IN ('procedure.picked', 'step.shown')),"
        " named AS (SELECT session, visit, step, type, max(procedure) OVER one AS procedure,"
        " max(hash) OVER one AS hash FROM told WINDOW one AS (PARTITION BY session, visit))"
        " SELECT step, count(*) FROM (SELECT DISTINCT session, visit, step FROM named"
        f" WHERE type = 'step.shown' AND procedure = '{procedure}' AND hash = '{content_hash}') AS met GROUP BY 1",
        of, since, until, event,
    )  # fmt: skip


def _sql(sql: str, of: str, since: date, until: date, event: str) -> str:
    bounds = {"since": _text(since), "until": _text(until + timedelta(days=1)), "event": event}
    for row, name in (("s", "mode"), ("e", "ending"), ("e", "procedure"), ("e", "step"), ("e", "content_hash")):
        sql = sql.replace(f"{{{row}.{name}}}", _OF[of].format(row=row, name=name))
    for name, value in bounds.items():
        sql = sql.replace(f"{{{name}}}", value)
    return sql


def _text(day: date) -> str:
    return time_text(datetime.combine(day, time(), HERE).astimezone(UTC))


def raw(transaction: Session, sql: str) -> Answer:
    """Asked of the raw rows of the site's database."""
    return {str(name): int(count) for name, count in transaction.execute(text(sql.replace(":", r"\:")))}


class Parquet:
    """The raw rows as a Parquet file, which DuckDB reads."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "event.parquet"
        self._duck = duckdb.connect()

    def write(self, transaction: Session) -> None:
        """Make the file of the rows that the database holds."""
        columns = "seq, session, time, type, payload"
        self._duck.execute(
            "CREATE TABLE event (seq BIGINT, session VARCHAR, time VARCHAR, type VARCHAR, payload VARCHAR)"
        )
        rows = transaction.execute(text(f"SELECT {columns} FROM event ORDER BY journal, seq"))
        for some in rows.partitions(200_000):
            told = {name: [row[n] for row in some] for n, name in enumerate(columns.split(", "))}
            self._append(told)
        self._duck.execute(f"COPY event TO '{self.file}' (FORMAT parquet, COMPRESSION zstd)")
        self._duck.execute("DROP TABLE event")

    def _append(self, told: Mapping[str, list[Any]]) -> None:

        some = {name: np.array(values, dtype=None if name == "seq" else object) for name, values in told.items()}
        self._duck.register("told", some)
        self._duck.execute("INSERT INTO event SELECT * FROM told")
        self._duck.unregister("told")

    def ask(self, sql: str) -> Answer:
        """Asked of the file."""
        return {str(name): int(count) for name, count in self._duck.execute(sql).fetchall()}


def kept_endings(transaction: Session, wanted: Wanted) -> Answer:
    """The same as :func:`endings`, from the sums."""
    counts = reading.sums(transaction, wanted).counts
    return {name: counts[name] for name in ("done", "abandoned", "erased", "interrupted") if counts[name]}


def kept_begun(transaction: Session, wanted: Wanted) -> Answer:
    """The same as :func:`begun`, from the sums."""
    return {name: counts["visits"] for name, counts in reading.procedures(transaction, wanted)}


def kept_reached(transaction: Session, wanted: Wanted, text_: reading.Text) -> Answer:
    """The same as :func:`reached`, from the sums."""
    return {step: counts["reached"] for step, counts in reading.steps(transaction, wanted, text_.id).items()}
