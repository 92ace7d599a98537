# SPDX-License-Identifier: EUPL-1.2
"""The sessions that a mediator helped: where reports come from. A port, until the calls are kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from assist.desk.report.drafting import Happened

OVERDUE = timedelta(days=31)
"""A session helped longer ago is no longer asked about."""


@dataclass(frozen=True, slots=True)
class HelpedSession:
    """A session that is over, and how long its mediator was with the person."""

    session: str
    kiosk: str
    began_at: datetime
    ended_at: datetime


class HelpedSessions(Protocol):
    """What is known of them."""

    def of(self, transaction: Session, mediator: str, since: datetime) -> Sequence[HelpedSession]:
        """The sessions over that ``mediator`` helped last, newest first."""
        ...

    def one(self, transaction: Session, mediator: str, session: str) -> HelpedSession | None:
        """This session, when ``mediator`` helped it last."""
        ...

    def events(self, transaction: Session, session: str) -> Sequence[Happened]:
        """What happened in it, in its order; nothing once it is gone."""
        ...


class NoSessions:
    """A server without kiosks."""

    def of(self, transaction: Session, mediator: str, since: datetime) -> Sequence[HelpedSession]:
        """None."""
        return ()

    def one(self, transaction: Session, mediator: str, session: str) -> HelpedSession | None:
        """None."""
        return None

    def events(self, transaction: Session, session: str) -> Sequence[Happened]:
        """None."""
        return ()
