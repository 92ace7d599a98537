# SPDX-License-Identifier: EUPL-1.2
"""An engine that knows when its words are heard, made of one that does not and of a word timer."""

from __future__ import annotations

from pathlib import Path

from accessibility.speaking.protocol import Engine, Manner
from accessibility.speaking.word_times_supervised import WordTimer


class TimedEngine:
    """The :class:`~accessibility.speaking.protocol.Engine` given, which it owns, with its words timed."""

    def __init__(self, engine: Engine, timer: WordTimer) -> None:
        self._engine = engine
        self._timer = timer
        self._words = b""

    def name(self, language: str) -> str:
        """The engine's own: the sound is the same."""
        return self._engine.name(language)

    @property
    def words(self) -> bytes:
        """When each word of the last text begins: as the engine tells, else as it was measured."""
        return self._words

    def synthesise(self, text: str, manner: Manner, out: Path) -> bool:
        """See :class:`~accessibility.speaking.protocol.Engine`; some milliseconds more, for the words."""
        self._words = b""
        if not self._engine.synthesise(text, manner, out):
            return False
        self._words = self._engine.words or self._timer.words(text, manner, out)
        return True

    def stretch(self, wav: bytes, speed: float, out: Path) -> bool:
        """The words of a stretched sound are those of the sound: their times are parts of its length."""
        return self._engine.stretch(wav, speed, out)

    def forget(self) -> None:
        """Drop every trace, in both processes."""
        self._words = b""
        self._engine.forget()
        self._timer.forget()

    def close(self) -> None:
        """End both processes."""
        self._engine.close()
        self._timer.close()
