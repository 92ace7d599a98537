# SPDX-License-Identifier: EUPL-1.2
"""Rows of a kiosk's journal into the database, once each, in one transaction.

A row continues the journal held here, or it was held already, or it is set apart: nothing that a kiosk sends makes it
wait for ever. Rows set apart are chained among themselves, and tell of calls as well: somebody is standing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session, aliased

from assist.journal.chain import Head, Link, check, genesis
from assist.link.messages import Held
from assist.server.kiosks.projection import Source, project
from assist.server.kiosks.tables import Journal, SetApart, StoredEvent
from assist.server.reports.tables import last_lived
from assist.server.review.keeping import count

_MOST_HISTORIES = 8
FORKED = "Cette borne a deux histoires : la ligne {seq} continue autre chose que ce qui est déjà reçu."
ALTERED = "La ligne {seq} du journal de cette borne est abîmée."


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of rows. ``through``: up to where they are durable, in the journal or set apart."""

    kept: int
    through: int
    apart: str = ""
    """Why rows were set apart, in French; "" when none was."""
    calls_changed: bool = False


def journal_of(transaction: Session, id_: str, public_key: bytes, kiosk: str, now: datetime) -> Journal:
    """The journal as it is held here, begun when it is new."""
    journal = transaction.get(Journal, id_)
    if journal is None:
        start = genesis(id_.encode(), public_key)
        journal = Journal(id=id_, kiosk=kiosk, public_key=public_key, began_at=now, kept=0, head=start.hash)
        transaction.add(journal)
        transaction.flush()
    return journal


def held(transaction: Session, journal: Journal) -> tuple[Held, ...]:
    """Where the histories end that are held of this journal: its own, then those set apart, newest first."""
    after = aliased(SetApart)
    followed = exists().where(after.journal == journal.id, after.seq == SetApart.seq + 1, after.prev == SetApart.hash)
    ends = select(SetApart.seq, SetApart.hash).where(SetApart.journal == journal.id, ~followed)
    newest = transaction.execute(ends.order_by(SetApart.number.desc()).limit(_MOST_HISTORIES))
    return (Held(journal.kept, journal.head.hex()), *(Held(seq, hash_.hex()) for seq, hash_ in newest))


def ingest(transaction: Session, source: Source, links: Sequence[Link], now: datetime) -> Ingested:
    """Keep these rows, the ones of ``source.journal`` that follow each other without a gap."""
    journal = transaction.get_one(Journal, source.journal, with_for_update=True, populate_existing=True)
    if any(after.seq != before.seq + 1 for before, after in pairwise(links)):
        return Ingested(journal.kept, journal.kept)
    fresh = _not_held(transaction, journal, links)
    if not fresh:
        return Ingested(journal.kept, links[-1].seq if links else journal.kept)
    first = fresh[0]
    if first.seq > journal.kept + 1 and not _follows_what_is_apart(transaction, journal, first):
        return Ingested(journal.kept, journal.kept)
    sound = _sound(journal, fresh) if first.seq == journal.kept + 1 else ()
    journal.last_day = last_lived(transaction)
    _keep(transaction, journal, sound, now)
    apart = fresh[len(sound) :]
    why = _why(apart) if apart else ""
    new = _set_apart(transaction, journal, apart, why, now)
    changed = project(transaction, source, [*sound, *new], now)
    count(transaction, journal)
    return Ingested(journal.kept, fresh[-1].seq, why, changed)


def _not_held(transaction: Session, journal: Journal, links: Sequence[Link]) -> Sequence[Link]:
    """The rows without those at their beginning that the journal has already."""
    if not links or links[0].seq > journal.kept:
        return links
    known = select(StoredEvent.seq, StoredEvent.hash).where(
        StoredEvent.journal == journal.id, StoredEvent.seq.between(links[0].seq, links[-1].seq)
    )
    hashes = {row.seq: row.hash for row in transaction.execute(known)}
    at = next((n for n, link in enumerate(links) if hashes.get(link.seq) != link.hash), len(links))
    return links[at:]


def _follows_what_is_apart(transaction: Session, journal: Journal, link: Link) -> bool:
    before = select(SetApart.number).where(
        SetApart.journal == journal.id, SetApart.seq == link.seq - 1, SetApart.hash == link.prev
    )
    return transaction.scalars(before).first() is not None


def _sound(journal: Journal, links: Sequence[Link]) -> Sequence[Link]:
    """The rows that continue the journal, up to the first that does not.

    A payload that its kiosk has erased is no fault here: the chain holds without it.
    """
    erased = {link.type: link.seq for link in links if link.payload is None and link.salt is None}
    checked = check(links, Head(journal.kept, journal.head), {}, erased)
    return [link for link in links if link.seq <= checked.head.seq]


def _why(apart: Sequence[Link]) -> str:
    """The first row set apart is damaged by itself, or sound, of another history."""
    first = apart[0]
    erased = {first.type: first.seq} if first.payload is None and first.salt is None else {}
    alone = check([first], Head(first.seq - 1, first.prev), {}, erased)
    return (FORKED if alone.broken is None else ALTERED).format(seq=first.seq)


def _keep(transaction: Session, journal: Journal, links: Sequence[Link], now: datetime) -> None:
    if links:
        transaction.execute(insert(StoredEvent), [_values(journal, link, now) for link in links])
        journal.kept, journal.head = links[-1].seq, links[-1].hash


def _set_apart(
    transaction: Session, journal: Journal, links: Sequence[Link], why: str, now: datetime
) -> Sequence[Link]:
    """Keep these rows aside; those that were not there yet."""
    if not links:
        return ()
    known = select(SetApart.seq, SetApart.hash).where(
        SetApart.journal == journal.id, SetApart.seq.between(links[0].seq, links[-1].seq)
    )
    there = {(seq, hash_) for seq, hash_ in transaction.execute(known)}
    new = [link for link in links if (link.seq, link.hash) not in there]
    if new:
        transaction.execute(insert(SetApart), [_values(journal, link, now) | {"why": why} for link in new])
    return new


def _values(journal: Journal, link: Link, now: datetime) -> dict[str, object]:
    seq, id_, kiosk, boot, session, time, type_, payload, salt, commitment, prev, hash_ = link
    return {
        "journal": journal.id,
        "seq": seq,
        "id": id_.decode(),
        "kiosk": kiosk.decode(),
        "boot": boot,
        "session": session.decode(),
        "time": time.decode(),
        "type": type_.decode(),
        "payload": None if payload is None else payload.decode(),
        "salt": salt,
        "commitment": commitment,
        "prev": prev,
        "hash": hash_,
        "came_at": now,
    }
