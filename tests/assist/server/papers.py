# SPDX-License-Identifier: EUPL-1.2
"""A person who walked the sample procedure at a kiosk, printed her paper, and whose journal has come to the server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from assist.desk.paper_seal import Copy, key_of, seal_copy
from assist.journal.chain import genesis
from assist.journal.serialise import payload_of
from assist.server.database import Database
from assist.server.kiosks.ingest import ingest, journal_of
from assist.server.kiosks.projection import Source
from assist.session import commands as c
from assist.session.events import Event
from assist.session.machine import run
from assist.session.state import SessionState
from content.model import Outcome, Possession, Procedure
from content.road_map import keep
from tests.assist.server.chains import KEY, chained
from tests.sample_procedures import TODAY

PRINTED_AT = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
SESSION = "5e55"


def walk(procedure: Procedure, code: str, language: str = "fr") -> list[Event]:
    """All that happens from the first touch to the last, with one step back on the way."""
    state, events = SessionState(), list[Event]()
    moment = c.Moment(PRINTED_AT, 0.0, TODAY)

    def do(*intents: c.Intent) -> None:
        nonlocal state
        for intent in intents:
            state, happened = run(state, c.Command(intent, moment, c.Origin.TOUCH))
            assert happened, intent
            events.extend(happened)

    do(c.Begin(SESSION, language), c.Pick(procedure), c.Continue(), c.Choose("abimee"), c.Back(), c.Choose("perdue"))
    do(c.ReportDifficulty(), c.Continue(), c.Answer(TODAY.replace(year=1950)))
    do(c.Tick("photo", Possession.MISSING), c.Tick("declaration", Possession.HAVE), c.Continue())
    do(c.Report(Outcome.DONE))
    assert state.here is not None
    walked = [crumb.step for crumb in (*state.trail, state.here)]
    key = key_of(code)
    copy = Copy(procedure.id, procedure.content_hash, keep(procedure, walked, state.answers, TODAY))
    do(c.Print(key.name, seal_copy(key, copy)), c.PrintSettled(c.PrintStatus.DONE), c.Finish(), c.Rate(c.Face.HAPPY))
    return events


def sent(database: Database, events: Sequence[Event], journal: str = "j1") -> None:
    """The kiosk sends its journal."""
    told = [(event.description.type, json.loads(payload_of(event))) for event in events]
    links = chained(genesis(journal.encode(), KEY), *told, session=SESSION, at=PRINTED_AT)
    with database.begin() as transaction:
        journal_of(transaction, journal, KEY, "borne-1", PRINTED_AT)
        ingest(transaction, Source("borne-1", journal), links, PRINTED_AT + timedelta(minutes=1))
