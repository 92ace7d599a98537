# SPDX-License-Identifier: EUPL-1.2
"""A kiosk and the server of its site, over real sockets: nothing is lost, nothing comes twice."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from assist.link.device_key import key_file
from assist.link.messages import Act, Done, FromKiosk, Order, Signed
from assist.server import calls
from assist.server.hub import CALLS
from assist.server.kiosks.line import KioskLine
from assist.session.events import StepContinued
from assist.sync.client import Where, make_link
from assist.sync.protocol import DeskState
from tests.assist.server.serving import served
from tests.assist.sync.kiosks import (
    QUICK,
    Kiosk,
    apart,
    doubled,
    intact,
    kept,
    now,
    pair,
    seen,
    site_app,
    until,
    waiting,
    witnessed,
    written,
)


@pytest.fixture
def app(address: str, tmp_path: Path) -> Iterator[FastAPI]:
    """On each of the two databases."""
    app = site_app(address, tmp_path)
    yield app
    app.state.database.close()


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


async def test_a_kiosk_alone_for_a_whole_session_tells_it_afterwards(app: FastAPI, kiosk: Kiosk) -> None:
    kiosk.visit("s1")
    kiosk.leave("s1")
    with served(app) as port:
        async with kiosk.linked(port):
            await until(lambda: kept(app) == written(kiosk.path))
            assert waiting(app) == [], "nobody is called for who has left"


async def test_a_server_that_comes_and_goes_has_every_row_once(
    app: FastAPI, kiosk: Kiosk, address: str, tmp_path: Path
) -> None:
    with served(app) as port:
        pass
    async with kiosk.linked(port) as link:
        for n in range(6):
            kiosk.visit(f"s{n}a", helped=False)
            with served(site_app(address, tmp_path), port):
                kiosk.visit(f"s{n}b", helped=False)
                await until(lambda: link.state.reachable)
                if n % 2:
                    kiosk.visit(f"s{n}c", helped=False)
        with served(app, port):
            await until(lambda: kept(app) == written(kiosk.path))


async def test_a_long_absence_is_caught_up_with_batch_by_batch(app: FastAPI, kiosk: Kiosk) -> None:
    for _ in range(4):
        kiosk.write([StepContinued("etape")] * 400, "s1")
    with served(app) as port:
        async with kiosk.linked(port):
            await until(lambda: len(kept(app)) == 1600)
            await until(lambda: witnessed(app) == [1, 2, 3, 4, 5])
        kiosk.journal.close()
        async with kiosk.linked(port):
            await until(lambda: witnessed(app) == [1, 2, 3, 4, 5, 6])
    assert kept(app) == written(kiosk.path)
    assert intact(app)


async def test_a_server_that_does_not_countersign_is_left_and_called_again(
    app: FastAPI, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, dropped = KioskLine._receive, list[Signed]()

    def lose_the_first(line: KioskLine, message: FromKiosk) -> None:
        if isinstance(message, Signed) and not dropped:
            dropped.append(message)
        else:
            receive(line, message)

    monkeypatch.setattr(KioskLine, "_receive", lose_the_first)
    kiosk.write([StepContinued("etape")] * 100, "s1")
    with served(app) as port:
        async with kiosk.linked(port, replace(QUICK, answer=1)):
            await until(lambda: bool(dropped))
            # Otherwise its next answer would be taken for that one, and all those after it likewise.
            await until(lambda: DeskState() in kiosk.states)
            await until(lambda: witnessed(app) == [1, 2])


async def test_two_kiosks_under_one_name_lose_nothing_and_are_found_out(
    app: FastAPI, kiosk: Kiosk, tmp_path: Path
) -> None:
    twin = Kiosk(tmp_path, key_file(tmp_path / "keys", "borne-1"), journal="twin.db")
    kiosk.visit("s1")
    twin.visit("s2")
    with served(app) as port:
        async with kiosk.linked(port), twin.linked(port):
            await until(lambda: sorted(kept(app)) == sorted(written(kiosk.path, twin.path)))
            await until(lambda: doubled(app) > 0)
    assert {call.session for call in waiting(app)} == {"s1", "s2"}


async def test_a_journal_put_back_from_an_older_copy_is_set_apart_and_its_calls_are_heard(
    app: FastAPI, kiosk: Kiosk, tmp_path: Path
) -> None:
    kiosk.visit("s1", helped=False)
    kiosk.journal.close()
    copied = tmp_path / "copy"
    copied.mkdir()
    for file in tmp_path.glob("journal.db*"):
        if file.is_file():
            shutil.copy(file, copied)
    kiosk = Kiosk(tmp_path, key_file(tmp_path / "keys", "borne-1"))
    kiosk.visit("s2", helped=False)
    with served(app) as port:
        async with kiosk.linked(port):
            await until(lambda: kept(app) == written(kiosk.path))
            await until(lambda: witnessed(app) == [1, 2, 3])
        before = kept(app)
        old = Kiosk(copied, key_file(tmp_path / "keys", "borne-1"))
        for session in ("s3", "s4"):
            async with old.linked(port):
                old.visit(session)
                await until(lambda: sorted({*before, *apart(app)}) == sorted({*before, *written(old.path)}))
                await until(lambda expected=session: expected in {call.session for call in waiting(app)})
                await until(lambda: len(witnessed(app)) > len(set(witnessed(app))), "two histories, each signed")
    assert kept(app) == before
    assert len(apart(app)) == len(set(apart(app)))
    assert intact(app)


async def test_who_waits_too_long_is_given_a_ticket(kiosk: Kiosk, address: str, tmp_path: Path) -> None:
    later = timedelta()
    app = site_app(address, tmp_path, clock=lambda: now() + later)
    kiosk.visit("s1")
    with served(app) as port:
        async with kiosk.linked(port):
            await until(lambda: [call.ticket for call in waiting(app)] == [None])
            later = calls.UNANSWERED_AFTER
            app.state.hub.tell(CALLS)
            await until(lambda: [(order.act, order.value) for order in kiosk.orders] == [(Act.UNANSWERED, "1")])
            assert kiosk.orders[0].session == "s1"
    app.state.database.close()


async def test_without_a_key_or_a_journal_it_waits_for_them(app: FastAPI, tmp_path: Path) -> None:
    where = Where("ws://127.0.0.1:1", key_file(tmp_path / "keys", "borne-1"), tmp_path / "later.db", "borne-1", "1")
    with served(app) as port:
        link = make_link(replace(where, address=f"ws://127.0.0.1:{port}"), QUICK)
        running = asyncio.create_task(link.run())
        await until(lambda: not link.state.reachable)
        file = pair(app, tmp_path)
        await until(lambda: link.state.reachable)
        late = Kiosk(tmp_path, file, journal="later.db")
        late.visit("s1")
        link.written()
        await until(lambda: kept(app) == written(late.path))
        running.cancel()
        await asyncio.wait({running})


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("wss://[bad", "k"),
        ("http://127.0.0.1:1", "k"),
        ("not an address", "k"),
        ("ws://127.0.0.1:notaport", "k"),
        (f"ws://{'x' * 70}.example:1", "k"),
        ("ws://127.0.0.1:1", "é\r\nHost: x"),
    ],
)
async def test_a_wrong_address_or_a_wrong_key_file_is_tried_again_and_breaks_nothing(
    tmp_path: Path, address: str, key: str
) -> None:
    file = tmp_path / "kiosk.key"
    file.write_text(key, encoding="utf-8")
    link = make_link(Where(address, file, tmp_path / "absent.db", "borne-1", "1"), QUICK)
    running = asyncio.create_task(link.run())
    done, _ = await asyncio.wait({running}, timeout=0.3)
    assert not done
    running.cancel()
    await asyncio.wait({running})
    assert link.state == DeskState()
