# SPDX-License-Identifier: EUPL-1.2
"""What the routes of appointments share: who may, the procedures, the appointment of the address."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection

from assist.server.appointments import store
from assist.server.appointments.tables import AppointmentRow
from assist.server.desk.catalogue import catalogue_of
from assist.server.staff_member import Role, StaffMember, allowed
from content.model import Catalogue
from printouts.receipt_code import read_code

Keeper = Annotated[StaffMember, Depends(allowed(Role.MEDIATOR, Role.MANAGER))]
"""Who sees, takes and cancels appointments."""
Manager = Annotated[StaffMember, Depends(allowed(Role.MANAGER))]
"""Who says when the site receives."""


def _procedures(connection: HTTPConnection) -> Catalogue:
    return catalogue_of(connection.app.state.site)


Procedures = Annotated[Catalogue, Depends(_procedures)]
"""The procedures of the site."""


def appointment_row(transaction: Session, number: str, *, lock: bool = False) -> AppointmentRow:
    """The appointment of an address; else 404."""
    code = read_code(number)
    row = store.find(transaction, code, lock=lock) if code else None
    if row is None:
        raise HTTPException(404, "Ce rendez-vous n'existe pas, ou n'est plus gardé ici.")
    return row
