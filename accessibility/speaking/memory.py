# SPDX-License-Identifier: EUPL-1.2
"""A voice for tests: remembers what it was asked to say, and ends when the test says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accessibility.speaking.protocol import Manner, SpeechOutcome, Utterance, Word


@dataclass(frozen=True, slots=True)
class Said:
    """One screen that was said, or cut."""

    sentences: tuple[str, ...]
    manner: Manner
    private: bool
    """Something of it is."""


class MemorySpeaker:
    """Follows the protocol without sound or time: a screen is "being said" until :meth:`finish`, ``hush`` or ``say``.

    ``done`` is called from another thread and joined, so that a test sees its effect when the call returns. Call from
    the thread on which ``done`` waits (a user interface's) only with ``join=False``.
    """

    def __init__(self, *, join: bool = True) -> None:
        self.said: list[Said] = []
        self.prepared: list[tuple[str, ...]] = []
        self.hushed = 0
        self.forgotten = 0
        self.closed = False
        self._join = join
        self._lock = threading.Lock()
        self._current: tuple[Callable[[SpeechOutcome], None] | None] | None = None

    @property
    def speaking(self) -> bool:
        """True between ``say`` and its end."""
        return self._current is not None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence said so far, in order."""
        return tuple(sentence for said in self.said for sentence in said.sentences)

    def say(
        self,
        utterances: Sequence[Utterance],
        manner: Manner,
        done: Callable[[SpeechOutcome], None] | None = None,
        *,
        word: Callable[[Word | None], None] | None = None,
        private: bool = False,
    ) -> None:
        """Remember it; what was being said is interrupted."""
        self.finish(SpeechOutcome.INTERRUPTED)
        with self._lock:
            private |= any(u.private for u in utterances)
            self.said.append(Said(tuple(u.text for u in utterances), manner, private))
            self._current = (done,)

    def finish(self, outcome: SpeechOutcome = SpeechOutcome.SPOKEN) -> None:
        """End what is being said, in this way. Nothing happens when nothing is."""
        with self._lock:
            current, self._current = self._current, None
        if current and (done := current[0]):
            thread = threading.Thread(target=done, args=(outcome,), name="scripted voice")
            thread.start()
            if self._join:
                thread.join()

    def hush(self) -> None:
        """Interrupt what is being said."""
        self.hushed += 1
        self.finish(SpeechOutcome.INTERRUPTED)

    def prepare(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        """Remember what was asked."""
        self.prepared.append(tuple(u.text for u in utterances))

    def forget(self) -> None:
        """Interrupt, and drop what was private."""
        self.forgotten += 1
        self.finish(SpeechOutcome.INTERRUPTED)
        self.said = [said for said in self.said if not said.private]

    def close(self) -> None:
        """Interrupt for good."""
        self.closed = True
        self.finish(SpeechOutcome.INTERRUPTED)
