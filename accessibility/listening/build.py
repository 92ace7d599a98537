# SPDX-License-Identifier: EUPL-1.2
"""Puts the real ear together. Importing this is cheap: the libraries live in the process it starts."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from accessibility.listening.engines import LANGUAGES, Choice, EngineName, choose
from accessibility.listening.messages import choice_to
from accessibility.listening.null import NullListener
from accessibility.listening.protocol import Listener
from accessibility.listening.supervised import SupervisedListener


def make_listener(
    engine: EngineName,
    models_folder: Path,
    device: str = "",
    language: str = "fr",
    *,
    spare: bool = False,
    meaning: bool = True,
) -> Listener:
    """The ear that ``kiosk.toml`` asks for: ``[listening] engine``, ``models``, ``device``, ``spare``; ``[finding]
    meaning``.

    Returns at once and starts nothing: ``prepare`` does. Without an installed model, an ear that says so.
    """
    if engine == "none":
        return NullListener("engine", 'l\'écoute est coupée par la configuration (listening.engine = "none")')
    chosen = {spoken: choose(engine, models_folder, spoken, meaning=meaning) for spoken in LANGUAGES}
    choices = {spoken: choice for spoken, choice in chosen.items() if choice}
    if language not in choices:
        return NullListener("model", f"aucun modèle d'écoute n'est installé dans {models_folder}")
    return SupervisedListener(ear_command(choices, device, language), choices[language].engine, spare=spare)


def ear_command(choices: Mapping[str, Choice], device: str, language: str) -> tuple[str, ...]:
    """What starts the ear's process, with the engine of each language."""
    settings = {
        "device": device,
        "language": language,
        "choices": {spoken: choice_to(choice) for spoken, choice in choices.items()},
    }
    return (sys.executable, "-P", "-m", "accessibility.listening.ear_process", json.dumps(settings))
