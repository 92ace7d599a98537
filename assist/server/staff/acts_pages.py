# SPDX-License-Identifier: EUPL-1.2
"""What the staff did, for who answers for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select

from assist.server.acts import StaffAct, last_acts, verify_acts
from assist.server.pages import page
from assist.server.parts import Reading
from assist.server.staff.tables import Account
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter(default_response_class=HTMLResponse, tags=["Équipe"])
Answerable = Annotated[StaffMember, Depends(allowed(Role.MANAGER, Role.TECHNICIAN))]


@router.get("/acts")
def show(
    request: Request,
    me: Answerable,
    transaction: Reading,
    last: Annotated[int, Query(ge=1, le=1000)] = 100,
    member: Annotated[str, Query(pattern="^[A-Za-z0-9-]{0,40}$")] = "",
    act: Annotated[str, Query(pattern="^[a-z_]{0,40}$")] = "",
) -> HTMLResponse:
    """The last acts, of one account or of one kind when asked, and whether the chain of all of them holds."""
    return page(
        request,
        "acts.html",
        acts=last_acts(transaction, last, member, act),
        checked=verify_acts(transaction),
        names=transaction.execute(select(Account.id, Account.name, Account.login).order_by(Account.name)).all(),
        kinds=sorted(StaffAct, key=lambda kind: kind.label),
        member=member,
        act=act,
        last=last,
    )
