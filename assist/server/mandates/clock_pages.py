# SPDX-License-Identifier: EUPL-1.2
"""For the technician: what the server's clock did, what that ended, and saying that it is right again.

And for whoever seals or verifies: the public keys of the site.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import select

from assist.desk.mandate_clock import LeapKind
from assist.server.acts import StaffAct, note
from assist.server.mandates import clockwork
from assist.server.mandates.clockwork import Looked
from assist.server.mandates.list_pages import warnings
from assist.server.mandates.parts import Keys
from assist.server.mandates.tables import LeapRow
from assist.server.mandates.words import in_words
from assist.server.pages import page
from assist.server.parts import Reading, Transaction
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter()

Technician = Annotated[StaffMember, Depends(allowed(Role.TECHNICIAN, Role.MANAGER))]

_WORDS = {
    LeapKind.AHEAD: "L'horloge a avancé d'un coup",
    LeapKind.BACK: "L'horloge a reculé",
    LeapKind.ACCEPTED: "Quelqu'un a dit que l'heure était juste",
}
_MOST = 200


@router.get("/mandats/horloge")
def clock(request: Request, member: Technician, now: Looked, transaction: Reading) -> HTMLResponse:
    """Every leap of the clock, the last first."""
    leaps = transaction.scalars(select(LeapRow).order_by(LeapRow.id.desc()).limit(_MOST)).all()
    return page(
        request,
        "mandates/clock.html",
        clock=in_words(now.clock),
        moment=in_words(now.moment),
        doubt=now.doubt,
        leaps=[(_WORDS[LeapKind(row.kind)], in_words(row.before), in_words(row.after), row.expired) for row in leaps],
        warnings=warnings(now),
    )


@router.post("/mandats/horloge")
def accept(
    member: Technician, now: Looked, transaction: Transaction, right: Annotated[str, Form(max_length=5)] = ""
) -> Response:
    """The clock is right. What ended stays ended."""
    if right != "yes":
        raise HTTPException(422, "Cochez la case : vous avez vérifié l'heure.")
    if now.doubt:
        clockwork.accept(transaction)
        note(transaction, member, StaffAct.CLOCK_ACCEPTED, "", now.clock)
    return RedirectResponse("/mandats/horloge", 303)


@router.get("/api/site-key")
def site_key(keys: Keys) -> dict[str, str]:
    """The public keys of the site, in hexadecimal: ``seal`` seals an identity, ``sign`` verifies an attestation."""
    return {"seal": keys.seal_public.hex(), "sign": keys.sign_public.hex(), "fingerprint": keys.fingerprint}
