# SPDX-License-Identifier: EUPL-1.2
"""The help of a session: what a person and a mediator may ask of it, and what it changes. Pure.

What a mediator does to the steps themselves is decided in :mod:`assist.session.machine`, like everybody's commands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assist.link.messages import Consent, HelpStage
from assist.session import commands as c
from assist.session import events as e
from assist.session.discretion import recorded_document
from assist.session.state import Help, Overlay, SessionState
from content.model import StepKind

Events = tuple[e.Event, ...]
Decision = Callable[[SessionState, Any, c.Command], Events]
Evolution = Callable[[SessionState, Any], SessionState]

FREE_ACTS: Mapping[type, c.Acted] = {
    c.Explain: c.Acted.EXPLAIN,
    c.Back: c.Acted.BACK,
    c.Jump: c.Acted.JUMP,
}
"""What a mediator does to the steps without answering."""
ACTS_BY_CONSENT: Mapping[type, c.Acted] = {
    c.Pick: c.Acted.PICK,
    c.Continue: c.Acted.CONTINUE,
    c.Choose: c.Acted.CHOOSE,
    c.Tick: c.Acted.TICK,
    c.Report: c.Acted.REPORT,
}
"""What a mediator does in the person's place. Typing, printing, finishing, rating and erasing are never among it."""
_BESIDE = (Overlay.NONE, Overlay.HELP)
"""A mediator does nothing while the person is asked something else, or rests."""


def act_of_mediator(state: SessionState, intent: c.Intent) -> c.Acted | None:
    """What the journal calls ``intent`` when a mediator may do it now; None when it makes nothing happen."""
    if not state.help.joined or state.overlay not in _BESIDE or state.signing is not None:
        return None
    if (free := FREE_ACTS.get(type(intent))) is not None:
        return free
    if state.help.consent is not Consent.GIVEN or hidden(state):
        return None
    return ACTS_BY_CONSENT.get(type(intent))


def private(state: SessionState) -> bool:
    """Whether what the person sees tells an answer that is hers alone: the present one, or one given before."""
    procedure, step, document = state.procedure, state.step, state.document
    if procedure is None or step is None:
        return False
    if step.kind is StepKind.END:
        answered = (procedure.steps[name] for name in state.answers)
        return any(given.sensitive or given.kind is StepKind.ASK for given in answered)
    return step.sensitive or (document is not None and not recorded_document(procedure, document))


def hidden(state: SessionState) -> bool:
    """Private, and the person does not let the mediator see it."""
    return private(state) and not state.help.shown


# Deciding


def _where(state: SessionState) -> str:
    return state.here.step if state.here else ""


def _by_person(command: c.Command) -> bool:
    return command.origin not in (c.Origin.MEDIATOR, c.Origin.TIMER)


def _joins(state: SessionState, intent: c.MediatorJoins, command: c.Command) -> Events:
    """Only beside who has called. Another mediator may take over: the person is then asked everything again."""
    if command.origin is not c.Origin.MEDIATOR or state.help.stage is HelpStage.NONE:
        return ()
    return (e.HelpJoined(_where(state), intent.name),)


def _beside(decide: Callable[[SessionState, Any], Events]) -> Decision:
    """``decide``, for a mediator who is there while nothing else is asked."""

    def decision(state: SessionState, intent: c.Intent, command: c.Command) -> Events:
        there = command.origin is c.Origin.MEDIATOR and state.help.joined and state.overlay in _BESIDE
        return decide(state, intent) if there and state.signing is None else ()

    return decision


def _says(state: SessionState, intent: c.MediatorSays) -> Events:
    return (e.HelpSaid(_where(state), intent.text),) if intent.text or state.help.message else ()


def _points(state: SessionState, intent: c.MediatorPoints) -> Events:
    return () if intent.option == state.help.pointed else (e.HelpPointed(_where(state), intent.option),)


def _asks_consent(state: SessionState, intent: c.AskConsent) -> Events:
    return () if state.help.consent is Consent.GIVEN else (e.ConsentAsked(_where(state)),)


def _answers_consent(given: bool) -> Decision:
    def decision(state: SessionState, intent: c.Intent, command: c.Command) -> Events:
        if state.overlay is not Overlay.CONSENT or not _by_person(command):
            return ()
        return (e.ConsentGiven(_where(state)) if given else e.ConsentRefused(_where(state)),)

    return decision


def _takes_back(state: SessionState, intent: c.TakeBackConsent, command: c.Command) -> Events:
    if state.help.consent is not Consent.GIVEN or not _by_person(command):
        return ()
    return (e.ConsentTakenBack(_where(state)),)


def _shows(state: SessionState, intent: c.ShowAnswers, command: c.Command) -> Events:
    if not state.help.joined or state.help.shown or state.step is None or not _by_person(command):
        return ()
    return (e.AnswersShown(_where(state)),)


def _hides(state: SessionState, intent: c.HideAnswers, command: c.Command) -> Events:
    return (e.AnswersHidden(_where(state)),) if state.help.shown and _by_person(command) else ()


def _leaves(state: SessionState, intent: c.LeaveHelp, command: c.Command) -> Events:
    return (e.HelpEnded(_where(state), command.origin),) if state.help.joined else ()


def _hands_over(state: SessionState, intent: c.HandOver, command: c.Command) -> Events:
    there = state.help.joined and command.origin is c.Origin.MEDIATOR
    return (e.HelpHanded(_where(state)),) if there else ()


def _nobody_came(state: SessionState, intent: c.NobodyCame, command: c.Command) -> Events:
    if state.help.stage is not HelpStage.CALLED or _by_person(command):
        return ()
    return (e.HelpUnanswered(_where(state), intent.ticket),)


HELP_DECISIONS: Mapping[type, Decision] = {
    c.MediatorJoins: _joins,
    c.MediatorSays: _beside(_says),
    c.MediatorPoints: _beside(_points),
    c.AskConsent: _beside(_asks_consent),
    c.GiveConsent: _answers_consent(given=True),
    c.RefuseConsent: _answers_consent(given=False),
    c.TakeBackConsent: _takes_back,
    c.ShowAnswers: _shows,
    c.HideAnswers: _hides,
    c.LeaveHelp: _leaves,
    c.HandOver: _hands_over,
    c.NobodyCame: _nobody_came,
}
"""Understood whatever stands before the step."""


# Evolving


def beside_another_step(state: SessionState) -> SessionState:
    """What the mediator said and showed, and what the person let be seen, was about the step that is left."""
    if not state.help.joined:
        return state
    return replace(state, help=replace(state.help, message="", pointed="", shown=False))


def withdrawn(state: SessionState) -> SessionState:
    """The question of consent goes away without an answer."""
    asked = state.help.consent is Consent.ASKED
    return replace(state, help=replace(state.help, consent=Consent.NONE)) if asked else state


def without_offer(state: SessionState) -> SessionState:
    """A mandate is offered by the mediator who is there. What was sent stays until its answer is known, and read."""
    return replace(state, signing=None) if state.signing is not None and state.signing.open else state


def _without_page(state: SessionState, *pages: Overlay) -> SessionState:
    """None of ``pages`` stands before the step, nor waits under the question whether somebody is there."""
    return replace(
        state,
        overlay=Overlay.NONE if state.overlay in pages else state.overlay,
        beneath=Overlay.NONE if state.beneath in pages else state.beneath,
    )


def _joined(state: SessionState, event: e.HelpJoined) -> SessionState:
    """Whoever comes sees the step; nobody has to say that somebody is there any more."""
    state = _without_page(state, Overlay.HELP, Overlay.CONSENT)
    if state.overlay is Overlay.IDLE:
        state = replace(state, overlay=state.beneath, beneath=Overlay.NONE)
    return replace(without_offer(state), help=Help(HelpStage.JOINED, mediator=event.mediator))


def _said(state: SessionState, event: e.HelpSaid) -> SessionState:
    told = replace(state.help, message=event.text, messages=state.help.messages + 1)
    return replace(_without_page(state, Overlay.HELP), help=told)


def _pointed(state: SessionState, event: e.HelpPointed) -> SessionState:
    return replace(_without_page(state, Overlay.HELP), help=replace(state.help, pointed=event.option))


def _consent(consent: Consent, *, page: bool = False) -> Evolution:
    def evolution(state: SessionState, event: e.Event) -> SessionState:
        state = _without_page(state, Overlay.HELP, Overlay.CONSENT)
        overlay = Overlay.CONSENT if page else state.overlay
        return replace(state, overlay=overlay, help=replace(state.help, consent=consent))

    return evolution


def _answers(shown: bool) -> Evolution:
    return lambda state, event: replace(_without_page(state, Overlay.HELP), help=replace(state.help, shown=shown))


def _handed(state: SessionState, event: e.HelpHanded) -> SessionState:
    """She waits again, and is told for whom: what one mediator was allowed is not the next one's."""
    state = _without_page(state, Overlay.CONSENT)
    overlay = Overlay.HELP if state.overlay is Overlay.NONE else state.overlay
    return replace(without_offer(state), overlay=overlay, help=Help(HelpStage.CALLED))


def _ended(state: SessionState, event: e.Event) -> SessionState:
    return replace(without_offer(_without_page(state, Overlay.HELP, Overlay.CONSENT)), help=Help())


HELP_EVOLUTIONS: Mapping[type[e.Event], Evolution] = {
    e.HelpCalled: lambda s, ev: replace(s, overlay=Overlay.HELP, help=replace(s.help, stage=HelpStage.CALLED)),
    e.HelpAwaited: lambda s, ev: _without_page(s, Overlay.HELP),
    e.HelpCancelled: _ended,
    e.HelpUnanswered: lambda s, ev: replace(s, help=Help(HelpStage.UNANSWERED, ticket=ev.ticket)),
    e.HelpJoined: _joined,
    e.HelpSaid: _said,
    e.HelpPointed: _pointed,
    e.HelpActed: lambda s, ev: _without_page(s, Overlay.HELP),
    e.ConsentAsked: _consent(Consent.ASKED, page=True),
    e.ConsentGiven: _consent(Consent.GIVEN),
    e.ConsentRefused: _consent(Consent.REFUSED),
    e.ConsentTakenBack: _consent(Consent.NONE),
    e.AnswersShown: _answers(shown=True),
    e.AnswersHidden: _answers(shown=False),
    e.HelpOpened: lambda s, ev: replace(s, overlay=Overlay.HELP),
    e.HelpClosed: lambda s, ev: _without_page(s, Overlay.HELP),
    e.HelpHanded: _handed,
    e.HelpEnded: _ended,
}
