# SPDX-License-Identifier: EUPL-1.2
"""Whisper that writes down what it made of each sound: the rules that judge it are tried again at no cost.

What it was told is part of the question: another prompt is another question. Its times mean nothing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from accessibility.listening.recogniser import Samples
from accessibility.listening.whisper import Transcripts, WhisperRecogniser
from benchmarks.listening_sounds import KEPT

_MEMORY = "transcripts.sqlite"


class _Sound:
    """A sound that is encoded when somebody needs it."""

    def __init__(self, samples: Samples, encode: Callable[[Samples], Any]) -> None:
        self.name = hashlib.sha256(samples.tobytes()).hexdigest()
        self._samples = samples
        self._encode = encode
        self._encoded: Any = None

    @property
    def encoded(self) -> Any:
        """As the model sees it."""
        if self._encoded is None:
            self._encoded = self._encode(self._samples)
        return self._encoded


class RememberedWhisper(WhisperRecogniser):
    """The same answers as Whisper's, from memory where it can."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        KEPT.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._kept = sqlite3.connect(KEPT / _MEMORY, timeout=60, isolation_level=None)
        self._kept.execute("create table if not exists kept (question text primary key, answer text)")

    def encode(self, sound: Samples) -> _Sound:
        """Not yet: nobody may need it."""
        return _Sound(sound, super().encode)

    def decode(self, encoded: _Sound, prompt: Sequence[int]) -> Transcripts:
        """The best transcripts after this prompt."""

        def work() -> list[Any]:
            found = super(RememberedWhisper, self).decode(encoded.encoded, prompt)
            return [found.texts, found.scores, found.no_speech]

        texts, scores, no_speech = self._answer(["decode", encoded.name, *prompt], work)
        return Transcripts(tuple(texts), tuple(scores), no_speech)

    def seen(self, encoded: _Sound, samples: int) -> Samples:
        """What the model makes of the sound: not kept, it is long."""
        return super().seen(encoded.encoded, samples)

    def likelihoods(self, encoded: _Sound, start: Sequence[int], texts: Sequence[str]) -> list[float]:
        """The log probability of each text."""

        def one(text: str) -> float:
            return super(RememberedWhisper, self).likelihoods(encoded.encoded, start, [text])[0]

        return [self._answer(["align", encoded.name, *start, text], lambda text=text: one(text)) for text in texts]

    def _answer(self, question: Sequence[Any], work: Callable[[], Any]) -> Any:
        key = hashlib.sha256(json.dumps(question).encode()).hexdigest()
        found = self._kept.execute("select answer from kept where question = ?", (key,)).fetchone()
        if found:
            return json.loads(found[0])
        answer = work()
        self._kept.execute("insert or replace into kept values (?, ?)", (key, json.dumps(answer)))
        return answer
