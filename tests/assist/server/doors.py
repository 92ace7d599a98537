# SPDX-License-Identifier: EUPL-1.2
"""A server with its own door: accounts, a clock and an uptime that a test moves as it likes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from assist.server.app import make_app
from assist.server.database import Database
from assist.server.site import Site
from assist.server.staff.accounts import NewAccount, add_account
from assist.server.staff.passwords import Passwords
from assist.server.staff_member import Role
from assist.server.uptime import Uptime

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""The real algorithm at its least cost."""
PASSWORD = "une tasse bleue"  # noqa: S105 - of accounts that live for one test
HOST = "http://localhost"
BROWSER = {"accept": "text/html"}


@dataclass
class Door:
    """One server, and what moves its time."""

    address: str
    folder: Path
    secure: bool = False
    boot: str = "boot-1"
    seconds: float = 1000.0
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 28, 12, 0, tzinfo=UTC))

    @property
    def site(self) -> Site:
        return Site("Maison d'essai", self.address, self.folder / "keys", secure=self.secure)

    def app(self, **parts: Any) -> FastAPI:
        """The application, as after a start of the server."""
        uptime = Uptime(self.boot, lambda: self.seconds)
        return make_app(self.site, clock=lambda: self.now, uptime=uptime, passwords=QUICK, **parts)

    def wait(self, seconds: float) -> None:
        """Time goes by, for every clock."""
        self.seconds += seconds
        self.now += timedelta(seconds=seconds)


def client(app: FastAPI, **parts: Any) -> TestClient:
    """A browser in front of it, for the time of a ``with`` block."""
    return TestClient(app, base_url=HOST, follow_redirects=False, headers=BROWSER, **parts)


def add(database: Database, login: str = "amina", *roles: Role, **more: Any) -> str:
    """An account whose password is :data:`PASSWORD`; its id."""
    new = NewAccount(login, more.pop("name", login.title()), frozenset(roles or (Role.MEDIATOR,)), **more)
    with database.begin() as transaction:
        return add_account(transaction, new, PASSWORD, QUICK, datetime.now(UTC)).id


def token_in(page: str) -> str:
    """What the forms of a page carry."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def log_in(browser: TestClient, login: str = "amina", password: str = PASSWORD, **more: str) -> Any:
    """Open the login page and send its form."""
    token = token_in(browser.get("/login").text)
    return browser.post("/login", data={"token": token, "login": login, "password": password, **more})
