# SPDX-License-Identifier: EUPL-1.2
"""The page of alerts: what holds, what is over, how the machines are, and whether mails go out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.server.acts import StaffAct, note
from assist.server.alerts import keeping, mailing
from assist.server.alerts.machines import machines
from assist.server.alerts.smtp import message, send
from assist.server.alerts.tables import AlertRow, MailRow
from assist.server.alerts.words import since_words, told
from assist.server.desk.catalogue import catalogue_of
from assist.server.pages import page
from assist.server.parts import Moment, Reading, TheHub, Transaction
from assist.server.review.availability import expected_words
from assist.server.site import Mail
from assist.server.staff.tables import Account
from assist.server.staff_member import Role, StaffMember, allowed

router = APIRouter(prefix="/alertes", tags=["alerts"])

Watcher = Annotated[StaffMember, Depends(allowed(Role.MANAGER, Role.TECHNICIAN))]
"""Who looks after the machines and the site."""
_LATELY = timedelta(days=30)
_MOST = 50
_NO_MAIL = (
    "Les alertes ne partent pas par courriel : aucun serveur de messagerie n'est réglé. Le technicien le règle dans "
    "kiosk.toml, sous [mail]."
)
_TRIED = (
    "Pas à pas : message d'essai",
    "Bonjour,\n\nCe message d'essai est bien arrivé : les alertes de « {site} » arriveront ici aussi.\n",
)


@router.get("", response_class=HTMLResponse)
def alerts_page(request: Request, member: Watcher, transaction: Reading, hub: TheHub, now: Moment) -> HTMLResponse:
    """Everything."""
    return page(request, "alerts/alerts.html", **_known(request, transaction, hub.connected(), now))


@router.post("/{alert}/vu")
def mark_seen(request: Request, member: Watcher, alert: str, transaction: Transaction, now: Moment) -> Response:
    """Somebody knows of it. It goes on until what is wrong is mended."""
    row = transaction.get(AlertRow, alert, with_for_update=True)
    if row is None:
        raise HTTPException(404, "Cette alerte n'existe pas, ou n'est plus gardée ici.")
    if row.seen_at is None:
        row.seen_at, row.seen_by = now, member.id
        transaction.flush()
        request.app.state.alerts.count(transaction)
        note(transaction, member, StaffAct.ALERT_SEEN, row.id, now)
    return RedirectResponse("/alertes", 303)


@router.post("/essai", response_class=HTMLResponse)
def try_mail(request: Request, member: Watcher, hub: TheHub, now: Moment) -> HTMLResponse:
    """Send a mail now, and say what became of it."""
    site, database = request.app.state.site, request.app.state.database
    mail: Mail | None = site.mail
    fault, gone = _NO_MAIL, ""
    if mail is not None:
        subject, body = _TRIED
        sent = send(mail, message(mail, str(uuid7()), subject, body.format(site=site.name), now))
        fault = sent.fault
        gone = "" if fault else sent.refused or f"Le message d'essai est parti à {', '.join(mail.to)}."
    with database.begin() as transaction:
        note(transaction, member, StaffAct.MAIL_TRIED, "", now)
    with database.read() as transaction:
        known = _known(request, transaction, hub.connected(), now)
    return page(request, "alerts/alerts.html", status=409 if fault else 200, fault=fault, sent=gone, **known)


def _known(request: Request, transaction: Session, connected: frozenset[str], now: datetime) -> dict[str, Any]:
    procedures = catalogue_of(request.app.state.site)
    rows, over = keeping.under_way(transaction), keeping.ended(transaction, now - _LATELY)
    accounts = select(Account.id, Account.name).where(Account.id.in_({row.seen_by for row in rows if row.seen_by}))
    names = {row.id: row.name for row in transaction.execute(accounts)}
    return {
        "alerts": [told(row, procedures, names, now) for row in rows],
        "over": [told(row, procedures, {}, now) for row in over[:_MOST]],
        "machines": machines(transaction, connected, now),
        "expected": expected_words(transaction),
        "mail": request.app.state.site.mail,
        "mail_words": _mail_words(request.app.state.site.mail, mailing.last_mail(transaction, now), now),
    }


def _mail_words(mail: Mail | None, last: MailRow | None, now: datetime) -> str:
    """What became of the last mail."""
    if mail is None:
        return _NO_MAIL
    if last is None:
        return "Aucune alerte n'a encore été envoyée."
    if last.sent_at is not None:
        return f"Le dernier message est parti : {since_words(last.sent_at, now)}. {last.fault}".strip()
    made = f"Un message ({since_words(last.made_at, now)})"
    if last.given_up_at is not None:
        return f"{made} n'a pas pu partir en un jour : il est abandonné. {last.fault}".strip()
    return f"{made} n'est pas encore parti. Le serveur essaiera encore. {last.fault}".strip()
