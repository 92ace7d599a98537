# SPDX-License-Identifier: EUPL-1.2
"""A site and a scripted mediator, to try the pages of mandates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import select

from assist.server.acts import ActRow
from assist.server.app import make_app
from assist.server.mandates.tables import MandateRow
from assist.server.site import Site
from assist.server.staff_member import Role, StaffMember
from tests.assist.server.doors import QUICK

NOON = datetime(2026, 11, 28, 12, 5, tzinfo=UTC)
DAY = timedelta(days=1)
CAMILLE = StaffMember("camille-id", "Camille", frozenset({Role.MEDIATOR}))
DOMINIQUE = StaffMember("dominique-id", "Dominique", frozenset({Role.MEDIATOR}))
MANAGER = StaffMember("manager-id", "Maud", frozenset({Role.MANAGER}))
TECHNICIAN = StaffMember("technician-id", "Tom", frozenset({Role.TECHNICIAN}))
HUGUETTE = {
    "last_name": "Vaillant-Maréchal",
    "first_name": "Huguette",
    "born": "12/03/1946",
    "contact": "06 12 34 56 78",
}


@dataclass
class Desk:
    """A browser at the server of a site; who is logged in and what time it is can be changed."""

    client: TestClient
    app: Any
    member: StaffMember | None = CAMILLE
    clock: datetime = NOON

    def get(self, path: str) -> Any:
        return self.client.get(path, follow_redirects=False)

    def post(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, data=fields, follow_redirects=False)

    def text_page(self, domains: list[str], duration: str = "MONTH", renews: str = "", **who: str) -> Any:
        typed = {} if renews else HUGUETTE | who
        return self.post("/mandats/texte", domains=domains, duration=duration, renews=renews, **typed)

    def agrees(self, text_page: Any, **changes: Any) -> Any:
        """The person ticks and presses."""
        assert text_page.status_code == 200, text_page.text
        return self.post("/mandats", **(hidden(text_page.text) | {"agreed": "yes"} | changes))

    def gives(self, *domains: str, duration: str = "MONTH", renews: str = "", **who: str) -> str:
        """A mandate from beginning to end; its number."""
        done = self.agrees(self.text_page(list(domains or ("papiers", "social")), duration, renews, **who))
        assert done.status_code == 303, done.text
        return done.headers["location"].rpartition("/")[2]

    def uses(self, number: str, domain: str = "papiers") -> Any:
        return self.post(f"/mandats/{number}/utiliser", domain=domain)

    def acts(self) -> list[tuple[str, str | None]]:
        with self.app.state.database.begin() as transaction:
            rows = transaction.scalars(select(ActRow).order_by(ActRow.seq)).all()
            return [(row.act, row.about) for row in rows]

    def row(self, number: str) -> MandateRow:
        with self.app.state.database.begin() as transaction:
            return transaction.get_one(MandateRow, number)


def hidden(html: str) -> dict[str, Any]:
    """The hidden fields of the last form of a page; a name that comes twice gives a list."""
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html):
        if name == "domains":
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def said(answer: Any) -> str:
    """What a page refuses, in its words."""
    found = re.search(r'<p class="wrong" role="alert">(.*?)</p>', answer.text, re.DOTALL)
    assert found, answer.text
    return found[1].replace("&#39;", "'").strip()


@contextmanager
def desk_at(folder: Path, address: str) -> Iterator[Desk]:
    """The server of a site in ``folder``, with its database at ``address``."""
    site = Site("France Services de Souillac", address, folder / "keys", details=("12 avenue Gambetta",))
    desk = Desk(None, None)  # type: ignore[arg-type]
    app = make_app(site, authenticate=lambda _: desk.member, clock=lambda: desk.clock, passwords=QUICK)
    with TestClient(app, base_url="http://localhost") as client:
        desk.client, desk.app = client, app
        yield desk
