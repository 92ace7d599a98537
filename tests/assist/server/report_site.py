# SPDX-License-Identifier: EUPL-1.2
"""A site with a few members and a helped session, for the tests of reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection
from uuid_utils import uuid7

from assist.journal.serialise import time_text
from assist.server.app import make_app
from assist.server.calls import Call, CallState
from assist.server.database import Database
from assist.server.kiosks.tables import Journal, StoredEvent
from assist.server.site import Site
from assist.server.staff_member import Role, StaffMember
from tests.assist.server.doors import QUICK

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)
LEA = StaffMember("lea", "Léa", frozenset({Role.MEDIATOR}))
KARIM = StaffMember("karim", "Karim", frozenset({Role.MEDIATOR}))
ROSE = StaffMember("rose", "Rose", frozenset({Role.MANAGER}))
ANNA = StaffMember("anna", "Anna", frozenset({Role.AUTHOR}))
MEMBERS = {member.id: member for member in (LEA, KARIM, ROSE, ANNA)}

HELPED = (
    (0, "session.started", {"session": "s", "language": "fr", "mode": "kiosk", "origin": "touch"}),
    (1, "procedure.picked", {"procedure": "carte-identite", "content_hash": "h"}),
    (2, "help.called", {"step": "pour-qui"}),
    (4, "help.joined", {"step": "pour-qui"}),
    (5, "step.chosen", {"step": "pour-qui", "recorded": "moi"}),
    (26, "help.ended", {"step": "besoin", "by": "mediator"}),
    (30, "session.ended", {"ending": "done", "duration": "15-30"}),
)
"""Minutes, type, payload: 22 minutes of help with an identity card."""


class OpenSite:
    """The server, and who asks it."""

    def __init__(self, client: TestClient, database: Database) -> None:
        self.client, self.database = client, database

    def as_(self, member: StaffMember | None) -> TestClient:
        """Its client, with ``member`` logged in."""
        self.client.headers["x-member"] = member.id if member else ""
        return self.client


def report_app(address: str, folder: Path) -> FastAPI:
    """A server at noon, that knows who asks by a header."""

    def who(connection: HTTPConnection) -> StaffMember | None:
        return MEMBERS.get(connection.headers.get("x-member", ""))

    return make_app(Site("Cahors", address, folder), authenticate=who, clock=lambda: NOON, passwords=QUICK)


@contextmanager
def open_site(address: str, folder: Path) -> Iterator[OpenSite]:
    """The same, in memory."""
    app = report_app(address, folder)
    with TestClient(app, follow_redirects=False, base_url="http://localhost") as client:
        yield OpenSite(client, app.state.database)


def helped_session(
    transaction: Session, session: str, mediator: StaffMember, *, at: datetime = NOON, ticket: int | None = None
) -> None:
    """A session that began an hour before ``at``, whose help is over."""
    began = at - timedelta(hours=1)
    if transaction.get(Journal, "j") is None:
        transaction.add(Journal(id="j", kiosk="borne-1", public_key=b"", began_at=began, head=b""))
        transaction.flush()
    first = len(transaction.query(StoredEvent).all()) + 1
    for n, (minutes, kind, payload) in enumerate(HELPED):
        moment = began + timedelta(minutes=minutes)
        text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
        transaction.add(
            StoredEvent(
                journal="j", seq=first + n, id=str(uuid7()), kiosk="borne-1", boot=1, session=session, salt=b"",
                time=time_text(moment), type=kind, payload=text, commitment=b"", prev=b"", hash=b"",
                came_at=moment,
            )
        )  # fmt: skip
    transaction.add(
        Call(
            id=str(uuid7()), kiosk="borne-1", journal="j", session=session, called_at=began, procedure="carte-identite",
            state=CallState.OVER, taken_by=mediator.id, taken_at=began + timedelta(minutes=3), ticket=ticket,
            joined_at=began + timedelta(minutes=4), over_at=began + timedelta(minutes=26),
        )
    )  # fmt: skip
