# SPDX-License-Identifier: EUPL-1.2
"""What the server keeps of its kiosks: their keys, their journals row by row, and rows that do not continue them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from assist.kept import Kept
from assist.server.database import Table, Utc

_IN_USE = text("revoked_at IS NULL")


DEVICES = Kept(
    name="Bornes du lieu",
    holds="le nom de la borne, l'empreinte de sa clé, sa version, quand elle a été vue",
    why="n'accepter que les bornes du lieu",
    basis="sans donnée d'une personne",
    long="tant que le lieu s'en sert : aucune durée n'est dans le programme",
    then="une borne retirée ne se relie plus",
    who="la direction, le technicien",
    tables=("device",),
    personal=False,
)


class Device(Table):
    """A kiosk that may connect. Its key is kept as a digest only: 256 random bits need no slower one."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column()
    """The ``[site] kiosk`` of its settings."""
    key_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    added_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)
    seen_at: Mapped[datetime | None] = mapped_column(Utc)
    version: Mapped[str] = mapped_column(default="")
    doubled: Mapped[int] = mapped_column(default=0)
    """How often a second kiosk came with this key while the first was connected."""
    doubled_at: Mapped[datetime | None] = mapped_column(Utc)
    __table_args__ = (
        # One of a name may connect: those revoked keep theirs.
        Index("uq_device_name", "name", unique=True, postgresql_where=_IN_USE, sqlite_where=_IN_USE),
    )


class Journal(Table):
    """One journal's file of a kiosk, and how far it is held here."""

    __tablename__ = "journal"

    id: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    began_at: Mapped[datetime] = mapped_column(Utc)
    kept: Mapped[int] = mapped_column(BigInteger, default=0)
    counted: Mapped[int] = mapped_column(BigInteger, default=0)
    """Up to where its sessions are counted (:mod:`assist.server.review.keeping`)."""
    last_day: Mapped[int] = mapped_column(BigInteger, default=0)
    """The last lived day (:class:`assist.server.reports.tables.LivedDay`) before its last rows came."""
    head: Mapped[bytes] = mapped_column(LargeBinary)
    """The hash of row ``kept``; of the journal's beginning when it is 0."""


class _Row:
    """A row of a journal as its kiosk wrote it (:mod:`assist.journal.chain`), and when it came."""

    id: Mapped[str] = mapped_column()
    kiosk: Mapped[str] = mapped_column()
    boot: Mapped[int] = mapped_column(BigInteger)
    session: Mapped[str] = mapped_column(index=True)
    time: Mapped[str] = mapped_column()
    """As the kiosk wrote it: it is hashed."""
    type: Mapped[str] = mapped_column()
    payload: Mapped[str | None] = mapped_column()
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[bytes] = mapped_column(LargeBinary)
    prev: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    came_at: Mapped[datetime] = mapped_column(Utc)


class StoredEvent(_Row, Table):
    """A row that continues its journal. Types that this version does not know are kept as they are."""

    __tablename__ = "event"

    @declared_attr
    def journal(cls) -> Mapped[str]:  # noqa: N805 - called on the class
        return mapped_column(ForeignKey("journal.id"), primary_key=True)

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    __table_args__ = (Index("ix_event_type", "type", "came_at"),)

    @classmethod
    def is_a(cls, type_: str) -> ColumnElement[bool]:
        """Whether it is of this type, when its session is asked for too.

        Asked plainly, SQLite takes the index of types and reads all its rows for each session.
        """
        return cls.type + "" == type_


class SetApart(_Row, Table):
    """A row that does not continue the history held here: kept, shown to a manager, never mixed with the others."""

    __tablename__ = "quarantine"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    journal: Mapped[str] = mapped_column(ForeignKey("journal.id"))
    seq: Mapped[int] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column()
    """In French, for a manager."""
    __table_args__ = (UniqueConstraint("journal", "seq", "hash"),)
