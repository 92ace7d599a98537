# SPDX-License-Identifier: EUPL-1.2
"""The session itself: ``decide`` says what a command makes happen, ``evolve`` what it changes.

Both are pure. A command that makes no sense where the session stands makes nothing happen: the answer is an
empty tuple, never an exception. From every state there is a way on, or a way out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assist.session import commands as c
from assist.session import events as e
from assist.session.discretion import recorded_document
from assist.session.evolution import evolve, with_tick
from assist.session.helping import HELP_DECISIONS, act_of_mediator
from assist.session.signing import OFFER_DECISIONS, not_hurried, sign, timed_out
from assist.session.state import Overlay, Phase, SessionState
from content.model import UNKNOWN, AnswerFormat, Answers, AnswerValue, Document, Procedure, Step, StepKind
from content.routing import documents_asked, next_step

Events = tuple[e.Event, ...]

_COARSE_MINUTES = ((2, "<2"), (5, "2-5"), (15, "5-15"), (30, "15-30"))


def decide(state: SessionState, command: c.Command) -> Events:
    """The events that ``command`` makes happen in ``state``, in order; empty when it means nothing there."""
    intent = command.intent
    if isinstance(intent, c.Begin):
        return _begin(state, intent, command)
    if state.phase in (Phase.WELCOME, Phase.OVER):
        return ()
    if command.origin is c.Origin.MEDIATOR and type(intent) not in (*HELP_DECISIONS, *OFFER_DECISIONS):
        return _by_mediator(state, command)
    always = _ALWAYS.get(type(intent))
    if always is not None:
        return always(state, intent, command)
    if state.overlay is not Overlay.NONE:
        return _lift(state, intent, command)
    if state.signing is not None and type(intent) not in _ASIDE:
        return sign(state, intent, command)
    handler = _STEPPING.get(type(intent))
    return handler(state, intent, command) if handler else ()


def run(state: SessionState, command: c.Command) -> tuple[SessionState, Events]:
    """``decide``, then ``evolve`` over its events."""
    events = decide(state, command)
    for event in events:
        state = evolve(state, event)
    return state, events


# Deciding


def _by_mediator(state: SessionState, command: c.Command) -> Events:
    """What a mediator may do to the steps, with a word before it that tells who did it."""
    act = act_of_mediator(state, command.intent)
    if act is None:
        return ()
    on_the_step = replace(state, overlay=Overlay.NONE)
    events = _ON_THE_STEP[type(command.intent)](on_the_step, command.intent, command)
    return (e.HelpActed(_where(state), act), *events) if events else ()


def _where(state: SessionState) -> str:
    return state.here.step if state.here else ""


def _begin(state: SessionState, intent: c.Begin, command: c.Command) -> Events:
    if state.phase not in (Phase.WELCOME, Phase.OVER) or command.origin is c.Origin.MEDIATOR:
        return ()
    at = command.at
    return (e.SessionStarted(intent.session, intent.language, intent.mode, command.origin, at.today, at.monotonic),)


def _end(state: SessionState, ending: e.Ending, command: c.Command) -> Events:
    return (e.SessionEnded(ending, coarse_duration(command.at.monotonic - state.started_at)),)


def coarse_duration(seconds: float) -> str:
    """Minutes in five coarse classes, so that a duration cannot single a person out."""
    return next((label for limit, label in _COARSE_MINUTES if seconds < limit * 60), ">30")


def _erase_all(state: SessionState, intent: c.EraseAll, command: c.Command) -> Events:
    return _end(state, e.Ending.ERASED, command)


def _time_out(state: SessionState, intent: c.TimeOut, command: c.Command) -> Events:
    """Who leaves at the three faces, or with the paper in hand, has done what she came for."""
    if state.overlay is not Overlay.IDLE:
        return ()
    if state.help.joined and state.signing is not None:
        return timed_out(state)
    if state.phase is Phase.RATING:
        return (e.Rated(c.Face.SKIPPED), *_end(state, e.Ending.DONE, command))
    served = _on_road_map(state) and state.prints > 0
    return _end(state, e.Ending.DONE if served else e.Ending.ABANDONED, command)


def _warn_idle(state: SessionState, intent: c.WarnIdle, command: c.Command) -> Events:
    return () if state.overlay is Overlay.IDLE or not_hurried(state) else (e.IdleWarned(_where(state)),)


def _ask_erase(state: SessionState, intent: c.AskErase, command: c.Command) -> Events:
    return () if state.overlay is Overlay.ERASE else (e.EraseAsked(_where(state)),)


def _repeat(state: SessionState, intent: c.Repeat, command: c.Command) -> Events:
    return (e.Repeated(_where(state)),)


def _print_settled(state: SessionState, intent: c.PrintSettled, command: c.Command) -> Events:
    return (e.PrintEnded(intent.status),) if state.printing else ()


def _set_language(state: SessionState, intent: c.SetLanguage, command: c.Command) -> Events:
    same_graph = (
        intent.procedure is None
        if state.procedure is None
        else intent.procedure is not None and intent.procedure.id == state.procedure.id
    )
    return (e.LanguageChanged(intent.language, intent.procedure),) if same_graph else ()


def _lift(state: SessionState, intent: c.Intent, command: c.Command) -> Events:
    """What lies over the step goes away; the step under it is found as it was."""
    where = _where(state)
    match state.overlay, intent:
        case Overlay.IDLE, c.Pause():
            return (e.Paused(where),)
        case Overlay.IDLE, _:
            return (e.StillThere(where),)
        case Overlay.PAUSE, _:
            return (e.Resumed(where),)
        case Overlay.HELP, c.CancelHelp():
            return _cancel_help(state, intent, command)
        case Overlay.HELP, c.Continue() | c.Back():
            return (e.HelpClosed(where) if state.help.joined else e.HelpAwaited(where),)
        case Overlay.CONSENT, c.Back():
            return (e.ConsentRefused(where),)
        case Overlay.ERASE, c.KeepAll() | c.Back():
            return (e.EraseDeclined(where),)
        case _:
            return ()


def _pick(state: SessionState, intent: c.Pick, command: c.Command) -> Events:
    if state.phase is not Phase.CHOOSING:
        return ()
    procedure = intent.procedure
    picked = e.ProcedurePicked(procedure.id, procedure.content_hash, procedure)
    return (picked, _arrive(procedure, procedure.start, {}, state))


def _arrive(procedure: Procedure, step_id: str, answers: Answers, state: SessionState) -> e.StepShown:
    """Show ``step_id``; a checklist of which no document is asked of this person is passed over."""
    seen: set[str] = set()
    while step_id not in seen:
        seen.add(step_id)
        step = procedure.steps[step_id]
        if step.kind is not StepKind.CHECKLIST:
            break
        documents = documents_asked(step, answers, state.today)
        if documents:
            return _asking(procedure, step_id, documents[0])
        step_id = next_step(procedure, step, answers, state.today)
    return e.StepShown(step_id, "", "")


def _asking(procedure: Procedure, step_id: str, document: Document) -> e.StepShown:
    return e.StepShown(step_id, recorded_document(procedure, document), document.id)


def _onward(state: SessionState, happened: e.Event, value: AnswerValue | None) -> Events:
    """``happened``, then the step that follows the current one once ``value`` is its answer."""
    procedure, step = state.procedure, state.step
    if procedure is None or step is None:
        return ()
    answers = dict(state.answers)
    if value is not None:
        answers[step.id] = value
    return (happened, _arrive(procedure, next_step(procedure, step, answers, state.today), answers, state))


def _continue(state: SessionState, intent: c.Continue, command: c.Command) -> Events:
    step = state.step
    if step is None or state.phase is not Phase.WALKING or step.kind not in (StepKind.SAY, StepKind.PLACE):
        return ()
    return _onward(state, e.StepContinued(step.id), None)


def _choose(state: SessionState, intent: c.Choose, command: c.Command) -> Events:
    step = state.step
    if step is None or state.phase is not Phase.WALKING or step.kind is not StepKind.CHOOSE:
        return ()
    allowed = {choice.id for choice in step.choices} | ({UNKNOWN} if step.may_not_know else set[str]())
    if intent.choice not in allowed:
        return ()
    recorded = "" if step.sensitive else intent.choice
    return _onward(state, e.ChoiceMade(step.id, recorded, intent.choice), intent.choice)


def _answer(state: SessionState, intent: c.Answer, command: c.Command) -> Events:
    step = state.step
    if step is None or state.phase is not Phase.WALKING or not _fits(step, intent.value):
        return ()
    return _onward(state, e.AnswerGiven(step.id, intent.value), intent.value)


def _fits(step: Step, value: AnswerValue) -> bool:
    """Whether ``value`` has the type that the step's question asks for. Bounds are content.routing's matter."""
    if step.kind is not StepKind.ASK or step.question is None:
        return False
    if value == UNKNOWN:
        return step.may_not_know
    types = {AnswerFormat.NUMBER: int, AnswerFormat.TEXT: str}
    expected = types.get(step.question.format)
    if expected is None:
        return not isinstance(value, str | int | Mapping)
    return isinstance(value, expected) and not isinstance(value, bool)


def _tick(state: SessionState, intent: c.Tick, command: c.Command) -> Events:
    step, here = state.step, state.here
    if step is None or here is None or state.phase is not Phase.WALKING or step.kind is not StepKind.CHECKLIST:
        return ()
    if intent.document != here.document:
        return ()
    procedure, document = state.procedure, state.document
    if procedure is None or document is None:
        return ()
    named = recorded_document(procedure, document)
    possession = intent.possession.value if named and not step.sensitive else ""
    ticked = e.DocumentTicked(step.id, named, possession, document.id, intent.possession)
    answers: dict[str, AnswerValue] = {**state.answers, step.id: with_tick(state, step.id, ticked)}
    documents = documents_asked(step, answers, state.today)
    places = [asked.id for asked in documents]
    after = documents[places.index(document.id) + 1 :] if document.id in places else ()
    if after:
        return (ticked, _asking(procedure, step.id, after[0]))
    return _onward(state, ticked, answers[step.id])


def _report(state: SessionState, intent: c.Report, command: c.Command) -> Events:
    step = state.step
    if step is None or state.phase is not Phase.WALKING or step.kind is not StepKind.ACT:
        return ()
    return _onward(state, e.OutcomeReported(step.id, intent.outcome), intent.outcome.value)


def _back(state: SessionState, intent: c.Back, command: c.Command) -> Events:
    return () if state.phase is Phase.CHOOSING else (e.WentBack(_where(state)),)


def _explain(state: SessionState, intent: c.Explain, command: c.Command) -> Events:
    if state.phase is not Phase.WALKING or state.explaining:
        return _repeat(state, c.Repeat(), command)
    return (e.Explained(_where(state)),)


def _jump(state: SessionState, intent: c.Jump, command: c.Command) -> Events:
    """Back, as many times as it takes; to the first document of a checklist."""
    steps = [crumb.step for crumb in state.trail]
    if state.phase is not Phase.WALKING or intent.step not in steps:
        return ()
    at = len(steps) - 1 - steps[::-1].index(intent.step)
    while at and steps[at - 1] == intent.step:
        at -= 1
    return tuple(e.WentBack(left) for left in [*steps[at + 1 :], _where(state)][::-1])


def _call_help(state: SessionState, intent: c.CallHelp, command: c.Command) -> Events:
    """Who is helped already sees what can be asked of the help."""
    return (e.HelpOpened(_where(state)) if state.help.joined else e.HelpCalled(_where(state)),)


def _cancel_help(state: SessionState, intent: c.CancelHelp, command: c.Command) -> Events:
    if state.help.joined:
        return (e.HelpEnded(_where(state), command.origin),)
    return (e.HelpCancelled(_where(state)),) if state.help.waiting else ()


def _report_difficulty(state: SessionState, intent: c.ReportDifficulty, command: c.Command) -> Events:
    """Note it once a step, and say the step otherwise at once: that is what the person needs."""
    step = _where(state)
    procedure = state.procedure
    otherwise = (e.Explained(step),) if state.step and state.step.explain and not state.explaining else ()
    if state.difficulty_noted:
        return otherwise
    return (e.DifficultyReported(procedure.id if procedure else "", step, procedure.content_hash if procedure else ""),)


def _pause(state: SessionState, intent: c.Pause, command: c.Command) -> Events:
    return (e.Paused(_where(state)),)


def _print(state: SessionState, intent: c.Print, command: c.Command) -> Events:
    if not _on_road_map(state) or state.printing or not state.may_print:
        return ()
    return (e.PrintRequested(state.prints > 0, intent.paper, intent.sealed),)


def _finish(state: SessionState, intent: c.Finish, command: c.Command) -> Events:
    return (e.RoadMapFinished(_where(state)),) if _on_road_map(state) else ()


def _on_road_map(state: SessionState) -> bool:
    return state.phase is Phase.WALKING and state.step is not None and state.step.kind is StepKind.END


def _rate(state: SessionState, intent: c.Rate, command: c.Command) -> Events:
    if state.phase is not Phase.RATING:
        return ()
    return (e.Rated(intent.face), *_end(state, e.Ending.DONE, command))


Decision = Callable[[SessionState, Any, c.Command], Events]

_ALWAYS: dict[type, Decision] = {
    c.EraseAll: _erase_all,
    c.TimeOut: _time_out,
    c.WarnIdle: _warn_idle,
    c.AskErase: _ask_erase,
    c.Repeat: _repeat,
    c.PrintSettled: _print_settled,
    c.SetLanguage: _set_language,
    **HELP_DECISIONS,
    **OFFER_DECISIONS,
}
"""Understood whatever stands before the step."""

_STEPPING: dict[type, Decision] = {
    c.Pick: _pick,
    c.Continue: _continue,
    c.Choose: _choose,
    c.Answer: _answer,
    c.Tick: _tick,
    c.Report: _report,
    c.Back: _back,
    c.Explain: _explain,
    c.CallHelp: _call_help,
    c.CancelHelp: _cancel_help,
    c.ReportDifficulty: _report_difficulty,
    c.Pause: _pause,
    c.Print: _print,
    c.Finish: _finish,
    c.Rate: _rate,
}
"""Understood on the step itself."""
_ASIDE = (c.CallHelp, c.CancelHelp, c.Pause)
"""Those of them that are understood over a mandate too."""
_ON_THE_STEP: dict[type, Decision] = {**_STEPPING, c.Jump: _jump}
"""Understood from a mediator, within the bounds of :func:`assist.session.helping.act_of_mediator`."""
