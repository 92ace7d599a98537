# SPDX-License-Identifier: EUPL-1.2
"""Whisper base, multilingual, int8, through CTranslate2: a whole sentence at a time, in the ear's process (ADR 0076).

The model looks at a window of 8 s instead of its usual 30 s: four times less to work out.
"""

from __future__ import annotations

import importlib
import math
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from accessibility.listening.protocol import Expected, NotUnderstood, Vocabulary
from accessibility.listening.recogniser import HERTZ, EngineFault, Samples, Understood
from accessibility.listening.understanding import Evidence, understand

WINDOW = 8.0
"""Seconds the model looks at."""
BEAM = 5
HYPOTHESES = 3
LONGEST_ANSWER = 48
"""Tokens; eight seconds of quick speech are about 40. Without a bound, noise makes it repeat itself for ever."""
PROMPT_TOKENS = 160
"""The model takes 223 at most; each one costs time."""
SILENT = 0.8
"""Probability of no speech beyond which there is no sentence."""


def threads() -> int:
    """One core is left to the screen and the voice; beyond two, nothing is gained."""
    return max(1, min(2, (os.cpu_count() or 1) - 1))


class WhisperRecogniser:
    """The model, loaded (0.3 s, 100 MB)."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds model.bin, config.json, tokenizer.json and vocabulary.txt. Raises :class:`EngineFault`."""
        try:
            ctranslate2: Any = importlib.import_module("ctranslate2")
            tokenizers: Any = importlib.import_module("tokenizers")
            features: Any = importlib.import_module("faster_whisper.feature_extractor")
        except (ImportError, OSError) as fault:
            raise EngineFault("engine", f"faster-whisper : {fault}") from fault
        try:
            self._model: Any = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", intra_threads=threads(), inter_threads=1
            )
            self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as fault:  # each library raises plain exceptions of its own on a damaged file
            raise EngineFault("model", f"{folder} : {fault}") from fault
        self._to_storage: Any = ctranslate2.StorageView.from_array
        self._features: Any = features.FeatureExtractor()

    @property
    def name(self) -> str:
        """Whisper."""
        return "whisper"

    def begin(self, vocabulary: Vocabulary) -> WhisperTake:
        """Be ready for one sentence."""
        return WhisperTake(self, vocabulary)

    def token(self, name: str) -> int:
        """The number of a special token."""
        found = self._tokenizer.token_to_id(name)
        if found is None:
            raise EngineFault("model", f"tokenizer.json : {name}")
        return int(found)

    def tokens(self, text: str) -> list[int]:
        """A text as the model writes it."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def text(self, tokens: Sequence[int]) -> str:
        """What the model wrote."""
        return str(self._tokenizer.decode(list(tokens))).strip()

    def encode(self, sound: Samples) -> Any:
        """The window as the model sees it; what does not fill it is silence."""
        window = round(WINDOW * HERTZ)
        padded = np.pad(sound[:window], (0, max(0, window - len(sound))))
        found = self._features(padded, padding=0)[None].astype(np.float32)
        return self._model.encode(self._to_storage(np.ascontiguousarray(found)))

    def decode(self, encoded: Any, prompt: Sequence[int]) -> Any:
        """The best hypotheses, with their scores."""
        return self._model.generate(
            encoded,
            [list(prompt)],
            beam_size=BEAM,
            num_hypotheses=HYPOTHESES,
            max_length=len(prompt) + LONGEST_ANSWER,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]

    def scores(self, encoded: Any, start: Sequence[int], sentences: Sequence[str]) -> list[float]:
        """Mean log probability of each sentence's tokens, had it been said (25 ms each)."""
        seen: Any = np.array(encoded)
        batch: Any = np.ascontiguousarray(np.concatenate([seen] * len(sentences)))
        frames = [round(WINDOW * 100)] * len(sentences)
        written = [self.tokens(f" {sentence}") for sentence in sentences]
        found = self._model.align(self._to_storage(batch), list(start), written, frames)
        return [_mean_log([float(p) for p in one.text_token_probs]) for one in found]


class WhisperTake:
    """One sentence: gathered, then decoded whole."""

    partial = ""

    def __init__(self, recogniser: WhisperRecogniser, vocabulary: Vocabulary) -> None:
        self._recogniser = recogniser
        self._vocabulary = vocabulary
        self._frames: list[Samples] = []

    def add(self, samples: Samples) -> None:
        """Keep it."""
        self._frames.append(samples)

    def conclude(self) -> Understood:
        """Decode all of it."""
        recogniser, vocabulary = self._recogniser, self._vocabulary
        encoded = recogniser.encode(np.concatenate(list(self._frames)))
        start = [
            recogniser.token(name) for name in ("<|startoftranscript|>", f"<|{vocabulary.language}|>", "<|transcribe|>")
        ]
        prompt = [*self._context(), *start, recogniser.token("<|notimestamps|>")]
        found = recogniser.decode(encoded, prompt)
        texts = [recogniser.text(tokens) for tokens in found.sequences_ids]
        if found.no_speech_prob > SILENT or not texts or not texts[0]:
            return NotUnderstood()
        evidence = Evidence(
            log_probability=float(found.scores[0]),
            no_speech=float(found.no_speech_prob),
            alternatives=tuple(dict.fromkeys(text for text in texts[1:] if text and text != texts[0])),
            score=lambda sentences: recogniser.scores(encoded, start, sentences) if sentences else [],
        )
        return understand(texts[0], vocabulary, evidence=evidence, today=date.today())

    def _context(self) -> list[int]:
        """The screen's words, as if they had just been said: the model then leans towards them."""
        words = prompt_of(self._vocabulary)
        if not words:
            return []
        return [self._recogniser.token("<|startofprev|>"), *self._recogniser.tokens(f" {words}")[:PROMPT_TOKENS]]


def _mean_log(probabilities: Sequence[float]) -> float:
    return sum(math.log(max(p, 1e-9)) for p in probabilities) / max(1, len(probabilities))


def prompt_of(vocabulary: Vocabulary) -> str:
    """The first way of saying each thing that may be said now; none for a free request."""
    if vocabulary.expected is Expected.REQUEST:
        return ""
    labels = dict.fromkeys(phrase.ways[0].strip(" .") for phrase in vocabulary.phrases if phrase.ways)
    return ", ".join(labels) + "." if labels else ""
