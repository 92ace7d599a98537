# SPDX-License-Identifier: EUPL-1.2
"""A mandate leaves for another site, or comes from one: by a file, without any network between them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assist.desk import mandates, sealing
from assist.desk.mandate_clock import DOUBT
from assist.desk.mandate_moving import LONGEST, Moved, packed, unpacked
from assist.desk.mandate_text import text_of
from assist.desk.mandates import Ending, Refusal, Status
from assist.desk.sealing import NotThisMandate
from assist.server.acts import StaffAct, note
from assist.server.mandates import store
from assist.server.mandates.clockwork import Looked, Now
from assist.server.mandates.keys import SiteKeys
from assist.server.mandates.list_pages import warnings
from assist.server.mandates.mandate_pages import opened, show
from assist.server.mandates.parts import Helper, Keys, mandate_row
from assist.server.mandates.tables import MandateRow
from assist.server.mandates.words import AGREED_ON
from assist.server.pages import page
from assist.server.parts import Transaction
from printouts.receipt_code import read_code

router = APIRouter()

_KEY = Refusal("Écrivez la clé que l'autre lieu vous donne : 64 signes, de 0 à 9 et de a à f.")
_AGREE = Refusal("Cochez la case : la personne doit être d'accord avec l'autre lieu.")
_NOT_HERE = Refusal("Ce mandat n'est pas chiffré pour ce lieu. L'autre lieu doit le refaire avec la clé de celui-ci.")
_TEXT = Refusal("Ce lieu n'a pas le texte de ce mandat. Mettez le serveur à jour, puis recommencez.")
_OVER = Refusal("Ce mandat est déjà terminé. Proposez à la personne un nouveau mandat.")
_ELSEWHERE = Refusal("Ce mandat est déjà parti pour un autre lieu, avec une autre clé.")


@router.post("/mandats/{number}/autre-lieu")
def leave(
    number: str,
    request: Request,
    member: Helper,
    now: Looked,
    keys: Keys,
    transaction: Transaction,
    key: Annotated[str, Form(max_length=100)] = "",
    agreed: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """The file for the other site. The mandate is over here; the same file may be made again for the same site."""
    row = mandate_row(transaction, number, member, now, lock=True)
    answer = _leave(row, now, keys, _hexadecimal(key), agreed == "yes")
    if isinstance(answer, Refusal):
        return show(request, row, member, now, transaction, answer)
    note(transaction, member, StaffAct.MANDATE_TRANSFERRED, f"{row.number}/lieu", now.clock)
    name = f'attachment; filename="mandat-{row.number}.json"'
    return Response(answer, media_type="application/json", headers={"Content-Disposition": name})


@router.get("/mandats/recevoir")
def receive_form(request: Request, member: Helper, now: Looked, keys: Keys) -> HTMLResponse:
    """Where a file from another site is pasted; and the key to give to that site."""
    return _form(request, now, keys)


@router.post("/mandats/recevoir")
def receive(
    request: Request,
    member: Helper,
    now: Looked,
    keys: Keys,
    transaction: Transaction,
    file: Annotated[str, Form(max_length=LONGEST)] = "",
    key: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """The mandate goes on here, with who received it in charge."""
    sender = _hexadecimal(key)
    moved = unpacked(file, sender) if sender else _KEY
    if isinstance(moved, Refusal):
        return _form(request, now, keys, moved)
    mandate, number = moved.mandate, read_code(moved.mandate.number)
    if number is not None and store.find(transaction, number) is not None:
        return RedirectResponse(f"/mandats/{number}", 303)
    if (refusal := _why_not(moved, now, keys)) is not None:
        return _form(request, now, keys, refusal)
    ours = replace(mandate, mediator=member.id)
    row = store.add(
        transaction, ours, moved.given_to, moved.given_site, moved.agreed_on, moved.sealed, keys.fingerprint
    )
    row.mediator_name = member.name
    note(transaction, member, StaffAct.MANDATE_RECORDED, f"{row.number}/lieu", now.clock)
    return RedirectResponse(f"/mandats/{row.number}", 303)


def _leave(row: MandateRow, now: Now, keys: SiteKeys, other: bytes | None, agreed: bool) -> str | Refusal:
    if other is None:
        return _KEY
    if not agreed:
        return _AGREE
    again = row.ended == Ending.TRANSFERRED.value
    if again and row.moved_to != other.hex():
        return _ELSEWHERE
    mandate = store.mandate_of(row)
    gone = mandate if again else mandates.leave_site(mandate, now.moment)
    if isinstance(gone, Refusal):
        return gone
    person = opened(keys, row)
    if isinstance(person, Refusal):
        return person
    if not again:
        store.write(row, gone, now)
        row.moved_to = other.hex()
    sealed = sealing.seal(person, row.number, other)
    return packed(Moved(mandate, row.given_to, row.given_site, row.agreed_on, sealed), keys.signing)


def _why_not(moved: Moved, now: Now, keys: SiteKeys) -> Refusal | None:
    mandate = moved.mandate
    if now.doubt:
        return Refusal(DOUBT)
    if mandates.status(mandate, now.moment) is not Status.ACTIVE:
        return _OVER
    if text_of(mandate.template) is None:
        return _TEXT
    try:
        keys.open(moved.sealed, mandate.number)
    except NotThisMandate:
        return _NOT_HERE
    return None if read_code(mandate.number) and moved.agreed_on in AGREED_ON else _NOT_HERE


def _hexadecimal(key: str) -> bytes | None:
    text = re.sub(r"\s", "", key).lower()
    return bytes.fromhex(text) if re.fullmatch(r"[0-9a-f]{64}", text) else None


def _form(request: Request, now: Now, keys: SiteKeys, refusal: Refusal | None = None) -> HTMLResponse:
    return page(
        request,
        "mandates/receive.html",
        status=409 if refusal else 200,
        refused=refusal.why if refusal else "",
        seal=keys.seal_public.hex(),
        sign=keys.sign_public.hex(),
        longest=LONGEST,
        warnings=warnings(now),
    )
