# SPDX-License-Identifier: EUPL-1.2
"""What the server looks at each minute goes on, and files that come and go stop nothing."""

from __future__ import annotations

import asyncio
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import pytest

from assist.server.attendance import attend
from assist.server.desk import catalogue
from assist.server.hub import CALLS
from assist.server.minutely import look_around
from assist.server.site import Site
from tests.assist.server.doors import Door
from tests.assist.server.morning import NINE, Morning, procedures


@pytest.mark.parametrize("work", ["attends", "looks around"])
async def test_a_turn_that_fails_is_not_the_last(lite: Door, tmp_path: Path, work: str) -> None:
    looks: list[datetime] = []
    again = asyncio.Event()
    with closing(Morning(lite.address, tmp_path)) as morning:
        hub = morning.app.state.hub

        def clock() -> datetime:
            looks.append(NINE)
            if len(looks) == 1:
                hub.tell(CALLS)
                raise RuntimeError("a bug")
            again.set()
            return NINE

        if work == "attends":
            task = asyncio.create_task(attend(morning.database, hub, clock))
        else:
            task = asyncio.create_task(look_around(morning.database, hub, clock, morning.app.state.alerts))
        async with asyncio.timeout(10):
            await again.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert len(looks) == 2


def test_the_trace_of_an_editor_stops_nothing(tmp_path: Path) -> None:
    site = Site("Cahors", "sqlite://", tmp_path, content=procedures(tmp_path))
    assert catalogue.catalogue_of(site).get("rsa")
    inside = procedures(tmp_path) / "rsa"
    (inside / ".#fr.toml").symlink_to("rose@desk.1234")
    (inside / "gone.toml").symlink_to("nowhere")
    assert catalogue.catalogue_now(site) is catalogue.catalogue_of(site)


def test_what_is_read_is_had_while_files_are_read_again(tmp_path: Path) -> None:
    site = Site("Cahors", "sqlite://", tmp_path, content=procedures(tmp_path))
    first = catalogue.catalogue_of(site)
    with catalogue._ALONE:  # pyright: ignore[reportPrivateUsage]
        assert catalogue.catalogue_of(site) is first
