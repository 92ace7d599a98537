# SPDX-License-Identifier: EUPL-1.2
"""What each event changes in a session. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from assist.session import commands as c
from assist.session import events as e
from assist.session.helping import HELP_EVOLUTIONS, beside_another_step, withdrawn
from assist.session.signing import SIGNING_EVOLUTIONS
from assist.session.state import Crumb, Overlay, Phase, SessionState
from content.model import Answers, AnswerValue, Possession


def evolve(state: SessionState, event: e.Event) -> SessionState:
    """The state after ``event``."""
    change = _EVOLUTIONS.get(type(event))
    return change(state, event) if change else state


def with_tick(state: SessionState, step: str, ticked: e.DocumentTicked) -> Mapping[str, Possession]:
    """The ticks of checklist ``step``, with this one."""
    before = state.answers.get(step)
    ticks = dict(before) if isinstance(before, Mapping) else {}
    return MappingProxyType({**ticks, ticked.document: ticked.possession})


def _started(state: SessionState, event: e.SessionStarted) -> SessionState:
    return SessionState(
        phase=Phase.CHOOSING,
        session=event.session,
        language=event.language,
        mode=event.mode,
        started_at=event.monotonic,
        today=event.today,
    )


def _shown(state: SessionState, event: e.StepShown) -> SessionState:
    trail = (*state.trail, state.here) if state.here else state.trail
    state = beside_another_step(state)
    return replace(state, here=Crumb(event.step, event.document), trail=trail, explaining=False)


def _went_back(state: SessionState, event: e.WentBack) -> SessionState:
    """The former place. Whatever was printed told of answers that may now change."""
    state = beside_another_step(state)
    if state.phase is Phase.RATING:
        return replace(state, phase=Phase.WALKING)
    state = replace(state, explaining=False, prints=0, printing=False, print_status=None)
    if not state.trail:
        return replace(state, phase=Phase.CHOOSING, procedure=None, here=None, answers=MappingProxyType({}))
    here = state.trail[-1]
    return replace(state, here=here, trail=state.trail[:-1], answers=_without(state.answers, here))


def _without(answers: Answers, crumb: Crumb) -> Answers:
    """The answers, less what was said at ``crumb``."""
    kept = dict(answers)
    given = kept.pop(crumb.step, None)
    if crumb.document and isinstance(given, Mapping):
        kept[crumb.step] = MappingProxyType({k: v for k, v in given.items() if k != crumb.document})
    return MappingProxyType(kept)


def _answered(state: SessionState, step: str, value: AnswerValue) -> SessionState:
    return replace(state, answers=MappingProxyType({**state.answers, step: value}))


def _language(state: SessionState, event: e.LanguageChanged) -> SessionState:
    return replace(state, language=event.language, procedure=event.procedure or state.procedure)


def _print_ended(state: SessionState, event: e.PrintEnded) -> SessionState:
    one = int(event.status is c.PrintStatus.DONE)
    prints, papers = state.prints + one, state.papers + one
    return replace(state, printing=False, print_status=event.status, prints=prints, papers=papers)


def _overlaid(overlay: Overlay) -> Callable[[SessionState, Any], SessionState]:
    return lambda state, event: replace(state, overlay=overlay)


Evolution = Callable[[SessionState, Any], SessionState]

_EVOLUTIONS: dict[type[e.Event], Evolution] = {
    e.SessionStarted: _started,
    e.LanguageChanged: _language,
    e.ProcedurePicked: lambda s, ev: replace(s, phase=Phase.WALKING, procedure=ev.content),
    e.StepShown: _shown,
    e.ChoiceMade: lambda s, ev: _answered(s, ev.step, ev.choice),
    e.AnswerGiven: lambda s, ev: _answered(s, ev.step, ev.value),
    e.DocumentTicked: lambda s, ev: _answered(s, ev.step, with_tick(s, ev.step, ev)),
    e.OutcomeReported: lambda s, ev: _answered(s, ev.step, ev.outcome.value),
    e.WentBack: _went_back,
    e.Repeated: lambda s, ev: replace(s, repeats=s.repeats + 1),
    e.Explained: lambda s, ev: replace(s, explaining=True),
    e.DifficultyReported: lambda s, ev: replace(s, difficulties=s.difficulties | {(ev.procedure, ev.step)}),
    e.Paused: lambda s, ev: replace(s, overlay=Overlay.PAUSE, beneath=Overlay.NONE),
    e.Resumed: _overlaid(Overlay.NONE),
    e.EraseAsked: lambda s, ev: replace(withdrawn(s), overlay=Overlay.ERASE, beneath=Overlay.NONE),
    e.EraseDeclined: _overlaid(Overlay.NONE),
    e.IdleWarned: lambda s, ev: replace(s, overlay=Overlay.IDLE, beneath=s.overlay),
    e.StillThere: lambda s, ev: replace(s, overlay=s.beneath, beneath=Overlay.NONE),
    e.RoadMapFinished: lambda s, ev: replace(beside_another_step(s), phase=Phase.RATING),
    e.PrintRequested: lambda s, ev: replace(s, printing=True, print_status=None),
    e.PrintEnded: _print_ended,
    e.Rated: lambda s, ev: replace(s, face=ev.face),
    e.SessionEnded: lambda s, ev: SessionState(
        phase=Phase.OVER, language=s.language, ending=ev.ending, prints=s.prints + s.printing
    ),
    **HELP_EVOLUTIONS,
    **SIGNING_EVOLUTIONS,
}
