# SPDX-License-Identifier: EUPL-1.2
"""A site of which a test turns the clock: its kiosk is linked and cut, tells how it is, and the server looks."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import select
from starlette.requests import HTTPConnection

import content
from assist.desk.appointments import Opening
from assist.link.messages import Health
from assist.server.alerts.tables import AlertRow
from assist.server.app import make_app
from assist.server.appointments import store
from assist.server.database import Database
from assist.server.kiosks import devices
from assist.server.minutely import see
from assist.server.presence.keeping import Presence
from assist.server.presence.states import told
from assist.server.review.tables import StepSum, TextRow
from assist.server.site import Mail, Site
from assist.server.staff_member import Role, StaffMember
from tests.assist.server.desk_site import Wire
from tests.assist.server.doors import QUICK
from tests.assist.server.scripted_kiosk import ASKED_WHY

NINE = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""By the wall clock of the place: a Monday."""
MINUTE = timedelta(minutes=1)
ROSE = StaffMember("rose", "Rose", frozenset({Role.MANAGER}))


@dataclass
class Morning:
    """A server of which a test turns the clock, minute by minute."""

    address: str
    folder: Path
    mail: Mail | None = None
    now: datetime = NINE
    presence: Presence = field(default_factory=Presence)

    def __post_init__(self) -> None:
        site = Site("Mairie de Cahors", self.address, self.folder, mail=self.mail, content=procedures(self.folder))
        self.app: FastAPI = make_app(site, authenticate=self.who, clock=lambda: self.now, passwords=QUICK)
        self.database: Database = self.app.state.database
        with self.database.begin() as transaction:
            devices.add(transaction, "accueil", NINE)
            assert isinstance(store.open_(transaction, Opening(0, wall(9), wall(18), 30, 1)), str)

    def who(self, connection: HTTPConnection) -> StaffMember:
        return ROSE

    def close(self) -> None:
        """A server that was never started leaves its connections to whoever made it."""
        self.database.close()

    def plug(self) -> Wire:
        return Wire(self.app.state.hub, "accueil", ASKED_WHY)

    def turn(self, minutes: int = 0) -> None:
        """Time passes, and the server looks each minute: as it does by itself."""
        for _ in range(minutes):
            self.now += MINUTE
            self.look()
        if not minutes:
            self.look()

    def look(self) -> None:
        see(self.database, self.presence, self.app.state.hub.connected(), self.now)
        self.app.state.alerts.look()

    def alerts(self) -> list[tuple[str, str, bool]]:
        with self.database.read() as transaction:
            rows = transaction.scalars(select(AlertRow).order_by(AlertRow.began_at, AlertRow.id))
            return [(row.code, row.about, row.ended_at is None) for row in rows]


def procedures(folder: Path) -> Path:
    """One procedure, to be compared again in 2027."""
    inside = folder / "procedures" / "rsa"
    if not inside.exists():
        shutil.copytree(Path(content.__file__).parent / "procedures" / "rsa", inside)
        compared(inside, date(2027, 6, 1))
    return folder / "procedures"


def compared(procedure: Path, check_by: date) -> None:
    """An author writes by when the sources are to be compared again."""
    file = procedure / "procedure.toml"
    text = re.sub(r"check_by = \d{4}-\d\d-\d\d", f"check_by = {check_by}", file.read_text(encoding="utf-8"))
    text = re.sub(r"checked_on = \d{4}-\d\d-\d\d", "checked_on = 2026-01-01", text)
    file.write_text(text, encoding="utf-8")


def tell(morning: Morning, **health: Any) -> None:
    with morning.database.begin() as transaction:
        told(transaction, "accueil", Health(**{"printer": "ready", "disk_free": 9000} | health), morning.now)


def left(morning: Morning, step: str = "couple") -> None:
    """At this step of « Demander le RSA », 12 people of 40 left within a week; 9 of 150 before."""
    with morning.database.begin() as transaction:
        transaction.add_all(TextRow(id=n, procedure="rsa", content_hash=f"v{n}", first_day=NINE.date()) for n in (1, 2))
        transaction.flush()
        for days, text, (gone, reached) in ((3, 2, (12, 40)), (10, 1, (9, 150)), (40, 1, (99, 99)), (0, 2, (9, 9))):
            where = {"day": NINE.date() - timedelta(days=days), "language": "fr", "origin": "touch", "text": text}
            for kiosk in ("", "accueil"):
                transaction.add(StepSum(**where, kiosk=kiosk, step=step, reached=reached, abandoned=gone))
