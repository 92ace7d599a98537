# SPDX-License-Identifier: EUPL-1.2
"""Pages that follow by themselves: what is sent, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from fastapi import Request

from assist.server.desk.following import follow
from assist.server.hub import Hub
from assist.server.staff_member import StaffMember
from tests.assist.server.desk_site import NADIA


def request(hub: Hub, who: Callable[[], StaffMember | None] = lambda: NADIA) -> Request:
    state = SimpleNamespace(hub=hub, authenticate=lambda connection: who())
    return cast(Request, SimpleNamespace(app=SimpleNamespace(state=state)))


async def test_a_part_is_sent_when_its_text_changed_and_only_then() -> None:
    hub, parts = Hub(), {"a": "1", "b": "1"}
    events = follow(request(hub), NADIA, ("calls",), lambda: dict(parts))
    first = [await anext(events), await anext(events)]
    assert [(event.event, event.raw_data) for event in first] == [("a", "1"), ("b", "1")]
    assert hub.people() == 1
    coming: asyncio.Task[Any] = asyncio.ensure_future(anext(events))
    hub.tell("calls")
    parts["b"] = "2"
    hub.tell("elsewhere")
    hub.tell("calls")
    event = await asyncio.wait_for(coming, 5)
    assert (event.event, event.raw_data) == ("b", "2")
    await events.aclose()


async def test_who_has_logged_out_is_told_so_and_followed_no_more() -> None:
    who: list[StaffMember | None] = [NADIA]
    hub = Hub()
    events = follow(request(hub, lambda: who[0]), NADIA, ("calls",), lambda: {"a": "1"})
    await anext(events)
    who[0] = None
    hub.tell("calls")
    last = [event async for event in events]
    assert [event.event for event in last] == ["out"]
    assert hub.people() == 0
