# SPDX-License-Identifier: EUPL-1.2
"""What the routes of mandates share: who may, the keys, the mandate of the address."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection

from assist.server.mandates import store
from assist.server.mandates.clockwork import Now
from assist.server.mandates.keys import KeyFault, SiteKeys, keys_of_site
from assist.server.mandates.retention import archived
from assist.server.mandates.tables import MandateRow
from assist.server.staff_member import Role, StaffMember, allowed
from printouts.receipt_code import read_code

HELPER = Depends(allowed(Role.MEDIATOR))
KEEPER = Depends(allowed(Role.MEDIATOR, Role.MANAGER))

Helper = Annotated[StaffMember, HELPER]
"""A mediator: gives, uses, hands over."""
Keeper = Annotated[StaffMember, KEEPER]
"""A mediator or a manager: sees, opens, stops."""


def keys_of(connection: HTTPConnection) -> SiteKeys:
    """The keys of the site, read once. A key that cannot be used is said to who asked (503)."""
    try:
        return keys_of_site(connection.app.state)
    except KeyFault as fault:
        raise HTTPException(503, f"{fault} Prévenez le technicien.") from fault


Keys = Annotated[SiteKeys, Depends(keys_of)]


def mandate_row(transaction: Session, number: str, member: StaffMember, now: Now, *, lock: bool = False) -> MandateRow:
    """The mandate of an address, if this member may see it; else 404."""
    code = read_code(number)
    row = store.find(transaction, code, lock=lock) if code else None
    if row is None or (archived(row, now.lived) and Role.MANAGER not in member.roles):
        raise HTTPException(404, "Ce mandat n'existe pas, ou n'est plus gardé ici.")
    return row
