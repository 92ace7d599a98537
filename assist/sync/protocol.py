# SPDX-License-Identifier: EUPL-1.2
"""The port by which a kiosk reaches those who help. Nothing of it ever waits for the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assist.link.messages import Agreement, Done, Order, Seen, Settled


@dataclass(frozen=True, slots=True)
class DeskState:
    """Whether a call would be heard now."""

    reachable: bool = False
    """The server of the site answers."""
    people: int = 0
    """Mediators logged in; with 0 the kiosk says whom to ask in the room."""
    wait_minutes: int = 0
    """0 when the wait is not known."""


OnOrder = Callable[[Order], None]
OnState = Callable[[DeskState], None]
OnSettled = Callable[[Settled], None]


class DeskLink(Protocol):
    """The link. Its methods may be called on the app's event loop: they return at once, and never raise."""

    @property
    def state(self) -> DeskState:
        """What is known now."""
        ...

    def watch(self, on_order: OnOrder, on_state: OnState) -> None:
        """Have these called on the app's event loop, for each order that comes and each change of the state."""
        ...

    def show(self, seen: Seen | None) -> None:
        """What the person sees now: the last one given is sent, those between may be left out."""
        ...

    def answer(self, done: Done) -> None:
        """Say whether an order was carried out."""
        ...

    def agree(self, agreement: Agreement, on_settled: OnSettled) -> None:
        """Send it, again at each new connection, until the server says what became of it."""
        ...

    def drop_agreement(self) -> bool:
        """Send it no more, and keep nothing of it. True when it has never left: the server has nothing of it."""
        ...

    def written(self) -> None:
        """The journal has new rows: they are sent as soon as the server can be reached."""
        ...

    async def run(self) -> None:
        """Keep the link up until it is cancelled: cut, it is made again, later and later, up to 30 s."""
        ...


class NoDesk:
    """The link of a kiosk that stands alone."""

    state = DeskState()

    def watch(self, on_order: OnOrder, on_state: OnState) -> None:
        """Nothing ever comes."""

    def show(self, seen: Seen | None) -> None:
        """Nobody looks."""

    def answer(self, done: Done) -> None:
        """Nobody asked."""

    def agree(self, agreement: Agreement, on_settled: OnSettled) -> None:
        """Nobody offered anything."""

    def drop_agreement(self) -> bool:
        """Nothing ever leaves."""
        return True

    def written(self) -> None:
        """Nothing is sent."""

    async def run(self) -> None:
        """There is nothing to keep up."""
