# SPDX-License-Identifier: EUPL-1.2
"""Is somebody speaking, and how loud is it? Silero's detector, frame after frame, in the ear's process.

Its ONNX file comes with faster-whisper (MIT, as the detector itself).
The order of inputs is the file's own: 64 samples of the frame before, then the frame; two states that go round.
"""

from __future__ import annotations

import importlib
import math
from typing import Any

import numpy as np

from accessibility.listening.recogniser import EngineFault, Samples, beside_faster_whisper

_CONTEXT = 64
_QUIETEST, _LOUDEST = -55.0, -10.0
"""Decibels below full scale: the ends of the level meter. Speech into a set-up microphone lies around -25."""


class VoiceDetector:
    """The model, loaded once (10 ms); each sentence gets a :class:`VoiceActivity`."""

    def __init__(self) -> None:
        model = beside_faster_whisper("assets/silero_vad*.onnx")
        try:
            onnxruntime: Any = importlib.import_module("onnxruntime")
            options: Any = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1  # 0.1 ms a frame: threads would only wait
            options.log_severity_level = 4
            options.enable_cpu_mem_arena = False
            self.session: Any = onnxruntime.InferenceSession(str(model), options, ["CPUExecutionProvider"])
        except Exception as fault:  # onnxruntime's own exceptions have no common name
            raise EngineFault("engine", f"le détecteur de voix : {fault}") from fault


class VoiceActivity:
    """Follows one stream of sound from its first frame."""

    def __init__(self, detector: VoiceDetector) -> None:
        self._session = detector.session
        self._h: Any = np.zeros((1, 1, 128), np.float32)
        self._c: Any = np.zeros((1, 1, 128), np.float32)
        self._before = np.zeros(_CONTEXT, np.float32)

    def probability(self, frame: Samples) -> float:
        """How likely it is, 0 to 1, that this frame is a voice."""
        asked = {"input": np.concatenate([self._before, frame])[None], "h": self._h, "c": self._c}
        found, self._h, self._c = self._session.run(None, asked)
        self._before = frame[-_CONTEXT:]
        return float(found.ravel()[0])


def loudness(frame: Samples) -> float:
    """Root mean square around the mean, full scale being 1: what a sound card adds to every sample is no sound."""
    return float(np.std(frame, dtype=np.float64))


def meter(rms: float) -> float:
    """A loudness as a level from 0 to 1, as an ear would judge it."""
    decibels = 20 * math.log10(max(rms, 1e-9))
    return min(1.0, max(0.0, (decibels - _QUIETEST) / (_LOUDEST - _QUIETEST)))
