# SPDX-License-Identifier: EUPL-1.2
"""Vosk: words appear while they are said, in the ear's process (ADR 0077).

Two recognisers share the model. One hears freely. The other may only hear what the screen allows, and forces anything
into it: its confidence says nothing (vosk-api issues 1339, 1191, 2041). So it never decides; it confirms.
"""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from accessibility.listening.figures import in_full
from accessibility.listening.protocol import Certainty, Expected, Heard, NotUnderstood, Vocabulary
from accessibility.listening.recogniser import HERTZ, EngineFault, Samples, Understood
from accessibility.listening.understanding import understand

_ERRORS_ONLY = -2
_UNKNOWN = "[unk]"
_WORD = re.compile(r"[\w'’-]+")


class VoskRecogniser:
    """The model, loaded."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is a Vosk model. Raises :class:`EngineFault`."""
        try:
            self._vosk: Any = importlib.import_module("vosk")
        except (ImportError, OSError) as fault:
            raise EngineFault("engine", f"vosk : {fault}") from fault
        self._vosk.SetLogLevel(_ERRORS_ONLY)
        try:
            self._model: Any = self._vosk.Model(str(folder))
        except Exception as fault:  # vosk raises plain Exception
            raise EngineFault("model", f"{folder} : {fault}") from fault

    @property
    def name(self) -> str:
        """Vosk."""
        return "vosk"

    def begin(self, vocabulary: Vocabulary) -> VoskTake:
        """Be ready for one sentence."""
        return VoskTake(self, in_full(vocabulary))

    def free(self) -> Any:
        """A recogniser that may hear anything."""
        return self._vosk.KaldiRecognizer(self._model, HERTZ)

    def bound(self, sentences: list[str]) -> Any:
        """A recogniser that hears these sentences only, or "[unk]" where the model has it."""
        allowed = [*sentences, _UNKNOWN] if self.knows(_UNKNOWN) else sentences
        return self._vosk.KaldiRecognizer(self._model, HERTZ, json.dumps(allowed, ensure_ascii=False))

    def knows(self, word: str) -> bool:
        """Whether the model has this word."""
        return int(self._model.vosk_model_find_word(word)) >= 0

    def sentences(self, vocabulary: Vocabulary) -> list[str]:
        """Every way of saying something, in the model's own words. A way with a word it lacks is left out whole:
        what is left of it would stand for something else ("ne pas imprimer" without "ne")."""
        ways = (self._spelled(way) for phrase in vocabulary.phrases for way in phrase.ways)
        return list(dict.fromkeys(way for way in ways if way))

    def _spelled(self, way: str) -> str:
        words: list[str] = []
        for word in _WORD.findall(way.lower().replace("’", "'")):
            known = next((parts for parts in _spellings(word) if all(map(self.knows, parts))), None)
            if known is None:
                return ""
            words += known
        return " ".join(words)


def _spellings(word: str) -> list[list[str]]:
    """How a model may have cut a word: "d'identité" whole, or "d'" and "identité", or "d" and "identité"."""
    parts = [part for part in re.split(r"(?<=')|-", word) if part]
    return [[word], parts, [part.strip("'") for part in parts]]


class VoskTake:
    """One sentence: followed freely as it is said, heard a second time within the grammar where that is not enough."""

    def __init__(self, recogniser: VoskRecogniser, vocabulary: Vocabulary) -> None:
        self._recogniser = recogniser
        self._vocabulary = vocabulary
        self._heard: list[bytes] = []
        self._partial = ""
        self._start()

    def _start(self) -> None:
        self._free: Any = self._recogniser.free()
        self._said: list[str] = []
        self._ended = False

    @property
    def partial(self) -> str:
        """The words so far, as heard freely: the person sees what the ear hears, not what it would like to."""
        return self._partial

    def add(self, samples: Samples) -> None:
        """Let it hear more; after a conclusion that came too early, all of the sentence again."""
        block = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        self._heard.append(block)
        if self._ended:
            self._start()
            block = b"".join(self._heard)
        _feed(self._free, block, self._said)
        now = json.loads(self._free.PartialResult()).get("partial", "")
        self._partial = " ".join([*self._said, now]).strip()

    def conclude(self) -> Understood:
        """The free hearing, and where it is not clear what the bound one makes of the same sound."""
        self._ended = True
        free = _ending(self._free, self._said)
        if not free:
            return NotUnderstood()
        freely = understand(free, self._vocabulary, today=date.today())
        if isinstance(freely, Heard) and freely.certainty is Certainty.CLEAR:
            return freely
        return agreed(freely, free, self.within_grammar(b"".join(self._heard)), self._vocabulary)

    def within_grammar(self, heard: bytes) -> str:
        """Which of the phrases this sound is nearest to: always one of them, whatever was said."""
        sentences = self._recogniser.sentences(self._vocabulary)
        if not sentences:
            return ""
        said: list[str] = []
        bound = self._recogniser.bound(sentences)
        _feed(bound, heard, said)
        return _ending(bound, said)


def _feed(recogniser: Any, block: bytes, said: list[str]) -> None:
    if recogniser.AcceptWaveform(block):  # its own idea of an end: the sentence may go on
        said.append(json.loads(recogniser.Result()).get("text", ""))


def _ending(recogniser: Any, said: list[str]) -> str:
    said.append(json.loads(recogniser.FinalResult()).get("text", ""))
    return " ".join(part for part in said if part).strip()


def agreed(freely: Understood, free: str, bound: str, vocabulary: Vocabulary) -> Understood:
    """What was heard freely, made surer by the bound hearing where both name the same phrase; never made up by it.

    Where the free hearing is too far from every phrase, it need only be near the one that the bound hearing names, and
    is then unsure: the person is asked.
    """
    within = understand(bound, vocabulary) if bound and _UNKNOWN not in bound else None
    if not isinstance(within, Heard) or not within.phrase:
        return freely
    if isinstance(freely, Heard):
        return replace(freely, certainty=Certainty.CLEAR) if freely.phrase == within.phrase else freely
    named = tuple(phrase for phrase in vocabulary.phrases if phrase.id == within.phrase)
    narrowed = understand(free, replace(vocabulary, phrases=named, expected=Expected.NOTHING))
    return replace(narrowed, certainty=Certainty.UNSURE) if isinstance(narrowed, Heard) else freely
