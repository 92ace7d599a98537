# SPDX-License-Identifier: EUPL-1.2
"""The tables of the newest version, for queries. Their creation stands in :mod:`assist.journal.migrations`.

Text columns of an event are read as UTF-8 bytes (:data:`LINK`): what is hashed is what is stored, and a row
whose text is not UTF-8 any more is still read, and named.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    cast,
    insert,
)
from sqlalchemy.dialects import sqlite

METADATA = MetaData()

JOURNAL = Table(
    "journal",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("id", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("kiosk", Text, nullable=False),
    Column("created", Text, nullable=False),
)

BOOT = Table(
    "boot",
    METADATA,
    Column("epoch", Integer, primary_key=True),
    Column("kiosk", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
)

EVENT = Table(
    "event",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("kiosk", Text, nullable=False),
    Column("boot", Integer, ForeignKey("boot.epoch"), nullable=False),
    Column("session", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("payload", Text),
    Column("salt", LargeBinary),
    Column("commitment", LargeBinary, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("boot", Integer, ForeignKey("boot.epoch"), nullable=False),
    Column("time", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

RETENTION = Table(
    "retention",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("time", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

LINK = tuple(cast(c, LargeBinary).label(c.name) if isinstance(c.type, Text) else c for c in EVENT.columns)
"""An event's columns in the order of :class:`assist.journal.chain.Link`, texts as bytes."""

INSERT_EVENT = str(insert(EVENT).compile(dialect=sqlite.dialect(paramstyle="qmark")))
"""Compiled once, in the order of the columns: an append is a matter of microseconds (ADR 0020)."""
