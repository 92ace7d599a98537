# SPDX-License-Identifier: EUPL-1.2
"""What made-up people do at a kiosk: ways through our real procedures, as the session machine tells them.

A walk is told without its place: who, when and where are added when it is used. Each procedure has a step where
people stop more than elsewhere; half of them get a new text in the year, that makes this step better, or worse.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random

from assist.journal.serialise import payload_of
from assist.session import commands as c
from assist.session import events as e
from assist.session.machine import run
from assist.session.state import Overlay, Phase, SessionState
from content.model import UNKNOWN, AnswerFormat, Outcome, Possession, Procedure, Step, StepKind

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When every walk begins, before it is put in its place."""
_LONGEST = 120
"""Things done in a session: whoever goes in circles gives up."""
_PACE = {
    StepKind.SAY: 9.0,
    StepKind.CHOOSE: 8.0,
    StepKind.CHECKLIST: 7.0,
    StepKind.ASK: 22.0,
    StepKind.PLACE: 12.0,
    StepKind.ACT: 45.0,
    StepKind.END: 30.0,
}
"""Seconds that half of the people stay under."""


@dataclass(frozen=True, slots=True)
class Text:
    """A version of a procedure's text, and how people get on with it."""

    procedure: Procedure
    content_hash: str
    hard: str
    """The step where people stop."""
    hardness: float
    """The share of people whom it stops, in one way or another."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened: after how many milliseconds, and what the journal keeps of it."""

    after: int
    type: str
    payload: str

    @property
    def data(self) -> dict[str, object]:
        """The payload as it is read again."""
        return json.loads(self.payload)


@dataclass(frozen=True, slots=True)
class Walk:
    """One session without its place. Its first event, the beginning, is told by whoever puts it somewhere."""

    procedure: str
    told: tuple[Told, ...]
    milliseconds: int


@dataclass(slots=True)
class _Person:
    """Somebody on the way."""

    chance: Random
    pace: float
    state: SessionState = field(default_factory=SessionState)
    now: float = 0.0
    told: list[Told] = field(default_factory=list[Told])

    def does(self, intent: c.Intent, seconds: float = 0.0, origin: c.Origin = c.Origin.TOUCH) -> bool:
        """Do something after a while; False when it made nothing happen."""
        self.now += seconds
        at = c.Moment(MORNING + timedelta(seconds=self.now), self.now, MORNING.date())
        self.state, events = run(self.state, c.Command(intent, at, origin))
        self.told += [
            Told(round(self.now * 1000), event.description.type, payload_of(event).decode()) for event in events
        ]
        return bool(events)

    def while_(self, middle: float) -> float:
        """A time that half of the people stay under."""
        return max(0.4, self.chance.lognormvariate(0.0, 0.55) * middle * self.pace)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share


def texts_of(procedure: Procedure, chance: Random, harder: float = 1.0) -> tuple[Text, ...]:
    """The versions of its text that the year has met, the oldest first; ``harder`` than they are."""
    steps = [step for step in procedure.steps.values() if step.kind is not StepKind.END]
    weights = [3 if step.kind in (StepKind.ASK, StepKind.ACT, StepKind.CHECKLIST) else 1 for step in steps]
    hard, hardness = chance.choices(steps, weights)[0].id, chance.uniform(0.12, 0.4) * harder
    now = Text(procedure, procedure.content_hash, hard, hardness)
    if chance.random() < 0.5:
        return (now,)
    before = sha256(f"{procedure.content_hash} before".encode()).hexdigest()
    return Text(procedure, before, hard, hardness), Text(
        procedure, procedure.content_hash, hard, hardness * chance.choice((0.3, 0.5, 1.0, 1.6))
    )


def walks(text: Text, count: int, chance: Random) -> Iterator[Walk]:
    """``count`` ways of going through it."""
    for _ in range(count):
        person = _Person(chance, chance.lognormvariate(0.0, 0.35))
        person.does(c.Begin("", "fr"))
        _walk(person, text)
        if person.state.phase is Phase.CHOOSING and person.happens(0.5):
            _walk(person, text)
        _leave(person)
        yield _told(person, text.procedure.id)


def nothing_chosen(count: int, chance: Random) -> Iterator[Walk]:
    """``count`` people who look, and choose nothing."""
    for _ in range(count):
        person = _Person(chance, 1.0)
        person.does(c.Begin("", "fr"))
        if person.happens(0.2):
            _call(person)
        person.now += person.while_(15)
        _leave(person)
        yield _told(person, "")


def _told(person: _Person, procedure: str) -> Walk:
    return Walk(procedure, tuple(person.told[1:]), person.told[-1].after)


def _walk(person: _Person, text: Text) -> None:
    """Through the text, until its end, or until the person has enough of it."""
    person.does(c.Pick(text.procedure), person.while_(11))
    _rename(person, text.content_hash)
    for _ in range(_LONGEST):
        step = person.state.step
        if person.state.phase is not Phase.WALKING or step is None:
            return
        if _stopped(person, step, text):
            return
        if step.kind is StepKind.END:
            _finish(person)
            return
        if person.happens(0.03):
            person.does(c.Back(), person.while_(6))
            continue
        person.does(_answer(step, person, text.procedure), person.while_(_PACE[step.kind]))
    _leave(person)


def _rename(person: _Person, content_hash: str) -> None:
    """The version that is walked through may be an older one, of which only the name is left."""
    *before, picked, shown = person.told
    payload = json.dumps(json.loads(picked.payload) | {"content_hash": content_hash}, separators=(",", ":"))
    person.told = [*before, Told(picked.after, picked.type, payload), shown]


def _stopped(person: _Person, step: Step, text: Text) -> bool:
    """What keeps people at a step; whether it made this one leave."""
    hard = text.hardness if step.id == text.hard else 0.0
    if person.happens(0.06 + hard / 3):
        person.does(c.Repeat(), person.while_(6))
    if person.happens(0.02 + hard / 2):
        person.does(c.Explain(), person.while_(6))
    if person.happens(0.006 + hard / 2):
        person.does(c.ReportDifficulty(), person.while_(8))
    if person.happens(0.006 + hard / 4):
        _call(person)
    if person.happens(0.008):
        person.does(c.Pause(), person.while_(4))
        person.does(c.Resume(), person.while_(40))
    if not person.happens(0.007 + hard / 3):
        return False
    if person.happens(0.1):
        while person.state.phase is Phase.WALKING:
            person.does(c.Back(), person.while_(3))
        return True
    _leave(person)
    return True


def _call(person: _Person) -> None:
    """Call a mediator, who comes most of the time."""
    person.does(c.CallHelp(), person.while_(10))
    if person.happens(0.12):
        person.does(c.CancelHelp(), person.while_(30))
        return
    if person.happens(0.1):
        person.does(c.NobodyCame(""), 300, c.Origin.TIMER)
        person.does(c.CancelHelp(), person.while_(10))
        return
    person.does(c.MediatorJoins("Léa"), person.while_(80), c.Origin.MEDIATOR)
    for _ in range(person.chance.randint(0, 3)):
        person.does(c.MediatorSays("…"), person.while_(20), c.Origin.MEDIATOR)
    person.does(c.LeaveHelp(), person.while_(60), c.Origin.MEDIATOR)


def _answer(step: Step, person: _Person, procedure: Procedure) -> c.Intent:
    chance = person.chance
    match step.kind:
        case StepKind.CHOOSE:
            unknown = [UNKNOWN] if step.may_not_know and chance.random() < 0.3 else []
            return c.Choose(chance.choice(unknown or [choice.id for choice in step.choices]))
        case StepKind.CHECKLIST:
            document = person.state.document
            possession = Possession.HAVE if chance.random() < 0.8 else Possession.MISSING
            return c.Tick(document.id if document else "", possession)
        case StepKind.ACT:
            return c.Report(Outcome.DONE if chance.random() < 0.85 else Outcome.STUCK)
        case StepKind.ASK if step.question is not None:
            return c.Answer(_typed(step, chance))
        case _:
            return c.Continue()


def _typed(step: Step, chance: Random) -> str | int | date:
    question = step.question
    assert question is not None
    if question.format is AnswerFormat.TEXT:
        return "Cahors"
    least, most = question.at_least, question.at_most
    if question.format is AnswerFormat.NUMBER:
        low = least if isinstance(least, int) else 0
        return chance.randint(low, most if isinstance(most, int) else low + 5)
    return date(2025, 12, 1) - timedelta(days=chance.randint(0, 20_000))


def _finish(person: _Person) -> None:
    """Read the road map, print it, give a face: or leave with the paper in hand."""
    person.now += person.while_(_PACE[StepKind.END])
    if person.happens(0.6):
        person.does(c.Print())
        printed = person.chance.choices(list(c.PrintStatus), [94, *[1] * (len(c.PrintStatus) - 1)])[0]
        person.does(c.PrintSettled(printed), person.while_(9))
    if person.happens(0.2):
        _leave(person)
        return
    person.does(c.Finish(), person.while_(6))
    if person.happens(0.25):
        _idle(person)
        return
    faces = (c.Face.HAPPY, c.Face.NEUTRAL, c.Face.UNHAPPY)
    person.does(c.Rate(person.chance.choices(faces, (74, 17, 9))[0]), person.while_(5))


def _leave(person: _Person) -> None:
    """Go away: without a word, by wiping all, or because the power went."""
    if person.state.phase in (Phase.OVER, Phase.WELCOME):
        return
    if person.happens(0.02):
        cut = e.SessionEnded(e.Ending.INTERRUPTED, "")
        person.now += person.chance.choice((95.0, 240.0, 15 * 3600.0))
        person.told.append(Told(round(person.now * 1000), cut.description.type, payload_of(cut).decode()))
        person.state = SessionState(phase=Phase.OVER)
    elif person.happens(0.22):
        person.does(c.EraseAll(), person.while_(5))
    else:
        _idle(person)


def _idle(person: _Person) -> None:
    if person.state.overlay is not Overlay.NONE:
        person.does(c.Resume())
    person.does(c.WarnIdle(), 90, c.Origin.TIMER)
    person.does(c.TimeOut(), 30, c.Origin.TIMER)
    if person.state.phase is not Phase.OVER:
        person.does(c.EraseAll(), 1)
