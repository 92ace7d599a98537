# SPDX-License-Identifier: EUPL-1.2
"""How well each voice is understood, at each rate: the share of words that Whisper base hears wrong (ADR 0078).

``python -m benchmarks.rendered_voice [fr|en]``: some minutes; it needs the models (``kiosk voice install``), and is no
part of ``script/bench``. Whisper is no person: it compares voices and rates; it says nothing of an old ear.
The sentences are those of the procedures, one in forty, of five words or more.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from num2words import num2words
from rapidfuzz.distance import Levenshtein

from accessibility.models import installed
from accessibility.speaking.casting import Line
from accessibility.speaking.protocol import Manner
from accessibility.speaking.rendered import rendered_voice
from accessibility.speaking.rendering import all_processors, lines_of, maker_of, sound_of
from accessibility.speaking.sound import seconds_of
from accessibility.speaking.supervised import Kind, SupervisedEngine
from kiosk.config import Settings
from kiosk.voice_render import Wanted, public_sentences

MODELS = Path(__file__).resolve().parents[1] / "var/models"
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
EACH = 40
WORDS = 5


def measure(language: str = "fr", rates: Sequence[float] = RATES) -> Iterator[dict[str, float | str]]:
    """One row a voice and a rate: ``wrong`` (0 to 1), ``seconds`` of sound, ``made_in`` seconds a sentence."""
    sentences = public_sentences(Settings(), Wanted(languages=(language,))) or []
    said = [line.text for line in lines_of(sentences) if len(line.text.split()) >= WORDS][::EACH]
    ear, kokoro = _ear(), maker_of(rendered_voice("kokoro"), MODELS, all_processors())
    assert isinstance(kokoro, Kind), kokoro
    for name, engine in (("pyttsx3", SupervisedEngine()), ("kokoro", SupervisedEngine(kokoro))):
        assert engine.wait_ready(), engine.broken
        for rate in rates:
            yield {"voice": name, "rate": rate, **_row(engine, said, Manner(language, rate), ear)}
        engine.close()


def _row(engine: SupervisedEngine, said: Sequence[str], manner: Manner, ear: Any) -> dict[str, float]:
    wrong = words = 0
    seconds = took = 0.0
    for text in said:
        begun = time.perf_counter()
        sound = sound_of(engine, Line(text, manner))
        took += time.perf_counter() - begun
        assert sound, text
        seconds += seconds_of(sound.wav) or 0.0
        wanted = _words(text, manner.language)
        wrong += Levenshtein.distance(wanted, _words(_heard(ear, sound.wav, manner.language), manner.language))
        words += len(wanted)
    return {"wrong": round(wrong / words, 3), "seconds": round(seconds, 1), "made_in": round(took / len(said), 2)}


def _ear() -> Any:
    folder = installed(MODELS, "whisper-base")
    assert folder, "kiosk voice install whisper-base"
    return importlib.import_module("faster_whisper").WhisperModel(str(folder), device="cpu", compute_type="int8")


def _heard(ear: Any, wav: bytes, language: str) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        path.write_bytes(wav)
        segments, _ = ear.transcribe(str(path), language=language, without_timestamps=True)
        return " ".join(segment.text for segment in segments)


def _words(text: str, language: str) -> list[str]:
    """What is compared: numbers in full, no marks, no capitals."""
    plain = "".join(sign if sign.isalnum() else " " for sign in text.lower())
    full = (num2words(int(word), lang=language) if word.isdecimal() else word for word in plain.split())
    return " ".join(full).replace("-", " ").split()


if __name__ == "__main__":
    for row in measure(*sys.argv[1:2]):
        print(json.dumps(row), flush=True)  # noqa: T201
