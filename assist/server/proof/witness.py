# SPDX-License-Identifier: EUPL-1.2
"""The checkpoints that kiosks sign, kept and countersigned with the site's key: a kiosk cannot say later that it signed
another past, and whoever changes the database cannot sign in its place.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from nacl.signing import SigningKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.journal.checkpoints import Checkpoint, countersigned_bytes, holds
from assist.journal.serialise import time_text
from assist.server.mandates.keys import KeyFault, site_keys
from assist.server.proof.tables import KioskCheckpoint

_log = logging.getLogger("assist.server.proof")


def signing_key(keys: Path) -> SigningKey | None:
    """The site's key that signs; None, told in the log, when it cannot be used."""
    try:
        return site_keys(keys).signing
    except KeyFault as fault:
        _log.error("nothing is countersigned: %s", fault)
        return None


def witness(transaction: Session, checkpoints: Sequence[Checkpoint], key: SigningKey | None, now: datetime) -> int:
    """Keep these checkpoints of one journal, once each; how many its own key did not sign."""
    numbers = [checkpoint.number for checkpoint in checkpoints]
    known = select(KioskCheckpoint.number, KioskCheckpoint.signature).where(
        KioskCheckpoint.journal == checkpoints[0].journal, KioskCheckpoint.number.in_(numbers)
    )
    there = {(number, signature) for number, signature in transaction.execute(known)}
    strangers = 0
    for checkpoint in checkpoints:
        if (checkpoint.number, checkpoint.signature) in there:
            continue
        there.add((checkpoint.number, checkpoint.signature))
        row = _row(checkpoint, time_text(now))
        strangers += not row.sound
        if key is not None and row.sound:
            row.countersignature = key.sign(countersigned_bytes(checkpoint, row.came)).signature
        transaction.add(row)
    return strangers


def _row(checkpoint: Checkpoint, came: str) -> KioskCheckpoint:
    return KioskCheckpoint(
        journal=checkpoint.journal,
        number=checkpoint.number,
        seq=checkpoint.seq,
        hash=checkpoint.hash,
        boot=checkpoint.boot,
        time=checkpoint.time,
        kind=checkpoint.kind,
        signature=checkpoint.signature,
        sound=holds(checkpoint.key, checkpoint.signature, checkpoint.signed_bytes()),
        came=came,
    )


def last_witnessed(transaction: Session, journal: str) -> tuple[int, str]:
    """The number and the signature (hexadecimal) of the last checkpoint that is held; 0 and "" when none is."""
    row = transaction.execute(
        select(KioskCheckpoint.number, KioskCheckpoint.signature)
        .where(KioskCheckpoint.journal == journal)
        .order_by(KioskCheckpoint.id.desc())
        .limit(1)
    ).first()
    return (0, "") if row is None else (row.number, row.signature.hex())


def countersign_late(transaction: Session, keys: dict[str, bytes], key: SigningKey) -> int:
    """Countersign what came while the site's key could not be used; how many. ``keys``: journal -> its public key."""
    late = select(KioskCheckpoint).where(KioskCheckpoint.sound, KioskCheckpoint.countersignature.is_(None))
    rows = transaction.scalars(late).all()
    for row in rows:
        signed = key.sign(countersigned_bytes(checkpoint_in(row, keys[row.journal]), row.came))
        row.countersignature = signed.signature
    return len(rows)


def checkpoint_in(row: KioskCheckpoint, public_key: bytes) -> Checkpoint:
    """The checkpoint as its kiosk signed it."""
    place = (row.journal, public_key, row.number, row.seq, row.hash, row.boot, row.time, row.kind)
    return Checkpoint(*place, row.signature)
