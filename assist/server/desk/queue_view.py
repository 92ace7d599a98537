# SPDX-License-Identifier: EUPL-1.2
"""What the page of the calls shows to one mediator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.desk.queue import Helper, Waiting, in_order
from assist.link.messages import Seen
from assist.server.calls import Call, CallState, open_calls, wait_minutes
from assist.server.desk.words import ModeShown, hour, language, lasting, modes
from assist.server.hub import Hub
from assist.server.staff_member import StaffMember
from content.model import Catalogue

NO_PROCEDURE = "Aucune démarche choisie"


@dataclass(frozen=True, slots=True)
class CallShown:
    """One call, in words."""

    id: str
    kiosk: str
    title: str
    pictogram: str
    step: str
    language: str
    foreign: bool
    """The person does not read French: said first."""
    modes: tuple[ModeShown, ...]
    since: str
    waited: str
    note: str
    for_me: bool
    for_other: str
    """The colleague it was handed to."""
    taker: str
    ticket: int | None
    there: bool
    """The person is still at the kiosk, and can be joined."""


@dataclass(frozen=True, slots=True)
class PastCall:
    """One line of the table of the day."""

    hour: str
    kiosk: str
    title: str
    waited: str
    taker: str
    ending: str


@dataclass(frozen=True, slots=True)
class QueueView:
    """The page."""

    waiting: tuple[CallShown, ...]
    """Those who can be joined: somebody with a ticket may still be at the kiosk."""
    mine: tuple[CallShown, ...]
    others: tuple[CallShown, ...]
    callbacks: tuple[CallShown, ...]
    """Those who have left the kiosk with a ticket."""
    people: int
    wait: str
    """An honest estimate; "" when there are too few calls to tell."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a call is told with."""

    hub: Hub
    catalogue: Catalogue
    names: Mapping[str, str]
    """Staff identifier -> first name."""
    me: StaffMember
    now: datetime


def queue_view(transaction: Session, around: Around) -> QueueView:
    """The calls that are not over, as ``around.me`` should take them."""
    calls = {call.id: call for call in open_calls(transaction, around.now)}
    taken = [call for call in calls.values() if call.state == CallState.TAKEN and call.taken_by]
    minutes = wait_minutes(transaction, around.now)

    def shown(some: Sequence[Call]) -> tuple[CallShown, ...]:
        return tuple(_shown(call, around) for call in some)

    def in_turn(some: list[Call]) -> tuple[CallShown, ...]:
        helper = Helper(around.me.id, around.me.languages, around.me.skills)
        return shown([calls[each.id] for each in in_order((_waiting(call, around) for call in some), helper)])

    free = [call for call in calls.values() if call not in taken]
    away = [call for call in free if call.state == CallState.CALLBACK and seen_in(call, around.hub) is None]
    return QueueView(
        waiting=in_turn([call for call in free if call not in away]),
        mine=shown([call for call in taken if call.taken_by == around.me.id]),
        others=shown([call for call in taken if call.taken_by != around.me.id]),
        callbacks=in_turn(away),
        people=around.hub.people(),
        wait="" if minutes is None else f"{minutes} minute{'s' * (minutes > 1)}",
    )


def calls_of_the_day(transaction: Session, around: Around) -> tuple[PastCall, ...]:
    """The calls since midnight, by the clock of the place; the last one first."""
    midnight = around.now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    today = select(Call).where(Call.called_at >= midnight).order_by(Call.called_at.desc(), Call.id.desc())
    return tuple(_past(call, around) for call in transaction.scalars(today))


def seen_in(call: Call, hub: Hub) -> Seen | None:
    """What the person who made this call sees now; None when she is no longer there."""
    seen = hub.seen(call.kiosk)
    return seen if seen is not None and seen.session == call.session else None


def _waiting(call: Call, around: Around) -> Waiting:
    procedure = around.catalogue.get(call.procedure)
    theme = procedure.theme if procedure else ""
    return Waiting(call.id, call.called_at, call.language, theme, call.meant_for)


def _shown(call: Call, around: Around) -> CallShown:
    seen = seen_in(call, around.hub)
    procedure = around.catalogue.get(seen.procedure if seen else call.procedure)
    name: Callable[[str], str] = lambda who: around.names.get(who, "Un collègue") if who else ""  # noqa: E731
    return CallShown(
        id=call.id,
        kiosk=call.kiosk,
        title=(procedure.title if procedure else seen.procedure_title if seen else "") or NO_PROCEDURE,
        pictogram=procedure.pictogram if procedure else "help-person",
        step=_step_title(call, seen, around.catalogue),
        language=language(seen.language if seen else call.language),
        foreign=(seen.language if seen else call.language) != "fr",
        modes=modes(seen.modes if seen else call.modes),
        since=hour(call.called_at),
        waited=lasting(around.now - call.called_at),
        note=call.note,
        for_me=call.meant_for == around.me.id,
        for_other=name(call.meant_for) if call.meant_for != around.me.id else "",
        taker=name(call.taken_by),
        ticket=call.ticket,
        there=seen is not None,
    )


def _step_title(call: Call, seen: Seen | None, catalogue: Catalogue) -> str:
    """In French where it is known; else as the person reads it."""
    name = seen.step if seen else call.step
    procedure = catalogue.get(seen.procedure if seen else call.procedure)
    step = procedure.steps.get(name) if procedure else None
    return step.title if step else seen.title if seen else ""


def _past(call: Call, around: Around) -> PastCall:
    procedure = around.catalogue.get(call.procedure)
    endings = {
        CallState.WAITING: "attend",
        CallState.CALLBACK: f"ticket n° {call.ticket}",
        CallState.TAKEN: "en cours",
        CallState.OVER: "terminé" if call.taken_by else "annulé, ou parti sans aide",
    }
    return PastCall(
        hour=hour(call.called_at),
        kiosk=call.kiosk,
        title=procedure.title if procedure else call.procedure or NO_PROCEDURE,
        waited=lasting(call.taken_at - call.called_at) if call.taken_at else "",
        taker=around.names.get(call.taken_by, "Un collègue") if call.taken_by else "",
        ending=endings[CallState(call.state)],
    )
