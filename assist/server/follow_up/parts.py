# SPDX-License-Identifier: EUPL-1.2
"""What the routes of a paper that came back share: who may, the paper that is open, all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from sqlalchemy.orm import Session

from assist.desk.follow_up import Way, Written, way
from assist.desk.paper_seal import Copy
from assist.server.appointments import store as appointments
from assist.server.appointments.tables import AppointmentRow
from assist.server.desk.catalogue import catalogue_of
from assist.server.follow_up import store
from assist.server.follow_up.opened import OpenPaper, OpenPapers
from assist.server.follow_up.tables import FollowUpRow, PaperRow
from assist.server.reports.sessions import events
from assist.server.staff_member import Role, StaffMember, allowed
from content.model import Catalogue, Procedure

Helper = Annotated[StaffMember, Depends(allowed(Role.MEDIATOR))]
"""Who may open a paper: the person is there, and has said yes."""
CLOSED = "Ce papier est refermé, pour la personne. Tapez de nouveau son numéro."


def papers_of(request: Request) -> OpenPapers:
    """The papers that are open at the desk."""
    return request.app.state.open_papers


def _opened(handle: str, request: Request, member: Helper) -> OpenPaper:
    found = papers_of(request).get(member.id, handle)
    if found is None:
        raise HTTPException(404, CLOSED)
    return found


Opened = Annotated[OpenPaper, Depends(_opened)]
"""The paper of the address, which this mediator has open."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a paper."""

    row: PaperRow
    copy: Copy | None
    procedure: Procedure | None
    """In French; None when this server does not know it."""
    way: Way
    written: list[tuple[FollowUpRow, Written]]
    appointment: AppointmentRow | None

    @property
    def last(self) -> Written | None:
        """What was written last."""
        return self.written[-1][1] if self.written else None


def procedures(request: Request) -> Catalogue:
    """The procedures of the site."""
    return catalogue_of(request.app.state.site)


def known(request: Request, transaction: Session, opened: OpenPaper, now: datetime) -> Known:
    """What is known of the paper; 404 when it grew too old meanwhile."""
    row = store.find(transaction, opened.key)
    if row is None:
        raise HTTPException(404, CLOSED)
    copy = store.copy_of(transaction, row, opened.key)
    procedure = procedures(request).get(copy.procedure) if copy else None
    appointment = appointments.find(transaction, row.appointment) if row.appointment else None
    return Known(
        row=row,
        copy=copy,
        procedure=procedure,
        way=way(events(transaction, row.session), row.name, procedure),
        written=list(store.written(transaction, row, opened.key)),
        appointment=appointment,
    )
