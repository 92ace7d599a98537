# SPDX-License-Identifier: EUPL-1.2
"""Puts the real voice together. Importing this is cheap: the libraries live in the processes it starts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from accessibility.speaking.cache import AudioCache
from accessibility.speaking.idle import IdleRendering, IdleWork
from accessibility.speaking.null import NullSpeaker
from accessibility.speaking.player import Player
from accessibility.speaking.protocol import Speaker
from accessibility.speaking.rendered import NO_RENDERED_VOICE, RenderedVoice
from accessibility.speaking.speaker import SpokenSpeaker
from accessibility.speaking.supervised import SupervisedEngine
from accessibility.speaking.word_times_engine import TimedEngine
from accessibility.speaking.word_times_supervised import SupervisedWordTimer

EngineName = Literal["pyttsx3", "none"]


def make_speaker(
    engine: EngineName,
    cache_dir: Path,
    cache_mb: int,
    device: str = "",
    rendered: RenderedVoice = NO_RENDERED_VOICE,
    idle: IdleWork | None = None,
) -> Speaker:
    """The voice that ``kiosk.toml`` asks for: ``[voice] engine``, ``cache_mb``, ``device``, ``rendered``.

    Returns at once; the voice's three processes start meanwhile (0.4 s of one core). Call it once the first screen is
    painted; from any thread. ``idle`` is what fills the same cache while nobody is there.
    """
    if engine == "none":
        return NullSpeaker()
    cache = AudioCache(cache_dir, cache_mb)
    timed = TimedEngine(SupervisedEngine(), SupervisedWordTimer())
    speaker = SpokenSpeaker(timed, cache, lambda heard: Player(device, heard), rendered)
    return IdleRendering(speaker, idle, ended=cache.recount) if idle else speaker
