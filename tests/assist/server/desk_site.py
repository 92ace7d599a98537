# SPDX-License-Identifier: EUPL-1.2
"""A site with three mediators, a technician and scripted kiosks, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection

from assist.link.messages import Done, FromServer, Order, Seen
from assist.server.app import make_app
from assist.server.calls import Call
from assist.server.hub import CALLS, Hub
from assist.server.site import Site
from assist.server.staff.tables import Account
from assist.server.staff_member import Role, StaffMember
from tests.assist.made_databases import database_in
from tests.assist.server.doors import QUICK
from tests.assist.server.scripted_kiosk import ASKED_WHY, ScriptedKiosk

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
MEDIATOR = frozenset({Role.MEDIATOR})
NADIA = StaffMember("nadia", "Nadia", MEDIATOR, ("fr", "ar"), frozenset({"logement"}))
ALI = StaffMember("ali", "Ali", MEDIATOR)
ROSE = StaffMember("rose", "Rose", MEDIATOR)
TECHNICIAN = StaffMember("tom", "Tom", frozenset({Role.TECHNICIAN}))
STAFF = {member.id: member for member in (NADIA, ALI, ROSE, TECHNICIAN)}


def by_header(connection: HTTPConnection) -> StaffMember | None:
    """Who a request says that it comes from: logging in is tested elsewhere."""
    return STAFF.get(connection.headers.get("who", ""))


class Wire:
    """The connection of a scripted kiosk, without a network."""

    run = ""

    def __init__(self, hub: Hub, kiosk: str, seen: Seen) -> None:
        self.kiosk, self.hub, self.shown = kiosk, hub, ScriptedKiosk(seen, self._out)
        hub.connect(self)
        hub.show(self, seen)

    def _out(self, message: Seen | Done | None) -> None:
        if isinstance(message, Done):
            self.hub.answer(self, message)
        else:
            self.hub.show(self, message)

    def send(self, message: FromServer) -> None:
        if isinstance(message, Order):
            Thread(target=self.shown.carry_out, args=(message,)).start()

    def close(self, why: str) -> None:
        """Another took its place: nothing to do."""

    def cut(self) -> None:
        """The network is gone."""
        self.hub.disconnect(self)


@dataclass
class DeskSite:
    """The application and what happens around it."""

    app: FastAPI
    now: Callable[[], datetime]
    wires: dict[str, Wire] = field(default_factory=dict)

    @property
    def hub(self) -> Hub:
        return self.app.state.hub

    def kiosk(self, name: str = "accueil", seen: Seen = ASKED_WHY) -> ScriptedKiosk:
        """A kiosk that is connected and shows ``seen``."""
        self.wires[name] = Wire(self.hub, name, seen)
        return self.wires[name].shown

    def call(self, id_: str = "c1", kiosk: str = "accueil", *, waited: float = 0.0, **known: object) -> str:
        """Somebody calls."""
        seen = self.hub.seen(kiosk)
        told = {"procedure": "carte-identite", "step": "besoin", "session": seen.session if seen else f"s-{id_}"}
        at = self.now() - timedelta(seconds=waited)
        with self.app.state.database.begin() as transaction:
            transaction.add(Call(id=id_, kiosk=kiosk, journal="j", called_at=at, **{**told, **known}))
        self.hub.tell(CALLS)
        return id_

    def call_of(self, id_: str = "c1") -> Call:
        """The call as it stands."""
        with self.app.state.database.begin() as transaction:
            call = transaction.get(Call, id_)
            assert call is not None
            return call

    def as_(self, member: StaffMember) -> TestClient:
        """The browser of a member. It follows no redirection by itself."""
        return TestClient(self.app, headers={"who": member.id}, follow_redirects=False, base_url="http://localhost")


def make_desk_site(folder: Path, now: Callable[[], datetime] = lambda: NOW) -> DeskSite:
    """The application of a site, not yet started."""
    site = Site("Maison de Cahors", database_in(folder), folder)
    return DeskSite(make_app(site, authenticate=by_header, clock=now, passwords=QUICK), now)


def add_staff(desk: DeskSite) -> None:
    """The accounts of those who work there."""
    desk.app.state.database.upgrade()
    with desk.app.state.database.begin() as transaction:
        for one in STAFF.values():
            account = Account(id=one.id, login=one.id, name=one.name, roles=sorted(one.roles), added=NOW)
            account.languages, account.skills = list(one.languages), sorted(one.skills)
            account.codes_used, account.disabled = [], False
            transaction.add(account)


@contextmanager
def desk_site(folder: Path) -> Iterator[DeskSite]:
    """The application of a site, started, with its staff."""
    desk = make_desk_site(folder)
    with TestClient(desk.app):
        add_staff(desk)
        yield desk
