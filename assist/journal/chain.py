# SPDX-License-Identifier: EUPL-1.2
"""The hash chain, pure: how a row is bound to the one before it, and where a chain no longer holds.

``commitment = SHA-256(salt ‖ payload)`` and ``hash = SHA-256(prev ‖ seq ‖ kiosk ‖ boot ‖ id ‖ session ‖ time ‖ type ‖
commitment)``. Salt and payload may be erased at the end of their retention without breaking the chain.
Fields are framed by their length, so that no two different rows have the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from struct import Struct
from typing import NamedTuple

SALT_BYTES = 16
_EVENT = b"pas-a-pas event 1"
_GENESIS = b"pas-a-pas journal 1"


class Link(NamedTuple):
    """One row of the journal, its texts as UTF-8 bytes: what is hashed is what is stored."""

    seq: int
    id: bytes
    kiosk: bytes
    boot: int
    session: bytes
    time: bytes
    type: bytes
    payload: bytes | None
    salt: bytes | None
    commitment: bytes
    prev: bytes
    hash: bytes


class Head(NamedTuple):
    """Where a chain stands: the number of its last row (0 when there is none) and that row's hash."""

    seq: int
    hash: bytes


class Break(StrEnum):
    """In what way a chain no longer holds."""

    ALTERED = "altered"
    MISSING = "missing"
    ERASED = "erased"
    """Payload gone although no signed retention record says so."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of walking along a chain: up to where it holds, and where it breaks."""

    head: Head
    count: int
    broken: Break | None = None
    first_bad: int | None = None


@cache
def _lengths(count: int) -> Struct:
    return Struct(f">{count}Q")


def framed(*fields: bytes) -> bytes:
    """The lengths of the fields (8 bytes each, big-endian), then the fields: read in one way only."""
    return _lengths(len(fields)).pack(*map(len, fields)) + b"".join(fields)


def number(value: int) -> bytes:
    """A 64-bit signed integer, big-endian."""
    return value.to_bytes(8, "big", signed=True)


def genesis(journal: bytes, public_key: bytes) -> Head:
    """The head of an empty journal: it binds the first row to the journal's identity and key."""
    return Head(0, sha256(framed(_GENESIS, journal, public_key)).digest())


def commitment_of(salt: bytes, payload: bytes) -> bytes:
    """Binds a payload without telling it. ``salt`` is always :data:`SALT_BYTES` long, hence no framing."""
    return sha256(salt + payload).digest()


def hash_of(link: Link) -> bytes:
    """The hash that a row must have, from its other fields."""
    seq, id_, kiosk, boot, session, time, type_, _, _, commitment, prev, _ = link
    return _hash(prev, seq, kiosk, boot, id_, session, time, type_, commitment)


def _hash(
    prev: bytes,
    seq: int,
    kiosk: bytes,
    boot: int,
    id_: bytes,
    session: bytes,
    time: bytes,
    type_: bytes,
    commitment: bytes,
) -> bytes:
    place = seq.to_bytes(8, "big", signed=True)
    opening = boot.to_bytes(8, "big", signed=True)
    return sha256(framed(_EVENT, prev, place, kiosk, opening, id_, session, time, type_, commitment)).digest()


def bind(head: Head, link: Link) -> Link:
    """The row as the next one after ``head``: numbered, and hashed."""
    _, id_, kiosk, boot, session, time, type_, payload, salt, commitment, _, _ = link
    seq, prev = head.seq + 1, head.hash
    hash_ = _hash(prev, seq, kiosk, boot, id_, session, time, type_, commitment)
    return Link(seq, id_, kiosk, boot, session, time, type_, payload, salt, commitment, prev, hash_)


def check(
    rows: Iterable[Link],
    start: Head,
    vouched: Mapping[int, bytes],
    erased_through: Mapping[bytes, int] | None = None,
) -> Checked:
    """Walk along ``rows`` (in the order of their numbers, the ones after ``start``) to the first bad one.

    Args:
        vouched: Row number -> hash, from checkpoints whose signature holds.
        erased_through: Event type -> last row of that type whose payload retention has erased.
    """
    erased = erased_through or {}
    before, head, count, sure = start, start, 0, start.seq
    for link, following in _pairs(rows):
        if link.seq != head.seq + 1:
            missing = link.seq > head.seq
            return Checked(head, count, Break.MISSING if missing else Break.ALTERED, min(head.seq + 1, link.seq))
        broken = _own_fault(link, erased)
        if broken is not None:
            return Checked(head, count, broken, link.seq)
        if link.prev != head.hash:
            culprit = _culprit(before, head, link, following, vouched)
            return Checked(before if culprit < link.seq else head, count, Break.ALTERED, culprit)
        witness = vouched.get(link.seq)
        if witness is not None:
            if witness != link.hash:
                only_this = following is not None and following.prev == witness
                return Checked(head, count, Break.ALTERED, link.seq if only_this else sure + 1)
            sure = link.seq
        before, head, count = head, Head(link.seq, link.hash), count + 1
    return Checked(head, count)


def _pairs(rows: Iterable[Link]) -> Iterator[tuple[Link, Link | None]]:
    """Each row with the one after it."""
    link: Link | None = None
    for following in rows:
        if link is not None:
            yield link, following
        link = following
    if link is not None:
        yield link, None


def _own_fault(link: Link, erased: Mapping[bytes, int]) -> Break | None:
    """What is wrong with a row by itself: its hash or its commitment does not fit, or its payload is gone."""
    if hash_of(link) != link.hash:
        return Break.ALTERED
    gone = erased.get(link.type, 0) >= link.seq
    if link.payload is None or link.salt is None:
        return None if gone and link.payload is None and link.salt is None else Break.ERASED
    if gone or len(link.salt) != SALT_BYTES or commitment_of(link.salt, link.payload) != link.commitment:
        return Break.ALTERED
    return None


def _culprit(before: Head, head: Head, link: Link, following: Link | None, vouched: Mapping[int, bytes]) -> int:
    """Which of two rows was altered and hashed anew, when they no longer fit together.

    Both are sound by themselves. The later one is believed when the row after it, or a signed checkpoint,
    confirms it; then the earlier one is the altered one. What a checkpoint confirms is never blamed.
    """
    if head.seq == before.seq or vouched.get(head.seq) == head.hash:
        return link.seq
    confirmed = vouched.get(link.seq) == link.hash or (following is not None and following.prev == link.hash)
    return head.seq if confirmed else link.seq
