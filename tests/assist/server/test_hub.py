# SPDX-License-Identifier: EUPL-1.2
"""What only matters now: who is connected, what is seen, who is at the desk."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from assist.link.messages import Act, Desk, Done, FromServer, Order, Seen
from assist.server.hub import CALLS, DESK, PRESENT_SECONDS, Hub, seen_at

SEEN = Seen("s1", "k1", "step", "fr", title="Votre carte est-elle perdue ?")


class Wire:
    """A kiosk's connection that keeps what it was given, and answers orders at once when told to."""

    kiosk = "borne-1"

    def __init__(self, hub: Hub, run: str = "", *, answers: bool = True) -> None:
        self.run = run
        self.sent: list[FromServer] = []
        self.closed = ""
        self._hub, self._answers = hub, answers

    def send(self, message: FromServer) -> None:
        self.sent.append(message)
        if isinstance(message, Order) and self._answers:
            self._hub.answer(self, Done(message.id, True))

    def close(self, why: str) -> None:
        self.closed = why


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_order_comes_back_done() -> None:
    hub = Hub()
    hub.connect(Wire(hub))
    assert hub.order("borne-1", Order("o1", "s1", Act.JOIN, "Nadia")) == Done("o1", True)


def test_an_order_to_a_kiosk_that_is_away_or_silent_or_leaves_is_not_done() -> None:
    hub = Hub()
    assert "pas reliée" in hub.order("borne-1", Order("o1", "s1", Act.JOIN)).why
    wire = Wire(hub, answers=False)
    hub.connect(wire)
    assert "pas répondu" in hub.order("borne-1", Order("o2", "s1", Act.JOIN), seconds=0.01).why
    hub.answer(wire, Done("o2", True))  # too late: nobody waits for it
    waiting = hub.begin_order("borne-1", Order("o3", "s1", Act.JOIN))
    hub.disconnect(wire)
    assert waiting.result(0) == Done("o3", False, "La borne n'est pas reliée au serveur.")


def test_of_two_connections_of_one_kiosk_the_later_one_holds() -> None:
    hub = Hub()
    first, second = Wire(hub), Wire(hub)
    hub.connect(first)
    hub.show(first, SEEN)
    hub.connect(second)
    assert "même nom" in first.closed
    assert hub.seen("borne-1") is None, "what the first saw is not what the second sees"
    hub.show(first, SEEN)
    hub.disconnect(first)
    assert (hub.seen("borne-1"), hub.connected()) == (None, {"borne-1"})


def test_two_that_take_turns_under_one_name_are_found_out() -> None:
    hub = Hub()
    assert not hub.connect(Wire(hub, "a"))
    assert not hub.connect(Wire(hub, "a")), "the same one comes back"
    assert not hub.connect(Wire(hub, "b")), "it was started again, perhaps"
    assert hub.connect(Wire(hub, "a"))
    assert hub.connect(Wire(hub, "b"))


def test_kiosks_learn_when_the_desk_fills_and_empties() -> None:
    time = Time()
    hub = Hub(time)
    wire = Wire(hub)
    hub.connect(wire)
    hub.present("nadia")
    time.now = 30
    hub.present("ali")
    hub.present("nadia")
    hub.expect(4)
    time.now = 30 + PRESENT_SECONDS
    hub.review()
    hub.present("rose")
    hub.absent("rose")
    assert wire.sent == [Desk(0), Desk(1), Desk(2), Desk(2, 4), Desk(0, 4), Desk(1, 4), Desk(0, 4)]


async def test_a_page_hears_what_it_listens_to_and_the_last_moment_of_it() -> None:
    hub = Hub()
    wire = Wire(hub)
    hub.connect(wire)
    with hub.watch(CALLS, seen_at("borne-1")) as some, hub.watch() as everything:
        with ThreadPoolExecutor(1) as thread:
            for _ in range(100):
                thread.submit(hub.show, wire, SEEN)
            thread.submit(hub.present, "nadia").result()
        hub.tell(CALLS)
        heard: set[str] = set()
        while CALLS not in heard:
            heard |= await some.wait(5)
        assert heard == {CALLS, seen_at("borne-1")}
        assert hub.seen("borne-1") == SEEN
        await asyncio.sleep(0)
        assert await everything.wait(0) == {CALLS, DESK, seen_at("borne-1")}
        assert await some.wait(0) == frozenset()


async def test_a_page_that_waits_is_woken() -> None:
    hub = Hub()
    with hub.watch(CALLS) as watch:
        waiting = asyncio.create_task(watch.wait())
        await asyncio.sleep(0)
        hub.tell(CALLS)
        assert await waiting == {CALLS}
