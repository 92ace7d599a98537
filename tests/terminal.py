# SPDX-License-Identifier: EUPL-1.2
"""A person at a real terminal: tmux on a socket of its own, driven by keys and by taps."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.cells import cell_len

POLL_SECONDS = 0.03
"""Between two looks at the screen."""

_CONFIGURATION = (
    ("status", "off"),
    ("remain-on-exit", "on"),
    ("history-limit", "0"),
    ("default-terminal", "xterm-256color"),
    ("escape-time", "0"),
)

START_SECONDS = 5.0
DRAINED_LOOKS = 5
"""Looks in a row that find nothing waiting."""

_RECORD = '"$@"; echo $? > "$0"'
"""Writes how the program ended: tmux itself misses it one time in two when the end is sudden."""


class NotSeen(AssertionError):
    """What was expected did not come; the message holds what was on the screen instead."""


@dataclass
class Terminal:
    """One program in one terminal. Made by :func:`open_terminal`."""

    socket: str
    width: int
    height: int
    exit_file: Path
    control: subprocess.Popen[str]
    """A client of tmux that takes one command a line: a process for each look would take more time than what looks."""

    # What is seen

    def screen(self) -> str:
        """What is on the screen now, a line a row, without trailing blanks."""
        return self._tmux("capture-pane", "-p")

    def history(self) -> str:
        """What is on the screen, and everything that scrolled off it, the other screen included."""
        pages = [self._tmux("capture-pane", "-p", "-S", "-", "-E", "-")]
        pages.append(self._tmux("capture-pane", "-p", "-q", "-a", "-S", "-", "-E", "-"))
        return "\n".join(pages)

    def wait_for(self, text: str | re.Pattern[str], timeout: float = 10.0) -> str:
        """Wait until ``text`` (or a pattern) is on the screen; the screen."""
        pattern = re.compile(re.escape(text)) if isinstance(text, str) else text
        return self.wait_until(lambda screen: pattern.search(screen) is not None, f"« {pattern.pattern} »", timeout)

    def wait_gone(self, text: str, timeout: float = 10.0) -> str:
        """Wait until ``text`` is no longer on the screen; the screen."""
        return self.wait_until(lambda screen: text not in screen, f"the end of « {text} »", timeout)

    def wait_until(self, true: Callable[[str], bool], what: str, timeout: float = 10.0) -> str:
        """Wait until ``true(screen)``; the screen."""
        end = time.monotonic() + timeout
        while True:
            screen = self.screen()
            if true(screen):
                return screen
            if time.monotonic() > end:
                raise NotSeen(f"{what} not seen in {timeout} s. Screen:\n{screen}")
            time.sleep(POLL_SECONDS)

    def place_of(self, text: str, timeout: float = 10.0, which: int = 0) -> tuple[int, int]:
        """Column and row (from 0) of the middle of ``text``, once it is there and rests: two looks find it alike."""
        former: list[tuple[int, int] | None] = [None]

        def rests(screen: str) -> bool:
            before, former[0] = former[0], _find(screen, text, which)
            return former[0] is not None and former[0] == before

        self.wait_until(rests, f"« {text} » at rest", timeout)
        assert former[0] is not None
        return former[0]

    # What is done

    def tap(self, column: int, row: int) -> None:
        """A tap: the mouse reports (SGR) that the terminal sends for a finger. 0, 0 is the top left cell."""
        place = f"{column + 1};{row + 1}"
        self.send(f"\x1b[<0;{place}M\x1b[<0;{place}m")

    def tap_on(self, text: str, timeout: float = 10.0, which: int = 0) -> None:
        """Tap ``text`` when it rests on the screen; ``which`` of them, from the top, -1 for the last."""
        self.tap(*self.place_of(text, timeout, which))

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names: "Enter", "Tab", "Down", "BSpace", "Escape", "F1", or one letter each."""
        self._tmux("send-keys", *names)

    def write(self, text: str) -> None:
        """Type letters."""
        self._tmux("send-keys", "-l", "--", text)

    def send(self, data: str) -> None:
        """Send raw input, escape sequences included."""
        self._tmux("send-keys", "-H", *(f"{byte:02x}" for byte in data.encode()))

    def paste(self, file: Path, *, bracketed: bool = True) -> None:
        """Paste a whole file: in brackets when the program understands them, as terminals do, or as bare input."""
        self._apart("load-buffer", "-b", "pasted", str(file))
        self._tmux("paste-buffer", "-b", "pasted", *(["-p"] if bracketed else []))

    def wait_drained(self, timeout: float = 30.0) -> None:
        """Wait until the program has taken everything that was sent to it."""
        name = self._tmux("display-message", "-p", "#{pane_tty}")
        end = time.monotonic() + timeout
        empty = 0
        with Path(name).open("rb", buffering=0) as tty:
            while empty < DRAINED_LOOKS:
                waiting = fcntl.ioctl(tty, termios.FIONREAD, b"\0" * 4)
                empty = 0 if any(waiting) else empty + 1
                if time.monotonic() > end:
                    raise NotSeen(f"not everything was read in {timeout} s")
                time.sleep(POLL_SECONDS)

    def resize(self, width: int, height: int) -> None:
        """Change the terminal's size, in cells."""
        self.width, self.height = width, height
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    # The program

    @property
    def pid(self) -> int:
        """Process id of the program, once it runs."""
        shell = psutil.Process(int(self._tmux("display-message", "-p", "#{pane_pid}")))
        end = time.monotonic() + START_SECONDS
        while not (children := shell.children()):
            if time.monotonic() > end:
                raise NotSeen("the program does not run")
            time.sleep(POLL_SECONDS)
        return children[0].pid

    @property
    def exit_code(self) -> int | None:
        """How the program ended: its exit code, 128 + the signal that killed it, or None while it runs."""
        written = self.exit_file.read_text() if self.exit_file.exists() else ""
        return int(written) if written.endswith("\n") else None

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to the program, ``kill -9`` by default."""
        os.kill(self.pid, number)

    def wait_exit(self, timeout: float = 10.0) -> int:
        """Wait for the program's end; its exit code."""
        end = time.monotonic() + timeout
        while (code := self.exit_code) is None:
            if time.monotonic() > end:
                raise NotSeen(f"still running after {timeout} s. Screen:\n{self.screen()}")
            time.sleep(POLL_SECONDS)
        return code

    def restart(self) -> None:
        """Start the same command again in the same terminal, its screen cleared."""
        self.exit_file.unlink(missing_ok=True)
        self._tmux("respawn-pane", "-k")

    def close(self) -> None:
        """End the program and its terminal."""
        socket = self._tmux("display-message", "-p", "#{socket_path}")
        with self.control:
            self.control.kill()  # A server that has much to pass on still waits for its clients.
        self._apart("kill-server")
        Path(socket).unlink(missing_ok=True)
        shutil.rmtree(self.exit_file.parent)

    def _tmux(self, *words: str) -> str:
        assert self.control.stdin is not None
        assert not any("\n" in word for word in words), "a line is a command of its own"
        # Between apostrophes nothing has a meaning of its own.
        print(*("'" + word.replace("'", r"'\''") + "'" for word in words), file=self.control.stdin, flush=True)
        return _answer(self.control)

    def _apart(self, *words: str) -> None:
        """What :attr:`control` cannot do: read a file, survive the server."""
        subprocess.run(["tmux", "-L", self.socket, *words], capture_output=True, check=True)


def _answer(control: subprocess.Popen[str]) -> str:
    """What tmux answers to the next command: what stands between its two guards."""
    assert control.stdout is not None
    begins = next((line for line in control.stdout if line.startswith("%begin ")), "")
    if not begins:
        raise RuntimeError("tmux is gone")
    guard = begins.removeprefix("%begin")
    lines: list[str] = []
    for line in control.stdout:
        if line == f"%end{guard}":
            return "".join(lines).rstrip("\n")
        if line == f"%error{guard}":
            break
        lines.append(line)
    raise RuntimeError(f"tmux refuses: {''.join(lines)}")


def _find(screen: str, text: str, which: int) -> tuple[int, int] | None:
    found = [
        (cell_len(line[: match.start()]) + cell_len(text) // 2, row)
        for row, line in enumerate(screen.split("\n"))
        for match in re.finditer(re.escape(text), line)
    ]
    return found[which] if -len(found) <= which < len(found) else None


def start(command: Sequence[str], env: Mapping[str, str] | None = None, size: tuple[int, int] = (100, 32)) -> Terminal:
    """Start ``command`` in a terminal of ``size`` (columns, rows). ``env`` is added to ours. Close it afterwards."""
    exit_file = Path(tempfile.mkdtemp(prefix="pas-a-pas-terminal-")) / "exit"
    socket = f"pas-a-pas-{os.getpid()}-{secrets.token_hex(4)}"
    width, height = size
    whole = {name: value for name, value in os.environ.items() if name not in ("TMUX", "TMUX_PANE")}
    whole |= {"COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"} | dict(env or {})
    options = [word for name, value in _CONFIGURATION for word in ("set-option", "-g", name, value, ";")]
    program = ["sh", "-c", _RECORD, str(exit_file), *command]
    window = ["new-session", "-d", "-x", str(width), "-y", str(height), "--", *program]
    subprocess.run(
        # The options must stand before the window is made: a first session carries them in.
        ["tmux", "-u", "-L", socket, "-f", "/dev/null", "start-server", ";", *options, *window],
        env=whole,
        check=True,
        capture_output=True,
    )
    control = subprocess.Popen(
        ["tmux", "-u", "-L", socket, "-C", "attach-session", "-E", "-f", "ignore-size,no-output"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    _answer(control)
    return Terminal(socket, width, height, exit_file, control)


@contextlib.contextmanager
def open_terminal(
    command: Sequence[str], env: Mapping[str, str] | None = None, size: tuple[int, int] = (100, 32)
) -> Iterator[Terminal]:
    """:func:`start`, and :meth:`Terminal.close` at the end."""
    terminal = start(command, env, size)
    try:
        yield terminal
    finally:
        terminal.close()
