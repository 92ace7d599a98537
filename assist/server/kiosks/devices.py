# SPDX-License-Identifier: EUPL-1.2
"""Which kiosks may connect. A key is shown once, when it is made: only its digest is kept here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.link.device_key import digest_of, key_file, new_key, read_key, write_key
from assist.server.acts import StaffAct, note
from assist.server.kiosks.tables import Device


def add(transaction: Session, name: str, now: datetime) -> str:
    """Let the kiosk ``name`` connect; its key. One that it had before no longer opens anything."""
    revoke(transaction, name, now)
    key = new_key()
    _enrol(transaction, name, key, now)
    return key


def revoke(transaction: Session, name: str, now: datetime) -> bool:
    """Let this kiosk connect no more; False when none of this name may."""
    gone = transaction.scalar(_in_use(name).values(revoked_at=now).returning(Device.id))
    if gone is not None:
        note(transaction, None, StaffAct.KIOSK_REMOVED, gone, now)
    return gone is not None


def _in_use(name: str) -> Update:
    return update(Device).where(Device.name == name, Device.revoked_at.is_(None))


def listed(transaction: Session) -> Sequence[Device]:
    """Every kiosk that may connect or might once, by name."""
    return transaction.scalars(select(Device).order_by(Device.name, Device.added_at)).all()


def of_key(transaction: Session, key: str) -> Device | None:
    """The kiosk that holds this key, if it may connect."""
    device = _with(transaction, key)
    return None if device is None or device.revoked_at is not None else device


def seen(transaction: Session, name: str, version: str, now: datetime) -> None:
    """This kiosk, of this version, has connected."""
    transaction.execute(_in_use(name).values(seen_at=now, version=version[:40]))


def doubled(transaction: Session, name: str, now: datetime) -> None:
    """Two kiosks take turns under this name."""
    transaction.execute(_in_use(name).values(doubled=Device.doubled + 1, doubled_at=now))


def gone(transaction: Session, names: Iterable[str]) -> frozenset[str]:
    """Which of these may not connect any more."""
    named = frozenset(names)
    still = select(Device.name).where(Device.name.in_(named), Device.revoked_at.is_(None))
    return named - set(transaction.scalars(still)) if named else named


def pair_own(transaction: Session, keys: Path, name: str, now: datetime) -> bool:
    """Let the kiosk of this machine connect by itself, through the folder that it shares with the server.

    False when it may not: its key was revoked, or another machine holds this name. Raises OSError for the folder.
    """
    file = key_file(keys, name)
    key = read_key(file)
    if key and (device := _with(transaction, key)) is not None:
        return device.revoked_at is None
    if transaction.scalars(select(Device.id).where(Device.name == name, Device.revoked_at.is_(None))).first():
        return False
    if not key:
        key = new_key()
        write_key(file, key)
    _enrol(transaction, name, key, now)
    return True


def _with(transaction: Session, key: str) -> Device | None:
    return transaction.scalars(select(Device).where(Device.key_digest == digest_of(key))).one_or_none()


def _enrol(transaction: Session, name: str, key: str, now: datetime) -> None:
    device = Device(id=str(uuid7()), name=name, key_digest=digest_of(key), added_at=now)
    transaction.add(device)
    transaction.flush()
    note(transaction, None, StaffAct.KIOSK_ADDED, device.id, now)
