# SPDX-License-Identifier: EUPL-1.2
"""The session machine: what each command does, and what no sequence of commands can break."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.journal.serialise import payload_of
from assist.session import commands as c
from assist.session import events as e
from assist.session.machine import coarse_duration, decide, evolve, run
from assist.session.state import MOST_PAPERS, Crumb, Overlay, Phase, SessionState
from content.model import UNKNOWN, Outcome, Possession, StepKind
from tests.sample_procedures import TODAY, sample_procedure

PROCEDURE = sample_procedure()
BEGIN = c.Begin("s" * 32)


def command(intent: c.Intent, seconds: float = 0.0) -> c.Command:
    return c.Command(intent, c.Moment(datetime(2026, 11, 21, 9, tzinfo=UTC), seconds, TODAY), c.Origin.TOUCH)


def walk(*intents: c.Intent, state: SessionState | None = None) -> tuple[SessionState, list[e.Event]]:
    state, happened = state or SessionState(), []
    for intent in intents:
        state, events = run(state, command(intent))
        happened += events
    return state, happened


def at(step: str) -> SessionState:
    """A session that has come to ``step`` by the shortest honest way."""
    way: dict[str, c.Intent] = {
        "accueil": c.Continue(),
        "besoin": c.Choose("perdue"),
        "perte": c.Continue(),
        "naissance": c.Answer(date(1950, 3, 1)),
        "pieces": c.Tick("photo", Possession.HAVE),
        "mairie": c.Continue(),
        "demande": c.Report(Outcome.DONE),
    }
    state, _ = walk(BEGIN, c.Pick(PROCEDURE))
    while state.here and state.here.step != step:
        intent = way[state.here.step]
        if state.here.step == "pieces":
            intent = c.Tick(state.here.document, Possession.HAVE)
        state, _ = walk(intent, state=state)
    return state


def test_nothing_happens_before_somebody_begins() -> None:
    state, events = walk(c.Continue(), c.Back(), c.EraseAll(), c.CallHelp())
    assert (state, events) == (SessionState(), [])


def test_a_whole_walk() -> None:
    end = at("fin")
    assert [crumb.step for crumb in end.trail] == [
        "accueil", "besoin", "perte", "naissance", "pieces", "pieces", "mairie", "demande",
    ]  # fmt: skip
    over, events = walk(c.Print(), c.PrintSettled(c.PrintStatus.DONE), c.Finish(), c.Rate(c.Face.HAPPY), state=end)
    assert over == SessionState(phase=Phase.OVER, ending=e.Ending.DONE, prints=1)
    assert [type(event) for event in events] == [
        e.PrintRequested, e.PrintEnded, e.RoadMapFinished, e.Rated, e.SessionEnded,
    ]  # fmt: skip


def test_i_do_not_know_has_a_way_of_its_own() -> None:
    state, _ = walk(c.Choose(UNKNOWN), state=at("besoin"))
    assert state.here == Crumb("explication")


@pytest.mark.parametrize(
    ("step", "intent"),
    [
        ("accueil", c.Choose("perdue")),
        ("besoin", c.Choose("autre")),
        ("besoin", c.Continue()),
        ("naissance", c.Answer("demain")),
        ("naissance", c.Answer(12)),
        ("pieces", c.Tick("declaration", Possession.HAVE)),
        ("demande", c.Continue()),
        ("fin", c.Continue()),
        ("accueil", c.Print()),
        ("accueil", c.Finish()),
        ("accueil", c.Rate(c.Face.HAPPY)),
        ("accueil", BEGIN),
        ("accueil", c.Pick(PROCEDURE)),
        ("accueil", c.TimeOut()),
        ("accueil", c.CancelHelp()),
        ("accueil", c.PrintSettled(c.PrintStatus.DONE)),
    ],
)
def test_what_makes_no_sense_changes_nothing(step: str, intent: c.Intent) -> None:
    state = at(step)
    assert walk(intent, state=state) == (state, [])


def test_back_gives_back_the_last_answer() -> None:
    before = at("besoin")
    after, _ = walk(c.Choose("perdue"), c.Back(), state=before)
    assert (after.here, dict(after.answers)) == (Crumb("besoin"), {})


def test_back_walks_through_the_documents_one_by_one() -> None:
    state, _ = walk(c.Tick("photo", Possession.MISSING), state=at("pieces"))
    assert state.here == Crumb("pieces", "declaration")
    state, _ = walk(c.Back(), state=state)
    assert state.here == Crumb("pieces", "photo")
    assert dict(state.answers["pieces"]) == {}  # type: ignore[arg-type]


def test_back_from_the_first_step_returns_to_the_choice_of_a_procedure() -> None:
    state, _ = walk(c.Back(), state=at("accueil"))
    assert (state.phase, state.procedure, state.here) == (Phase.CHOOSING, None, None)


def test_back_from_the_faces_returns_to_the_road_map() -> None:
    state, _ = walk(c.Finish(), c.Back(), state=at("fin"))
    assert (state.phase, state.here) == (Phase.WALKING, Crumb("fin"))


def test_sensitive_answers_are_not_recorded() -> None:
    _, events = walk(c.Answer(date(1950, 3, 1)), state=at("naissance"))
    assert "value" not in e.journalled_fields(type(events[0]))
    _, events = walk(c.Choose("perdue"), state=at("besoin"))
    assert isinstance(events[0], e.ChoiceMade)
    assert events[0].recorded == "perdue"


def test_a_difficulty_is_noted_once_and_the_step_is_said_otherwise() -> None:
    state, events = walk(c.ReportDifficulty(), c.ReportDifficulty(), state=at("besoin"))
    assert [type(event) for event in events] == [e.DifficultyReported, e.Explained]
    assert events[0] == e.DifficultyReported(PROCEDURE.id, "besoin", PROCEDURE.content_hash)
    assert state.explaining


@pytest.mark.parametrize("first", [c.CallHelp(), c.AskErase(), c.WarnIdle(), c.Pause()])
def test_whatever_stands_before_the_step_the_step_is_found_again(first: c.Intent) -> None:
    ways_out = {
        Overlay.HELP: c.Continue(),
        Overlay.ERASE: c.KeepAll(),
        Overlay.IDLE: c.StillHere(),
        Overlay.PAUSE: c.Resume(),
    }
    before = at("naissance")
    over, _ = walk(first, state=before)
    after, _ = walk(ways_out[over.overlay], state=over)
    assert over.overlay is not Overlay.NONE
    assert (after.overlay, after.here, after.answers) == (Overlay.NONE, before.here, before.answers)


def test_nobody_answers_the_warning() -> None:
    state, events = walk(c.WarnIdle(), c.TimeOut(), state=at("naissance"))
    assert state == SessionState(phase=Phase.OVER, ending=e.Ending.ABANDONED)
    assert events[-1] == e.SessionEnded(e.Ending.ABANDONED, "<2")


def test_a_pause_may_follow_the_warning() -> None:
    state, _ = walk(c.WarnIdle(), c.Pause(), state=at("naissance"))
    assert state.overlay is Overlay.PAUSE


def test_a_session_prints_a_few_papers_and_no_more() -> None:
    """Whatever is answered again between them. A print that fails is no paper."""
    one = (c.Print(), c.PrintSettled(c.PrintStatus.DONE))
    again = (c.Back(), c.Report(Outcome.DONE))
    state, events = walk(c.Print(), c.PrintSettled(c.PrintStatus.NO_PAPER), *one, *again, state=at("fin"))
    assert (state.may_print, state.papers, state.prints) == (True, 1, 0)
    state, events = walk(*one * MOST_PAPERS, *again, *one, state=state)
    assert sum(isinstance(event, e.PrintRequested) for event in events) == MOST_PAPERS - 1
    assert not state.may_print
    assert walk(c.EraseAll(), BEGIN, state=state)[0].may_print


def test_a_second_print_is_a_duplicate_and_a_failed_one_is_not_a_print() -> None:
    state, events = walk(
        c.Print(), c.Print(), c.PrintSettled(c.PrintStatus.NO_PAPER), c.Print(),
        c.PrintSettled(c.PrintStatus.DONE), c.Print(), state=at("fin"),
    )  # fmt: skip
    asked = [event.duplicate for event in events if isinstance(event, e.PrintRequested)]
    assert asked == [False, False, True]
    assert state.printing


def test_another_road_map_begins_without_the_former_paper() -> None:
    state, _ = walk(c.Print(), c.PrintSettled(c.PrintStatus.DONE), c.Print(), c.Back(), state=at("fin"))
    assert (state.prints, state.printing, state.print_status) == (0, False, None)
    assert walk(c.PrintSettled(c.PrintStatus.DONE), state=state) == (state, [])
    state, events = walk(c.Report(Outcome.DONE), c.Print(), state=state)
    assert e.PrintRequested(duplicate=False) in events


def test_who_leaves_at_the_faces_has_finished() -> None:
    _, events = walk(c.Finish(), c.WarnIdle(), c.TimeOut(), state=at("fin"))
    assert events[-2:] == [e.Rated(c.Face.SKIPPED), e.SessionEnded(e.Ending.DONE, "<2")]


def test_who_leaves_with_the_paper_has_finished() -> None:
    printed, _ = walk(c.Print(), c.PrintSettled(c.PrintStatus.DONE), state=at("fin"))
    for state, ending in ((printed, e.Ending.DONE), (at("fin"), e.Ending.ABANDONED)):
        over, _ = walk(c.WarnIdle(), c.TimeOut(), state=state)
        assert over.ending is ending


@pytest.mark.parametrize("first", [c.CallHelp(), c.AskErase(), c.Pause()])
def test_what_stood_before_the_idle_warning_comes_back(first: c.Intent) -> None:
    before, _ = walk(first, state=at("naissance"))
    after, _ = walk(c.WarnIdle(), c.StillHere(), state=before)
    assert after == before


def test_the_same_step_of_two_procedures_may_both_be_difficult() -> None:
    other = sample_procedure(id="autre")
    state, _ = walk(c.ReportDifficulty(), c.Back(), c.Pick(other), state=at("accueil"))
    assert not state.difficulty_noted
    _, events = walk(c.ReportDifficulty(), state=state)
    assert isinstance(events[0], e.DifficultyReported)


def test_a_document_asked_for_because_of_a_sensitive_answer_is_not_named() -> None:
    steps = {**PROCEDURE.steps, "besoin": replace(PROCEDURE.steps["besoin"], sensitive=True)}
    discreet = sample_procedure(steps=steps)
    _, events = walk(
        BEGIN, c.Pick(discreet), c.Continue(), c.Choose("perdue"), c.Continue(), c.Answer(UNKNOWN),
        c.Tick("photo", Possession.HAVE), c.Tick("declaration", Possession.HAVE),
    )  # fmt: skip
    kept = [payload_of(event) for event in events]
    assert not any(b"declaration" in payload or b"perdue" in payload for payload in kept)
    assert any(b'"recorded":"photo"' in payload for payload in kept)


def test_the_language_changes_only_with_the_same_procedure() -> None:
    state = at("besoin")
    assert walk(c.SetLanguage("en"), state=state) == (state, [])
    changed, _ = walk(c.SetLanguage("en", PROCEDURE), state=state)
    assert (changed.language, changed.here) == ("en", state.here)


@pytest.mark.parametrize(
    ("seconds", "label"), [(0, "<2"), (119, "<2"), (120, "2-5"), (899, "5-15"), (900, "15-30"), (99999, ">30")]
)
def test_durations_are_coarse(seconds: float, label: str) -> None:
    assert coarse_duration(seconds) == label


def test_erasing_leaves_nothing() -> None:
    state, _ = walk(c.AskErase(), c.EraseAll(), state=at("demande"))
    assert state == SessionState(phase=Phase.OVER, ending=e.Ending.ERASED)


# Any sequence of commands

_documents = [document.id for step in PROCEDURE.steps.values() for document in step.documents]
_choices = [choice.id for step in PROCEDURE.steps.values() for choice in step.choices]
_simple: list[c.Intent] = [
    BEGIN, c.Pick(PROCEDURE), c.Continue(), c.Back(), c.Repeat(), c.Explain(), c.CallHelp(), c.CancelHelp(),
    c.ReportDifficulty(), c.Pause(), c.Resume(), c.AskErase(), c.KeepAll(), c.EraseAll(), c.Finish(), c.Print(),
    c.WarnIdle(), c.StillHere(), c.TimeOut(), c.SetLanguage("en"), c.SetLanguage("fr", PROCEDURE),
]  # fmt: skip
intents: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(_simple),
    st.builds(c.Choose, st.sampled_from([*_choices, UNKNOWN, "rien"])),
    st.builds(c.Answer, st.one_of(st.dates(date(1900, 1, 1), TODAY), st.integers(-5, 50), st.text(max_size=5))),
    st.builds(c.Tick, st.sampled_from([*_documents, "rien"]), st.sampled_from(Possession)),
    st.builds(c.Report, st.sampled_from(Outcome)),
    st.builds(c.PrintSettled, st.sampled_from(c.PrintStatus)),
    st.builds(c.Rate, st.sampled_from(c.Face)),
)


def way_on(state: SessionState) -> c.Intent:
    """A command that a person can give here to come nearer to the end."""
    over: dict[Overlay, c.Intent] = {
        Overlay.HELP: c.Continue(),
        Overlay.ERASE: c.KeepAll(),
        Overlay.IDLE: c.StillHere(),
        Overlay.PAUSE: c.Resume(),
    }
    if state.overlay in over:
        return over[state.overlay]
    if state.phase is Phase.CHOOSING:
        return c.Pick(PROCEDURE)
    if state.phase is Phase.RATING:
        return c.Rate(c.Face.SKIPPED)
    step, here = state.step, state.here
    assert step is not None
    assert here is not None
    if step.kind in (StepKind.SAY, StepKind.PLACE):
        return c.Continue()
    answers: dict[StepKind, c.Intent] = {
        StepKind.CHECKLIST: c.Tick(here.document, Possession.MISSING),
        StepKind.ACT: c.Report(Outcome.STUCK),
        StepKind.END: c.Finish(),
    }
    if step.kind is StepKind.CHOOSE:
        return c.Choose(step.choices[0].id)
    typed = {"naissance": date(2020, 1, 1), "enfants": 2, "surnom": "mot"}
    return answers.get(step.kind) or c.Answer(typed[step.id])  # type: ignore[arg-type]


@settings(max_examples=400, deadline=None)
@given(st.lists(intents, max_size=40))
def test_from_anywhere_there_is_a_way_on_and_a_way_out(sequence: list[c.Intent]) -> None:
    state = SessionState()
    for intent in sequence:
        events = decide(state, command(intent))
        for event in events:
            state = evolve(state, event)
    if state.phase in (Phase.WELCOME, Phase.OVER):
        state, _ = walk(BEGIN, state=state)
    out, _ = walk(c.AskErase(), c.EraseAll(), state=state)
    left = SessionState(phase=Phase.OVER, language=state.language, ending=e.Ending.ERASED)
    assert replace(out, prints=0) == left
    for _ in range(30):
        if state.phase is Phase.OVER:
            break
        state, events = walk(way_on(state), state=state)
        assert events, "a way on that leads nowhere"
    assert state.phase is Phase.OVER


@settings(max_examples=300, deadline=None)
@given(st.lists(intents, max_size=40))
def test_the_answers_are_those_of_the_places_on_the_trail(sequence: list[c.Intent]) -> None:
    state = SessionState()
    for intent in sequence:
        state, _ = run(state, command(intent))
        walked = {crumb.step for crumb in state.trail}
        here = {state.here.step} if state.here else set()
        assert set(state.answers) <= walked | here
