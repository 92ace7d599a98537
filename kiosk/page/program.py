# SPDX-License-Identifier: EUPL-1.2
"""The program behind the PTY, as the kernel knows it: its environment, its window, its session of processes."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import termios
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import psutil
from terminado.management import PtyWithClients

_NOT_THE_APPS = (
    "COLUMNS",
    "LINES",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "TMUX",
    "TMUX_PANE",
    "STY",
    "VTE_VERSION",
    "NOTIFY_SOCKET",
    "WATCHDOG_USEC",
    "WATCHDOG_PID",
)


@dataclass(frozen=True, slots=True)
class WindowSize:
    """In cells, and one cell in pixels."""

    rows: int
    columns: int
    cell_width: int
    cell_height: int


def app_environment(env: Mapping[str, str]) -> dict[str, str]:
    """What the app sees. COLUMNS and LINES are taken out: Python prefers them to the PTY's own size, and the app
    would keep its first size for ever."""
    kept = {name: value for name, value in env.items() if name not in _NOT_THE_APPS}
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PAS_A_PAS_DISPLAY": "page"}


def set_window_size(fd: int, size: WindowSize) -> None:
    """Tell the PTY its size, with pixels too: pictures read the size of a cell there, ptyprocess leaves it at zero."""
    width, height = size.columns * size.cell_width, size.rows * size.cell_height
    packed = struct.pack("HHHH", size.rows, size.columns, min(width, 65535), min(height, 65535))
    fcntl.ioctl(fd, termios.TIOCSWINSZ, packed)


def type_into(app: PtyWithClients, text: str) -> None:
    """Type ``text``; waits as long as the program does not read."""
    with suppress(OSError, ValueError):  # the app died in between: its watcher says so
        app.ptyproc.write(text)


def signal_session(leader: int, number: signal.Signals) -> None:
    """Signal every process of the session that the app leads: its voice, its printing, its children."""
    for process in psutil.process_iter():
        with suppress(ProcessLookupError, PermissionError):
            if os.getsid(process.pid) == leader:
                os.kill(process.pid, number)
