# SPDX-License-Identifier: EUPL-1.2
"""The indicators counted once more, straight from the raw rows and their definitions: no sums, no code of the review.

Slow and plain on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assist.journal.chain import Link

FACES = ("happy", "neutral", "unhappy")


@dataclass
class Begun:
    """A procedure that was begun."""

    procedure: str
    content_hash: str
    at: datetime
    ended: datetime
    finished: bool = False
    difficult: bool = False
    face: str = ""
    way: list[str] = field(default_factory=list[str])
    """The steps from the first to the present one."""
    met: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """Step -> what happened there."""


@dataclass
class Came:
    """A session that is over, of the public."""

    kiosk: str
    language: str
    origin: str
    day: date
    ending: str
    called: datetime | None = None
    joined: datetime | None = None
    begun: list[Begun] = field(default_factory=list[Begun])

    @property
    def procedure(self) -> str:
        """The first that was begun: with it the session is counted."""
        return self.begun[0].procedure if self.begun else ""


def recount(links: Iterable[Link]) -> list[Came]:
    """Who came, from the rows of all journals, each journal in its order."""
    sessions: dict[str, list[tuple[datetime, str, dict[str, Any], str]]] = {}
    for link in links:
        at = datetime.fromisoformat(link.time.decode())
        told = (at, link.type.decode(), json.loads(link.payload or b"{}"), link.kiosk.decode())
        sessions.setdefault(link.session.decode(), []).append(told)
    return [came for told in sessions.values() if (came := _came(told)) is not None]


def _came(told: Sequence[tuple[datetime, str, dict[str, Any], str]]) -> Came | None:
    types = [type_ for _, type_, _, _ in told]
    if types[0] != "session.started" or "session.ended" not in types or told[0][2]["mode"] != "kiosk":
        return None
    began, _, first, kiosk = told[0]
    *before, end = told[: types.index("session.ended") + 1]
    day = began.astimezone(ZoneInfo("Europe/Paris")).date()
    came = Came(kiosk, first["language"], first["origin"], day, end[2]["ending"])
    over = before[-1][0] if came.ending == "interrupted" else end[0]
    now: Begun | None = None
    faces_shown = False
    for at, type_, payload, _ in before:
        if type_ == "help.called":
            came.called = came.called or at
        if type_ == "help.joined" and came.called is not None:
            came.joined = came.joined or at
        if type_ == "procedure.picked":
            now = Begun(payload["procedure"], payload["content_hash"], at, over)
            came.begun.append(now)
            faces_shown = False
        elif now is not None:
            if type_ == "step.back" and not faces_shown and len(now.way) == 1:
                now.ended = at
                _stopped(now)
                now = None
                continue
            _happened(now, type_, payload, faces_shown=faces_shown)
            faces_shown = type_ == "roadmap.finished" or (faces_shown and type_ != "step.back")
    if now is not None:
        now.finished = now.finished or came.ending == "done"
        _stopped(now)
    return came


def _happened(begun: Begun, type_: str, payload: dict[str, Any], *, faces_shown: bool) -> None:
    step = payload.get("step", "")
    if type_ == "step.shown":
        begun.way.append(step)
        begun.met.setdefault(step, set())
    elif type_ == "step.back" and not faces_shown:
        begun.way.pop()
    elif type_ in ("roadmap.finished", "receipt.requested"):
        begun.finished = True
    elif type_ == "session.rated":
        begun.face = payload["face"]
    elif type_ == "step.difficulty":
        begun.difficult = True
        begun.met[step].add("difficulty")
    elif type_ in ("step.repeated", "step.explained", "help.called"):
        begun.met[step].add({"help.called": "helped"}.get(type_, type_.removeprefix("step.")))


def _stopped(begun: Begun) -> None:
    if not begun.finished and begun.way:
        begun.met[begun.way[-1]].add("abandoned")


@dataclass(frozen=True)
class Measured:
    """A number and how many it rests on; for durations, all of them."""

    number: float | None
    of: int
    durations: tuple[float, ...] = ()


def _share(some: Iterable[bool]) -> Measured:
    told = list(some)
    return Measured(sum(told) / len(told) if told else None, len(told))


def _durations(seconds: Iterable[float]) -> Measured:
    told = tuple(sorted(seconds))
    return Measured(None, len(told), told)


def indicators(people: Sequence[Came], procedure: str = "") -> dict[str, Measured]:
    """Each indicator but the reports, which no session tells; of one procedure, or of all."""
    sessions = [one for one in people if not procedure or one.procedure == procedure]
    begun = [one for came in people for one in came.begun if not procedure or one.procedure == procedure]
    called = [one for one in sessions if one.called]
    waits = _durations((one.joined - one.called).total_seconds() for one in called if one.joined and one.called)
    faces = [one.face for one in begun if one.face in FACES]
    return {
        "sessions": Measured(len(sessions), len(sessions)),
        "visits": Measured(len(begun), len(begun)),
        "finished": _share(one.finished for one in begun),
        "abandoned": _share(one.ending in ("abandoned", "interrupted") for one in sessions),
        "called": _share(one.called is not None for one in sessions),
        "joined": _share(one.joined is not None for one in called),
        "wait": waits,
        "long_wait": waits,
        "time": _durations((one.ended - one.at).total_seconds() for one in begun if one.finished),
        "difficult": _share(one.difficult for one in begun),
        "happy": _share(face == "happy" for face in faces),
    }
