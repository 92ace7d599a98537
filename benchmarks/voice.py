# SPDX-License-Identifier: EUPL-1.2
"""The voice: from ``say`` to sound, from the cache (goal 150 ms); from ``hush`` to silence (goal 100 ms); synthesis.

And from a word's sound to the moment its screen is told (goal 120 ms either way), with beeps whose times are known: the
player and the clock alone. How far each voice's own word times are from its sound is in ADR 0080.

All are heard, not computed: a private sound server records what the loudspeaker plays, right within 10 ms (see
``tests/sound.py``). Medians and worst of the rounds, in milliseconds; without PulseAudio, only the synthesis.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

from accessibility.speaking.build import make_speaker
from accessibility.speaking.cache import AudioCache
from accessibility.speaking.player import Player
from accessibility.speaking.protocol import Manner, Speaker, Utterance
from accessibility.speaking.sound import memory_file
from accessibility.speaking.speaker import SpokenSpeaker
from accessibility.speaking.supervised import SupervisedEngine
from tests.accessibility.words_heard import BeepingEngine, lateness, say_words
from tests.sound import Recording, installed, sound_server

START_GOAL = 150.0
HUSH_GOAL = 100.0
WORD_GOAL = 120.0
ROUNDS = 15
SCREEN = ("Votre carte est-elle perdue ?", "Regardez les images.", "Choisissez une réponse.")
UTTERANCES = tuple(Utterance(sentence) for sentence in SCREEN)


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """``synthesis_ms``; ``start_ms``, ``hush_ms``, ``word_p95_ms``, their ``…_worst_ms`` and their goals."""
    figures = {
        "synthesis_ms": _synthesis(rounds),
        "start_goal_ms": START_GOAL,
        "hush_goal_ms": HUSH_GOAL,
        "word_goal_ms": WORD_GOAL,
    }
    if not installed():
        return figures
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with sound_server(folder) as server, server.record() as heard:
            before = dict(os.environ)
            os.environ.update(server.env)
            speaker = make_speaker("pyttsx3", folder / "voice", 50)
            try:
                starts, hushes = _heard(speaker, heard, rounds)
                words = _words(folder, heard, rounds)
            finally:
                speaker.close()
                for key in server.env:
                    os.environ.pop(key)
                os.environ.update(before)
    return figures | {
        "start_ms": median(starts),
        "start_worst_ms": max(starts),
        "hush_ms": median(hushes),
        "hush_worst_ms": max(hushes),
        "word_p95_ms": quantiles(words, n=20)[-1],
        "word_worst_ms": max(words),
    }


def _heard(speaker: Speaker, heard: Recording, rounds: int) -> tuple[list[float], list[float]]:
    once = threading.Event()
    speaker.say(UTTERANCES, Manner(), lambda _: once.set())
    once.wait(30)
    starts: list[float] = []
    hushes: list[float] = []
    for number in range(rounds):
        heard.silent_from(time.monotonic(), quiet=0.2)
        said = time.monotonic()
        speaker.say(UTTERANCES, Manner())
        started = heard.wait_for_sound(said)
        starts.append(1000 * (started - said))
        heard.wait_until(started + 0.15 + 0.05 * (number % 5))  # in the middle of a word, never the same
        hushed = time.monotonic()
        speaker.hush()
        hushes.append(1000 * (heard.silent_from(hushed, quiet=0.3) - hushed))
    return starts, hushes


def _words(folder: Path, heard: Recording, rounds: int) -> list[float]:
    """For each word, milliseconds between its sound and its being told, whichever comes first."""
    speaker = SpokenSpeaker(BeepingEngine(), AudioCache(folder / "beeps", 50), lambda told: Player("", told))
    late: list[float] = []
    try:
        for _ in range(max(1, rounds // 3)):
            heard.silent_from(time.monotonic(), quiet=0.2)
            told = say_words(speaker, SCREEN)
            told.wait()
            late += [1000 * abs(seconds) for seconds in lateness(told, heard)]
    finally:
        speaker.close()
    return late


def _synthesis(rounds: int) -> float:
    engine = SupervisedEngine()
    try:
        engine.wait_ready(10)
        times: list[float] = []
        for _ in range(rounds):
            with memory_file() as (_, path):
                begun = time.perf_counter()
                engine.synthesise(SCREEN[0], Manner(), path)
                times.append(1000 * (time.perf_counter() - begun))
    finally:
        engine.close()
    return median(times)


if __name__ == "__main__":
    print(json.dumps({name: round(figure, 1) for name, figure in measure().items()}, indent=2))  # noqa: T201
