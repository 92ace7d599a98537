# SPDX-License-Identifier: EUPL-1.2
"""Is what the server keeps what was written? Each journal and the acts, row by row, against what was signed.

Rows are read some at a time, in a reading of its own each time: memory stays the same for any length, and nobody waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from assist.journal.chain import Break, Checked, Head, Link, check, genesis
from assist.journal.checkpoints import countersigned_bytes, holds
from assist.server.acts import verify_acts
from assist.server.database import Database
from assist.server.kiosks.tables import Journal, SetApart, StoredEvent
from assist.server.proof.act_checkpoints import signed_by
from assist.server.proof.tables import ActCheckpoint, KioskCheckpoint
from assist.server.proof.witness import checkpoint_in

AT_ONCE = 2000
Tell = Callable[[int], None]
"""Called with how many rows were just checked."""

_BROKEN = {
    Break.ALTERED: "La ligne {} a été modifiée.",
    Break.MISSING: "La ligne {} manque.",
    Break.ERASED: "Le contenu de la ligne {} a été effacé hors délai.",
}
_CUT = "La fin a été coupée : la ligne {} manque."
_UNSIGNED = "Le point de contrôle n° {} n'est pas signé par la clé de cette borne."
_FORGED = "Le point de contrôle n° {} a été modifié après son arrivée."
_LOST = "Le point de contrôle n° {} manque."
_OTHER = "Le point de contrôle n° {} dit autre chose que la ligne {}."


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one chain. ``wrong`` is a French sentence, "" when it is intact."""

    name: str
    """The kiosk; "" for the acts."""
    journal: str
    rows: int
    checkpoints: int
    wrong: str = ""
    first_bad: int | None = None


@dataclass(frozen=True, slots=True)
class _Signed:
    """The checkpoints of one journal: what they vouch for, and the first that is wrong."""

    vouched: Mapping[int, bytes]
    count: int
    wrong: str = ""
    seq: int | None = None


def verify_journal(database: Database, id_: str, key: VerifyKey, tell: Tell) -> Found:
    """The whole journal ``id_`` as far as it is held now, and its checkpoints."""
    with database.read() as transaction:
        journal = transaction.get_one(Journal, id_)
        end = Head(journal.kept, journal.head)
        signed = _signed(transaction, journal, key)
        erased = erased_rows(transaction, id_)
    start = genesis(id_.encode(), journal.public_key)
    checked = check(links_of(database, id_, end.seq, tell), start, signed.vouched, erased)
    if checked.broken is not None:
        with database.read() as transaction:
            again = erased_rows(transaction, id_)
        if again != erased:  # A retention ended meanwhile.
            checked = check(links_of(database, id_, end.seq), start, signed.vouched, again)
    wrong, first = _said(checked, end, signed)
    return Found(journal.kiosk, id_, checked.count, signed.count, wrong, first)


def _said(checked: Checked, end: Head, signed: _Signed) -> tuple[str, int | None]:
    """A bad row before all, then rows that are gone, then what was signed."""
    if checked.broken is not None and checked.first_bad is not None:
        return _BROKEN[checked.broken].format(checked.first_bad), checked.first_bad
    last = max([end.seq, *signed.vouched])
    if checked.head.seq < last:
        return _CUT.format(checked.head.seq + 1), checked.head.seq + 1
    if checked.head.hash != end.hash:
        return _BROKEN[Break.ALTERED].format(checked.head.seq), checked.head.seq
    return signed.wrong, signed.seq


def links_of(
    database: Database, journal: str, through: int, tell: Tell = lambda count: None, after: int | None = None
) -> Iterator[Link]:
    """The rows of a journal through one, from its beginning or ``after`` another, as they were written."""
    row = StoredEvent
    fields = (row.seq, row.id, row.kiosk, row.boot, row.session, row.time, row.type, row.payload, row.salt)
    some = (
        select(*fields, row.commitment, row.prev, row.hash)
        .where(row.journal == journal, row.seq <= through)
        .order_by(row.seq)
        .limit(AT_ONCE)
    )
    while True:
        with database.read() as transaction:
            rows = transaction.execute(some if after is None else some.where(row.seq > after)).all()
        for seq, id_, kiosk, boot, session, time, type_, payload, salt, commitment, prev, hash_ in rows:
            texts = (id_.encode(), kiosk.encode(), boot, session.encode(), time.encode(), type_.encode())
            kept = None if payload is None else payload.encode()
            yield Link(seq, *texts, kept, salt, commitment, prev, hash_)
        tell(len(rows))
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].seq


def erased_rows(transaction: Session, journal: str) -> dict[bytes, int]:
    """Up to which row of each type payloads are gone: those before it are gone too, or one was put back."""
    gone = select(StoredEvent.type, func.max(StoredEvent.seq)).where(
        StoredEvent.journal == journal, StoredEvent.payload.is_(None)
    )
    return {type_.encode(): seq for type_, seq in transaction.execute(gone.group_by(StoredEvent.type))}


def _signed(transaction: Session, journal: Journal, key: VerifyKey) -> _Signed:
    mine = select(KioskCheckpoint).where(KioskCheckpoint.journal == journal.id)
    of_another = exists().where(
        SetApart.journal == journal.id, SetApart.seq == KioskCheckpoint.seq, SetApart.hash == KioskCheckpoint.hash
    )
    apart = set(
        transaction.scalars(select(KioskCheckpoint.id).where(KioskCheckpoint.journal == journal.id, of_another))
    )
    vouched: dict[int, bytes] = {}
    count, last, faults = 0, 0, list[tuple[int, str]]()
    rows = transaction.scalars(mine.order_by(KioskCheckpoint.number, KioskCheckpoint.id))
    for row in rows.yield_per(AT_ONCE):
        count += 1
        if row.number > last + 1:
            faults.append((row.seq, _LOST.format(last + 1)))
        last = row.number
        if fault := _fault(row, journal.public_key, key):
            faults.append((row.seq, fault))
        elif row.id not in apart and row.seq and vouched.setdefault(row.seq, row.hash) != row.hash:
            faults.append((row.seq, _OTHER.format(row.number, row.seq)))
    seq, wrong = min(faults, default=(None, ""), key=lambda fault: fault[0] or 0)
    return _Signed(vouched, count, wrong, seq)


def _fault(row: KioskCheckpoint, public_key: bytes, key: VerifyKey) -> str:
    checkpoint = checkpoint_in(row, public_key)
    if not holds(public_key, checkpoint.signature, checkpoint.signed_bytes()):
        return (_FORGED if row.sound else _UNSIGNED).format(row.number)
    if row.countersignature is None:
        return ""
    try:
        key.verify(countersigned_bytes(checkpoint, row.came), row.countersignature)
    except (BadSignatureError, ValueError):
        return _FORGED.format(row.number)
    return ""


def verify_all_acts(database: Database, key: VerifyKey, tell: Tell) -> Found:
    """The whole chain of the acts, and its checkpoints."""
    with database.read() as transaction:
        rows = transaction.scalars(select(ActCheckpoint).order_by(ActCheckpoint.number)).all()
        good = [row for place, row in enumerate(rows, 1) if row.number == place and signed_by(row, key)]
        vouched = {row.seq: row.hash for row in good}
        checked = verify_acts(transaction, vouched=vouched)
    tell(checked.count)
    bad = [row for row in rows if row not in good]
    signed = _Signed(vouched, len(rows), _FORGED.format(bad[0].number) if bad else "", bad[0].seq if bad else None)
    wrong, first = _said(checked, Head(0, checked.head.hash), signed)
    return Found("", "", checked.count, len(rows), wrong, first)
