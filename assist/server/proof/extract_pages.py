# SPDX-License-Identifier: EUPL-1.2
"""For a manager: a signed extract of what a kiosk noted, to give to whoever checks. Each is noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import IO, Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.mandates.parts import Keys
from assist.server.pages import page
from assist.server.parts import Moment
from assist.server.proof import extracts
from assist.server.proof.extracts import Wanted
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter(prefix="/journaux/extrait", default_response_class=HTMLResponse, tags=["Journaux"])
Manager = Annotated[StaffMember, Depends(allowed(Role.MANAGER))]
Text = Annotated[str, Form(max_length=200)]
_AT_ONCE = 1 << 16
_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)


@router.get("")
def ask(request: Request, me: Manager, keys: Keys) -> HTMLResponse:
    """Choose a kiosk and a period."""
    return _form(request, keys.sign_public)


@router.post("")
def make(
    request: Request, me: Manager, keys: Keys, now: Moment, kiosk: Text = "", since: Text = "", until: Text = ""
) -> Response:
    """The zip, with its signatures."""
    database: Database = request.app.state.database
    wanted = _wanted(_known(database), kiosk, since, until)
    if isinstance(wanted, str):
        return _form(request, keys.sign_public, wanted, kiosk, since, until)
    made = extracts.make(database, wanted, request.app.state.site.name, keys.signing, now)
    if made is None:
        nothing = "Rien n'a été noté par cette borne dans ces jours, ou rien n'est arrivé jusqu'au serveur."
        return _form(request, keys.sign_public, nothing, kiosk, since, until)
    with database.begin() as transaction:
        note(transaction, me, StaffAct.AUDIT_EXTRACTED, f"{wanted.since}/{wanted.until}/{made.rows}", now)
    name = f"extrait-audit-{wanted.since}-{wanted.until}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_sent(made.file), media_type="application/zip", headers=headers)


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with closing(file):
        while some := file.read(_AT_ONCE):
            yield some


def _wanted(known: Sequence[str], kiosk: str, since: str, until: str) -> Wanted | str:
    """What was asked for, or why it is not clear."""
    if kiosk not in known:
        return "Choisissez une borne."
    try:
        wanted = Wanted(kiosk, date.fromisoformat(since), date.fromisoformat(until))
    except ValueError:
        return "Écrivez les deux jours."
    if wanted.until < wanted.since:
        return "Le dernier jour est avant le premier."
    if wanted.since < _FIRST or wanted.until > _LAST:
        return f"Choisissez des jours entre {_FIRST.year} et {_LAST.year}."
    return wanted


def _known(database: Database) -> Sequence[str]:
    with database.read() as transaction:
        return extracts.kiosks(transaction)


def _form(
    request: Request, key: bytes, wrong: str = "", kiosk: str = "", since: str = "", until: str = ""
) -> HTMLResponse:
    known = _known(request.app.state.database)
    return page(
        request,
        "proof/extract.html",
        status=422 if wrong else 200,
        kiosks=known,
        kiosk=kiosk or (known[0] if known else ""),
        since=since,
        until=until,
        key=key.hex(),
        wrong=wrong,
    )
