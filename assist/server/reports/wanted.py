# SPDX-License-Identifier: EUPL-1.2
"""Which reports somebody may see, and which of them an address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from assist.desk.report.codes import AdministrativeTheme, Theme
from assist.desk.report.cra import may_be_procedure
from assist.server.reports.store import Kept, Wanted
from assist.server.staff_member import Role, StaffMember, allowed

PER_PAGE = 50

Reader = Annotated[StaffMember, Depends(allowed(Role.MEDIATOR, Role.MANAGER))]
"""Who reads reports: a mediator their own, a manager those of the site."""
Writer = Annotated[StaffMember, Depends(allowed(Role.MEDIATOR))]
"""Who writes them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and what of it could not be read."""

    wanted: Wanted
    page: int = 1
    wrong: str = ""

    def address(self, **changes: object) -> str:
        """The same question, with ``changes``."""
        known = {"since": self.wanted.since, "until": self.wanted.until, "mediator": self.wanted.mediator}
        known |= {"theme": self.wanted.theme, "procedure": self.wanted.procedure, **changes}
        return urlencode({name: value for name, value in known.items() if value})


def asked(request: Request) -> Asked:
    """What the address asks for; what cannot be read is left out, and said."""
    query = request.query_params
    wrong: list[str] = []
    theme, procedure = query.get("theme", ""), query.get("procedure", "").strip()
    if theme and theme not in (*Theme, *AdministrativeTheme):
        wrong.append("Ce thème n'est pas dans la liste.")
        theme = ""
    if procedure and not may_be_procedure(procedure):
        wrong.append("Cette démarche n'est pas connue.")
        procedure = ""
    days = [_day(query, name, wrong) for name in ("since", "until")]
    page = query.get("page", "1")
    number = max(int(page), 1) if page.isascii() and page.isdigit() and len(page) <= 6 else 1
    wanted = Wanted(days[0], days[1], query.get("mediator", "")[:40].replace("\0", ""), theme, procedure)
    return Asked(wanted, number, " ".join(dict.fromkeys(wrong)))


def within(member: StaffMember, wanted: Wanted) -> Wanted:
    """The same, within what ``member`` may see."""
    return wanted if Role.MANAGER in member.roles else replace(wanted, mediator=member.id)


def may_see(member: StaffMember, kept: Kept | None) -> bool:
    """Whether the report is there for ``member``."""
    return kept is not None and (kept.mediator == member.id or Role.MANAGER in member.roles)


def _day(query: Mapping[str, str], name: str, wrong: list[str]) -> date | None:
    text = query.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong.append("Une date s'écrit comme 2026-12-01.")
        return None
