# SPDX-License-Identifier: EUPL-1.2
"""The tables of papers that came out of kiosks, and of what was written when they came back. Neither names anybody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assist.server.database import Table, Utc


class PaperRow(Table):
    """One paper of a session. Without its number, which stands on the paper alone, it cannot be found nor read."""

    __tablename__ = "paper"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    """:attr:`assist.desk.paper_seal.PaperKey.name`."""
    session: Mapped[str] = mapped_column(String, index=True)
    event: Mapped[str] = mapped_column(String)
    """The row of the kiosk's journal that holds its copy: the paper dies with it."""
    appointment: Mapped[str | None] = mapped_column(String(8))
    """The number of the appointment that it carries."""


class FollowUpRow(Table):
    """One return of the person."""

    __tablename__ = "follow_up"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    paper: Mapped[str] = mapped_column(ForeignKey("paper.name", ondelete="CASCADE"), index=True)
    mediator: Mapped[str] = mapped_column(String(40))
    written_at: Mapped[datetime] = mapped_column(Utc)
    sealed: Mapped[str] = mapped_column(Text)
    """:class:`assist.desk.follow_up.Written`, sealed with the key of the paper."""
