# SPDX-License-Identifier: EUPL-1.2
"""Checkpoints that kiosks signed and the site countersigned, those of the acts, and what was said of histories."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assist.server.database import Table, Utc


class KioskCheckpoint(Table):
    """A checkpoint as its kiosk signed it (:mod:`assist.journal.checkpoints`). Only added to: one that is signed again
    otherwise under the same number is a row of its own."""

    __tablename__ = "checkpoint"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    journal: Mapped[str] = mapped_column(ForeignKey("journal.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    boot: Mapped[int] = mapped_column(BigInteger)
    time: Mapped[str] = mapped_column()
    kind: Mapped[str] = mapped_column()
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    sound: Mapped[bool]
    """Whether the key of the journal signed it. What is not is kept too, and told by the verification."""
    came: Mapped[str] = mapped_column(String(40))
    """When, as it is countersigned."""
    countersignature: Mapped[bytes | None] = mapped_column(LargeBinary)
    """By the site; None for what is not sound, or while the site's key cannot be used."""
    __table_args__ = (UniqueConstraint("journal", "number", "signature"),)


class ActCheckpoint(Table):
    """Where the chain of the acts stood, signed by the site."""

    __tablename__ = "act_checkpoint"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    time: Mapped[str] = mapped_column(String(40))
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class HistoryReview(Table):
    """What a manager said of a history set apart. Its rows stay where they are, whatever she says."""

    __tablename__ = "history_review"

    history: Mapped[int] = mapped_column(ForeignKey("quarantine.number"), primary_key=True, autoincrement=False)
    """The number of its first row."""
    outcome: Mapped[str] = mapped_column(String(20))
    rows: Mapped[int] = mapped_column(BigInteger)
    """How many there were then: others that come later are to be looked at again."""
    at: Mapped[datetime] = mapped_column(Utc)
