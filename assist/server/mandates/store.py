# SPDX-License-Identifier: EUPL-1.2
"""Mandates in the database. Each function works within the transaction it is given: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils import uuid7

from assist.desk import mandates
from assist.desk.mandates import Authorization, Domain, Duration, Ending, Mandate, Refusal
from assist.server.mandates.clockwork import Now
from assist.server.mandates.tables import AuthorizationRow, MandateRow, UseRow
from assist.server.staff_member import StaffMember

MOST = 500
"""Mandates on one page."""


def find(transaction: Session, number: str, *, lock: bool = False) -> MandateRow | None:
    """The mandate with this number. With ``lock`` nobody else changes it before the transaction ends."""
    return transaction.get(MandateRow, number, with_for_update=lock, populate_existing=lock)


def going_on(transaction: Session) -> Sequence[MandateRow]:
    """Those that are not over, the first to end first."""
    return transaction.scalars(
        select(MandateRow).where(MandateRow.ended.is_(None)).order_by(MandateRow.ends_at).limit(MOST)
    ).all()


def over(transaction: Session) -> Sequence[MandateRow]:
    """Those that are over, the last first."""
    return transaction.scalars(
        select(MandateRow).where(MandateRow.ended.is_not(None)).order_by(MandateRow.ended_at.desc()).limit(MOST)
    ).all()


def every_sealed(transaction: Session) -> Iterator[tuple[str, bytes]]:
    """(number, sealed identity) of all of them, the youngest first."""
    found = select(MandateRow.number, MandateRow.sealed).order_by(MandateRow.given_at.desc())
    yield from transaction.execute(found.execution_options(yield_per=200))


def uses(transaction: Session, number: str) -> Sequence[UseRow]:
    """What was done under it, the last first."""
    return transaction.scalars(
        select(UseRow).where(UseRow.mandate == number).order_by(UseRow.used_at.desc(), UseRow.id.desc())
    ).all()


def mandate_of(row: MandateRow) -> Mandate:
    """What the row says."""
    return Mandate(
        number=row.number,
        mediator=row.mediator,
        authorizations=tuple(Authorization(Domain(a.domain), a.revoked_at) for a in row.authorizations),
        duration=Duration(row.duration),
        given_at=row.given_at,
        ends_at=row.ends_at,
        template=row.template,
        signed_at=row.signed_at,
        ended=Ending(row.ended) if row.ended else None,
        ended_at=row.ended_at,
        renews=row.renews,
    )


def add(
    transaction: Session, mandate: Mandate, given_to: str, given_site: str, agreed_on: str, sealed: bytes, seal_key: str
) -> MandateRow:
    """A mandate as it was given to ``given_to`` at ``given_site``, with its domains and its sealed identity."""
    row = MandateRow(
        number=mandate.number,
        mediator=mandate.mediator,
        mediator_name=given_to,
        given_to=given_to,
        given_site=given_site,
        duration=mandate.duration.value,
        given_at=mandate.given_at,
        ends_at=mandate.ends_at,
        agreed_on=agreed_on,
        template=mandate.template,
        sealed=sealed,
        seal_key=seal_key,
        signed_at=mandate.signed_at,
        moved_to="",
        renews=mandate.renews,
        authorizations=[
            AuthorizationRow(domain=a.domain.value, place=place) for place, a in enumerate(mandate.authorizations)
        ],
    )
    transaction.add(row)
    transaction.flush()
    return row


def write(row: MandateRow, mandate: Mandate, now: Now) -> None:
    """What became of it. An ending is written once."""
    row.mediator, row.signed_at = mandate.mediator, mandate.signed_at
    revoked = {a.domain.value: a.revoked_at for a in mandate.authorizations}
    for authorization in row.authorizations:
        authorization.revoked_at = revoked[authorization.domain]
    if row.ended is None and mandate.ended is not None:
        row.ended, row.ended_at, row.lived_at_end = mandate.ended.value, mandate.ended_at, now.lived


def use(transaction: Session, row: MandateRow, domain: Domain, member: StaffMember, now: Now) -> Refusal | None:
    """Write that ``member`` acts for the person in ``domain``; or why it may not be."""
    refusal = mandates.use(mandate_of(row), domain, member.id, now.moment)
    if refusal is None:
        transaction.add(
            UseRow(id=str(uuid7()), mandate=row.number, domain=domain.value, mediator=member.id, used_at=now.moment)
        )
    return refusal
