# SPDX-License-Identifier: EUPL-1.2
"""Who says what: the better voice where it was rendered, else the voice that is always there.

A screen is cast whole (ADR 0078): in the better voice when all its sentences were rendered with it. The better voice
is never made here: it is looked up, and stretched to the rate that is wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from accessibility.speaking.cache import AudioCache, Kept
from accessibility.speaking.protocol import Engine, Manner
from accessibility.speaking.rendered import NO_RENDERED_VOICE, RenderedVoice
from accessibility.speaking.sound import content_of, memory_file, seconds_of
from accessibility.speaking.stretch import NORMAL


class Line(NamedTuple):
    """One sentence as it is spoken, and how: its own language, the rate of the person.

    What is ``private`` may be said by a sound that is there; nothing is kept of it, and no date tells that it was said.
    """

    text: str
    manner: Manner
    private: bool = False


@dataclass(frozen=True, slots=True)
class Casting:
    """Who says a screen, and what of it is there already (None: to be made)."""

    better: bool
    """True: the rendered voice."""
    sounds: tuple[Kept | None, ...]


class CastingDesk:
    """The engine, the cache and the better voice together. One thread makes; any may look up."""

    def __init__(self, engine: Engine, cache: AudioCache, rendered: RenderedVoice = NO_RENDERED_VOICE) -> None:
        self._engine = engine
        self._cache = cache
        self._rendered = rendered

    def cast(self, lines: Sequence[Line]) -> Casting:
        """Who says these sentences. Reads files: a fraction of a millisecond each."""
        better: list[Kept | None] = []
        for line in lines:
            kept = self._better(line)
            if kept is None and not self._can_stretch(line):
                return Casting(False, tuple(self._plain(line) for line in lines))
            better.append(kept)
        return Casting(bool(lines), tuple(better))

    def has(self, line: Line) -> bool:
        """True when a sentence needs no synthesis."""
        return bool(self._better(line) or self._can_stretch(line) or self._plain(line))

    def better(self, line: Line) -> Kept | None:
        """A sentence in the better voice, if it was rendered: brought to its rate, and kept unless it is private."""
        return self._better(line) or self._stretched(line)

    def make(self, line: Line, *, better: bool = False) -> Kept | None:
        """The sound of one sentence; None when the engine could not."""
        if better and (made := self.better(line)):
            return made
        return self._plain(line) or self._synthesise(line)

    # The voice that is always there

    def _plain(self, line: Line) -> Kept | None:
        return self._find(self._engine.name(line.manner.language), line.manner.rate, line)

    def _synthesise(self, line: Line) -> Kept | None:
        with memory_file() as (descriptor, path):
            if not self._engine.synthesise(line.text, line.manner, path):
                return None
            made = Kept(content_of(descriptor), self._engine.words)
        return self._keep(self._engine.name(line.manner.language), line, made)

    # The better one

    def _better(self, line: Line) -> Kept | None:
        name = self._rendered.name(line.manner.language)
        return self._find(name, line.manner.rate, line) if name else None

    def _can_stretch(self, line: Line) -> bool:
        name = self._rendered.name(line.manner.language)
        return bool(name) and line.manner.rate != NORMAL and self._cache.path_of(name, NORMAL, line.text).exists()

    def _stretched(self, line: Line) -> Kept | None:
        """The sound as it was rendered, brought to the rate that is wanted."""
        name = self._rendered.name(line.manner.language)
        kept = self._find(name, NORMAL, line) if name else None
        if kept is None:
            return None
        with memory_file() as (descriptor, path):
            if not self._engine.stretch(kept.wav, line.manner.rate / NORMAL, path):
                return None
            # The words stay where they are: their times are parts of the whole.
            return self._keep(name, line, Kept(content_of(descriptor), kept.words))

    # The cache

    def _find(self, name: str, rate: float, line: Line) -> Kept | None:
        look = self._cache.peek if line.private else self._cache.find
        return look(name, rate, line.text)

    def _keep(self, name: str, line: Line, made: Kept) -> Kept | None:
        """The sound, if it is one; in the cache too, under ``name``, unless it is private."""
        if seconds_of(made.wav) is None:
            return None
        if not line.private:
            self._cache.put(name, line.manner.rate, line.text, made.wav, made.words)
        return made
