# SPDX-License-Identifier: EUPL-1.2
"""Which engine listens, and in which languages. Importing this is cheap: nothing is loaded before :func:`load`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from accessibility.models import installed

if TYPE_CHECKING:
    from accessibility.listening.recogniser import Recogniser

EngineName = Literal["auto", "vosk", "whisper", "none"]

LANGUAGES = ("fr", "en")
VOSK_MODELS = {"fr": "vosk-model-small-fr-0.22"}
"""Language -> its Vosk model, where one is known."""
WHISPER_MODEL = "whisper-base"
"""Speaks every language of the kiosk."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine ("vosk" or "whisper") and the folder of its model."""

    engine: str
    model: Path


def choose(engine: EngineName, models: Path, language: str) -> Choice | None:
    """What listens to this language; None when nothing installed can."""
    vosk = installed(models, VOSK_MODELS[language]) if language in VOSK_MODELS else None
    if vosk is not None and engine in ("auto", "vosk"):
        return Choice("vosk", vosk)
    whisper = installed(models, WHISPER_MODEL)
    if whisper is not None and engine in ("auto", "whisper"):
        return Choice("whisper", whisper)
    return None


def load(choice: Choice) -> Recogniser:
    """The engine with its model. Raises :class:`~accessibility.listening.recogniser.EngineFault`."""
    if choice.engine == "vosk":
        from accessibility.listening.vosk_engine import VoskRecogniser

        return VoskRecogniser(choice.model)
    from accessibility.listening.whisper import WhisperRecogniser

    return WhisperRecogniser(choice.model)
