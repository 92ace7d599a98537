# SPDX-License-Identifier: EUPL-1.2
"""Fills the cache with the better voice, ahead of time. What is there is kept, so it can be stopped at any instant."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from accessibility.models import installed
from accessibility.speaking.cache import ROOM_KEPT, AudioCache, Kept
from accessibility.speaking.casting import Line
from accessibility.speaking.piper_process import piper_command
from accessibility.speaking.pronounce import for_the_ear
from accessibility.speaking.protocol import Engine, Manner
from accessibility.speaking.rendered import MODEL, RenderedVoice
from accessibility.speaking.sound import content_of, memory_file, seconds_of
from accessibility.speaking.stretch import NORMAL
from accessibility.speaking.supervised import Kind, SupervisedEngine

MOST_FAILURES = 5
"""Sentences that fail one after the other: it is the engine that fails, not they."""
START_LIMIT = 60.0
"""Seconds for the process to load its model: 2 s here, much longer when it must step aside."""
SENTENCE_LIMIT = 120.0
"""Seconds for a sentence: 0.6 s here. On a busy machine it waits for everyone, and that is no fault."""

Sentence = tuple[str, str]
"""A sentence as it is written, and its language."""


class RenderOutcome(StrEnum):
    """How a rendering ended."""

    DONE = "done"
    """Everything that can be said by this voice is there."""
    NO_VOICE = "no_voice"
    """Nothing can render on this machine, or it stopped working."""
    FULL = "full"
    """The cache is too small for all of it: what comes first is there."""


@dataclass(frozen=True, slots=True)
class CannotRender:
    """Why sentences cannot be made here, and what to do about it; French."""

    why: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.why} {self.fix}".rstrip()


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a rendering did. Counts are of sentences, once for each rate."""

    outcome: RenderOutcome
    made: int = 0
    kept: int = 0
    """They were there already."""
    failed: tuple[str, ...] = ()
    """What the voice could not say, as spoken."""
    wanted: int = 0
    sound_seconds: float = 0.0
    """Of the sentences that were made."""
    took: float = 0.0
    """Seconds."""
    size: int = 0
    """Bytes in the cache for what was wanted."""
    why: str = ""
    """French; "" when all went well."""


def lines_of(sentences: Iterable[Sentence], rates: Sequence[float] = (NORMAL,)) -> list[Line]:
    """What has to be rendered, each once: all at the first rate, then all at the next."""
    spoken = ((for_the_ear(text, language), language) for text, language in dict.fromkeys(sentences))
    once = dict.fromkeys(
        Line(text, Manner(language)) for text, language in spoken if any(sign.isalnum() for sign in text)
    )
    return [Line(line.text, replace(line.manner, rate=rate)) for rate in rates for line in once]


def maker_of(voice: RenderedVoice, models: Path, threads: int = 1, *, awaited: bool = False) -> Kind | CannotRender:
    """How to make sentences with this voice, where it can be done. Nothing is loaded.

    It steps aside for everything else on the machine; not when it is ``awaited``: on a busy one it would never come.
    """
    if voice.engine == "none":
        if voice.fault:
            return CannotRender(voice.fault, "Corrigez [voice] rendered et piper dans kiosk.toml.")
        return CannotRender("Aucune meilleure voix n'est demandée.", 'Dans kiosk.toml, [voice] rendered : "auto".')
    python, pace = (sys.executable, "-P", "-m"), "awaited" if awaited else "aside"
    if voice.engine == "piper":
        if not piper_command():
            return CannotRender("Le programme « piper » n'est pas là.", "Installez Piper, ou mettez-le dans le PATH.")
        command = (*python, "accessibility.speaking.piper_process", str(voice.piper), *voice.names)
    else:
        if find_spec("kokoro_onnx") is None:
            return CannotRender("La meilleure voix n'est pas installée.", "Lancez « script/bootstrap --better-voice ».")
        if (folder := installed(models, MODEL)) is None:
            return CannotRender(f"Le modèle {MODEL} n'est pas là.", f"Lancez « kiosk voice install {MODEL} ».")
        command = (*python, "accessibility.speaking.kokoro_process", str(folder), str(threads), pace)
    return Kind(voice.name, command, START_LIMIT, lambda text: SENTENCE_LIMIT)


def rendered_of(lines: Sequence[Line], voice: RenderedVoice, cache: AudioCache) -> tuple[int, int]:
    """How many of these this voice has made, and how many it could. Nothing is changed, nor even dated."""
    spoken = [(voice.name(line.manner.language), line) for line in lines]
    paths = [cache.path_of(name, line.manner.rate, line.text) for name, line in spoken if name]
    return sum(path.exists() for path in paths), len(paths)


def all_processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))


def render(
    lines: Sequence[Line],
    voice: RenderedVoice,
    cache: AudioCache,
    maker: Kind | CannotRender,
    progress: Callable[[int], None] = lambda steps: None,
) -> Rendering:
    """Make what is missing. ``progress`` is called with the number of sentences that are settled."""
    begun = time.monotonic()
    spoken = [line for line in lines if voice.name(line.manner.language)]
    held = {line: cache.hold(voice.name(line.manner.language), line.manner.rate, line.text) for line in spoken}
    missing = [line for line, size in held.items() if not size]
    kept, size = len(held) - len(missing), sum(held.values())
    progress(kept)
    done = Rendering(RenderOutcome.DONE, kept=kept, wanted=len(held), size=size)
    if not missing:
        return replace(done, took=time.monotonic() - begun)
    if isinstance(maker, CannotRender):
        return replace(done, outcome=RenderOutcome.NO_VOICE, why=str(maker), took=time.monotonic() - begun)
    engine = SupervisedEngine(maker)
    try:
        done = _make(missing, voice, cache, engine, done, progress)
    finally:
        engine.close()
    return replace(done, took=time.monotonic() - begun)


def _make(
    missing: Sequence[Line],
    voice: RenderedVoice,
    cache: AudioCache,
    engine: SupervisedEngine,
    done: Rendering,
    progress: Callable[[int], None],
) -> Rendering:
    if not engine.wait_ready():
        why = engine.broken or "elle ne démarre pas"
        return replace(done, outcome=RenderOutcome.NO_VOICE, why=f"La meilleure voix ne marche pas : {why}.")
    failures = 0
    for line in missing:
        sound = sound_of(engine, line)
        progress(1)
        if sound is None:
            failures += 1
            done = replace(done, failed=(*done.failed, line.text))
            if failures >= MOST_FAILURES:
                why = engine.fault or "elle ne répond pas"
                return replace(done, outcome=RenderOutcome.NO_VOICE, why=f"La meilleure voix a échoué : {why}.")
            continue
        failures = 0
        size = done.size + len(sound.wav)
        name = voice.name(line.manner.language)
        # Going on would throw out what was just made, and the next time would begin again, for ever.
        if size > cache.bound * ROOM_KEPT or not cache.put(name, line.manner.rate, line.text, sound.wav, sound.words):
            return replace(done, outcome=RenderOutcome.FULL, why=_too_small(done, cache))
        seconds = seconds_of(sound.wav) or 0.0
        done = replace(done, made=done.made + 1, size=size, sound_seconds=done.sound_seconds + seconds)
    return done


def sound_of(engine: Engine, line: Line) -> Kept | None:
    """One sentence with its words, kept nowhere; None when the engine could not."""
    with memory_file() as (descriptor, path):
        if not engine.synthesise(line.text, line.manner, path):
            return None
        sound = Kept(content_of(descriptor), engine.words)
    return sound if seconds_of(sound.wav) else None


def _too_small(done: Rendering, cache: AudioCache) -> str:
    there = done.kept + done.made
    if not there or done.size < cache.bound * ROOM_KEPT / 2:
        return "Le disque est plein, ou le cache ne peut pas être écrit."
    needed = round(done.size / there * done.wanted / ROOM_KEPT / 1_000_000) + 50  # and the other voice's sentences
    return f"Le cache est trop petit : mettez cache_mb = {needed} dans kiosk.toml, [voice]."
