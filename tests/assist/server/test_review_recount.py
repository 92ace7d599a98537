# SPDX-License-Identifier: EUPL-1.2
"""Every indicator, under every filter, is what the raw journal says: counted once more without any code of the review.

The people are those of the made-up year, whose ways the session machine told. Their rows come late, twice, in pieces,
out of order and in two histories.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from math import ceil
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assist.journal.chain import Head, Link, genesis
from assist.review.indicators import INDICATORS, Value
from assist.server.database import Database
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.server.kiosks.tables import SetApart, StoredEvent
from assist.server.review import reading
from assist.server.review.asked import Wanted
from benchmarks.year.loading import KEY, links_of
from benchmarks.year.opening_days import LAST_DAY
from benchmarks.year.sessions import Year, make_year
from tests.assist.server.chains import NOON, chained
from tests.assist.server.recount import Came, Measured, indicators, recount
from tests.assist.server.test_review_keeping import LATER
from tests.assist.server.test_review_year import FEW

_SHARES = {"time": 0.5, "wait": 0.5, "long_wait": 0.9}
_PERIODS = ((LAST_DAY - timedelta(days=400), LAST_DAY), (date(2026, 3, 1), date(2026, 7, 31)))
_PEOPLE = 90
_OF_NO_SESSION = ("reports", "kiosks_available", "printers_available")


def journals(year: Year, chance: Random) -> dict[str, list[Link]]:
    """What each kiosk wrote, with volunteers, and somebody who is still there."""
    told: dict[str, list[Link]] = {}
    for kiosk in year.kiosks:
        head, rows = genesis(kiosk.encode(), KEY), list[Link]()
        for session in (session for _, some in year.sessions() for session in some if session.kiosk == kiosk):
            rows += [link for link, _ in links_of(year, session, chance, head)]
            head = Head(rows[-1].seq, rows[-1].hash)
        aside = {"session": "s", "language": "fr", "mode": "lab", "origin": "touch"}
        rows += chained(
            head,
            ("session.started", aside),
            ("session.ended", {"ending": "done"}),
            session=f"{kiosk}-lab",
            at=NOON - timedelta(days=9),
        )
        here = aside | {"mode": "kiosk"}
        rows += chained(Head(rows[-1].seq, rows[-1].hash), ("session.started", here), session=f"{kiosk}-here")
        told[kiosk] = rows
    return told


def come(database: Database, told: dict[str, list[Link]], chance: Random) -> None:
    """The rows in pieces, some twice, some before their turn; and what another history says after the middle."""
    for kiosk, rows in told.items():
        middle = len(rows) // 2
        head = Head(rows[middle - 1].seq, rows[middle - 1].hash)
        payload = {"session": "x", "language": "fr", "mode": "kiosk", "origin": "touch"}
        forged = chained(
            head, ("session.started", payload), ("session.ended", {"ending": "done"}), session=f"{kiosk}-x"
        )
        at = 0
        while at < len(rows) or forged:
            by = chance.randint(1, 300)
            pieces = [rows[at : at + by]]
            pieces += [rows[max(0, at - 40) : at + by]] * chance.randint(0, 1)
            pieces = [rows[at + by + 7 : at + by + 40], *pieces] if chance.random() < 0.3 else pieces
            if at + by >= len(rows):
                pieces.append(forged)
                forged = []
            for piece in filter(None, pieces):
                with database.begin() as transaction:
                    journal_of(transaction, kiosk, KEY, kiosk, NOON)
                    ingest(transaction, Source(kiosk, kiosk), piece, LATER)
            at += by


def questions(people: Sequence[Came]) -> Iterator[tuple[Wanted, list[Came]]]:
    """Every filter with every other, and who is meant."""
    kiosks = ("", *sorted({one.kiosk for one in people}))
    for (since, until), kiosk, language, origin in product(_PERIODS, kiosks, ("", "fr", "en"), ("", "touch", "voice")):
        meant = [
            one
            for one in people
            if since <= one.day <= until
            and kiosk in ("", one.kiosk)
            and language in ("", one.language)
            and origin in ("", one.origin)
        ]
        for procedure in ("", "rsa", "voter"):
            yield Wanted(since, until, kiosk, procedure, language, origin), meant


def same(value: Value, told: Measured, indicator: str) -> bool:
    """Counts and shares are the same; what is read from classes of duration is within a twentieth."""
    if indicator not in _SHARES:
        return (value.number, value.of) == (told.number, told.of)
    if not told.durations:
        return value == Value(None, 0)
    exact = told.durations[max(1, ceil(_SHARES[indicator] * told.of)) - 1]
    assert value.number is not None
    return value.of == told.of and abs(value.number - exact) <= max(0.5, 0.05 * exact)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 12))])
def test_every_indicator_is_what_the_raw_journal_says(lite_database: Database, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    told = journals(make_year(_PEOPLE, 2, seed, catalogue=FEW, ways=30, harder=4.0), chance)
    come(lite_database, told, chance)
    people = recount(link for rows in told.values() for link in rows)
    assert len(people) == _PEOPLE
    if seed == 1:  # The others may lack one or the other: chance makes them.
        assert {True, False} == {one.joined is not None for one in people if one.called}
    with lite_database.read() as transaction:
        assert transaction.scalars(select(func.count()).select_from(StoredEvent)).one() == sum(map(len, told.values()))
        assert transaction.scalars(select(func.count()).select_from(SetApart)).one() == 2 * len(told)
        for wanted, meant in questions(people):
            sums, raw = reading.sums(transaction, wanted), indicators(meant, wanted.procedure)
            for one in INDICATORS:
                if one.id not in _OF_NO_SESSION:
                    assert same(one.measure(sums), raw[one.id], one.id), (one.id, wanted, sums, raw[one.id])
        steps_are_those(transaction, people)


def steps_are_those(transaction: Session, people: Sequence[Came]) -> None:
    """What happened at each step of each text."""
    for procedure in ("rsa", "voter", "carte-identite"):
        wanted = Wanted(*_PERIODS[0], procedure=procedure)
        begun = [one for came in people for one in came.begun if one.procedure == procedure]
        texts = reading.texts(transaction, wanted)
        assert {text.content_hash: text.visits for text in texts} == {
            hash_: sum(one.content_hash == hash_ for one in begun) for hash_ in {one.content_hash for one in begun}
        }
        for text in texts:
            met = [one.met for one in begun if one.content_hash == text.content_hash]
            for step, counts in reading.steps(transaction, wanted, text.id).items():
                there = [one[step] for one in met if step in one]
                assert counts["reached"] == len(there)
                for name in ("repeated", "explained", "helped", "difficulty", "abandoned"):
                    assert counts[name] == sum(name in what for what in there), (step, name)
