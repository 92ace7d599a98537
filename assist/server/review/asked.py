# SPDX-License-Identifier: EUPL-1.2
"""What an address of the review asks for: a period, a kiosk, a procedure, a language, a way of using the kiosk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from assist.server.parts import Moment
from assist.server.site import HERE
from assist.server.staff_member import Role, StaffMember, allowed
from assist.session.commands import Origin

Manager = Annotated[StaffMember, Depends(allowed(Role.MANAGER))]
"""Who reviews."""
ORIGINS = {Origin.TOUCH.value: "au doigt", Origin.KEY.value: "au clavier", Origin.VOICE.value: "à la voix"}
PERIODS = {"today": "Aujourd'hui", "yesterday": "Hier", "week": "7 jours", "month": "30 jours", "year": "12 mois"}
_DAYS = {"today": (0, 0), "yesterday": (1, 1), "week": (6, 0), "month": (29, 0), "year": (364, 0)}
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some days, both included, and what narrows them; "" for all."""

    since: date
    until: date
    kiosk: str = ""
    procedure: str = ""
    language: str = ""
    origin: str = ""

    @property
    def before(self) -> Wanted:
        """As many days, just before."""
        length = self.until - self.since
        until = self.since - timedelta(days=1)
        return Wanted(until - length, until, self.kiosk, self.procedure, self.language, self.origin)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and what of it could not be read."""

    wanted: Wanted
    period: str = ""
    """One of :data:`PERIODS`; "" for two dates."""
    wrong: str = ""
    after: str = ""
    """Where a list goes on."""
    known: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def narrow(self) -> bool:
        """Whether more than a period was chosen."""
        return not self.period or len(self.known) > 1

    def of(self, procedure: str) -> Asked:
        """The same question, of one procedure."""
        return replace(self, wanted=replace(self.wanted, procedure=procedure))

    def of_everybody(self) -> Asked:
        """The same question, whatever the kiosk, the language and the way of using it."""
        known = {name: text for name, text in self.known.items() if name not in ("kiosk", "language", "origin")}
        return replace(self, wanted=replace(self.wanted, kiosk="", language="", origin=""), known=known)

    def address(self, **changes: str) -> str:
        """The same question, with ``changes``."""
        return urlencode({name: value for name, value in (self.known | changes).items() if value})


def asked(request: Request, now: Moment) -> Asked:
    """What the address asks for; what cannot be read is left out, and said."""
    return read(request.query_params, now)


def read(query: Mapping[str, str], now: datetime) -> Asked:
    """What these names and values ask for, at this moment; what cannot be read is left out, and said."""
    wrong: list[str] = []
    known: dict[str, str] = {}
    for name in ("kiosk", "procedure", "language", "origin"):
        text = query.get(name, "").strip()
        if len(text) > _LONGEST or not text.isprintable() or (name == "origin" and text and text not in ORIGINS):
            wrong.append("Un des filtres n'est pas connu : il est laissé de côté.")
        elif text:
            known[name] = text
    today = now.astimezone(HERE).date()
    since, until = _day(query.get("since", ""), wrong), _day(query.get("until", ""), wrong)
    period = query.get("period", "")
    if period not in _DAYS:
        period = "" if since or until else "week"
    if period:
        first, last = _DAYS[period]
        since, until = today - timedelta(days=first), today - timedelta(days=last)
        dates = {"period": period}
    else:
        since, until = since or until or today, until or today
        if since > until:
            since, until = until, since
        dates = {"since": since.isoformat(), "until": until.isoformat()}
    return Asked(
        Wanted(since, until, **known), period, " ".join(dict.fromkeys(wrong)), query.get("after", ""), known | dates
    )


Question = Annotated[Asked, Depends(asked)]


def _day(text: str, wrong: list[str]) -> date | None:
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        wrong.append("Une date s'écrit comme 2026-12-01.")
        return None
    if found is not None and not 2020 <= found.year <= 2200:
        wrong.append("Cette date est trop loin.")
        return None
    return found
