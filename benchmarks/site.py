# SPDX-License-Identifier: EUPL-1.2
"""One server, 50 kiosks, 20 desks: from an event at a kiosk until the page beside the person shows it.

The server is a process of its own, on SQLite. Each kiosk has a real journal and a real link; each desk follows the
page beside its person over HTTP. A kiosk writes an event, durable, and shows another moment, every two seconds: much
more than people do. All of it shares one machine. Goal: 95 in 100 within 300 ms; the server within 300 MB.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server
from statistics import median, quantiles
from time import perf_counter

import psutil
from starlette.requests import HTTPConnection

from assist.journal.protocol import Journal
from assist.journal.store import open_journal
from assist.link.device_key import key_file, write_key
from assist.link.messages import HelpStage, Seen
from assist.server.app import make_app
from assist.server.calls import open_calls, take
from assist.server.database import Database
from assist.server.kiosks import devices
from assist.server.running import run
from assist.server.site import Site
from assist.server.staff_member import Role, StaffMember
from assist.session.commands import Mode, Origin
from assist.session.events import HelpCalled, SessionStarted, StepShown
from assist.sync.client import SiteLink, Where, make_link

KIOSKS, DESKS, ROUNDS = 50, 20, 12
EVERY = 2.0
"""Seconds between two moments of one kiosk."""
GOAL_MS, GOAL_MB = 300.0, 300.0
_PATIENCE = 60.0


@dataclass
class Kiosk:
    """A kiosk, and when it showed each moment."""

    name: str
    journal: Journal
    link: SiteLink
    shown: dict[str, float] = field(default_factory=dict[str, float])
    late: list[float] = field(default_factory=list[float])
    missed: int = 0
    """Moments that another had replaced before a desk was told: a machine that is too busy."""

    async def show(self, mark: str) -> None:
        """Write an event and show ``mark``, as the dialogue does."""
        self.shown[mark] = perf_counter()
        await asyncio.to_thread(self.journal.append, [StepShown("besoin", "", "")], _now(), self.name)
        self.link.written()
        self.link.show(Seen(self.name, mark, "step", "fr", title=mark, help=HelpStage.JOINED))

    def seen(self, line: str) -> None:
        """A desk has this line: the moments that are in it have come, and those before them never will."""
        for mark in [mark for mark in self.shown if mark in line]:
            before = list(self.shown)[: list(self.shown).index(mark)]
            for missed in before:
                del self.shown[missed]
            self.missed += len(before)
            self.late.append(perf_counter() - self.shown.pop(mark))


def measure(kiosks: int = KIOSKS, desks: int = DESKS, rounds: int = ROUNDS) -> dict[str, float]:
    """``p50_ms``, ``p95_ms``, ``server_mb`` and how many moments were ``seen``, with the goals."""
    with tempfile.TemporaryDirectory() as name, create_server(("127.0.0.1", 0)) as free:
        folder, port = Path(name), free.getsockname()[1]
        free.close()
        made = Database(_address(folder))
        made.upgrade()
        made.close()
        server = subprocess.Popen([sys.executable, "-m", "benchmarks.site", "--serve", name, str(port)])
        try:
            late, memory = asyncio.run(_measure(folder, port, server.pid, kiosks, desks, rounds))
        finally:
            server.terminate()
            server.wait()
    return {
        "p50_ms": median(late) * 1000,
        "p95_ms": quantiles(late, n=20)[-1] * 1000,
        "seen": len(late),
        "server_mb": memory / 2**20,
        "goal_ms": GOAL_MS,
        "goal_mb": GOAL_MB,
    }


async def _measure(
    folder: Path, port: int, server: int, kiosks: int, desks: int, rounds: int
) -> tuple[list[float], int]:
    database = Database(_address(folder))
    all_kiosks = [_kiosk(folder, port, database, f"borne-{n}") for n in range(kiosks)]
    running = [asyncio.create_task(kiosk.link.run()) for kiosk in all_kiosks]
    await _until(lambda: all(kiosk.link.state.reachable for kiosk in all_kiosks))
    for kiosk in all_kiosks:
        started = SessionStarted(kiosk.name, "fr", Mode.KIOSK, Origin.TOUCH, today=_now().date(), monotonic=0.0)
        kiosk.journal.append([started, HelpCalled("besoin")], _now(), kiosk.name)
        kiosk.link.written()
    await _until(lambda: _waiting(database) == kiosks)
    with database.begin() as transaction:
        calls = {call.kiosk: call.id for call in open_calls(transaction, _now())}
        for n in range(desks):
            assert take(transaction, calls[f"borne-{n}"], f"desk-{n}", _now())
    desked = enumerate(all_kiosks[:desks])
    running += [asyncio.create_task(_follow(port, kiosk, calls[kiosk.name], f"desk-{n}")) for n, kiosk in desked]
    await asyncio.sleep(EVERY)
    showing = [_moments(kiosk, rounds, n * EVERY / kiosks) for n, kiosk in enumerate(all_kiosks)]
    await asyncio.gather(*showing)
    await _until(lambda: not any(kiosk.shown for kiosk in all_kiosks[:desks]))
    memory = psutil.Process(server).memory_info().rss
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    for kiosk in all_kiosks:
        kiosk.journal.close()
    database.close()
    return [late for kiosk in all_kiosks[:desks] for late in kiosk.late], memory


def _kiosk(folder: Path, port: int, database: Database, name: str) -> Kiosk:
    file = key_file(folder / "keys", name)
    with database.begin() as transaction:
        write_key(file, devices.add(transaction, name, _now()))
    path = folder / name / "journal.db"
    journal = open_journal(path, name, _now).journal
    return Kiosk(name, journal, make_link(Where(f"ws://127.0.0.1:{port}", file, path, name, "bench")))


async def _moments(kiosk: Kiosk, rounds: int, offset: float) -> None:
    """Its moments, each in its turn."""
    loop = asyncio.get_running_loop()
    begins = loop.time() + offset
    for n in range(rounds):
        await asyncio.sleep(max(0.0, begins + n * EVERY - loop.time()))
        await kiosk.show(f"moment-{kiosk.name}-{n}.")


async def _follow(port: int, kiosk: Kiosk, call: str, member: str) -> None:
    """A desk: reads the page beside the person as a browser does."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    asked = f"GET /session/{kiosk.name}/live?call={call} HTTP/1.1"
    writer.write(f"{asked}\r\nHost: 127.0.0.1\r\nX-Member: {member}\r\n\r\n".encode())
    while line := await reader.readline():
        kiosk.seen(line.decode())


def _waiting(database: Database) -> int:
    with database.begin() as transaction:
        return len(open_calls(transaction, _now()))


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not true():
            await asyncio.sleep(0.1)


def _now() -> datetime:
    return datetime.now(UTC)


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / 'site.db'}"


def _serve(folder: Path, port: int) -> None:
    def member(connection: HTTPConnection) -> StaffMember | None:
        name = connection.headers.get("x-member")
        return StaffMember(name, name, frozenset({Role.MEDIATOR})) if name else None

    site = Site("Mesure", _address(folder), folder / "keys")
    with create_server(("127.0.0.1", port)) as listening:
        run(make_app(site, authenticate=member), listening, None, lambda: None)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        _serve(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        for size in ((1, 1), (KIOSKS, DESKS)):
            found = measure(*size)
            print(  # noqa: T201
                f"{size[0]} kiosks, {size[1]} desks: event to desk p50 {found['p50_ms']:.0f} ms,"
                f" p95 {found['p95_ms']:.0f} ms ({found['seen']:.0f} moments, goal {GOAL_MS:.0f});"
                f" server {found['server_mb']:.0f} MB (goal {GOAL_MB:.0f})"
            )
