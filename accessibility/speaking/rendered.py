# SPDX-License-Identifier: EUPL-1.2
"""The better voice: who speaks each language.

Light to import, and knows names only: what was rendered is found by them even where nothing can be rendered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

RenderedName = Literal["auto", "kokoro", "piper", "none"]
MODEL = "kokoro-82m"
SPEAKERS: Mapping[str, tuple[str, str]] = MappingProxyType({"fr": ("ff_siwis", "fr-fr"), "en": ("af_heart", "en-us")})
"""Language -> Kokoro's voice, and the accent that its sounds are written in."""


@dataclass(frozen=True, slots=True)
class RenderedVoice:
    """Who speaks which language. ``names`` are the cache's: the engine, its model and its voice."""

    engine: Literal["kokoro", "piper", "none"]
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """Language -> engine and voice."""
    piper: Path | None = None
    """Piper's model, with its ``.onnx.json`` beside it."""
    fault: str = ""
    """Why there is none although the settings ask for it; French, for the technician."""

    def name(self, language: str) -> str:
        """Part of the cache's key; "" when this voice does not speak ``language``."""
        return self.names.get(language, "")


NO_RENDERED_VOICE = RenderedVoice("none")


def rendered_voice(asked: RenderedName = "auto", piper: Path | None = None) -> RenderedVoice:
    """The voice that ``kiosk.toml`` asks for: ``[voice] rendered`` and ``piper``. "auto" is Kokoro."""
    if asked == "none":
        return NO_RENDERED_VOICE
    if asked == "piper":
        return _piper(piper)
    return RenderedVoice("kokoro", {language: f"{MODEL} {voice}" for language, (voice, _) in SPEAKERS.items()})


def _piper(model: Path | None) -> RenderedVoice:
    """One Piper voice speaks one language: its ``.onnx.json`` says which."""
    if model is None:
        return RenderedVoice("none", fault='Aucune voix Piper n\'est nommée : [voice] piper = "chemin.onnx".')
    described = piper_config(model)
    if not model.is_file() or not described.is_file():
        return RenderedVoice("none", fault=f"Il manque {model} ou {described}.")
    try:
        told = cast("dict[str, Any]", json.loads(described.read_bytes()))
        language = str(told["language"]["code"])[:2].lower()
    except (OSError, ValueError, KeyError, TypeError) as fault:
        return RenderedVoice("none", fault=f"{described} ne se lit pas : {fault!r}.")
    size = model.stat().st_size  # another model under the same name is another voice
    return RenderedVoice("piper", {language: f"piper {model.stem} {size}"}, model)


def piper_config(model: Path) -> Path:
    """What describes a Piper model, beside it."""
    return model.with_name(f"{model.name}.json")
