# SPDX-License-Identifier: EUPL-1.2
"""A page that follows by itself: its parts are sent again when their text has changed (Server-Sent Events)."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent

from assist.server.hub import Hub
from assist.server.staff_member import StaffMember, still_there

LOOK_AGAIN_SECONDS = 15.0
"""A wait is told in minutes, and an open page says that its mediator is there: both need no event to change."""

OUT = "out"
"""The event that ends the stream: nobody is logged in any more."""
_OUT_TEXT = "Vous n’êtes plus connecté."

Parts = Mapping[str, str]
"""Name of the event -> the HTML that replaces this part of the page."""


async def follow(
    request: Request, member: StaffMember, topics: tuple[str, ...], parts: Callable[[], Parts]
) -> AsyncGenerator[ServerSentEvent]:
    """The parts that changed, each time one of ``topics`` did; until the browser leaves, or ``member`` logs out.

    ``parts`` runs in a thread: it may read the database.
    """
    hub: Hub = request.app.state.hub
    sent: dict[str, str] = {}
    with hub.watch(*topics) as watch:
        while await run_in_threadpool(still_there, request, member):
            hub.present(member.id)
            for name, html in (await run_in_threadpool(parts)).items():
                if sent.get(name) != html:
                    sent[name] = html
                    yield ServerSentEvent(event=name, raw_data=html)
            await watch.wait(LOOK_AGAIN_SECONDS)
    hub.absent(member.id)
    yield ServerSentEvent(event=OUT, raw_data=_OUT_TEXT)
