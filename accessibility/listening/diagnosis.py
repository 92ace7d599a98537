# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with the microphone, for the technician, and how to mend it: a part of ``kiosk doctor``."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, cast

from accessibility.speaking.diagnosis import Finding

PROBE_LIMIT = 8.0
"""Seconds; a sound library that hangs is a fault too."""


def diagnose(engine: str, device: str = "") -> list[Finding]:
    """Look at the microphone, within ten seconds. The words are French."""
    if engine == "none":
        return [Finding("microphone", True, 'L\'écoute est coupée par la configuration (listening.engine = "none").')]
    probed = _probe(device)
    named = f"« {device} »" if device else "du système"
    if probed["ok"]:
        heard = f"niveau du bruit autour : {round(100 * probed['level'])} %" if probed["level"] else "aucun bruit"
        return [Finding("microphone", True, f"Le micro {named} marche ({heard}).")]
    return [Finding("microphone", False, f"Le micro {named} ne marche pas : {probed['why']}.", _fix(probed))]


def _fix(probed: dict[str, Any]) -> str:
    inputs = [str(name) for name in probed["inputs"]]
    if "PortAudio" in probed["why"] and not inputs:
        return "Installez le son : « apt install libportaudio2 libasound2-plugins »."
    if "coupé" in probed["why"]:
        return "Rouvrez-le : « pactl set-source-mute @DEFAULT_SOURCE@ 0 »."
    fix = "Branchez un micro, et vérifiez qu'il est là : « pactl list short sources ». La borne marche sans lui."
    if inputs:
        fix += f' Dans kiosk.toml, [listening] device peut être "" ou l\'un de ces noms : {", ".join(inputs)}.'
    return fix


def _probe(device: str) -> dict[str, Any]:
    """Open the device in a process of its own: it may hang, and it writes on the terminal."""
    command = (sys.executable, "-P", "-m", "accessibility.listening.microphone_probe", device)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PROBE_LIMIT, check=False)
        return cast(dict[str, Any], json.loads(done.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError, OSError):
        return {"ok": False, "why": "il ne répond pas", "inputs": [], "level": 0.0}
