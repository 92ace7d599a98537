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
    """One sentence as it is spoken, and how: its own language, the rate of the person."""

    text: str
    manner: Manner


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
        """Who says these public sentences. Reads files: a fraction of a millisecond each."""
        better: list[Kept | None] = []
        for line in lines:
            kept = self._better(line)
            if kept is None and not self._can_stretch(line):
                return Casting(False, tuple(self._plain(line) for line in lines))
            better.append(kept)
        return Casting(bool(lines), tuple(better))

    def has(self, line: Line) -> bool:
        """True when a public sentence needs no synthesis."""
        return bool(self._better(line) or self._can_stretch(line) or self._plain(line))

    def better(self, line: Line) -> Kept | None:
        """A public sentence in the better voice, if it was rendered: brought to its rate, and kept."""
        return self._better(line) or self._stretched(line)

    def make(self, line: Line, *, better: bool = False, private: bool = False) -> Kept | None:
        """The sound of one sentence; None when the engine could not. What is private is neither kept nor looked up."""
        if private:
            return self._synthesise(line, private=True)
        if better and (made := self.better(line)):
            return made
        return self._plain(line) or self._synthesise(line, private=False)

    # The voice that is always there

    def _plain(self, line: Line) -> Kept | None:
        return self._cache.find(self._engine.name(line.manner.language), line.manner.rate, line.text)

    def _synthesise(self, line: Line, *, private: bool) -> Kept | None:
        with memory_file() as (descriptor, path):
            if not self._engine.synthesise(line.text, line.manner, path):
                return None
            made = Kept(content_of(descriptor), self._engine.words)
        return self._keep("" if private else self._engine.name(line.manner.language), line, made)

    # The better one

    def _better(self, line: Line) -> Kept | None:
        name = self._rendered.name(line.manner.language)
        return self._cache.find(name, line.manner.rate, line.text) if name else None

    def _can_stretch(self, line: Line) -> bool:
        name = self._rendered.name(line.manner.language)
        return bool(name) and line.manner.rate != NORMAL and self._cache.path_of(name, NORMAL, line.text).exists()

    def _stretched(self, line: Line) -> Kept | None:
        """The sound as it was rendered, brought to the rate that is wanted."""
        name = self._rendered.name(line.manner.language)
        kept = self._cache.find(name, NORMAL, line.text) if name else None
        if kept is None:
            return None
        with memory_file() as (descriptor, path):
            if not self._engine.stretch(kept.wav, line.manner.rate / NORMAL, path):
                return None
            # The words stay where they are: their times are parts of the whole.
            return self._keep(name, line, Kept(content_of(descriptor), kept.words))

    def _keep(self, name: str, line: Line, made: Kept) -> Kept | None:
        """The sound, if it is one; in the cache too, under ``name`` (not at all when that is "")."""
        if seconds_of(made.wav) is None:
            return None
        if name:
            self._cache.put(name, line.manner.rate, line.text, made.wav, made.words)
        return made
