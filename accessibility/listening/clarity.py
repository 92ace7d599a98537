# SPDX-License-Identifier: EUPL-1.2
"""How much louder than what is around it a voice is, told from one sentence with the moments before and after it."""

from __future__ import annotations

import numpy as np

from accessibility.listening.recogniser import FRAME, Samples

_QUIETEST, _LOUDEST = 0.15, 0.3
"""Shares of the frames taken for the surroundings and for the voice."""
_SILENT = 1e-9
"""Power of what no microphone hears (-90 dB)."""


def signal_to_noise(sound: Samples) -> float:
    """Decibels. 70 and more in digital silence, 30 to 40 in a quiet room, 15 where one has to raise one's voice.

    It is read in the loudest frames of the voice, and so is some 4 dB above the mean over the whole sentence.
    """
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    powers = np.sort(np.var(frames, axis=1, dtype=np.float64))
    if len(powers) < 2:
        return 0.0
    around = max(_SILENT, float(np.mean(powers[: max(2, round(_QUIETEST * len(powers)))])))
    voice = float(np.mean(powers[-max(2, round(_LOUDEST * len(powers))) :]))
    return 10 * float(np.log10(max(_SILENT, voice - around) / around))
