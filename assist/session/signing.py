# SPDX-License-Identifier: EUPL-1.2
"""A mandate given at the kiosk: read, who gives it written and sealed, agreed to twice, sent. Pure.

The mediator who is there offers it and may take it away; everything between is the person's alone. Until it is sent,
whatever ends it leaves nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assist.session import commands as c
from assist.session import events as e
from assist.session.state import IDENTITY_FIELDS, Overlay, SessionState, Signing, SigningEnd, SigningStage
from content.text_rules import harmless

Events = tuple[e.Event, ...]
LONGEST = 80
"""Characters of a name."""
OLDEST = date(1900, 1, 1)
_BORN = IDENTITY_FIELDS.index("born")


def not_hurried(state: SessionState) -> bool:
    """Nobody is hurried while a mediator is there; but who she is must not stay on a screen that nobody watches."""
    return state.help.joined and not (state.signing is not None and state.signing.open)


def timed_out(state: SessionState) -> Events:
    """Nobody answers any more: the offer goes, the help goes on."""
    return _ended(state, SigningEnd.DECLINED, c.Origin.TIMER)


# Deciding


def sign(state: SessionState, intent: c.Intent, command: c.Command) -> Events:
    """What the person does on a page of the mandate, and what the server tells of it."""
    signing = state.signing
    if signing is None:
        return ()
    if isinstance(intent, c.MandateSettled):
        return _settled(state, signing, intent, command)
    if command.origin in (c.Origin.MEDIATOR, c.Origin.TIMER):
        return ()
    if isinstance(intent, c.StopMandate) and signing.stage is not SigningStage.ENDED:
        unsent = signing.open or intent.unsent
        outcome = SigningEnd.UNKNOWN if not unsent else SigningEnd.DECLINED if signing.open else SigningEnd.NOT_MADE
        return _ended(state, outcome, command.origin)
    return _BY_STAGE[signing.stage](state, signing, intent, command)


def _reading(state: SessionState, signing: Signing, intent: c.Intent, command: c.Command) -> Events:
    last = len(signing.offered.parts) - 2
    match intent:
        case c.Continue() if signing.page < last:
            return _turn(state, SigningStage.READING, signing.page + 1)
        case c.Continue():
            return _turn(state, SigningStage.AGREEING if signing.sealed else SigningStage.WRITING)
        case c.Back() if signing.page:
            return _turn(state, SigningStage.READING, signing.page - 1)
        case _:
            return ()


def _writing(state: SessionState, signing: Signing, intent: c.Intent, command: c.Command) -> Events:
    match intent:
        case c.Answer(value) if (clean := _clean(signing.page, value, command.at.today)) is not None:
            return (e.IdentityWritten(_where(state), clean),)
        case c.Back() if signing.page:
            return _turn(state, SigningStage.WRITING, signing.page - 1)
        case c.Back():
            return _turn(state, SigningStage.READING, len(signing.offered.parts) - 2)
        case _:
            return ()


def _clean(field: int, value: object, today: date) -> str | date | None:
    """What was written in ``field``; None for what cannot be the answer."""
    if field == _BORN:
        return value if isinstance(value, date) and OLDEST <= value <= today else None
    text = " ".join(harmless(value).split()) if isinstance(value, str) else ""
    return text if 0 < len(text) <= LONGEST else None


def _checking(state: SessionState, signing: Signing, intent: c.Intent, command: c.Command) -> Events:
    match intent:
        case c.SealIdentity(sealed) if sealed:
            return (e.IdentitySealed(_where(state), sealed),)
        case c.Back():
            return _turn(state, SigningStage.WRITING)
        case _:
            return ()


def _agreeing(state: SessionState, signing: Signing, intent: c.Intent, command: c.Command) -> Events:
    match intent:
        case c.AgreeMandate():
            return _turn(state, SigningStage.CONFIRMING)
        case c.RefuseMandate():
            return _ended(state, SigningEnd.DECLINED, command.origin)
        case c.Back():
            return _turn(state, SigningStage.READING, len(signing.offered.parts) - 2)
        case _:
            return ()


def _confirming(state: SessionState, signing: Signing, intent: c.Intent, command: c.Command) -> Events:
    match intent:
        case c.GiveMandate():
            return (e.MandateAgreed(_where(state), signing.offered.offer.text),)
        case c.RefuseMandate():
            return _ended(state, SigningEnd.DECLINED, command.origin)
        case c.Back():
            return _turn(state, SigningStage.AGREEING)
        case _:
            return ()


def _sent(state: SessionState, signing: Signing, intent: c.Intent, command: c.Command) -> Events:
    return ()


def _last(state: SessionState, signing: Signing, intent: c.Intent, command: c.Command) -> Events:
    return (e.MandateClosed(_where(state)),) if isinstance(intent, (c.Continue, c.Back)) else ()


_BY_STAGE: Mapping[SigningStage, Callable[[SessionState, Signing, c.Intent, c.Command], Events]] = {
    SigningStage.READING: _reading,
    SigningStage.WRITING: _writing,
    SigningStage.CHECKING: _checking,
    SigningStage.AGREEING: _agreeing,
    SigningStage.CONFIRMING: _confirming,
    SigningStage.SENT: _sent,
    SigningStage.ENDED: _last,
}


def _where(state: SessionState) -> str:
    return state.here.step if state.here else ""


def _turn(state: SessionState, stage: SigningStage, page: int = 0) -> Events:
    return (e.MandateTurned(_where(state), stage, page),)


def _ended(state: SessionState, outcome: SigningEnd, by: c.Origin) -> Events:
    return (e.MandateEnded(_where(state), outcome, by),)


def _settled(state: SessionState, signing: Signing, intent: c.MandateSettled, command: c.Command) -> Events:
    ours = signing.stage is SigningStage.SENT and signing.offered.offer.number == intent.number
    if not ours or command.origin is not c.Origin.TIMER:
        return ()
    return _ended(state, SigningEnd.GIVEN if intent.made else SigningEnd.NOT_MADE, command.origin)


def _offers(state: SessionState, intent: c.OfferMandate, command: c.Command) -> Events:
    """By the mediator who is there, while nothing else is asked; not over a mandate that was sent."""
    there = command.origin is c.Origin.MEDIATOR and state.help.joined
    free = state.overlay in (Overlay.NONE, Overlay.HELP) and (state.signing is None or state.signing.open)
    return (e.MandateOffered(_where(state), intent),) if there and free and len(intent.parts) > 1 else ()


def _withdraws(state: SessionState, intent: c.WithdrawMandate, command: c.Command) -> Events:
    there = command.origin is c.Origin.MEDIATOR and state.signing is not None and state.signing.open
    return _ended(state, SigningEnd.DECLINED, command.origin) if there else ()


def _settles(state: SessionState, intent: c.MandateSettled, command: c.Command) -> Events:
    """Whatever stands before the page."""
    return sign(state, intent, command)


OFFER_DECISIONS: Mapping[type, Callable[[SessionState, Any, c.Command], Events]] = {
    c.OfferMandate: _offers,
    c.WithdrawMandate: _withdraws,
    c.MandateSettled: _settles,
}
"""Understood whatever stands before the step."""


# Evolving


def _on_offer(state: SessionState, event: e.MandateOffered) -> SessionState:
    """What the mediator wrote and showed was about the step."""
    overlay = Overlay.NONE if state.overlay is Overlay.HELP else state.overlay
    help_ = replace(state.help, message="", pointed="")
    return replace(state, overlay=overlay, help=help_, signing=Signing(event.offered))


def _change(state: SessionState, **changes: Any) -> SessionState:
    return replace(state, signing=replace(state.signing, **changes)) if state.signing is not None else state


def _on_turn(state: SessionState, event: e.MandateTurned) -> SessionState:
    """Whoever goes back writes anew: a name that was given back is gone."""
    kept = state.signing.typed[: event.page] if state.signing and event.stage is SigningStage.WRITING else ()
    return _change(state, stage=event.stage, page=event.page, typed=kept)


def _on_written(state: SessionState, event: e.IdentityWritten) -> SessionState:
    if state.signing is None:
        return state
    typed = (*state.signing.typed, event.value)
    done = len(typed) == len(IDENTITY_FIELDS)
    stage = SigningStage.CHECKING if done else SigningStage.WRITING
    return _change(state, stage=stage, page=0 if done else len(typed), typed=typed)


def _on_end(state: SessionState, event: e.MandateEnded) -> SessionState:
    """Nothing of who she is stays, sealed or not."""
    if state.overlay is Overlay.IDLE:
        state = replace(state, overlay=Overlay.NONE, beneath=Overlay.NONE)
    return _change(state, stage=SigningStage.ENDED, page=0, typed=(), sealed="", outcome=event.outcome)


SIGNING_EVOLUTIONS: Mapping[type[e.Event], Callable[[SessionState, Any], SessionState]] = {
    e.MandateOffered: _on_offer,
    e.MandateTurned: _on_turn,
    e.IdentityWritten: _on_written,
    e.IdentitySealed: lambda s, ev: _change(s, stage=SigningStage.AGREEING, page=0, typed=(), sealed=ev.sealed),
    e.MandateAgreed: lambda s, ev: _change(s, stage=SigningStage.SENT, page=0),
    e.MandateEnded: _on_end,
    e.MandateClosed: lambda s, ev: replace(s, signing=None),
}
