# SPDX-License-Identifier: EUPL-1.2
"""Visits and figures from the journal, held against a recount by the session machine itself; honest comparisons."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.journal.serialise import payload_of, time_text
from assist.review.lab import (
    ENOUGH,
    Share,
    Verdict,
    compare_shares,
    compare_times,
    difficulties,
    figures,
    median_interval,
    wilson,
)
from assist.review.visits import Row, StepVisit, Visit, visits
from assist.session import commands as c
from assist.session import events as e
from assist.session.machine import run
from assist.session.state import Phase, SessionState
from tests.assist.test_machine import BEGIN, PROCEDURE, command, intents, way_on

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)


def row(event: e.Event, seconds: float, session: str = "s") -> Row:
    return {
        "session": session,
        "time": time_text(NINE + timedelta(seconds=seconds)),
        "type": event.description.type,
        "payload": json.loads(payload_of(event)),
    }


class Recount:
    """What happened to the visits of one session, told by the states of the machine and not by its events."""

    def __init__(self) -> None:
        self.state, self.rows = SessionState(), list[Row]()
        self.over: list[tuple[list[str], bool, c.Face | None]] = []
        self.met: list[str] = []
        self.finished = False
        self.face: c.Face | None = None

    def give(self, intent: c.Intent) -> None:
        before = self.state
        self.state, events = run(before, command(intent))
        self.rows += [row(event, len(self.rows) + n) for n, event in enumerate(events)]
        if before.procedure is None and self.state.procedure is not None:
            self.met, self.finished, self.face = [], False, None
        if self.state.printing or self.state.phase is Phase.RATING:
            self.finished = True
        if before.phase is Phase.RATING and isinstance(intent, c.Rate | c.TimeOut) and self.state.phase is Phase.OVER:
            self.face = intent.face if isinstance(intent, c.Rate) else c.Face.SKIPPED
        if self.state.here and self.state.here.step not in self.met:
            self.met.append(self.state.here.step)
        if before.procedure is not None and self.state.procedure is None:
            done = self.state.ending is e.Ending.DONE
            self.over.append((self.met, self.finished or done, self.face))


@settings(max_examples=400, deadline=None)
@given(st.lists(intents, max_size=60))
def test_visits_are_those_that_the_machine_lived(sequence: list[c.Intent]) -> None:
    recount = Recount()
    for intent in (BEGIN, *sequence):
        recount.give(intent)
        if recount.state.phase is Phase.OVER:
            break
    while recount.state.phase is not Phase.OVER:
        recount.give(way_on(recount.state))
    found = list(visits(recount.rows))
    assert [(list(visit.steps), visit.finished, visit.face) for visit in found] == recount.over
    for visit in found:
        assert sum(step.abandoned for step in visit.steps.values()) == (not visit.finished)
        assert visit.content_hash == PROCEDURE.content_hash
        assert sum(step.seconds for step in visit.steps.values()) <= visit.seconds


def test_sessions_are_told_apart_and_one_without_its_beginning_is_left_out() -> None:
    def events(session: str) -> Iterator[Row]:
        state, n = SessionState(), 0
        for intent in (BEGIN, c.Pick(PROCEDURE), c.ReportDifficulty(), c.CallHelp(), c.EraseAll()):
            state, happened = run(state, command(intent))
            for event in happened:
                n += 1
                yield row(event, n, session)

    whole, headless = list(events("a")), list(events("b"))[1:]
    mixed = [one for pair in zip(whole, [*headless, headless[-1]], strict=True) for one in pair]
    (visit,) = visits(mixed)
    assert (visit.session, visit.helped, visit.difficulties, visit.finished) == ("a", True, 1, False)
    erased = [{**one, "payload": None} for one in whole]
    assert list(visits(erased)) == []


def test_a_clock_set_back_takes_no_time_away() -> None:
    started = e.SessionStarted("s", "fr", c.Mode.LAB, c.Origin.KEY, NINE.date(), 0.0)
    picked = e.ProcedurePicked("essai", "h", PROCEDURE)
    rows = [
        *(row(started, 0), row(picked, 1), row(e.StepShown("un", "", ""), 2)),
        *(row(e.StepContinued("un"), -9000), row(e.StepShown("deux", "", ""), -8990)),
        row(e.SessionEnded(e.Ending.ABANDONED, "<2"), -8985),
    ]
    (visit,) = visits(rows)
    assert [(step.step, step.seconds) for step in visit.steps.values()] == [("un", 10.0), ("deux", 5.0)]
    assert visit.seconds == 0.0
    assert visit.mode is c.Mode.LAB


def visit(*stuck: str, finished: bool = True, seconds: float = 60.0, face: c.Face | None = None) -> Visit:
    steps = {name: StepVisit(name, seconds / 2, difficulty=name in stuck) for name in ("un", "deux")}
    steps["deux"].abandoned = not finished
    return Visit("s", c.Mode.KIOSK, "fr", "essai", "h", steps, seconds, finished, face)


def test_figures_of_a_handful_of_visits() -> None:
    told = figures([visit(face=c.Face.HAPPY), visit("un", seconds=80.0), visit("un", "deux", finished=False)])
    assert (told.visits, told.finished, told.difficulty) == (3, Share(2, 3), Share(2, 3))
    assert told.seconds == (60.0, 80.0)
    assert told.happy == Share(1, 1)
    assert [step.step for step in told.steps] == ["un", "deux"]
    assert [(step.step, step.stuck) for step in told.hardest] == [("un", Share(2, 3)), ("deux", Share(1, 3))]
    assert [(name, step.step) for name, step in difficulties([visit("un")], {"h"})] == [("essai", "un")]
    assert difficulties([visit("un")], {"another text"}) == ()
    assert figures([]).visits == 0


@pytest.mark.parametrize(
    ("draft", "published", "verdict"),
    [
        (Share(19, 19), Share(0, 400), Verdict.TOO_FEW),
        (Share(400, 400), Share(0, ENOUGH - 1), Verdict.TOO_FEW),
        (Share(20, 20), Share(0, 20), Verdict.BETTER),
        (Share(0, 20), Share(20, 20), Verdict.WORSE),
        (Share(11, 20), Share(10, 20), Verdict.SAME),
        (Share(300, 400), Share(200, 400), Verdict.BETTER),
    ],
)
def test_nothing_is_said_of_too_few(draft: Share, published: Share, verdict: Verdict) -> None:
    assert compare_shares(draft, published, more_is_better=True) is verdict
    opposite = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
    assert compare_shares(draft, published, more_is_better=False) is opposite.get(verdict, verdict)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_what_was_seen(counted: tuple[int, int]) -> None:
    share = Share(*counted)
    low, high = wilson(share)
    assert 0.0 <= low <= share.rate + 1e-9
    assert share.rate - 1e-9 <= high <= 1.0


@given(st.lists(st.floats(0, 1e6), min_size=6, max_size=200).map(sorted))
def test_the_interval_of_a_median_holds_it(values: Sequence[Any]) -> None:
    low, high = median_interval(values)
    assert low <= values[len(values) // 2] <= high or values[len(values) // 2 - 1] <= high


def test_times_are_compared_by_their_middle() -> None:
    quick, slow = [float(n) for n in range(40)], [float(n) + 100 for n in range(40)]
    assert compare_times(quick, slow) is Verdict.BETTER
    assert compare_times(slow, quick) is Verdict.WORSE
    assert compare_times(quick, [n + 1 for n in quick]) is Verdict.SAME
    assert compare_times(quick[:19], slow) is Verdict.TOO_FEW
