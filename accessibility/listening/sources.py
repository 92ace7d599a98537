# SPDX-License-Identifier: EUPL-1.2
"""What the sound server (PulseAudio, PipeWire) records from: asked when a microphone gives nothing but zeros."""

from __future__ import annotations

import os
import subprocess

LIMIT = 1.0
"""Seconds; a sound server that does not answer is a fault too, which the microphone itself will show."""


def why_no_source() -> str:
    """Why the system's microphone can give no sound; "" when it can, or when nobody knows. French.

    When the last microphone is unplugged, the server offers the echo of the loudspeaker instead: the kiosk would listen
    to itself.
    """
    source = os.environ.get("PULSE_SOURCE") or _answer("get-default-source")
    if not source:
        return ""
    if source == f"{os.environ.get('PULSE_SINK') or _answer('get-default-sink')}.monitor":
        return "aucun micro n'est branché"
    if _answer("get-source-mute", source).endswith((": yes", ": oui")):
        return "le micro est coupé"
    return ""


def _answer(*question: str) -> str:
    try:
        done = subprocess.run(
            ("pactl", *question), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
