# SPDX-License-Identifier: EUPL-1.2
"""A row of the journal as it travels, and as it is chained; and a checkpoint, as it is signed."""

from __future__ import annotations

from assist.journal.chain import SALT_BYTES, Link
from assist.journal.checkpoints import Checkpoint
from assist.link.codec import NotUnderstood
from assist.link.messages import Row, SignedCheckpoint

MOST = 500
"""Rows of one message."""
_LARGEST = 2**63 - 1


def row_of(link: Link) -> Row:
    """The row as it travels. A text that is not UTF-8 any more travels too: its hash says that it was altered."""
    seq, id_, kiosk, boot, session, time, type_, payload, salt, commitment, prev, hash_ = link
    return Row(
        seq,
        _text(id_),
        _text(kiosk),
        boot,
        _text(session),
        _text(time),
        _text(type_),
        None if payload is None else _text(payload),
        None if salt is None else salt.hex(),
        commitment.hex(),
        prev.hex(),
        hash_.hex(),
    )


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\0", "\ufffd")


def link_of(row: Row) -> Link:
    """The row as it is chained. Raises NotUnderstood for what no journal holds."""
    if not (0 < row.seq < _LARGEST and 0 <= row.boot < _LARGEST):
        raise NotUnderstood("rows: a number out of bounds")
    try:
        digests = [bytes.fromhex(text) for text in (row.commitment, row.prev, row.hash)]
        salt = None if row.salt is None else bytes.fromhex(row.salt)
    except ValueError:
        raise NotUnderstood("rows: not hexadecimal") from None
    if any(len(digest) != 32 for digest in digests) or len(salt or bytes(SALT_BYTES)) > SALT_BYTES:
        raise NotUnderstood("rows: a digest of another length")
    texts = (row.id, row.kiosk, row.session, row.time, row.type, row.payload or "")
    if any("\0" in text for text in texts):
        raise NotUnderstood("rows: a character that no database keeps")
    id_, kiosk, session, time, type_, payload = (text.encode() for text in texts)
    kept = None if row.payload is None else payload
    return Link(row.seq, id_, kiosk, row.boot, session, time, type_, kept, salt, *digests)


def signed_of(checkpoint: Checkpoint) -> SignedCheckpoint:
    """The checkpoint as it travels."""
    number, seq, boot = checkpoint.number, checkpoint.seq, checkpoint.boot
    digest, signature = checkpoint.hash.hex(), checkpoint.signature.hex()
    return SignedCheckpoint(number, seq, digest, boot, checkpoint.time, checkpoint.kind, signature)


def checkpoint_of(signed: SignedCheckpoint, journal: str, key: bytes) -> Checkpoint:
    """The checkpoint as this journal's key would have signed it. Raises NotUnderstood for what no journal holds."""
    numbers = (signed.number, signed.seq, signed.boot)
    if signed.number < 1 or any(not 0 <= number < _LARGEST for number in numbers):
        raise NotUnderstood("checkpoints: a number out of bounds")
    try:
        digest, signature = bytes.fromhex(signed.hash), bytes.fromhex(signed.signature)
    except ValueError:
        raise NotUnderstood("checkpoints: not hexadecimal") from None
    if len(digest) != 32 or len(signature) != 64 or len(signed.time) > 40 or len(signed.kind) > 20:
        raise NotUnderstood("checkpoints: of another length")
    if "\0" in signed.time + signed.kind:
        raise NotUnderstood("checkpoints: a character that no database keeps")
    return Checkpoint(journal, key, signed.number, signed.seq, digest, signed.boot, signed.time, signed.kind, signature)
