# SPDX-License-Identifier: EUPL-1.2
"""From the rows of the journal to visits: one person's way through one procedure. Pure.

A session may hold several visits, one after another. A row whose payload is gone (its retention is over) tells
nothing any more: sessions that have lost their beginning are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assist.session.commands import Face, Mode
from assist.session.events import Ending

Row = Mapping[str, Any]
"""A row of :func:`assist.journal.verification.export`."""


@dataclass(slots=True)
class StepVisit:
    """What happened at one step of one visit, over all the times that the person was there."""

    step: str
    seconds: float = 0.0
    repeated: int = 0
    explained: int = 0
    helped: int = 0
    difficulty: bool = False
    abandoned: bool = False
    """The visit ended here, short of its end."""


@dataclass(slots=True)
class Visit:
    """One person's way through one procedure."""

    session: str
    mode: Mode
    language: str
    procedure: str
    content_hash: str
    steps: dict[str, StepVisit] = field(default_factory=dict[str, StepVisit])
    """In the order in which they were first met."""
    seconds: float = 0.0
    """From the choice of the procedure to the end of the visit."""
    finished: bool = False
    """The road map was read to its end, or printed, or the session ended as done."""
    face: Face | None = None

    @property
    def helped(self) -> bool:
        """A mediator was called."""
        return any(step.helped for step in self.steps.values())

    @property
    def difficulties(self) -> int:
        """How many steps were said to be difficult."""
        return sum(step.difficulty for step in self.steps.values())


@dataclass(slots=True)
class _Session:
    """A session on its way."""

    mode: Mode
    language: str
    visit: Visit | None = None
    began: datetime | None = None
    last: datetime | None = None
    here: str = ""
    rating: bool = False
    """Before the three faces: going back from there leaves no step."""
    trail: list[str] = field(default_factory=list[str])

    def at(self, step: str) -> StepVisit | None:
        """The counts of ``step``; None before a procedure is chosen, and on the choice itself."""
        return self.visit.steps.setdefault(step, StepVisit(step)) if self.visit and step else None


def visits(rows: Iterable[Row]) -> Iterator[Visit]:
    """Every visit that is over, in the order of their ends. Rows come oldest first, sessions may be mixed."""
    under_way: dict[str, _Session] = {}
    for row in rows:
        session, payload = row["session"], row["payload"]
        if not session or payload is None:
            continue
        if row["type"] == "session.started":
            began = datetime.fromisoformat(row["time"])
            under_way[session] = _Session(Mode(payload["mode"]), payload["language"], last=began)
            continue
        state = under_way.get(session)
        if state is None:
            continue
        now = datetime.fromisoformat(row["time"])
        if row["type"] == "session.ended":
            now = moment_of_end(payload["ending"], state.last or now, now)
        yield from _on(state, session, row["type"], payload, now)
        state.last = now
        if row["type"] == "session.ended":
            del under_way[session]


def moment_of_end(ending: str, last: datetime, told: datetime) -> datetime:
    """When a session ended, of which ``last`` is the last sign before its end was ``told``.

    The end of one that a power cut interrupted is told by the next start of the kiosk: perhaps the next morning.
    """
    return last if ending == Ending.INTERRUPTED else told


def _on(state: _Session, session: str, kind: str, payload: Mapping[str, Any], now: datetime) -> Iterator[Visit]:
    """Take one event; gives the visit that it ends."""
    here = state.at(state.here)
    if here is not None and state.last is not None:
        # A clock that was set back takes no time away.
        here.seconds += max(0.0, (now - state.last).total_seconds())
    if kind == "procedure.picked":
        state.visit = Visit(session, state.mode, state.language, payload["procedure"], payload["content_hash"])
        state.began, state.here, state.trail, state.rating = now, "", [], False
    elif kind == "session.ended":
        yield from _leave(state, now, finished=payload["ending"] == Ending.DONE)
    elif kind == "step.back" and not state.rating and not state.trail:
        yield from _leave(state, now, finished=False)
    elif note := _NOTES.get(kind):
        note(state, payload)


def _leave(state: _Session, now: datetime, *, finished: bool) -> Iterator[Visit]:
    visit, here = state.visit, state.at(state.here)
    if visit is None:
        return
    visit.finished = visit.finished or finished
    if here is not None and not visit.finished:
        here.abandoned = True
    visit.seconds = max(0.0, (now - state.began).total_seconds()) if state.began else 0.0
    state.visit, state.here, state.trail, state.rating = None, "", [], False
    yield visit


def _shown(state: _Session, payload: Mapping[str, Any]) -> None:
    """The documents of a checklist are places of their own on the way back, one step in the counts."""
    if state.here:
        state.trail.append(state.here)
    state.here = payload["step"]
    state.at(state.here)


def _back(state: _Session, payload: Mapping[str, Any]) -> None:
    """Where the person came from; from the three faces, the road map, which was not left."""
    if not state.rating:
        state.here = state.trail.pop()
    state.rating = False


def _printed(state: _Session, payload: Mapping[str, Any]) -> None:
    if state.visit is not None:
        state.visit.finished = True


def _finished(state: _Session, payload: Mapping[str, Any]) -> None:
    _printed(state, payload)
    state.rating = True


def _rated(state: _Session, payload: Mapping[str, Any]) -> None:
    if state.visit is not None:
        state.visit.face = Face(payload["face"])


def _repeated(state: _Session, payload: Mapping[str, Any]) -> None:
    if step := state.at(payload["step"]):
        step.repeated += 1


def _explained(state: _Session, payload: Mapping[str, Any]) -> None:
    if step := state.at(payload["step"]):
        step.explained += 1


def _helped(state: _Session, payload: Mapping[str, Any]) -> None:
    if step := state.at(payload["step"]):
        step.helped += 1


def _difficult(state: _Session, payload: Mapping[str, Any]) -> None:
    if step := state.at(payload["step"]):
        step.difficulty = True


_NOTES: Mapping[str, Callable[[_Session, Mapping[str, Any]], None]] = {
    "step.shown": _shown,
    "step.back": _back,
    "step.repeated": _repeated,
    "step.explained": _explained,
    "step.difficulty": _difficult,
    "help.called": _helped,
    "roadmap.finished": _finished,
    "receipt.requested": _printed,
    "session.rated": _rated,
}
