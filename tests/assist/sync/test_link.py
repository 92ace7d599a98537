# SPDX-License-Identifier: EUPL-1.2
"""A kiosk and the server of its site, over real sockets: nothing is lost, nothing comes twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from assist.link.messages import Act, Done, Order
from assist.sync.protocol import DeskState
from tests.assist.server.serving import served
from tests.assist.sync.kiosks import Kiosk, kept, pair, seen, site_app, until, waiting, written


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    return site_app(f"sqlite:///{tmp_path / 'site.db'}", tmp_path)


@pytest.fixture
def kiosk(app: FastAPI, tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path, pair(app, tmp_path))


async def test_what_happens_at_the_kiosk_reaches_the_server(app: FastAPI, kiosk: Kiosk) -> None:
    with served(app) as port:
        async with kiosk.linked(port):
            kiosk.visit("s1")
            await until(lambda: kept(app) == written(kiosk.path) != [])
            (call,) = waiting(app)
            assert (call.kiosk, call.session, call.language, call.step) == ("borne-1", "s1", "en", "besoin")
            kiosk.leave("s1")
            await until(lambda: waiting(app) == [])


async def test_what_the_person_sees_and_orders_go_both_ways(app: FastAPI, kiosk: Kiosk) -> None:
    hub = app.state.hub
    with served(app) as port:
        async with kiosk.linked(port) as link:
            kiosk.visit("s1")
            for n in range(100):
                link.show(seen("s1", f"k{n}"))
            await until(lambda: hub.seen("borne-1") == seen("s1", "k99"))
            await until(lambda: [call.modes for call in waiting(app)] == [["slow"]])
            order = Order("o1", "s1", Act.SAY, "Bonjour. J'arrive.")
            answer = hub.begin_order("borne-1", order)
            await until(answer.done)
            assert (answer.result(), kiosk.orders) == (Done("o1", True, "Il faut son accord."), [order])
            again = hub.begin_order("borne-1", order)
            await until(again.done)
            assert kiosk.orders == [order], "an order is carried out once"
            link.show(None)
            await until(lambda: hub.seen("borne-1") is None)


async def test_the_kiosk_knows_whether_somebody_is_at_the_desk(app: FastAPI, kiosk: Kiosk) -> None:
    with served(app) as port:
        async with kiosk.linked(port) as link:
            await until(lambda: link.state == DeskState(True, 0))
            app.state.hub.present("nadia")
            await until(lambda: link.state == DeskState(True, 1))
    assert kiosk.states == [DeskState(True), DeskState(True, 1), DeskState()]
