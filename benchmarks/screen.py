# SPDX-License-Identifier: EUPL-1.2
"""First paint against an empty Textual app (goal: at most 1.5 times), and tap to next step painted against a bare
``push_screen`` (goal: at most 1.3 times), the journal's commit inside.

Each app is a fresh process behind a pseudo-terminal of 100 by 32 that answers as a real one does; times run from the
start of the process, or from the key, until the awaited words come out. Kiosk and baseline take turns. Medians, in
milliseconds.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
FIRST_PAINT_GOAL = 1.5
STEP_GOAL = 1.3
PATIENCE = 20.0
SIZE = (32, 100)
READING = 0.5
"""Seconds that a view is left alone before a key answers it: a key that comes sooner is not taken."""
LETTING_GO = 0.8
"""Seconds before the same key is pressed again: sooner, it is taken for one held down."""
_NOT_OF_A_KIOSK = ("COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")
COMPILED = Path(tempfile.gettempdir()) / f"pas-a-pas-bench-{os.getuid()}"
TERMINAL_ANSWER = b"\x1b[?62;4;22c"

_EMPTY_APP = "from textual.app import App; App().run()"
_EMPTY_MARK = b"\x1b[1;1H"
"""An empty app paints from the top left corner; it has no words."""
_PUSH_APP = """
from textual.app import App
from textual.screen import Screen
from textual.widgets import Static

class Second(Screen):
    BINDINGS = [("b", "app.pop_screen", "")]
    def compose(self):
        yield Static("SECOND SCREEN")

class First(App):
    BINDINGS = [("a", "next", "")]
    def compose(self):
        yield Static("FIRST SCREEN")
    def action_next(self):
        self.push_screen(Second())

First().run()
"""
_CONFIG = """
[voice]
engine = "{voice}"
[content]
path = "procedures"
"""


class Seen:
    """One app behind a pseudo-terminal."""

    def __init__(self, command: Sequence[str], cwd: Path) -> None:
        self.started = perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            environment = {k: v for k, v in os.environ.items() if k not in _NOT_OF_A_KIOSK}
            environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
            # Both sides keep their compiled modules, as an installed kiosk does.
            environment["PYTHONPYCACHEPREFIX"] = str(COMPILED)
            os.execve(command[0], list(command), environment)  # noqa: S606 - the benchmark's own commands
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 1000, 640))
        self.output = b""

    def wait_for(self, mark: bytes) -> float:
        """Seconds from the process's start until ``mark`` came out; what came before it is forgotten."""
        end = perf_counter() + PATIENCE
        while mark not in self.output:
            if perf_counter() > end:
                raise TimeoutError(f"{mark!r} never came; last: {self.output[-2000:]!r}")
            self._read(0.05)
        now = perf_counter() - self.started
        self.output = self.output[self.output.index(mark) + len(mark) :]
        return now

    def press(self, key: bytes, mark: bytes, quiet: float = 0.15) -> float:
        """Seconds from ``key``, pressed after ``quiet`` seconds without output, until ``mark`` came out."""
        self.settle(quiet)
        self.output = b""
        began = perf_counter()
        os.write(self.fd, key)
        return self.wait_for(mark) + self.started - began

    def settle(self, quiet: float = 0.15) -> None:
        """Read until nothing has come for ``quiet`` seconds."""
        while self._read(quiet):
            pass

    def _read(self, timeout: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], timeout)
        if not ready:
            return False
        data = os.read(self.fd, 1 << 16)
        if b"\x1b[c" in data:
            os.write(self.fd, TERMINAL_ANSWER)
        self.output += data
        return True

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


@contextmanager
def seen(command: Sequence[str], cwd: Path) -> Iterator[Seen]:
    """``command`` behind a pseudo-terminal, killed at the end."""
    app = Seen(command, cwd)
    try:
        yield app
    finally:
        app.end()


def site(folder: Path, voice: str = "none") -> list[str]:
    """A kiosk of its own in ``folder``, with the sample procedure; the command that runs it."""
    sys.path.insert(0, str(ROOT))
    from tests.sample_procedures import write_procedure

    write_procedure(folder / "procedures" / "essai")
    (folder / "kiosk.toml").write_text(_CONFIG.format(voice=voice), encoding="utf-8")
    return [sys.executable, "-m", "kiosk", "--config", str(folder / "kiosk.toml"), "run"]


def to_the_first_step(app: Seen) -> None:
    """From the welcome to the first step of the sample procedure; the focus is on "Continuer"."""
    app.press(b"\r", b"Touchez une image")
    app.press(b"1", b"Refaire", LETTING_GO)
    app.press(b"1", b"Nous allons", LETTING_GO)


def measure_first_paint(rounds: int = 7) -> dict[str, float]:
    """Milliseconds to the first paint, kiosk and empty app, and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kiosk, empty = site(folder), [sys.executable, "-c", _EMPTY_APP]
        ours: list[float] = []
        theirs: list[float] = []
        for turn in range(rounds + 1):
            with seen(kiosk, folder) as app:
                painted = app.wait_for(b"Commencer")
            with seen(empty, folder) as app:
                blank = app.wait_for(_EMPTY_MARK)
            if turn:  # The first turn only warms the disk's cache.
                ours.append(painted)
                theirs.append(blank)
    return _result(ours, theirs, FIRST_PAINT_GOAL)


def measure_step(rounds: int = 20) -> dict[str, float]:
    """Milliseconds from a key to the next step painted, the event durable; and for a bare ``push_screen``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with seen(site(folder), folder) as ours, seen([sys.executable, "-c", _PUSH_APP], folder) as bare:
            ours.wait_for(b"Commencer")
            bare.wait_for(b"FIRST SCREEN")
            to_the_first_step(ours)
            steps: list[float] = []
            pushes: list[float] = []
            for _ in range(rounds):
                steps.append(ours.press(b"\r", b"Regardez les images", READING))
                pushes.append(bare.press(b"a", b"SECOND SCREEN"))
                ours.press(b"r", b"Nous allons")
                bare.press(b"b", b"FIRST SCREEN")
    return _result(steps, pushes, STEP_GOAL)


def _result(ours: list[float], theirs: list[float], goal: float) -> dict[str, float]:
    kiosk, baseline = median(ours) * 1000, median(theirs) * 1000
    return {
        "kiosk_ms": round(kiosk, 1),
        "baseline_ms": round(baseline, 1),
        "ratio": round(kiosk / baseline, 2),
        "goal": goal,
    }


def measure() -> dict[str, dict[str, float]]:
    """Both, in one run: ``{"first_paint": {...}, "step": {...}}``, each with ``ratio`` and ``goal``."""
    return {"first_paint": measure_first_paint(), "step": measure_step()}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))  # noqa: T201
