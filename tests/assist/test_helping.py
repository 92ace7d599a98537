# SPDX-License-Identifier: EUPL-1.2
"""A mediator joins: what a mediator may do, what only the person may, and what is left once the help has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.journal.serialise import payload_of
from assist.link.messages import Consent, HelpStage
from assist.session import commands as c
from assist.session import events as e
from assist.session.machine import run
from assist.session.state import Crumb, Help, Overlay, Phase, SessionState
from content.model import UNKNOWN, Outcome, Possession
from tests.assist.test_machine import BEGIN, PROCEDURE, at, intents
from tests.sample_procedures import TODAY, sample_procedure

PERSON, MEDIATOR, TIMER = c.Origin.TOUCH, c.Origin.MEDIATOR, c.Origin.TIMER
PRIVATE = ("Léa", "Prenez votre carte", "perdue", "B-12")
"""Words that no journal may hold when a mediator used them."""


def command(intent: c.Intent, origin: c.Origin) -> c.Command:
    return c.Command(intent, c.Moment(datetime(2026, 11, 21, 9, tzinfo=UTC), 0.0, TODAY), origin)


def do(state: SessionState, *acts: tuple[c.Intent, c.Origin]) -> tuple[SessionState, list[e.Event]]:
    happened: list[e.Event] = []
    for intent, origin in acts:
        state, events = run(state, command(intent, origin))
        happened += events
    return state, happened


def helped(step: str = "besoin", *, consent: bool = False) -> SessionState:
    """At ``step``, with Léa beside."""
    state, _ = do(at(step), (c.CallHelp(), PERSON), (c.MediatorJoins("Léa"), MEDIATOR))
    if consent:
        state, _ = do(state, (c.AskConsent(), MEDIATOR), (c.GiveConsent(), PERSON))
    return state


def test_a_mediator_joins_who_has_called_and_nobody_else() -> None:
    assert do(at("besoin"), (c.MediatorJoins("Léa"), MEDIATOR)) == (at("besoin"), [])
    state = helped()
    assert (state.help, state.overlay) == (Help(HelpStage.JOINED, mediator="Léa"), Overlay.NONE)
    assert do(at("besoin"), (c.CallHelp(), PERSON), (c.MediatorJoins("Léa"), PERSON))[0].help.stage is HelpStage.CALLED


def test_another_mediator_takes_over_and_has_to_ask_again() -> None:
    state, _ = do(helped(consent=True), (c.MediatorSays("Bonjour"), MEDIATOR), (c.MediatorJoins("Karim"), MEDIATOR))
    assert state.help == Help(HelpStage.JOINED, mediator="Karim")


@pytest.mark.parametrize(("over", "then"), [(c.WarnIdle(), Overlay.NONE), (c.AskErase(), Overlay.ERASE)])
def test_joining_answers_no_question_but_whether_somebody_is_there(over: c.Intent, then: Overlay) -> None:
    state, _ = do(at("besoin"), (c.CallHelp(), PERSON), (over, TIMER), (c.MediatorJoins("Léa"), MEDIATOR))
    assert (state.overlay, state.beneath) == (then, Overlay.NONE)


@pytest.mark.parametrize(
    ("intent", "step", "happened"),
    [
        (c.Explain(), "besoin", [e.HelpActed("besoin", c.Acted.EXPLAIN), e.Explained("besoin")]),
        (c.Back(), "besoin", [e.HelpActed("besoin", c.Acted.BACK), e.WentBack("besoin")]),
        (
            c.Jump("accueil"),
            "perte",
            [e.HelpActed("perte", c.Acted.JUMP), e.WentBack("perte"), e.WentBack("besoin")],
        ),
    ],
)
def test_what_a_mediator_does_freely_is_told_as_hers(intent: c.Intent, step: str, happened: list[e.Event]) -> None:
    assert do(helped(step), (intent, MEDIATOR))[1] == happened


def test_a_jump_gives_back_every_answer_on_the_way() -> None:
    state, events = do(helped("mairie"), (c.Jump("pieces"), MEDIATOR))
    assert state.here == Crumb("pieces", "photo")
    assert (dict(state.answers["pieces"]), len(events)) == ({}, 3)  # type: ignore[arg-type]
    assert set(state.answers) == {"besoin", "naissance", "pieces"}
    assert do(state, (c.Jump("fin"), MEDIATOR)) == (state, [])
    assert do(state, (c.Jump("besoin"), PERSON)) == (state, [])


@pytest.mark.parametrize(
    ("step", "intent", "act"),
    [
        ("accueil", c.Continue(), c.Acted.CONTINUE),
        ("besoin", c.Choose("perdue"), c.Acted.CHOOSE),
        ("pieces", c.Tick("photo", Possession.HAVE), c.Acted.TICK),
        ("demande", c.Report(Outcome.DONE), c.Acted.REPORT),
    ],
)
def test_a_mediator_answers_only_with_consent(step: str, intent: c.Intent, act: c.Acted) -> None:
    without = helped(step)
    assert do(without, (intent, MEDIATOR)) == (without, [])
    given = helped(step, consent=True)
    after, events = do(given, (intent, MEDIATOR))
    assert events[0] == e.HelpActed(step, act)
    assert after.here != given.here
    taken_back, _ = do(given, (c.TakeBackConsent(), PERSON))
    assert do(taken_back, (intent, MEDIATOR)) == (taken_back, [])


@pytest.mark.parametrize(
    "intent",
    [c.Print(), c.EraseAll(), c.AskErase(), c.Finish(), c.Answer(UNKNOWN), c.Repeat(), c.CallHelp(), c.Pause()],
)
@pytest.mark.parametrize("step", ["naissance", "fin"])
def test_what_is_never_done_in_the_persons_place(intent: c.Intent, step: str) -> None:
    state = helped(step, consent=True)
    assert do(state, (intent, MEDIATOR)) == (state, [])


def test_the_person_alone_gives_consent_and_takes_it_back() -> None:
    asked, _ = do(helped(), (c.AskConsent(), MEDIATOR))
    assert (asked.overlay, asked.help.consent) == (Overlay.CONSENT, Consent.ASKED)
    for origin in (MEDIATOR, TIMER):
        assert do(asked, (c.GiveConsent(), origin)) == (asked, [])
    refused, _ = do(asked, (c.RefuseConsent(), PERSON))
    assert (refused.overlay, refused.help.consent) == (Overlay.NONE, Consent.REFUSED)
    again, _ = do(refused, (c.AskConsent(), MEDIATOR), (c.GiveConsent(), c.Origin.VOICE))
    assert again.help.consent is Consent.GIVEN
    assert do(again, (c.TakeBackConsent(), MEDIATOR)) == (again, [])


def test_a_question_to_the_person_waits_for_her_and_erasing_withdraws_it() -> None:
    asked, _ = do(helped(), (c.AskConsent(), MEDIATOR))
    for intent in (c.MediatorSays("Oui"), c.Explain(), c.Back(), c.MediatorPoints("perdue"), c.AskConsent()):
        assert do(asked, (intent, MEDIATOR)) == (asked, [])
    kept, _ = do(asked, (c.AskErase(), PERSON), (c.KeepAll(), PERSON))
    assert (kept.overlay, kept.help.consent) == (Overlay.NONE, Consent.NONE)


def test_message_and_pointing_belong_to_their_step() -> None:
    told, _ = do(helped(), (c.MediatorSays("Prenez votre carte"), MEDIATOR), (c.MediatorPoints("perdue"), MEDIATOR))
    assert (told.help.message, told.help.pointed) == ("Prenez votre carte", "perdue")
    for onward in (c.Choose("perdue"), c.Back()):
        after, _ = do(told, (onward, PERSON))
        assert after.help == Help(HelpStage.JOINED, mediator="Léa", messages=1)


def test_answers_of_a_private_step_are_shown_by_the_person_and_for_that_step() -> None:
    steps = {**PROCEDURE.steps, "besoin": replace(PROCEDURE.steps["besoin"], sensitive=True)}
    state, _ = do(
        SessionState(), (BEGIN, PERSON), (c.Pick(sample_procedure(steps=steps)), PERSON), (c.Continue(), PERSON),
        (c.CallHelp(), PERSON), (c.MediatorJoins("Léa"), MEDIATOR), (c.AskConsent(), MEDIATOR),
        (c.GiveConsent(), PERSON),
    )  # fmt: skip
    assert do(state, (c.ShowAnswers(), MEDIATOR)) == (state, [])
    assert do(state, (c.Choose("perdue"), MEDIATOR)) == (state, [])
    shown, _ = do(state, (c.ShowAnswers(), PERSON))
    hidden, _ = do(shown, (c.HideAnswers(), PERSON))
    assert (shown.help.shown, hidden) == (True, state)
    chosen, events = do(shown, (c.Choose("perdue"), MEDIATOR))
    assert not chosen.help.shown
    assert not any(b"perdue" in payload_of(event) for event in events)


def test_nobody_is_hurried_while_a_mediator_is_there() -> None:
    state = helped()
    assert do(state, (c.WarnIdle(), TIMER)) == (state, [])
    alone, _ = do(state, (c.LeaveHelp(), TIMER), (c.WarnIdle(), TIMER))
    assert alone.overlay is Overlay.IDLE


def test_nobody_came() -> None:
    state, events = do(at("besoin"), (c.CallHelp(), PERSON), (c.NobodyCame("12"), PERSON), (c.NobodyCame("12"), TIMER))
    assert state.help == Help(HelpStage.UNANSWERED, ticket="12")
    assert events[1:] == [e.HelpUnanswered("besoin", "12")]
    assert helped() == do(helped(), (c.NobodyCame("12"), TIMER))[0]
    late, _ = do(state, (c.MediatorJoins("Léa"), MEDIATOR))
    assert late.help == Help(HelpStage.JOINED, mediator="Léa")


@pytest.mark.parametrize("by", [c.Origin.TOUCH, c.Origin.VOICE, MEDIATOR, TIMER])
def test_the_help_ends_and_the_step_is_found_as_it_was(by: c.Origin) -> None:
    before = at("besoin")
    state = do(helped(consent=True), (c.MediatorSays("Bonjour"), MEDIATOR), (c.MediatorPoints("perdue"), MEDIATOR))[0]
    after, events = do(state, (c.LeaveHelp(), by))
    assert events == [e.HelpEnded("besoin", by)]
    assert after == before


def test_a_mediator_who_hands_over_leaves_nothing_behind_and_the_person_waits_for_the_next() -> None:
    state = do(helped(consent=True), (c.MediatorSays("Bonjour"), MEDIATOR))[0]
    assert do(state, (c.HandOver(), PERSON)) == (state, [])
    waiting, events = do(state, (c.HandOver(), MEDIATOR))
    assert events == [e.HelpHanded("besoin")]
    assert (waiting.help, waiting.overlay) == (Help(HelpStage.CALLED), Overlay.HELP)
    assert do(waiting, (c.Choose("perdue"), MEDIATOR))[1] == []
    assert do(waiting, (c.WarnIdle(), TIMER))[0].overlay is Overlay.IDLE
    next_one, _ = do(waiting, (c.MediatorJoins("Ana"), MEDIATOR))
    assert next_one.help == Help(HelpStage.JOINED, mediator="Ana")


def test_the_page_of_the_help_opens_and_closes_over_the_step() -> None:
    state = helped()
    opened, events = do(state, (c.CallHelp(), PERSON))
    assert (opened.overlay, events) == (Overlay.HELP, [e.HelpOpened("besoin")])
    assert do(opened, (c.Continue(), PERSON)) == (state, [e.HelpClosed("besoin")])
    assert do(opened, (c.CancelHelp(), PERSON))[0] == at("besoin")
    assert do(opened, (c.Explain(), MEDIATOR))[0].overlay is Overlay.NONE


# Any sequence of commands of anybody

_of_mediators: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([
        c.AskConsent(), c.LeaveHelp(), c.HandOver(), c.Explain(), c.Back(), c.MediatorJoins("Léa"), c.MediatorSays(""),
        c.MediatorSays("Prenez votre carte"), c.MediatorPoints("perdue"), c.MediatorPoints(""), c.NobodyCame("B-12"),
    ]),
    st.builds(c.Jump, st.sampled_from(list(PROCEDURE.steps))),
    intents,
)  # fmt: skip
_of_persons: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([
        c.CallHelp(), c.GiveConsent(), c.RefuseConsent(), c.TakeBackConsent(), c.ShowAnswers(), c.HideAnswers(),
        c.LeaveHelp(), c.Jump("accueil"),
    ]),
    intents,
)  # fmt: skip
acts = st.lists(
    st.one_of(
        st.tuples(_of_mediators, st.just(MEDIATOR)),
        st.tuples(_of_persons, st.sampled_from([PERSON, c.Origin.KEY, c.Origin.VOICE])),
        st.tuples(st.sampled_from([c.WarnIdle(), c.NobodyCame("B-12"), c.LeaveHelp()]), st.just(TIMER)),
    ),
    max_size=40,
)
starts = st.sampled_from([
    SessionState(), at("besoin"), helped(), helped(consent=True), helped("pieces", consent=True), helped("fin")
])  # fmt: skip
_ANSWERED = (e.ChoiceMade, e.DocumentTicked, e.OutcomeReported, e.StepContinued, e.ProcedurePicked)
_NEVER = (e.AnswerGiven, e.PrintRequested, e.RoadMapFinished, e.Rated, e.SessionEnded, e.EraseAsked, e.SessionStarted)


@settings(max_examples=400, deadline=None)
@given(starts, acts)
def test_no_answer_of_a_mediator_without_consent_and_never_what_is_the_persons(
    state: SessionState, sequence: list[tuple[c.Intent, c.Origin]]
) -> None:
    for intent, origin in sequence:
        before = state
        state, events = do(state, (intent, origin))
        if origin is not MEDIATOR:
            assert not any(isinstance(event, e.HelpActed) for event in events)
            continue
        assert not any(isinstance(event, _NEVER) for event in events)
        if any(isinstance(event, _ANSWERED) for event in events):
            assert before.help.consent is Consent.GIVEN
            assert isinstance(events[0], e.HelpActed)
        if any(isinstance(event, (*_ANSWERED, e.WentBack, e.Explained, e.StepShown)) for event in events):
            assert isinstance(events[0], e.HelpActed)
            assert before.help.joined


@settings(max_examples=400, deadline=None)
@given(starts, acts)
def test_what_holds_of_every_help(state: SessionState, sequence: list[tuple[c.Intent, c.Origin]]) -> None:
    for intent, origin in sequence:
        state, events = do(state, (intent, origin))
        help = state.help
        assert help.joined or help in (Help(), Help(HelpStage.CALLED, ticket=help.ticket), Help(
            HelpStage.UNANSWERED, ticket=help.ticket))  # fmt: skip
        assert (help.consent is Consent.ASKED) == (Overlay.CONSENT in (state.overlay, state.beneath))
        assert state.phase not in (Phase.WELCOME, Phase.OVER) or help == Help()
        if help.joined:
            assert state.overlay is not Overlay.IDLE
        for event in events:
            if type(event).description.type.startswith("help."):
                assert not any(word.encode() in payload_of(event) for word in PRIVATE)


@settings(max_examples=400, deadline=None)
@given(starts, acts, st.sampled_from([PERSON, c.Origin.KEY, c.Origin.VOICE, MEDIATOR, TIMER]))
def test_once_it_has_ended_nothing_of_it_remains(
    state: SessionState, sequence: list[tuple[c.Intent, c.Origin]], by: c.Origin
) -> None:
    state, _ = do(state, *sequence)
    if not state.help.joined:
        return
    after, events = do(state, (c.LeaveHelp(), by))
    assert events == [e.HelpEnded(state.here.step if state.here else "", by)]
    pages = (Overlay.HELP, Overlay.CONSENT)
    over = Overlay.NONE if state.overlay in pages else state.overlay
    assert after == replace(state, help=Help(), overlay=over)
