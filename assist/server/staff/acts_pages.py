# SPDX-License-Identifier: EUPL-1.2
"""What the staff did, for who answers for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from assist.server.acts import last_acts, verify_acts
from assist.server.pages import page
from assist.server.parts import Reading
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter(default_response_class=HTMLResponse, tags=["Équipe"])
Answerable = Annotated[StaffMember, Depends(allowed(Role.MANAGER, Role.TECHNICIAN))]


@router.get("/acts")
def show(
    request: Request, me: Answerable, transaction: Reading, last: Annotated[int, Query(ge=1, le=1000)] = 100
) -> HTMLResponse:
    """The last acts, and whether the chain of all of them holds."""
    checked = verify_acts(transaction)
    return page(request, "acts.html", acts=last_acts(transaction, last), checked=checked)
