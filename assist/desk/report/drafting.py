# SPDX-License-Identifier: EUPL-1.2
"""The first draft of a report, from what happened in one session.

- The duration is the time that a mediator was there: from ``help.joined`` to ``help.ended`` or ``help.handed``, each
  time. When nobody joined at the kiosk, the time that is known to have been spent apart from it; else the
  whole session. It is rounded down, to five minutes from a quarter of an hour on, to the minute before: never more than
  was spent, and never in another span of the statistics, for each begins on a multiple of five.
- The themes are those of the procedures during which the mediator was there; of all of them when nobody joined.
- Autonomy is counted from who pressed: at least half of the answers by the mediator, and the person was wholly helped.
- The referral is the first place of the road map, once it was reached; before, the last place that was shown.
- Something remains to be done when a gesture did not work, or when a document is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from assist.desk.report.codes import AdministrativeTheme, Autonomy, Equipment, Referral, Theme
from assist.desk.report.cra import KEPT_DAYS, LONGEST, Cra, may_be_procedure, tidy
from assist.desk.report.subjects import administrative_themes, subjects
from assist.session.commands import Acted
from content.model import AnswerValue, Outcome, Place, Possession, Procedure, StepKind
from content.road_map import build

LONGEST_SILENCE = timedelta(hours=1)
"""A kiosk asks « Êtes-vous là ? » much sooner: a longer step between two events is a clock that jumped."""
_ANSWERS = frozenset({"step.continued", "step.chosen", "step.answered", "step.ticked", "step.reported"})
_PRESSED = frozenset({Acted.CONTINUE, Acted.CHOOSE, Acted.TICK, Acted.REPORT})
"""Acts of a mediator that are an answer; the answer itself follows in the journal."""
_REACHED = frozenset({"roadmap.finished", "receipt.requested"})

ProcedureNamed = Callable[[str], Procedure | None]
"""The French text of a procedure; None when it is not known here."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a session. ``payload`` is None once its retention is over."""

    time: datetime
    type: str
    payload: Mapping[str, Any] | None


@dataclass(slots=True)
class _Walk:
    """What was done in one procedure."""

    name: str
    procedure: Procedure | None
    helped: bool = False
    shown: list[str] = field(default_factory=list[str])
    answers: dict[str, AnswerValue] = field(default_factory=dict[str, AnswerValue])
    reached: bool = False
    stuck: set[str] = field(default_factory=set[str])
    """Gestures whose last word was that it does not work."""


@dataclass(slots=True)
class _Session:
    """What is known of the session so far."""

    named: ProcedureNamed
    walks: list[_Walk] = field(default_factory=list[_Walk])
    joined: bool = False
    helped: bool = False
    helped_time: timedelta = timedelta()
    whole_time: timedelta = timedelta()
    first_helped: datetime | None = None
    answers: int = 0
    pressed: int = 0
    """Answers that the mediator pressed in the person's place."""


def draft(
    events: Iterable[Happened],
    named: ProcedureNamed,
    now: datetime,
    zone: tzinfo | None = None,
    *,
    apart: tuple[datetime, datetime] | None = None,
) -> Cra:
    """A report that can be kept as it is, whatever happened in the session.

    Args:
        events: what happened in one session, in its order.
        named: the procedures, in French.
        now: the aware moment at which the draft is made: no report is dated later.
        zone: of the site; None for that of the machine.
        apart: from when to when a mediator was with the person away from the kiosk: told when nobody joined at it.
    """
    session = _Session(named)
    first: datetime | None = None
    before: datetime | None = None
    for event in events:
        first = first or event.time
        step = min(max(event.time - (before or event.time), timedelta()), LONGEST_SILENCE)
        session.whole_time += step
        session.helped_time += step if session.joined else timedelta()
        before = event.time
        _take(session, event)
    if apart is not None and not session.helped:
        session.helped, session.first_helped, session.helped_time = True, apart[0], apart[1] - apart[0]
    walks = [walk for walk in session.walks if walk.helped] or session.walks
    return tidy(
        Cra(
            date=_day(session.first_helped or first or now, now, zone),
            minutes=rounded(session.helped_time if session.helped else session.whole_time),
            equipment=(Equipment.BORNE,),
            themes=_themes(walks),
            administrative_themes=_administrative(walks),
            autonomy=_autonomy(session),
            referral=next((found for walk in reversed(walks) if (found := _referral(walk, now.date()))), None),
            follow_up=any(walk.stuck or _missing(walk) for walk in walks),
            procedures=tuple(walk.name for walk in walks if may_be_procedure(walk.name)),
        )
    )


def rounded(spent: timedelta) -> int:
    """Minutes, never more than were spent (but one at least)."""
    minutes = int(spent.total_seconds() // 60)
    return min(max(minutes - minutes % 5 if minutes >= 15 else minutes, 1), LONGEST)


def _take(session: _Session, event: Happened) -> None:
    kind, payload = event.type, event.payload
    if kind == "help.joined":
        session.joined = session.helped = True
        session.first_helped = session.first_helped or event.time
    elif kind in ("help.ended", "help.handed", "session.ended"):
        session.joined = False
    elif payload is None:
        return
    elif kind == "procedure.picked":
        name = str(payload.get("procedure", ""))
        session.walks.append(_Walk(name, session.named(name)))
    elif kind == "help.acted":
        session.pressed += str(payload.get("act")) in _PRESSED
    session.answers += kind in _ANSWERS
    if session.walks:
        session.walks[-1].helped |= session.joined
        _walk(session.walks[-1], kind, payload or {})


def _walk(walk: _Walk, kind: str, payload: Mapping[str, Any]) -> None:
    step = str(payload.get("step", ""))
    recorded = payload.get("recorded")
    if kind == "step.shown":
        walk.shown.append(step)
    elif kind == "step.chosen" and recorded:
        walk.answers[step] = str(recorded)
    elif kind == "step.ticked" and recorded and payload.get("recorded_possession") in tuple(Possession):
        said = walk.answers.get(step)
        ticked = dict(said) if isinstance(said, Mapping) else {}
        walk.answers[step] = {**ticked, str(recorded): Possession(payload["recorded_possession"])}
    elif kind == "step.reported":
        (walk.stuck.add if payload.get("outcome") == Outcome.STUCK else walk.stuck.discard)(step)
    elif kind in _REACHED:
        walk.reached = True


def _day(moment: datetime, now: datetime, zone: tzinfo | None) -> date:
    """The day at the site; today when a kiosk's clock says what cannot be."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    return day if today - timedelta(days=KEPT_DAYS) <= day <= today else today


def _themes(walks: Iterable[_Walk]) -> tuple[Theme, ...]:
    """A procedure that is not known here is one all the same."""
    found = (
        subjects().themes(walk.procedure, walk.shown) if walk.procedure else (Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,)
        for walk in walks
    )
    return tuple(theme for themes in found for theme in themes) or (Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,)


def _administrative(walks: Iterable[_Walk]) -> tuple[AdministrativeTheme, ...]:
    return tuple(
        theme
        for walk in walks
        if walk.procedure and Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES in subjects().themes(walk.procedure, walk.shown)
        for theme in administrative_themes(walk.procedure)
    )


def _autonomy(session: _Session) -> Autonomy:
    if not session.helped:
        return Autonomy.AUTONOME
    mostly = session.pressed and session.pressed * 2 >= session.answers
    return Autonomy.ENTIEREMENT_ACCOMPAGNE if mostly else Autonomy.PARTIELLEMENT_AUTONOME


def _missing(walk: _Walk) -> bool:
    said = (answer for answer in walk.answers.values() if isinstance(answer, Mapping))
    return any(Possession.MISSING in answer.values() for answer in said)


def _referral(walk: _Walk, today: date) -> Referral | None:
    return next((found for place in _places(walk, today) if (found := subjects().referral(place))), None)


def _places(walk: _Walk, today: date) -> Iterable[Place]:
    if walk.procedure is None:
        return ()
    steps = walk.procedure.steps
    known = [step for step in walk.shown if step in steps]
    shown = [place for step in reversed(known) if (place := steps[step].place) and steps[step].kind is StepKind.PLACE]
    if walk.reached or any(steps[step].kind is StepKind.END for step in known):
        lines = build(walk.procedure, known, walk.answers, today).where
        return (*(visit.place for visit in lines if visit.place), *shown)
    return shown
