# SPDX-License-Identifier: EUPL-1.2
"""What the pages of reports take from around them: the procedures, and drafts of sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection

from assist.desk.report.cra import Cra
from assist.desk.report.drafting import draft
from assist.server.desk.catalogue import catalogue_of
from assist.server.reports.sessions import HelpedSession, events, helped, helped_one
from assist.server.reports.store import reported
from assist.server.staff_member import Role, StaffMember
from content.model import Catalogue

SHOWN = 20
"""Sessions still to be told that a page shows: each has its journal read."""


def procedures(connection: HTTPConnection) -> Catalogue:
    """The procedures of the site."""
    return catalogue_of(connection.app.state.site)


def drafted(connection: HTTPConnection, transaction: Session, mediator: str, session: str, now: datetime) -> Cra | None:
    """The first draft of the report of a session that ``mediator`` helped; None when there is no such session."""
    found = helped_one(transaction, mediator, session)
    return None if found is None else _draft(connection, transaction, found, now)


def to_finish(
    connection: HTTPConnection, transaction: Session, member: StaffMember, now: datetime
) -> tuple[list[tuple[HelpedSession, str]], int]:
    """The sessions that ``member`` helped and that have no report: the newest, each with what it was about, and how
    many more there are."""
    if Role.MEDIATOR not in member.roles:
        return [], 0
    those = helped(transaction, member.id, now)
    told = reported(transaction, (one.session for one in those))
    waiting = [one for one in those if one.session not in told]
    shown = [(one, _about(connection, transaction, one, now)) for one in waiting[:SHOWN]]
    return shown, len(waiting) - len(shown)


def titles(connection: HTTPConnection, cra: Cra) -> list[str]:
    """The French titles of its procedures; the name of one that is not known here."""
    known = procedures(connection)
    return [found.title if (found := known.get(name)) else name for name in cra.procedures]


def _draft(connection: HTTPConnection, transaction: Session, found: HelpedSession, now: datetime) -> Cra:
    happened = events(transaction, found.session)
    return draft(happened, procedures(connection).get, now, apart=(found.began_at, found.ended_at))


def _about(connection: HTTPConnection, transaction: Session, found: HelpedSession, now: datetime) -> str:
    return " ; ".join(titles(connection, _draft(connection, transaction, found, now))) or "Sans démarche"
