# SPDX-License-Identifier: EUPL-1.2
"""One session as a manager reads it: when, how, what was begun, who waited, how it ended. Pure.

A session is read once it is over, from its own rows of the journal. Answers are not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assist.review.visits import Row, Visit, moment_of_end, visits
from assist.session.commands import Mode, Origin
from assist.session.events import Ending


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody came, and is gone."""

    session: str
    kiosk: str
    language: str
    mode: Mode
    origin: Origin
    """By what means the person began: a finger, a key, the voice."""
    began: datetime
    """By the clock of the kiosk."""
    seconds: float
    ending: Ending
    waited: float | None
    """Seconds from the first call to whoever came; None when nobody was called, or nobody came."""
    called: bool
    visits: tuple[Visit, ...]
    """What was begun, one procedure after another; none when nothing was chosen."""


def attendance(rows: Sequence[Row]) -> Attendance | None:
    """The session of these rows, all of it, oldest first; None while it is not over, or when its beginning is gone.

    Raises KeyError, ValueError or TypeError on rows that no version of Pas à pas has written.
    """
    readable = [row for row in rows if row["payload"] is not None]
    if not readable or readable[0]["type"] != "session.started" or readable[-1]["type"] != "session.ended":
        return None
    first, last = readable[0], readable[-1]
    ending = Ending(last["payload"]["ending"])
    began = datetime.fromisoformat(first["time"])
    ended = moment_of_end(ending, datetime.fromisoformat(readable[-2]["time"]), datetime.fromisoformat(last["time"]))
    return Attendance(
        session=first["session"],
        kiosk=first["kiosk"],
        language=first["payload"]["language"],
        mode=Mode(first["payload"]["mode"]),
        origin=Origin(first["payload"]["origin"]),
        began=began,
        seconds=max(0.0, (ended - began).total_seconds()),
        ending=ending,
        waited=_waited(readable),
        called=any(row["type"] == "help.called" for row in readable),
        visits=tuple(visits(readable)),
    )


def _waited(rows: Sequence[Row]) -> float | None:
    called: datetime | None = None
    for row in rows:
        if row["type"] == "help.called" and called is None:
            called = datetime.fromisoformat(row["time"])
        elif row["type"] == "help.joined" and called is not None:
            return max(0.0, (datetime.fromisoformat(row["time"]) - called).total_seconds())
    return None
