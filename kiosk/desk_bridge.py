# SPDX-License-Identifier: EUPL-1.2
"""The conversation as a mediator's desk reaches it: what the person sees goes out, orders come in and are answered.

An order is looked up in what the person sees at the moment it is carried out, with no other command under way: what no
longer fits is refused with a sentence for the mediator, and changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from accessibility.comfort import Comfort
from assist.link.messages import Act, Agreement, Consent, Done, HelpStage, Order, Seen, Settled
from assist.session import commands as c
from assist.session.helping import hidden
from assist.session.state import Overlay, Phase, SessionState, SigningStage
from assist.sync.protocol import DeskLink, DeskState, NoDesk
from content.text_rules import harmless
from kiosk.moments import Surroundings
from kiosk.offers import NO_JOURNAL, offered
from kiosk.presenter import present
from kiosk.seen import may_be_pressed, seen_of

GRACE_SECONDS = 30.0
"""How long a mediator may be out of reach before the person is alone again: a server that starts again takes less."""
MOST_MESSAGE = 200
MOST_NAME = 16
MOST_TICKET = 12
_OF_THE_MOMENT = (Act.PRESS, Act.JUMP, Act.BACK)
"""Refused when the person sees something else than the mediator; and POINT, unless it points at nothing."""

GONE = "Cette personne n’est plus à la borne."
NOT_CALLING = "Cette personne n’attend plus d’aide."
ENDED = "L’aide est finie."
ELSEWHERE = "La personne répond à une autre question. Attendez un instant."
ON_THE_MANDATE = "La personne est sur le mandat. Attendez, ou annulez-le."
SENT_ALREADY = "La personne a donné son accord\u00a0: le mandat s’enregistre."
CHANGED = "L’écran de la personne a changé. Regardez-le, puis recommencez."
NO_CONSENT = "La personne n’a pas donné son accord. Demandez-le d’abord."
HIDDEN = "Les réponses de cette étape sont privées. La personne ne les montre pas."
HERS_ALONE = "La personne seule peut faire cela."
NOT_THERE = "Ce choix n’est pas à l’écran de la personne."
NOT_BEEN_THERE = "La personne n’est pas passée par cette étape."
NO_WORDS = "Ce message ne contient aucun mot."
TOO_LONG = f"Ce message est trop long\u00a0: {MOST_MESSAGE} signes au plus."
GIVEN_ALREADY = "La personne a déjà donné son accord."
NOTHING = "Cela ne change rien sur l’écran de la personne."


class Talk(Protocol):
    """What the desk needs of the conversation."""

    @property
    def state(self) -> SessionState: ...

    @property
    def around(self) -> Surroundings: ...

    @property
    def comfort(self) -> Comfort: ...

    async def order(self, wanted: Callable[[], c.Intent | None], origin: c.Origin) -> bool:
        """Do what ``wanted`` gives once no other command is under way; True when something came of it."""
        ...

    def desk_changed(self, desk: DeskState) -> None:
        """Whether a call would be heard has changed."""
        ...


class DeskBridge:
    """Lives in the app's event loop, between the link and the conversation."""

    def __init__(
        self, make_link: Callable[[], DeskLink], talk: Talk, site_key: Callable[[str], str] = lambda key: ""
    ) -> None:
        """``site_key``: why nothing is sealed with this key here; "" when it may be. Called in a thread."""
        self._make_link, self._talk, self._site_key = make_link, talk, site_key
        self._link: DeskLink = NoDesk()
        self._orders: asyncio.Queue[Order | Settled] = asyncio.Queue()
        self._shown: Seen | None = None
        self._closing = False
        self._reached, self._cut = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        """Make the link, keep it up and carry out what comes, one after the other, until cancelled."""
        self._link = await asyncio.to_thread(self._make_link)
        self._link.show(self._shown)
        self._link.watch(self._orders.put_nowait, self._desk_changed)
        if self._link.state != self._talk.around.desk:
            self._desk_changed(self._link.state)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._link.run())
            group.create_task(self._watch_reach())
            while True:
                await self._carry_out(await self._orders.get())

    def written(self) -> None:
        """The journal has new rows."""
        self._link.written()

    def agree(self, agreement: Agreement) -> None:
        """The person gave a mandate: sent until the server has answered."""
        self._link.agree(agreement, self._orders.put_nowait)

    def drop_agreement(self) -> bool:
        """Nobody waits for it any more. True when it has never left."""
        return self._link.drop_agreement()

    def close(self) -> None:
        """The conversation ends: what the link still tells is nobody's news."""
        self._closing = True

    def follow(self) -> None:
        """Tell the desk what the person sees now: nothing unless she has called for help."""
        state = self._talk.state
        called = state.help.stage is not HelpStage.NONE and state.phase not in (Phase.WELCOME, Phase.OVER)
        seen = seen_of(state, self._talk.around, self._talk.comfort) if called else None
        if seen != self._shown:
            self._shown = seen
            self._link.show(seen)

    def _desk_changed(self, desk: DeskState) -> None:
        if self._closing:
            return
        (self._reached if desk.reachable else self._cut).set()
        (self._cut if desk.reachable else self._reached).clear()
        self._talk.desk_changed(desk)

    async def _watch_reach(self) -> None:
        """A mediator who cannot be reached any more is not there: nobody would see that the person went away."""
        while True:
            await self._cut.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(GRACE_SECONDS):
                    await self._reached.wait()
            if not self._reached.is_set():
                await self._talk.order(c.LeaveHelp, c.Origin.TIMER)
                await self._reached.wait()

    # Orders

    async def _carry_out(self, order: Order | Settled) -> None:
        if isinstance(order, Settled):
            await self._talk.order(lambda: c.MandateSettled(order.number, order.made), c.Origin.TIMER)
            return
        if order.offer is not None and (wrong := await asyncio.to_thread(self._site_key, order.offer.seal_key)):
            self._link.answer(Done(order.id, False, wrong))
            return
        why = ""

        def wanted() -> c.Intent | None:
            nonlocal why
            meant = self._meant(order)
            if isinstance(meant, str):
                why = meant
                return None
            return meant

        origin = c.Origin.TIMER if order.act is Act.UNANSWERED else c.Origin.MEDIATOR
        happened = await self._talk.order(wanted, origin)
        self._link.answer(Done(order.id, happened, "" if happened else why or NOTHING))

    def _meant(self, order: Order) -> c.Intent | str:
        """What ``order`` asks of the session, or why it cannot be done, for the mediator."""
        state = self._talk.state
        if state.session != order.session or state.phase in (Phase.WELCOME, Phase.OVER):
            return GONE
        if order.act is Act.UNANSWERED:
            return c.NobodyCame(harmless(order.value)[:MOST_TICKET]) if state.help.waiting else NOT_CALLING
        if order.act is Act.JOIN:
            return c.MediatorJoins(_first_name(order.value)) if state.help.stage is not HelpStage.NONE else NOT_CALLING
        if not state.help.joined:
            return ENDED
        if order.act is Act.LEAVE:
            return c.LeaveHelp()
        if order.act is Act.HAND_OVER:
            return c.HandOver()
        if state.overlay not in (Overlay.NONE, Overlay.HELP):
            return ELSEWHERE
        if order.act is Act.MANDATE:
            return self._mandate(state, order)
        if state.signing is not None:
            return ON_THE_MANDATE
        return self._beside(state, order)

    def _beside(self, state: SessionState, order: Order) -> c.Intent | str:
        """An act of the mediator who is there."""
        pointing = order.act is Act.POINT and order.value != ""
        if (order.act in _OF_THE_MOMENT or pointing) and order.key != present(state, self._talk.around).key:
            return CHANGED
        match order.act:
            case Act.SAY:
                return _message(order.value)
            case Act.POINT:
                return self._pointed(state, order.value)
            case Act.PRESS:
                return self._pressed(state, order.value)
            case Act.JUMP:
                been = any(crumb.step == order.value for crumb in state.trail)
                return c.Jump(order.value) if been else NOT_BEEN_THERE
            case Act.ASK_CONSENT:
                return GIVEN_ALREADY if state.help.consent is Consent.GIVEN else c.AskConsent()
            case Act.EXPLAIN:
                return c.Explain()
            case Act.BACK:
                return c.Back()
            case _:
                return NOTHING

    def _mandate(self, state: SessionState, order: Order) -> c.Intent | str:
        """A mandate to give; or, without one, what was offered is taken away."""
        if state.signing is not None and state.signing.stage is SigningStage.SENT:
            return SENT_ALREADY
        if order.offer is None:
            return c.WithdrawMandate()
        return NO_JOURNAL if self._talk.around.journal_failing else offered(order.offer)

    def _pointed(self, state: SessionState, option: str) -> c.Intent | str:
        options = present(state, self._talk.around).options if state.overlay is Overlay.NONE else ()
        there = any(shown.id == option for shown in options)
        return c.MediatorPoints(option) if there or not option else NOT_THERE

    def _pressed(self, state: SessionState, option: str) -> c.Intent | str:
        pressed = next((shown for shown in present(state, self._talk.around).options if shown.id == option), None)
        if pressed is None:
            return NOT_THERE
        if state.overlay is not Overlay.NONE or not may_be_pressed(pressed.intent):
            return HERS_ALONE
        if isinstance(pressed.intent, c.Explain):  # "C'est quoi ?" answers nothing.
            return pressed.intent
        if state.help.consent is not Consent.GIVEN:
            return NO_CONSENT
        return HIDDEN if hidden(state) else pressed.intent


def _first_name(text: str) -> str:
    """Letters, hyphens and apostrophes only."""
    letters = "".join(sign if sign.isalpha() or sign in "-'’" else " " for sign in harmless(text))
    return " ".join(letters.split())[:MOST_NAME].strip()


def _message(text: str) -> c.Intent | str:
    clean = harmless(text[: MOST_MESSAGE * 4])
    if len(clean) > MOST_MESSAGE:
        return TOO_LONG
    return c.MediatorSays(clean) if clean or not text else NO_WORDS
