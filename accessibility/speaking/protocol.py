# SPDX-License-Identifier: EUPL-1.2
"""The ports of the speaking voice. Outcomes are values; exceptions are bugs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class SpeechOutcome(StrEnum):
    """How a sentence, or a whole screen, ended."""

    SPOKEN = "spoken"
    INTERRUPTED = "interrupted"
    NO_SOUND = "no_sound"
    """There is no sound device; said once, to the technician."""
    NO_VOICE = "no_voice"
    """The engine could not make this sentence, even after a restart."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to say it: language ("fr"), rate (times normal), volume (0 to 100)."""

    language: str = "fr"
    rate: float = 1.0
    volume: int = 80


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence as it is written on the screen; the voice says its numbers and acronyms as a person would.

    ``language`` "" is the manner's: only what is said in another language names it ("English", on a French welcome).
    What is ``private`` leaves no trace on the disk: no sound is kept, none that is there is dated.
    """

    text: str
    language: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """The word that is heard now: signs ``start`` to ``end`` of the text of one utterance, as it is written."""

    utterance: int
    start: int
    end: int


class Engine(Protocol):
    """Makes sound out of a text. May be slow; called from a worker thread, one call at a time."""

    def name(self, language: str) -> str:
        """Part of the cache's key: the engine, and the voice that it speaks this language with."""
        ...

    def synthesise(self, text: str, manner: Manner, out: Path) -> bool:
        """Write a WAV file at ``out`` at normal volume. False when it could not, within its own time limit."""
        ...

    @property
    def words(self) -> bytes:
        """When each word of the last text begins (``word_times.packed``); b"" when it does not know."""
        ...

    def stretch(self, wav: bytes, speed: float, out: Path) -> bool:
        """Write ``wav`` at ``out``, ``speed`` times as fast, at the same pitch. False when it could not."""
        ...

    def forget(self) -> None:
        """Drop every trace of what was said, down to the memory of the process behind it."""
        ...

    def close(self) -> None:
        """End the process behind it, if any."""
        ...


class Speaker(Protocol):
    """Says things to the person. Every method returns at once; nothing blocks the screen."""

    def say(
        self,
        utterances: Sequence[Utterance],
        manner: Manner,
        done: Callable[[SpeechOutcome], None] | None = None,
        *,
        word: Callable[[Word | None], None] | None = None,
        private: bool = False,
    ) -> None:
        """Say the utterances one after the other, in place of whatever was being said.

        ``done`` is called once, ``word`` as each word begins to be heard (None when the last has been), both from
        another thread. ``private``: every one of the utterances is.
        """
        ...

    def hush(self) -> None:
        """Silence within 100 ms."""
        ...

    def prepare(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        """Make the sound of public sentences ahead of time, when nothing else is to be said."""
        ...

    def forget(self) -> None:
        """Drop every private trace: the session has ended."""
        ...

    @property
    def speaking(self) -> bool:
        """True while sound is coming out."""
        ...

    def close(self) -> None:
        """Silence, then end every thread and process."""
        ...
