# SPDX-License-Identifier: EUPL-1.2
"""Kokoro-82M through kokoro-onnx, an optional extra. Used only in a process of its own."""

from __future__ import annotations

import importlib
import wave
from pathlib import Path
from typing import Any

from accessibility.speaking import word_times, word_times_kokoro
from accessibility.speaking.maker_process import Answer
from accessibility.speaking.rendered import SPEAKERS
from accessibility.speaking.sound import MARGIN, QUIET, memory_file
from accessibility.speaking.stretch import NORMAL, at_rate

LOUDNESS = 0.09
"""Mean level (RMS, full scale being 1) of every sentence: espeak-ng's, so that no screen is louder than another."""
LOUDEST = 0.97
"""No sample goes beyond."""


class KokoroBroken(Exception):
    """The extra is not installed, or the model cannot be read."""


class KokoroEngine:
    """Not for threads: one text at a time, in the languages of ``SPEAKERS``."""

    def __init__(self, folder: Path, threads: int) -> None:
        """``folder`` holds ``model.onnx`` and ``voices/NAME.bin``. Raises KokoroBroken."""
        try:
            self._numpy: Any = importlib.import_module("numpy")
            onnxruntime: Any = importlib.import_module("onnxruntime")
            kokoro_onnx: Any = importlib.import_module("kokoro_onnx")
        except (ImportError, OSError) as fault:
            raise KokoroBroken(f"kokoro-onnx: {fault}") from fault
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting costs no processor
        try:
            model = word_times_kokoro.with_durations((folder / "model.onnx").read_bytes())
            session = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
            styles = {voice: self._style(folder / "voices" / f"{voice}.bin") for voice, _ in SPEAKERS.values()}
        except Exception as fault:  # onnxruntime has a dozen, without a common name
            raise KokoroBroken(f"{folder}: {fault}") from fault
        with memory_file() as (_, path):
            with path.open("wb") as file:
                self._numpy.savez(file, **styles)
            session._model_path = ""  # kokoro-onnx asks for it, and a session made from bytes has none
            self._kokoro: Any = kokoro_onnx.Kokoro.from_session(session, str(path))
            self._kokoro.voices = styles

    def _style(self, path: Path) -> Any:
        """Style vectors of a voice: one of 256 numbers for each count of phonemes."""
        return self._numpy.fromfile(path, dtype="<f4").reshape(-1, 1, 256)

    def save(self, text: str, language: str, rate: float, out: Path) -> Answer:
        """Write the words as a 24 kHz 16-bit mono WAV; the text cannot be made when there is no sound in the answer."""
        if language not in SPEAKERS:
            return Answer(why=f"Kokoro has no voice for {language}")
        if not any(sign.isalnum() for sign in text):
            return Answer(why="no word")
        voice, accent = SPEAKERS[language]
        said = text if text.rstrip()[-1] in ".!?…" else f"{text.rstrip()}."  # without a mark it stops short
        samples, hertz, phonemes = self._kokoro.create_timed(said, voice, NORMAL, accent)
        first, last = self._loud_part(samples, hertz)
        if last <= first:
            return Answer(voice=voice, why="silence")
        starts = word_times_kokoro.starts(text, phonemes, lambda word: self._kokoro.tokenizer.phonemize(word, accent))
        seconds = (last - first) / hertz
        words = word_times.packed([start - first / hertz for start in starts], seconds)
        made = at_rate(lambda path: self._write(samples[first:last], hertz, path), rate, out)
        return Answer(made, voice, words=words.decode())

    def _loud_part(self, samples: Any, hertz: int) -> tuple[int, int]:
        """Between which samples something is heard: the pauses are the speaker's to choose."""
        loud = self._numpy.flatnonzero(self._numpy.abs(samples) > QUIET / 32767)
        if not len(loud):
            return 0, 0
        margin = round(MARGIN * hertz)
        return max(0, int(loud[0]) - margin), min(len(samples), int(loud[-1]) + margin)

    def _write(self, samples: Any, hertz: int, out: Path) -> float:
        level = float(self._numpy.sqrt(self._numpy.mean(samples**2)))
        peak = float(self._numpy.abs(samples).max())
        gain = min(LOUDNESS / max(level, 1e-6), LOUDEST / max(peak, 1e-6))
        with wave.open(str(out), "wb") as target:
            target.setparams((1, 2, hertz, 0, "NONE", "not compressed"))
            target.writeframes((samples * gain * 32767).astype("<i2").tobytes())
        return len(samples) / hertz
