# SPDX-License-Identifier: EUPL-1.2
"""Who did what, and about what, is erased after twelve months; for mandates, when they are gone too. The acts stay.

Age is counted in lived time, as for the journals of the kiosks (ADR 0023): never early, whatever the clock does.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from assist.journal.retention import last_over, lived, times_of
from assist.kept import Erased, Kept
from assist.server.acts import ActRow, StaffAct, erased_through, note
from assist.server.erased import told

DAYS = 365
MANDATE_DAYS = 6 * 365 + 2
"""Three years and three archived, counted from each act: the first acts of a long mandate go before it does."""


KEPT = Kept(
    name="Ce que l'équipe a fait",
    holds="le compte de l'agent, l'acte, l'heure, l'identifiant de ce qu'il concerne ; jamais le nom d'une "
    "personne aidée",
    why="savoir qui a ouvert, utilisé ou effacé quoi ; sécurité (RGPD, article 32)",
    basis="mission d'intérêt public, ou intérêt légitime de l'employeur (RGPD, article 6.1.e ou f)",
    long=f"{DAYS} jours vécus ; {MANDATE_DAYS} jours pour les actes sur un mandat",
    then="le compte et l'identifiant sont effacés ; restent l'acte, son heure et son empreinte",
    who="la direction, le technicien",
    tables=("act", "act_checkpoint"),
)


def retire_acts(transaction: Session, now: datetime) -> Erased:
    """Erase what is over. Safe to run again at any time."""
    rows = transaction.execute(select(ActRow.seq, ActRow.time).order_by(ActRow.seq)).all()
    clock = lived([*times_of([row.time for row in rows], now), now])
    seqs, ages = [row.seq for row in rows], [clock[-1] - at for at in clock[:-1]]
    before = erased_through(transaction)
    due = max(last_over(seqs, ages, DAYS), before.others), max(last_over(seqs, ages, MANDATE_DAYS), before.mandates)
    if due == (before.others, before.mandates):
        return Erased()
    erased = _erase(transaction, ~_OF_MANDATES, due[0]) + _erase(transaction, _OF_MANDATES, due[1])
    # The chain itself says up to where: an erasure that is not noted is found out.
    note(transaction, None, StaffAct.ACTS_ERASED, f"{due[0]}/{due[1]}", now)
    return erased


_OF_MANDATES: ColumnElement[bool] = ActRow.act.like("mandate%")


def _erase(transaction: Session, which: ColumnElement[bool], last: int) -> Erased:
    over = (which, ActRow.seq <= last, ActRow.member.is_not(None), ActRow.act != StaffAct.ACTS_ERASED.value)
    erased = told(transaction, ActRow.time, *over)
    transaction.execute(update(ActRow).where(*over).values(member=None, about=None, salt=None))
    return erased
