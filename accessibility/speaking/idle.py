# SPDX-License-Identifier: EUPL-1.2
"""Lends the quiet hours to the rendering: it runs while nobody is there, and is gone as soon as somebody is.

Nothing has to be told who is there: all that a person does or hears goes through the speaker, which this one stands
before. The rendering is another program, which keeps each sentence as soon as it is made: it can be killed at any time.
"""

from __future__ import annotations

import logging
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from accessibility.speaking.protocol import Manner, Speaker, SpeechOutcome, Utterance, Word

_log = logging.getLogger(__name__)

MEMORY = 700_000_000
"""Bytes that must be free: the rendering takes 450 MB, and the machine must still breathe."""
RECHECK = 60.0
"""Seconds until the memory is looked at again."""
LOOK = 0.5
"""Seconds between two looks at a voice that still speaks."""


@dataclass(frozen=True, slots=True)
class IdleWork:
    """What to run, and after how many seconds without anybody."""

    command: Sequence[str]
    """Its last argument, added here, is the number of the process that it must not outlive."""
    quiet: float


class IdleRendering:
    """The :class:`~accessibility.speaking.protocol.Speaker` given, which works when it has nothing to say."""

    def __init__(
        self,
        speaker: Speaker,
        work: IdleWork,
        ended: Callable[[], None] = lambda: None,
        free_memory: Callable[[], int] | None = None,
    ) -> None:
        """Takes the speaker over. ``ended`` is called each time that the work stops, finished or not."""
        self._speaker = speaker
        self._work = work
        self._ended = ended
        self._free_memory = free_memory or _free_memory
        self._news = threading.Condition()
        self._last = time.monotonic()
        self._process: subprocess.Popen[bytes] | None = None
        self._closing = False
        self._finished = False
        self._thread = threading.Thread(target=self._run, name="idle rendering", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """Of the rendering, while it runs."""
        with self._news:
            return self._process.pid if self._process else None

    @property
    def quiet(self) -> float:
        """Seconds without anybody before it begins."""
        return self._work.quiet

    @property
    def finished(self) -> bool:
        """True once there is nothing left to do, or it cannot be done here: it is not tried again."""
        return self._finished

    # The speaker

    def say(
        self,
        utterances: Sequence[Utterance],
        manner: Manner,
        done: Callable[[SpeechOutcome], None] | None = None,
        *,
        word: Callable[[Word | None], None] | None = None,
        private: bool = False,
    ) -> None:
        """See :class:`~accessibility.speaking.protocol.Speaker`."""
        self._somebody()
        self._speaker.say(utterances, manner, done, word=word, private=private)

    def hush(self) -> None:
        """See :class:`~accessibility.speaking.protocol.Speaker`."""
        self._somebody()
        self._speaker.hush()

    def prepare(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        """See :class:`~accessibility.speaking.protocol.Speaker`."""
        self._somebody()
        self._speaker.prepare(utterances, manner)

    def forget(self) -> None:
        """See :class:`~accessibility.speaking.protocol.Speaker`."""
        self._somebody()
        self._speaker.forget()

    @property
    def speaking(self) -> bool:
        """See :class:`~accessibility.speaking.protocol.Speaker`."""
        return self._speaker.speaking

    def close(self) -> None:
        """End the work, then the speaker."""
        with self._news:
            self._closing = True
            self._stop()
            self._news.notify()
        self._thread.join()
        self._speaker.close()

    # The work

    def _somebody(self) -> None:
        """Stop at once: a signal is sent, nothing is waited for."""
        with self._news:
            self._last = time.monotonic()
            self._stop()

    def _stop(self) -> None:
        if self._process:
            self._process.kill()  # what it started dies with it (PR_SET_PDEATHSIG)

    def _run(self) -> None:
        while self._wait_for_quiet():
            process = self._start()
            if process is None:
                self._finished = True
                return
            code = process.wait()
            with self._news:
                self._process = None
            self._ended()
            if code > 0:
                _log.error("what renders while nobody is there ended with code %d", code)
            if code >= 0:  # it ended by itself: all is made, or it cannot be
                self._finished = True
                return

    def _wait_for_quiet(self) -> bool:
        """True when there was nobody for long enough, and there is room; False when all is to end."""
        with self._news:
            while not self._closing:
                left = self._last + self._work.quiet - time.monotonic()
                if left <= 0 and self._speaker.speaking:
                    self._last, left = time.monotonic(), LOOK
                if left <= 0 and self._free_memory() < MEMORY:
                    left = RECHECK
                if left <= 0:
                    return True
                self._news.wait(left)
            return False

    def _start(self) -> subprocess.Popen[bytes] | None:
        """This thread forks and waits: the program dies with it (PR_SET_PDEATHSIG)."""
        with self._news:
            if self._closing:
                return None
            with suppress(OSError):
                self._process = subprocess.Popen(
                    [*self._work.command, str(os.getpid())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            if time.monotonic() - self._last < self._work.quiet:
                self._stop()  # somebody came in between
            return self._process


def _free_memory() -> int:
    """Bytes that can be had without hurting anybody; plenty where the system does not tell."""
    import psutil

    return int(psutil.virtual_memory().available)
