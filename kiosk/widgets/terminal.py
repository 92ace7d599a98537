# SPDX-License-Identifier: EUPL-1.2
"""What this terminal can do: asked once, before the app takes it."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import sys
import termios
import tty
from contextlib import suppress
from typing import Literal

Drawing = Literal["sixel", "blocks", "text"]

PICTURE_ANSWER_SECONDS = 0.2
_UNKNOWN_CELL = (10, 20)
"""Pixels of a cell where the terminal does not tell: those of the VT340, on which sixel was born."""
_SIXEL = "4"


def drawing_for(setting: str) -> Drawing:
    """How pictograms are drawn: ``setting`` from kiosk.toml, and for "auto" what the terminal answers."""
    if setting == "sixel":
        return "sixel"
    if setting in ("blocks", "text"):
        return "blocks" if setting == "blocks" else "text"
    return "sixel" if draws_sixel() else "blocks"


def draws_sixel() -> bool:
    """Ask the terminal for its attributes (DA1); 4 among them means sixel. False without a terminal or an answer."""
    if sys.__stdin__ is None or sys.__stdout__ is None or not (sys.__stdin__.isatty() and sys.__stdout__.isatty()):
        return False
    stdin, stdout = sys.__stdin__.fileno(), sys.__stdout__.fileno()
    before = termios.tcgetattr(stdin)
    try:
        tty.setcbreak(stdin, termios.TCSANOW)
        os.write(stdout, b"\x1b[c")
        answer = _read_answer(stdin)
    except OSError:
        return False
    finally:
        termios.tcsetattr(stdin, termios.TCSANOW, before)
    start, end = answer.rfind("\x1b[?"), answer.rfind("c")
    return 0 <= start < end and _SIXEL in answer[start + 3 : end].split(";")


def _read_answer(stdin: int) -> str:
    answer = b""
    while b"c" not in answer and len(answer) < 256:
        ready, _, _ = select.select([stdin], [], [], PICTURE_ANSWER_SECONDS)
        if not ready:
            break
        answer += os.read(stdin, 64)
    return answer.decode("ascii", "replace")


def cell_pixels() -> tuple[int, int]:
    """Width and height of a cell in pixels, as the terminal says now: it changes with the letters' size."""
    if sys.__stdout__ is not None:
        with suppress(OSError, ValueError):
            size = fcntl.ioctl(sys.__stdout__.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
            rows, columns, width, height = struct.unpack("HHHH", size)
            if rows and columns and width >= columns and height >= rows:
                return width // columns, height // rows
    return _UNKNOWN_CELL
