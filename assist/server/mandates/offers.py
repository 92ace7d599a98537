# SPDX-License-Identifier: EUPL-1.2
"""Mandates offered at kiosks and not given yet. In memory: before the person agrees, nothing of hers is written.

A server that starts again has forgotten them. What was agreed to meanwhile is then refused, and the kiosk says that
nothing was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from assist.link.messages import MandateOffer
from assist.server.staff_member import StaffMember

LASTS = timedelta(hours=2)
"""Longer than anybody reads; after that, she is asked anew."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer, to one session, by the mediator beside her."""

    offer: MandateOffer
    member: StaffMember
    kiosk: str
    session: str
    call: str
    at: datetime


@dataclass
class Offers:
    """Everything that is offered now. May be called from any thread."""

    _open: dict[str, Offered] = field(default_factory=dict[str, Offered])
    _refused: dict[str, str] = field(default_factory=dict[str, str])
    _lock: Lock = field(default_factory=Lock)

    def add(self, offered: Offered) -> None:
        """The newest takes the place of what this session was offered before."""
        with self._lock:
            self._open = {
                number: other
                for number, other in self._open.items()
                if other.session != offered.session and offered.at - other.at < LASTS
            }
            self._refused = {number: why for number, why in self._refused.items() if number in self._open}
            self._open[offered.offer.number] = offered

    def find(self, number: str, now: datetime) -> Offered | None:
        """The offer with this number, as long as it may be agreed to."""
        with self._lock:
            found = self._open.get(number)
            return found if found is not None and now - found.at < LASTS else None

    def take_away(self, number: str) -> None:
        """It may no longer be agreed to."""
        with self._lock:
            self._open.pop(number, None)

    def refuse(self, number: str, why: str) -> None:
        """What the person agreed to was not made: the mediator is told why."""
        with self._lock:
            self._refused[number] = why

    def refusal(self, number: str) -> str:
        """Why it was not made; "" when it was not refused."""
        with self._lock:
            return self._refused.get(number, "")
