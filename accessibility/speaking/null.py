# SPDX-License-Identifier: EUPL-1.2
"""The voice of a kiosk that has none: ``engine = "none"``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from accessibility.speaking.protocol import Manner, SpeechOutcome, Utterance, Word


class NullSpeaker:
    """Says nothing, and says so: every ``done`` gets NO_VOICE."""

    @property
    def speaking(self) -> bool:
        """Never."""
        return False

    def say(
        self,
        utterances: Sequence[Utterance],
        manner: Manner,
        done: Callable[[SpeechOutcome], None] | None = None,
        *,
        word: Callable[[Word | None], None] | None = None,
        private: bool = False,
    ) -> None:
        """Nothing is said; ``done`` is told on a thread of its own, as the protocol promises."""
        if done:
            threading.Thread(target=done, args=(SpeechOutcome.NO_VOICE,), name="no voice").start()

    def hush(self) -> None:
        """Nothing to hush."""

    def prepare(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        """Nothing to prepare."""

    def forget(self) -> None:
        """Nothing to forget."""

    def close(self) -> None:
        """Nothing to end."""
