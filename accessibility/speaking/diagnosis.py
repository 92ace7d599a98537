# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with the voice, for the technician, and how to mend it: a part of ``kiosk doctor``."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from accessibility.speaking.cache import AudioCache
from accessibility.speaking.casting import Line
from accessibility.speaking.protocol import Manner
from accessibility.speaking.rendered import RenderedVoice
from accessibility.speaking.rendering import CannotRender, maker_of, rendered_of
from accessibility.speaking.sound import memory_file
from accessibility.speaking.supervised import SupervisedEngine

PROBE_LIMIT = 5.0
"""Seconds; a sound library that hangs is a fault too."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: "voice", "rendered-voice" or "sound". ``fix`` is "" when all is well."""

    check: str
    ok: bool
    message: str
    fix: str = ""


def diagnose(engine: str, device: str = "", language: str = "fr") -> list[Finding]:
    """Look at the voice engine and at the sound output, within ten seconds. The words are French."""
    if engine == "none":
        return [Finding("voice", True, 'La voix est coupée par la configuration (voice.engine = "none").')]
    return [_voice(language), _sound(device)]


def diagnose_rendered(
    voice: RenderedVoice, models: Path, cache: AudioCache, lines: Callable[[], Sequence[Line]], *, wished: bool
) -> Finding:
    """Whether the better voice can be made here, and how many of these sentences it has made. The words are French.

    ``lines`` takes seconds, and is asked only where there is something to count.
    ``wished``: the settings name this voice; else ("auto") it is welcome, and its absence is no fault.
    """
    if voice.engine == "none" and not voice.fault:
        return Finding("rendered-voice", True, "Aucune meilleure voix n'est demandée : la voix de base dit tout.")
    maker = maker_of(voice, models)
    if isinstance(maker, CannotRender) and not wished:
        return Finding("rendered-voice", True, maker.why, maker.fix)
    made, wanted = rendered_of(lines(), voice, cache)
    ready = f"Phrases prêtes : {made} sur {wanted}." if wanted else ""
    if isinstance(maker, CannotRender):
        return Finding("rendered-voice", bool(wanted and made == wanted), f"{maker.why} {ready}", maker.fix)
    if made == wanted:
        return Finding("rendered-voice", True, f"La meilleure voix est là. {ready}")
    rest = "La borne prépare le reste quand personne n'est là, ou : « kiosk voice render --all »."
    return Finding("rendered-voice", True, f"La meilleure voix est là. {ready} {rest}")


def _voice(language: str) -> Finding:
    engine = SupervisedEngine()
    try:
        if not engine.wait_ready():
            fix = "Installez la voix : « apt install espeak-ng », puis relancez « kiosk doctor »."
            return Finding("voice", False, f"La voix ne marche pas : {engine.broken or 'elle ne répond pas'}.", fix)
        begun = time.monotonic()
        with memory_file() as (_, path):
            made = engine.synthesise("Bonjour.", Manner(language=language), path)
        milliseconds = round(1000 * (time.monotonic() - begun))
    finally:
        engine.close()
    if not made:
        fix = "Réinstallez la voix : « apt install --reinstall espeak-ng-data »."
        return Finding("voice", False, "La voix est installée, mais elle ne dit rien.", fix)
    return Finding("voice", True, f"La voix {engine.voice} parle ({milliseconds} ms pour « Bonjour »).")


def _sound(device: str) -> Finding:
    probed = _probe(device)
    named = f"« {device} »" if device else "du système"
    if probed["ok"]:
        return Finding("sound", True, f"La sortie son {named} marche.")
    outputs = [str(name) for name in probed["outputs"]]
    message = f"La sortie son {named} ne marche pas : {probed['why']}."
    if "PortAudio:" in probed["why"] and not outputs:
        fix = "Installez le son : « apt install libportaudio2 libasound2-plugins »."
    elif not outputs:
        fix = (
            "Branchez un haut-parleur, et vérifiez que le serveur de son tourne (« pactl info »). "
            "La borne marche sans le son."
        )
    else:
        fix = f'Dans kiosk.toml, [voice] device : mettez "" ou l\'un de ces noms : {", ".join(outputs)}.'
    return Finding("sound", False, message, fix)


def _probe(device: str) -> dict[str, Any]:
    """Open the device in a process of its own: it may hang, and it writes on the terminal."""
    command = (sys.executable, "-P", "-m", "accessibility.speaking.player_process", "--probe", device)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PROBE_LIMIT, check=False)
        return cast(dict[str, Any], json.loads(done.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError, OSError):
        return {"ok": False, "why": "elle ne répond pas", "outputs": []}
