# SPDX-License-Identifier: EUPL-1.2
"""Alerts that are over are erased six months later, and the mails that told of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, or_
from sqlalchemy.orm import Session

from assist.kept import Erased, Kept
from assist.server.alerts.tables import AlertRow, MailRow
from assist.server.erased import erase_rows
from assist.server.reports.retention import written_before
from assist.session.declaration import TECHNICAL_JOURNAL_DAYS

KEPT = Kept(
    name="Alertes",
    holds="ce qui n'allait pas (bornes, imprimantes, étapes, textes), depuis quand, qui de l'équipe l'a vu, et les "
    "messages qui l'ont dit",
    why="prévenir d'une panne, et savoir depuis quand elle dure",
    basis="mission d'intérêt public (RGPD, article 6.1.e)",
    long=f"{TECHNICAL_JOURNAL_DAYS} jours vécus après la fin de l'alerte",
    then="tout est effacé",
    who="la direction, le technicien, et les adresses de [mail] to",
    tables=("alert", "alert_mail"),
)


def erase_alerts(transaction: Session, now: datetime) -> Erased:
    """Erase what was kept long enough. Safe to run again at any time."""
    over = written_before(transaction, now, TECHNICAL_JOURNAL_DAYS)
    ended = AlertRow.ended_at.is_not(None) & (AlertRow.written_on < over)
    erased = erase_rows(transaction, AlertRow.ended_at, ended)
    used = exists().where(or_(AlertRow.began_mail == MailRow.id, AlertRow.ended_mail == MailRow.id))
    return erased + erase_rows(transaction, MailRow.made_at, MailRow.written_on < over, ~used)
