# SPDX-License-Identifier: EUPL-1.2
"""The ear, live: from the last sound of a phrase to its answer (goal 600 ms, median), and the memory of its process.

People speak into a microphone of a private sound server, which is recorded beside: the end of speech is the last sound
that was audible there, right within 10 ms. Needs PulseAudio, and the models ``whisper-base``, ``kokoro-82m`` and
``kokoro-test-voices``.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import psutil

from accessibility.listening.build import make_listener
from accessibility.listening.commands import commands
from accessibility.listening.protocol import Certainty, Heard, Hearing, NotUnderstood, Sign, Vocabulary
from accessibility.listening.supervised import SupervisedListener
from accessibility.models import installed as model_installed
from tests import speech
from tests.microphone import Microphone, microphone
from tests.sound import Recording, installed, sound_server

GOAL = 600.0
MEMORY_GOAL = 400.0
"""Megabytes."""
START_GOAL = 2000.0
PHRASES = ("suivant", "imprimer", "je ne sais pas", "je ne comprends pas", "tout effacer", "plus lentement", "retour")
VOICES = ("ff_siwis", "pm_alex", "em_alex")
LOUDER_THAN_THE_ROOM = 0.01


def measure() -> dict[str, float]:
    """``answer_ms`` and its worst, ``understood`` of ``spoken``, ``start_ms``, ``ear_mb``, and their goals.

    Nothing where a model or the sound server is missing.
    """
    if not installed() or not speech.installed() or model_installed(speech.MODELS, "whisper-base") is None:
        return {}
    lines = [speech.Line(phrase, voice) for voice in VOICES for phrase in PHRASES]
    sounds = speech.all_said(lines)
    with tempfile.TemporaryDirectory() as name, sound_server(Path(name)) as server, microphone(server) as mic:
        before = dict(os.environ)
        os.environ.update(server.env)
        listener = make_listener("whisper", speech.MODELS)
        assert isinstance(listener, SupervisedListener)
        try:
            begun = time.monotonic()
            assert listener.wait_ready(60)
            start = time.monotonic() - begun
            answers = [_one(listener, mic, sound) for sound in sounds]
            assert listener.pid
            memory = psutil.Process(listener.pid).memory_info().rss / 1e6
        finally:
            listener.close()
            os.environ.clear()
            os.environ.update(before)
    understood = [seconds for seconds, hearing in answers if isinstance(hearing, Heard)]
    return {
        "answer_ms": 1000 * median(understood),
        "answer_worst_ms": 1000 * max(understood),
        "rejected_ms": 1000 * median([s for s, hearing in answers if isinstance(hearing, NotUnderstood)] or [0.0]),
        "clear": sum(isinstance(h, Heard) and h.certainty is Certainty.CLEAR for _, h in answers),
        "understood": len(understood),
        "spoken": len(answers),
        "answer_goal_ms": GOAL,
        "start_ms": 1000 * start,
        "start_goal_ms": START_GOAL,
        "ear_mb": memory,
        "ear_goal_mb": MEMORY_GOAL,
    }


def _one(listener: SupervisedListener, mic: Microphone, sound: Path) -> tuple[float, Hearing]:
    """Seconds from the end of a phrase to its answer, and the answer."""
    opened = threading.Event()

    def show(_: Sign) -> None:
        opened.set()

    def speak() -> None:
        opened.wait(10)
        mic.speak(sound)

    with mic.record() as recording:
        speaking = threading.Thread(target=speak)
        speaking.start()
        begun = time.monotonic()
        answer = listener.listen(Vocabulary(commands("fr")), threading.Event(), show)
        answered = time.monotonic()
        speaking.join()
        recording.wait_until(answered)
        return answered - _last_sound(recording, begun, answered), answer


def _last_sound(recording: Recording, begun: float, answered: float) -> float:
    loud = [at for at, level in recording.levels(begun, answered) if level > LOUDER_THAN_THE_ROOM]
    return loud[-1] + 0.01 if loud else begun


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))  # noqa: T201
