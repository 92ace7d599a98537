# SPDX-License-Identifier: EUPL-1.2
"""The tables of mandates. Nothing in them names a person but ``sealed``, which only the site's key opens.

No session of a kiosk stands here: a mandate must not tell whose journal is whose.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assist.server.database import Table, Utc

ONLY = 1
"""The clock has one row."""


class MandateRow(Table):
    """One mandate (:class:`assist.desk.mandates.Mandate`), and who gave it, sealed."""

    __tablename__ = "mandate"

    number: Mapped[str] = mapped_column(String(8), primary_key=True)
    mediator: Mapped[str] = mapped_column(String(40), index=True)
    mediator_name: Mapped[str] = mapped_column(String(80))
    """First name, as on the badge, of who is in charge: printed on papers."""
    given_to: Mapped[str] = mapped_column(String(80))
    """The same, of who was in charge when it was given: the text that was agreed to names them."""
    given_site: Mapped[str] = mapped_column(String(120))
    """The site where it was given, which the text names too."""
    duration: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime] = mapped_column(Utc)
    ends_at: Mapped[datetime] = mapped_column(Utc)
    agreed_on: Mapped[str] = mapped_column(String(10))
    template: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    seal_key: Mapped[str] = mapped_column(String(16))
    signed_at: Mapped[datetime | None] = mapped_column(Utc)
    ended: Mapped[str | None] = mapped_column(String(12), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    moved_to: Mapped[str] = mapped_column(String(64))
    """The public key of the site that has it now, in hexadecimal; ""."""
    lived_at_end: Mapped[int | None] = mapped_column(BigInteger)
    """Seconds that the clock had lived when it ended: its retention counts from there."""
    renews: Mapped[str] = mapped_column(String(8))

    authorizations: Mapped[list[AuthorizationRow]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="AuthorizationRow.place"
    )


class AuthorizationRow(Table):
    """One domain of a mandate."""

    __tablename__ = "mandate_authorization"

    mandate: Mapped[str] = mapped_column(ForeignKey("mandate.number"), primary_key=True)
    domain: Mapped[str] = mapped_column(String(20), primary_key=True)
    place: Mapped[int]
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)


class UseRow(Table):
    """One act for the person, under her mandate."""

    __tablename__ = "mandate_use"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    mandate: Mapped[str] = mapped_column(ForeignKey("mandate.number"), index=True)
    domain: Mapped[str] = mapped_column(String(20))
    mediator: Mapped[str] = mapped_column(String(40))
    used_at: Mapped[datetime] = mapped_column(Utc)


class ClockRow(Table):
    """What is remembered of the server's clock (:mod:`assist.desk.mandate_clock`); no moment before the first look."""

    __tablename__ = "mandate_clock"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    highest: Mapped[datetime | None] = mapped_column(Utc)
    last: Mapped[datetime | None] = mapped_column(Utc)
    lived: Mapped[int] = mapped_column(BigInteger)
    """Seconds, as ``debt``."""
    debt: Mapped[int] = mapped_column(BigInteger)


class LeapRow(Table):
    """One leap of the clock, for a technician."""

    __tablename__ = "mandate_leap"

    id: Mapped[int] = mapped_column(primary_key=True)
    """In their order, which no clock tells."""
    kind: Mapped[str] = mapped_column(String(10))
    before: Mapped[datetime] = mapped_column(Utc)
    after: Mapped[datetime] = mapped_column(Utc)
    expired: Mapped[int]
    """How many mandates ended as this leap was seen."""
