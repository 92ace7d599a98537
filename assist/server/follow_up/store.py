# SPDX-License-Identifier: EUPL-1.2
"""Papers in the database: noted when their kiosk tells them, found by their number, gone with their row."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.desk.follow_up import Written, written_data, written_of
from assist.desk.paper_seal import Copy, PaperKey, Unreadable, open_copy, seal, unseal
from assist.kept import Erased, Kept
from assist.server.erased import erase_rows
from assist.server.follow_up.tables import FollowUpRow, PaperRow
from assist.server.kiosks.tables import StoredEvent
from assist.session.declaration import TECHNICAL_JOURNAL_DAYS

_NAME = re.compile(r"[0-9a-f]{64}")


def note_paper(transaction: Session, session: str, event: str, payload: Mapping[str, Any]) -> None:
    """A kiosk tells that a paper was asked for. A duplicate has the number of the first."""
    name = payload.get("paper")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return
    row = transaction.get(PaperRow, name)
    if row is None:
        transaction.add(PaperRow(name=name, session=session, event=event))
    elif transaction.scalars(select(PaperRow.name).where(PaperRow.name == name, _copied())).first() is None:
        # Told first by a row that was set apart, which holds nothing that can be opened.
        row.session, row.event = session, event
    transaction.flush()


def find(transaction: Session, key: PaperKey) -> PaperRow | None:
    """The paper of this number, while its row in the journal is whole."""
    return transaction.scalars(select(PaperRow).where(PaperRow.name == key.name, _copied())).one_or_none()


def copy_of(transaction: Session, row: PaperRow, key: PaperKey) -> Copy | None:
    """What the paper says; None when it was made by a later version."""
    found = select(StoredEvent.payload).where(StoredEvent.session == row.session, StoredEvent.id == row.event)
    payload = transaction.scalars(found).first()
    sealed = json.loads(payload or "{}").get("sealed")
    try:
        return open_copy(key, sealed) if isinstance(sealed, str) else None
    except Unreadable:
        return None


def write(
    transaction: Session, row: PaperRow, key: PaperKey, written: Written, mediator: str, now: datetime
) -> FollowUpRow:
    """Keep what was done today."""
    new = FollowUpRow(id=str(uuid7()), paper=row.name, mediator=mediator, written_at=now)
    new.sealed = seal(key, written_data(written))
    transaction.add(new)
    transaction.flush()
    return new


def written(transaction: Session, row: PaperRow, key: PaperKey) -> Sequence[tuple[FollowUpRow, Written]]:
    """What was written each time that the paper came back, the oldest first."""
    rows = transaction.scalars(select(FollowUpRow).where(FollowUpRow.paper == row.name).order_by(FollowUpRow.id))
    return [(each, written_of(unseal(key, each.sealed))) for each in rows]


KEPT = Kept(
    name="Suivi par le numéro du papier",
    holds="une copie du papier et ce qui est noté à chaque retour, scellés avec le numéro qui n'est que sur le papier",
    why="reprendre une démarche quand la personne revient avec son papier",
    basis="mission d'intérêt public (RGPD, article 6.1.e) ; la personne donne elle-même son numéro",
    long=f"tant que la ligne du journal qui porte la copie est gardée ({TECHNICAL_JOURNAL_DAYS} jours vécus)",
    then="tout est effacé",
    who="le médiateur à qui la personne donne son papier ; sans lui, personne",
    tables=("paper", "follow_up"),
)


def erase(transaction: Session, now: datetime) -> Erased:
    """Erase the papers whose row in the journal is over, with all that was written of them. Safe to run again."""
    over = FollowUpRow.paper.in_(select(PaperRow.name).where(~_copied()))
    erased = erase_rows(transaction, FollowUpRow.written_at, over)
    papers = transaction.scalar(select(func.count()).select_from(PaperRow).where(~_copied())) or 0
    transaction.execute(delete(PaperRow).where(~_copied()))
    return erased + Erased(papers)


def _copied() -> Any:
    return exists().where(
        StoredEvent.session == PaperRow.session, StoredEvent.id == PaperRow.event, StoredEvent.payload.is_not(None)
    )
