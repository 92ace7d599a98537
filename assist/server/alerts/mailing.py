# SPDX-License-Identifier: EUPL-1.2
"""Alerts into mails, and mails on their way: one at a time, one in so many minutes, tried again for a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.server.alerts.smtp import Sent, message, send
from assist.server.alerts.tables import AlertRow, MailRow
from assist.server.alerts.words import Told, told
from assist.server.database import Database
from assist.server.reports.tables import last_lived
from assist.server.site import Mail
from content.model import Catalogue

DAY = timedelta(days=1)
"""After that a mail is given up, and an end is no news."""
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=1)
"""Pauses between two attempts: doubled each time."""
_LONGEST_FAULT = 300
_MOST = 20
"""Alerts told in one mail: more are counted."""
_END = "Ce message vient du serveur de Pas à pas. Pour en savoir plus : sa page « Alertes ». Ne répondez pas ici."


def is_due(transaction: Session, mail: Mail, now: datetime) -> bool:
    """Whether a mail is to be made: something is not told yet, none is on its way, and the last one is not too near.

    So when the mail server comes back, one mail tells what was to be told then, and later one the rest.
    """
    last = last_mail(transaction, now)
    if last is not None and (_on_its_way(last) or timedelta() <= now - last.made_at < _pause(mail)):
        return False
    return any(_untold(transaction, now))


def gather(transaction: Session, site: str, procedures: Catalogue, now: datetime) -> None:
    """Make one mail of all that is not told yet."""
    begun, over = _untold(transaction, now)
    subject, body = written(
        site, [_told(row, procedures, now) for row in begun], [_told(row, procedures, now) for row in over]
    )
    day = last_lived(transaction)
    made = MailRow(id=str(uuid7()), made_at=now, written_on=day, subject=subject, body=body, next_at=now)
    transaction.add(made)
    transaction.flush()
    for row in (*begun, *over):
        row.began_mail = row.began_mail or made.id
        row.ended_mail = made.id if row.ended_at else None


def written(site: str, begun: Sequence[Told], over: Sequence[Told]) -> tuple[str, str]:
    """The subject and the text of a mail."""
    lines = ["Bonjour,", ""]
    subject = ""
    if begun:
        subject = f"{len(begun)} alertes" if len(begun) > 1 else f"alerte, {begun[0].title}"
        lines.append(f"{_many(len(begun), 'alerte')} à « {site} ».")
        for one in begun[:_MOST]:
            lines += ["", f"{one.title} (depuis : {one.since})", one.sentence, f"À faire : {one.todo}"]
        lines += _more(begun)
    if over:
        ends = f"{len(over)} alertes terminées" if len(over) > 1 else f"alerte terminée, {over[0].title}"
        subject = f"{subject} ; {ends}" if subject else ends
        lines += ["", "C'est terminé :"] if begun else [f"À « {site} », c'est terminé :"]
        lines += [f"- {one.title} (a duré {one.lasted})" for one in over[:_MOST]]
        lines += _more(over)
    return f"Pas à pas, {site} : {subject}"[:200], "\n".join([*lines, "", _END, ""])


def deliver(database: Database, mail: Mail, now: datetime) -> bool:
    """Try the mail that is on its way, if it is time; whether it was sent."""
    with database.read() as transaction:
        row = transaction.scalars(_pending()).first()
    if row is None or timedelta() < row.next_at - now <= _LONGEST:  # Later than that, the clock was set back.
        return False
    late = now - row.made_at >= DAY
    sent = Sent() if late else send(mail, message(mail, row.id, row.subject, row.body, row.made_at))
    with database.begin() as transaction:
        row = transaction.get_one(MailRow, row.id)
        row.attempts += 1
        row.made_at = min(row.made_at, now)  # The clock was set back: its day begins again.
        if late:
            row.given_up_at = now
            _forget(transaction, row)
        elif sent.fault:
            row.fault = sent.fault[:_LONGEST_FAULT]
            row.next_at = now + min(_LONGEST, _FIRST * 2 ** min(row.attempts - 1, 10))
        else:
            row.sent_at, row.fault = now, sent.refused[:_LONGEST_FAULT]
        return row.sent_at is not None


def last_mail(transaction: Session, now: datetime) -> MailRow | None:
    """The last one that was made; not one of a clock that was ahead."""
    rows = select(MailRow).where(MailRow.made_at <= now).order_by(MailRow.made_at.desc())
    return transaction.scalars(rows.limit(1)).first()


def _forget(transaction: Session, given_up: MailRow) -> None:
    """Nobody was told: what still holds is to be told again."""
    for column in (AlertRow.began_mail, AlertRow.ended_mail):
        transaction.execute(update(AlertRow).where(column == given_up.id).values({column: None}))


def _told(row: AlertRow, procedures: Catalogue, now: datetime) -> Told:
    return told(row, procedures, {}, now, by_mail=True)


def _pending() -> Select[MailRow]:
    return select(MailRow).where(MailRow.sent_at.is_(None), MailRow.given_up_at.is_(None)).order_by(MailRow.made_at)


def _on_its_way(row: MailRow) -> bool:
    return row.sent_at is None and row.given_up_at is None


def _pause(mail: Mail) -> timedelta:
    return timedelta(minutes=mail.pause_minutes)


def _untold(transaction: Session, now: datetime) -> tuple[Sequence[AlertRow], Sequence[AlertRow]]:
    """What holds, and what is over since a day at most; not the end of what is older and nobody was told."""
    young = AlertRow.began_at > now - DAY
    begun = select(AlertRow).where(AlertRow.ended_at.is_(None), AlertRow.began_mail.is_(None))
    over = select(AlertRow).where(
        AlertRow.ended_at > now - DAY, AlertRow.ended_mail.is_(None), AlertRow.began_mail.is_not(None) | young
    )
    order = AlertRow.began_at, AlertRow.id
    return (transaction.scalars(begun.order_by(*order)).all(), transaction.scalars(over.order_by(*order)).all())


def _many(count: int, what: str) -> str:
    return f"{count} {what}s ont commencé" if count > 1 else f"Une {what} a commencé"


def _more(some: Sequence[Told]) -> list[str]:
    return ["", f"Et {len(some) - _MOST} autres : voyez la page « Alertes »."] if len(some) > _MOST else []
