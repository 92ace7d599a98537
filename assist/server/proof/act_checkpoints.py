# SPDX-License-Identifier: EUPL-1.2
"""Where the chain of the acts stands, signed with the site's key when the server starts and once a day after that."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.journal.chain import Head, framed, number
from assist.journal.serialise import time_text
from assist.server.acts import START, verify_acts
from assist.server.database import Database
from assist.server.kiosks.tables import Journal
from assist.server.proof.tables import ActCheckpoint
from assist.server.proof.witness import countersign_late, signing_key

_SIGNED = b"pas-a-pas act checkpoint 1"
_log = logging.getLogger("assist.server.proof")


def signed_bytes(row: ActCheckpoint) -> bytes:
    """What the signature covers."""
    return framed(_SIGNED, number(row.number), number(row.seq), row.hash, row.time.encode())


def signed_by(row: ActCheckpoint, key: VerifyKey) -> bool:
    """Whether this checkpoint is what the site signed."""
    try:
        key.verify(signed_bytes(row), row.signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def sign_acts(database: Database, keys: Path, now: datetime) -> None:
    """Sign where the acts stand, if they go on from what was signed last. Safe to run again at any time."""
    key = signing_key(keys)
    if key is None:
        return
    with database.read() as transaction:
        last = _last(transaction)
        start = START if last is None or not signed_by(last, key.verify_key) else Head(last.seq, last.hash)
        checked = verify_acts(transaction, start)
    if checked.broken is not None:
        _log.error("the acts are not signed: row %s is not what was noted", checked.first_bad)
        return
    with database.begin() as transaction:
        last = _last(transaction)
        if checked.head.seq > (0 if last is None else last.seq):
            row = ActCheckpoint(number=1, seq=checked.head.seq, hash=checked.head.hash, time=time_text(now))
            row.number = 1 if last is None else last.number + 1
            row.signature = key.sign(signed_bytes(row)).signature
            transaction.add(row)
        journals = {row.id: row.public_key for row in transaction.scalars(select(Journal))}
        countersign_late(transaction, journals, key)


def _last(transaction: Session) -> ActCheckpoint | None:
    return transaction.scalars(select(ActCheckpoint).order_by(ActCheckpoint.number.desc()).limit(1)).first()
