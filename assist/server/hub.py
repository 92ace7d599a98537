# SPDX-License-Identifier: EUPL-1.2
"""What only matters now, in memory: who is connected, what is seen, who is at the desk. Nothing of it is stored.

Everything may be called from any thread; only :meth:`Hub.watch` needs a running event loop.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import RLock
from typing import Protocol

from assist.link.messages import Desk, Done, FromServer, Order, Seen

CALLS = "calls"
"""Topic: the queue has changed."""
DESK = "desk"
"""Topic: who is at the desk has changed."""
PRESENT_SECONDS = 90.0
ORDER_SECONDS = 5.0

REPLACED = "Une autre borne s'est reliée sous le même nom."
_RUNS_KNOWN = 16
_AWAY = "La borne n'est pas reliée au serveur."
_SILENT = "La borne n'a pas répondu. Regardez son écran."


def seen_at(kiosk: str) -> str:
    """Topic: what is seen at this kiosk, or whether it is connected, has changed."""
    return f"kiosk:{kiosk}"


class Line(Protocol):
    """The connection of one kiosk. Its methods may be called from any thread, and return at once."""

    @property
    def kiosk(self) -> str:
        """Its name."""
        ...

    @property
    def run(self) -> str:
        """Random, one for each start of a kiosk; "" when it does not say."""
        ...

    def send(self, message: FromServer) -> None:
        """Send it, or drop it when the connection is gone."""
        ...

    def close(self, why: str) -> None:
        """End it; ``why`` is French, for the technician of the kiosk."""
        ...


class Watch:
    """What has changed since it was last asked: whoever reads slowly misses the moments between, never the last one."""

    def __init__(self, topics: tuple[str, ...]) -> None:
        self.topics = frozenset(topics)
        self._loop = asyncio.get_running_loop()
        self._changed: set[str] = set()
        self._something = asyncio.Event()

    def tell(self, topic: str) -> None:
        """Something of ``topic`` has changed."""
        with suppress(RuntimeError):  # The loop is closed: nobody is left to read.
            self._loop.call_soon_threadsafe(self._note, topic)

    def _note(self, topic: str) -> None:
        self._changed.add(topic)
        self._something.set()

    async def wait(self, seconds: float | None = None) -> frozenset[str]:
        """The topics that have changed, as soon as there is one; none after ``seconds``."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._something.wait()
        changed = frozenset(self._changed)
        self._changed.clear()
        self._something.clear()
        return changed


@dataclass(slots=True)
class _Kiosk:
    """What is known of a kiosk that is connected."""

    line: Line
    seen: Seen | None = None
    orders: dict[str, Future[Done]] = field(default_factory=dict[str, "Future[Done]"])


class Hub:
    """The meeting place of kiosks and desks in this process."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = RLock()
        self._kiosks: dict[str, _Kiosk] = {}
        self._present: dict[str, float] = {}
        self._told = Desk(0)
        self._wait_minutes = 0
        self._watches: set[Watch] = set()
        self._replaced: dict[str, deque[str]] = {}
        """Kiosk -> runs of it whose place another run took."""

    # Desks

    @contextmanager
    def watch(self, *topics: str) -> Generator[Watch]:
        """Listen to these topics; to all of them when none is given."""
        watch = Watch(topics)
        with self._lock:
            self._watches.add(watch)
        try:
            yield watch
        finally:
            with self._lock:
                self._watches.discard(watch)

    def tell(self, topic: str) -> None:
        """Something of ``topic`` has changed."""
        with self._lock:
            for watch in self._watches:
                if not watch.topics or topic in watch.topics:
                    watch.tell(topic)

    def connected(self) -> frozenset[str]:
        """The names of the kiosks that are connected."""
        with self._lock:
            return frozenset(self._kiosks)

    def seen(self, kiosk: str) -> Seen | None:
        """What the person sees at this kiosk; None when nobody has called, or when it is not connected."""
        with self._lock:
            known = self._kiosks.get(kiosk)
            return known.seen if known else None

    def order(self, kiosk: str, order: Order, seconds: float = ORDER_SECONDS) -> Done:
        """Send an order and wait for its answer, in this thread. A kiosk that does not answer has not done it."""
        answer = self.begin_order(kiosk, order)
        try:
            return answer.result(seconds)
        except TimeoutError:
            return Done(order.id, False, _SILENT)
        finally:
            with self._lock:
                if known := self._kiosks.get(kiosk):
                    known.orders.pop(order.id, None)

    def begin_order(self, kiosk: str, order: Order) -> Future[Done]:
        """Send an order; the answer comes later, also when the kiosk goes away meanwhile."""
        answer: Future[Done] = Future()
        with self._lock:
            known = self._kiosks.get(kiosk)
            if known is None:
                answer.set_result(Done(order.id, False, _AWAY))
                return answer
            known.orders[order.id] = answer
            line = known.line
        line.send(order)
        return answer

    def present(self, member: str) -> None:
        """This mediator is at the desk, for the next 90 s at least: each open page says so again and again."""
        with self._lock:
            self._present[member] = self._monotonic() + PRESENT_SECONDS
        self.review()

    def absent(self, member: str) -> None:
        """This mediator has left."""
        with self._lock:
            self._present.pop(member, None)
        self.review()

    def people(self) -> int:
        """How many mediators are at the desk."""
        return self.review().people

    def expect(self, minutes: int | None) -> None:
        """How long the next person may wait; None when it is not known."""
        with self._lock:
            self._wait_minutes = minutes or 0
        self.review()

    def review(self) -> Desk:
        """Forget those who have given no sign; tell the kiosks when anything changed. What holds now."""
        with self._lock:
            now = self._monotonic()
            self._present = {member: until for member, until in self._present.items() if until > now}
            desk = Desk(len(self._present), self._wait_minutes)
            if desk == self._told:
                return desk
            self._told = desk
            for known in self._kiosks.values():  # Under the lock: the last one sent is the last one true.
                known.line.send(desk)
            self.tell(DESK)
            return desk

    # Kiosks

    def connect(self, line: Line) -> bool:
        """This kiosk is connected; a former connection of the same name is cut off.

        True when two kiosks take turns under this name: one whose place another took has come back.
        """
        with self._lock:
            before = self._kiosks.get(line.kiosk)
            self._kiosks[line.kiosk] = _Kiosk(line)
            replaced = self._replaced.setdefault(line.kiosk, deque(maxlen=_RUNS_KNOWN))
            two = bool(line.run) and line.run in replaced
            if before is not None and before.line.run != line.run:
                replaced.append(before.line.run)
            line.send(self.review())
        if before is not None:
            before.line.close(REPLACED)
            _give_up(before)
        self._moved(line)
        return two

    def disconnect(self, line: Line) -> None:
        """This connection is gone; nothing when another of the same name has taken its place."""
        with self._lock:
            known = self._kiosks.get(line.kiosk)
            if known is None or known.line is not line:
                return
            del self._kiosks[line.kiosk]
        _give_up(known)
        self._moved(line)

    def cut(self, kiosk: str, why: str) -> None:
        """End the connection of this kiosk, if there is one."""
        with self._lock:
            known = self._kiosks.get(kiosk)
        if known is not None:
            known.line.close(why)

    def _moved(self, line: Line) -> None:
        """Whether a kiosk is connected changes how its calls stand in the queue too."""
        self.tell(seen_at(line.kiosk))
        self.tell(CALLS)

    def show(self, line: Line, seen: Seen | None) -> None:
        """What the person sees now. What a connection that was replaced still says is not believed."""
        with self._lock:
            known = self._kiosks.get(line.kiosk)
            if known is None or known.line is not line:
                return
            known.seen = seen
        self.tell(seen_at(line.kiosk))

    def answer(self, line: Line, done: Done) -> None:
        """The kiosk has carried out an order, or refused it."""
        with self._lock:
            known = self._kiosks.get(line.kiosk)
            waiting = known.orders.pop(done.order, None) if known and known.line is line else None
        if waiting is not None:
            waiting.set_result(done)


def _give_up(known: _Kiosk) -> None:
    for order, waiting in known.orders.items():
        if not waiting.done():
            waiting.set_result(Done(order, False, _AWAY))
