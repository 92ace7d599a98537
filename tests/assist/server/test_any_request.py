# SPDX-License-Identifier: EUPL-1.2
"""Whatever is sent to whichever route, the server does not fail: requests made from its own description."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from starlette.requests import HTTPConnection

from assist.server.safety.cross_site import TOKEN_HEADER
from assist.server.safety.rate import Rate
from assist.server.staff.sessions import form_token
from assist.server.staff_member import Role, StaffMember
from tests.assist.server.doors import HOST, Door, add

VISIT = "a visit"


class NoLimit(dict[str, Rate]):
    """Rates that are never reached."""

    def setdefault(self, key: str, default: Rate | None = None) -> Rate:
        return Rate(10**9, 1)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_no_request_breaks_the_server(lite: Door, monkeypatch: pytest.MonkeyPatch, accept: str) -> None:
    _try_all(lite, monkeypatch, accept, 4)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_no_request_breaks_the_server_for_long(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    _try_all(door, monkeypatch, "text/html", 150)


def _try_all(door: Door, monkeypatch: pytest.MonkeyPatch, accept: str, times: int) -> None:
    """Send ``times`` requests to each operation, as somebody who may open everything."""
    monkeypatch.setattr("assist.server.safety.gate._BURST", 10**9)
    members: list[StaffMember] = []

    def anybody(connection: HTTPConnection) -> StaffMember:
        return members[0]

    app = door.app(authenticate=anybody)
    app.state.rates = NoLimit()
    database = app.state.database
    database.upgrade()
    members.append(StaffMember(add(database, "amina", *Role), "Amina", frozenset(Role)))
    schema = schemathesis.openapi.from_dict(app.openapi())
    headers = {"accept": accept, "host": "localhost", "cookie": f"pas-a-pas={VISIT}", TOKEN_HEADER: form_token(VISIT)}
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if "text/event-stream" in str(operation.definition.raw):
            continue  # It never ends.

        @settings(
            max_examples=times,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def send(case: Any) -> None:
            answer = case.call(base_url=HOST, app=app, headers=headers)
            assert answer.status_code < 500, answer.text

        send()
        tried += 1
    assert tried > 5
    database.close()
