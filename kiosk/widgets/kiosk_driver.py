# SPDX-License-Identifier: EUPL-1.2
"""What reaches the app from the keyboard: keys and taps, never a flood.

A paste of ten megabytes, or a jammed key, would keep the terminal toolkit busy for minutes: it reads one character
at a time. What comes faster than anybody types is dropped before it is read; control sequences (taps, arrows) pass.
"""

from __future__ import annotations

import os
import re
import selectors
import signal
import time
from codecs import getincrementaldecoder
from dataclasses import dataclass

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

CHUNK = 65_536
LONGEST_SEQUENCE = 64
_WANTED = (
    r"\[<\d+;\d+;\d+[Mm]"  # a tap
    r"|\[[\d;:]*[A-HPQRSZ~u]|\[\[[A-E]|O[@-~]"  # arrows, function keys; the brackets of a paste
    r"|\[[IO]|\[\?[\d;]*\$y|\[48;[\d;]*t"  # the terminal: focus, modes, its new size
)
_SEQUENCE = re.compile(
    rf"\x1b(?:(?P<wanted>{_WANTED})|\[[0-?]*[ -/]*[@-~]|[PX^_\]][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[O\x1b])"
)
"""What is not wanted: a letter pressed with Alt, and other answers of a terminal, whose digits would be typed."""
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")


@dataclass(slots=True)
class Allowance:
    """So many at once, and so many more each second."""

    most: int
    per_second: int
    left: float = 0.0
    at: float = float("-inf")

    def take(self, wanted: int, now: float) -> int:
        """How many of ``wanted`` may pass at ``now`` (monotonic seconds)."""
        self.left = min(self.most, self.left + (now - self.at) * self.per_second)
        self.at = now
        some = min(wanted, int(self.left))
        self.left -= some
        return some


class Sieve:
    """Drops plain text and control sequences that come too fast; what passes is never a piece of a sequence."""

    def __init__(self) -> None:
        self._text = Allowance(512, 256)
        self._sequences = Allowance(1024, 1024)
        self._held = ""

    def sift(self, text: str, now: float) -> str:
        """What of ``text`` may pass at ``now`` (monotonic seconds)."""
        text = self._held + text
        unfinished = _UNFINISHED.search(text, max(0, len(text) - LONGEST_SEQUENCE))
        self._held = unfinished.group() if unfinished else ""
        text = text[: len(text) - len(self._held)]
        kept: list[str] = []
        at = 0
        for match in _SEQUENCE.finditer(text):
            kept.append(self._some(text[at : match.start()], now))
            if match["wanted"] and self._sequences.take(1, now):
                kept.append(match.group())
            at = match.end()
        kept.append(self._some(text[at:], now))
        return "".join(kept)

    def rest(self) -> str:
        """The start of a sequence whose end never came: the escape key alone."""
        held, self._held = self._held, ""
        return held

    def _some(self, plain: str, now: float) -> str:
        return plain[: self._text.take(len(plain), now)] if plain else ""


class KioskDriver(LinuxDriver):
    """The terminal, with its input limited and its stop key deaf."""

    def _sigtstp_application(self, *_: object) -> None:
        """A kiosk is not put to sleep from its own terminal."""

    def start_application_mode(self) -> None:
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        super().start_application_mode()

    def run_input_thread(self) -> None:
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        sieve = Sieve()
        try:
            while not self.exit_event.is_set():
                ready = selector.select(0.1)
                if ready:
                    data = os.read(self.fileno, CHUNK)
                    if not data:
                        break  # The terminal is gone.
                    text = sieve.sift(decode(data), time.monotonic())
                else:
                    text = sieve.rest()
                if text:
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        finally:
            selector.close()
