# SPDX-License-Identifier: EUPL-1.2
"""Calls for help: told by the rows of the kiosks' journals, taken by one mediator only.

Every function works inside the transaction it is given. Who calls, takes and hands over is told to the desks by
``hub.tell(CALLS)``, once the transaction is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, ColumnElement, Index, case, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from assist.desk.queue import estimate
from assist.server.database import Table, Utc

UNANSWERED_AFTER = timedelta(seconds=60)
"""Nobody took the call: the person gets a ticket."""
TICKET_LASTS = timedelta(hours=12)
"""A ticket is of its day."""
RECENT = timedelta(hours=3)
"""Waits that tell something of the next one."""
LONGEST_NOTE = 500


class CallState(StrEnum):
    """How far a call has come."""

    WAITING = "waiting"
    CALLBACK = "callback"
    """Nobody came in time. The person has a ticket: whoever is free calls its number, even after the session."""
    TAKEN = "taken"
    OVER = "over"


OPEN = (CallState.WAITING, CallState.CALLBACK, CallState.TAKEN)


class Call(Table):
    """One call for help. Nothing in it tells who the person is."""

    __tablename__ = "call"

    id: Mapped[str] = mapped_column(primary_key=True)
    """That of the event that told it."""
    kiosk: Mapped[str] = mapped_column()
    journal: Mapped[str] = mapped_column()
    session: Mapped[str] = mapped_column(index=True)
    called_at: Mapped[datetime] = mapped_column(Utc)
    """By the server's clock, as near as the kiosk's own can tell it."""
    procedure: Mapped[str] = mapped_column(default="")
    step: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fr")
    modes: Mapped[list[str]] = mapped_column(JSON, default=list)
    """As in :attr:`assist.link.messages.Seen.modes`."""
    state: Mapped[str] = mapped_column(default=CallState.WAITING)
    taken_by: Mapped[str] = mapped_column(default="")
    """A staff member's identifier; kept once the call is over."""
    taken_at: Mapped[datetime | None] = mapped_column(Utc)
    """When a mediator first took it: the person waited until then."""
    joined_at: Mapped[datetime | None] = mapped_column(Utc)
    """When the mediator who has it reached the kiosk; None again once it is handed over."""
    meant_for: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    """From the mediator who handed it over to the next; wiped when the call is over."""
    ticket: Mapped[int | None] = mapped_column()
    ticket_at: Mapped[datetime | None] = mapped_column(Utc)
    over_at: Mapped[datetime | None] = mapped_column(Utc)
    __table_args__ = (Index("ix_call_state", "state", "called_at"),)


def open_calls(transaction: Session, now: datetime) -> Sequence[Call]:
    """The calls that are not over, oldest first; tickets of another day are over."""
    live = or_(Call.ticket_at.is_(None), Call.ticket_at > now - TICKET_LASTS)
    return transaction.scalars(select(Call).where(Call.state.in_(OPEN), live).order_by(Call.called_at, Call.id)).all()


def call_of(transaction: Session, call: str) -> Call | None:
    """The call of this identifier."""
    return transaction.get(Call, call)


def held_at(transaction: Session, kiosk: str, member: str) -> Call | None:
    """The call that ``member`` took at this kiosk, and still has; the last one of them."""
    held = select(Call).where(Call.kiosk == kiosk, _held_by(member))
    return transaction.scalars(held.order_by(Call.taken_at.desc()).limit(1)).first()


def take(transaction: Session, call: str, member: str, now: datetime) -> bool:
    """Give the call to ``member``; False when somebody else was quicker, or when it is over.

    A call that its kiosk says is joined, and that nobody has, is free: whoever joined did not hear the kiosk's answer.
    """
    free = Call.state.in_((CallState.WAITING, CallState.CALLBACK)) | _held_by("")
    taken_at = func.coalesce(Call.taken_at, now, type_=Utc)
    return _change(transaction, call, free, state=CallState.TAKEN, taken_by=member, taken_at=taken_at, meant_for="")


def give_back(transaction: Session, call: str, member: str) -> bool:
    """Whoever took the call could not reach the kiosk: it waits again, in its turn."""
    return _change(transaction, call, _held_by(member), state=_waits_again(), taken_by="", joined_at=None)


def hand_over(transaction: Session, call: str, member: str, note: str, meant_for: str = "") -> bool:
    """Hand the call of ``member`` to a colleague, or to whoever comes. The note is cut at 500 signs."""
    known = {"note": note.strip()[:LONGEST_NOTE], "meant_for": meant_for}
    return _change(transaction, call, _held_by(member), state=_waits_again(), taken_by="", joined_at=None, **known)


def finish(transaction: Session, call: str, member: str, now: datetime) -> bool:
    """The call of ``member`` is over: helped, or called back."""
    return _change(transaction, call, _held_by(member), **ending(now))


def ending(now: datetime) -> dict[str, object]:
    """What changes in a call that is over."""
    return {"state": CallState.OVER, "over_at": now, "note": "", "meant_for": ""}


def _held_by(member: str) -> ColumnElement[bool]:
    return (Call.state == CallState.TAKEN) & (Call.taken_by == member)


def _waits_again() -> ColumnElement[str]:
    """A ticket that was given stays one."""
    return case((Call.ticket.is_(None), CallState.WAITING.value), else_=CallState.CALLBACK.value)


def _change(transaction: Session, call: str, when: ColumnElement[bool], **values: object) -> bool:
    """Change the call if it is as ``when`` says, in one statement: of two who try, one succeeds."""
    changing = update(Call).where(Call.id == call, when).values(**values).returning(Call.id)
    return transaction.execute(changing, execution_options={"synchronize_session": "fetch"}).first() is not None


def unanswered(transaction: Session, now: datetime, kiosks: Iterable[str]) -> list[Call]:
    """Give a ticket to each call that nobody took in time, at a kiosk of ``kiosks`` (where it can be told)."""
    late = select(Call).where(
        Call.state == CallState.WAITING,
        Call.ticket.is_(None),
        Call.taken_at.is_(None),
        Call.called_at <= now - UNANSWERED_AFTER,
        Call.kiosk.in_(list(kiosks)),
    )
    calls = list(transaction.scalars(late.order_by(Call.called_at, Call.id).with_for_update()))
    if not calls:
        return []
    last = transaction.scalars(select(func.max(Call.ticket)).where(Call.ticket_at > now - TICKET_LASTS)).one()
    for number, call in enumerate(calls, (last or 0) + 1):
        call.state, call.ticket, call.ticket_at = CallState.CALLBACK, number, now
    return calls


def next_unanswered(transaction: Session, kiosks: Iterable[str]) -> datetime | None:
    """When the next call of these kiosks will have waited too long."""
    waiting = (Call.state == CallState.WAITING) & Call.ticket.is_(None) & Call.taken_at.is_(None)
    first = select(Call.called_at).where(waiting, Call.kiosk.in_(list(kiosks))).order_by(Call.called_at).limit(1)
    called_at = transaction.scalars(first).first()
    return None if called_at is None else called_at + UNANSWERED_AFTER


def wait_minutes(transaction: Session, now: datetime) -> int | None:
    """How long the next person may wait, from the calls of the last hours; None when there are too few to tell."""
    recent = select(Call.called_at, Call.taken_at).where(
        Call.called_at > now - RECENT, or_(Call.taken_at.is_not(None), Call.state != CallState.OVER)
    )
    return estimate([(taken_at or now) - called_at for called_at, taken_at in transaction.execute(recent)])
