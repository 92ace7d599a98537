# SPDX-License-Identifier: EUPL-1.2
"""Which engine listens, and in which languages. Importing this is cheap: nothing is loaded before :func:`load`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from accessibility.models import installed, verify

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
    instead: Choice | None = None
    """What listens where this one turns out to be of no use: its model was altered, or its library is not there."""
    meaning: bool = True
    """Whether Whisper asks what words mean, where that is installed (ADR 0178)."""


def choose(engine: EngineName, models: Path, language: str, *, meaning: bool = True) -> Choice | None:
    """What listens to this language; None when nothing installed can. ``meaning``: see :class:`Choice`."""
    whisper = installed(models, WHISPER_MODEL) if engine in ("auto", "whisper") else None
    second = Choice("whisper", whisper, meaning=meaning) if whisper is not None else None
    vosk = installed(models, VOSK_MODELS[language]) if language in VOSK_MODELS else None
    if vosk is not None and engine in ("auto", "vosk"):
        return Choice("vosk", vosk, second)
    return second


def load_working(choice: Choice, fell: Callable[[BaseException], None] = lambda _: None) -> tuple[Recogniser, Choice]:
    """The engine of ``choice``, or of what listens instead, and which of them it is.

    Where another can listen, every byte of the model is read first (0.1 s for Vosk's): one that was altered never hears
    anybody. ``fell`` learns why what is optional does not load. Raises
    :class:`~accessibility.listening.recogniser.EngineFault` when none works.
    """
    from accessibility.listening.recogniser import EngineFault

    if choice.instead is None:
        return load(choice, fell), choice
    if not verify(choice.model.parent, choice.model.name):
        with suppress(EngineFault):
            return load(choice, fell), choice
    return load_working(choice.instead, fell)


def load(choice: Choice, fell: Callable[[BaseException], None] = lambda _: None) -> Recogniser:
    """The engine with its model. Raises :class:`~accessibility.listening.recogniser.EngineFault`."""
    if choice.engine == "vosk":
        from accessibility.listening.vosk_engine import VoskRecogniser

        return VoskRecogniser(choice.model)
    from accessibility.listening.whisper import WhisperRecogniser

    return WhisperRecogniser(choice.model, meaning=choice.meaning, fell=fell)
