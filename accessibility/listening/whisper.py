# SPDX-License-Identifier: EUPL-1.2
"""Whisper base, multilingual, int8, through CTranslate2: a whole sentence at a time, in the ear's process (ADR 0076).

The model looks at a window of 8 s instead of its usual 30 s: four times less to work out. Each sentence is decoded
told what may be said, and told nothing, for a model that is told hears what it was told. It is told the screen's own
words alone first: short answers are lost among the words of all the commands (ADR 0089).
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Indel

from accessibility.listening import second_opinion
from accessibility.listening.clarity import narrow, signal_to_noise
from accessibility.listening.figures import in_full
from accessibility.listening.limits import BY_TELEPHONE, LIMITS, in_noise
from accessibility.listening.prompting import as_sentence, prompt_for, said_at_counters
from accessibility.listening.protocol import Certainty, Expected, Heard, NotUnderstood, Vocabulary
from accessibility.listening.recogniser import HERTZ, EngineFault, Samples, Understood, beside_faster_whisper
from accessibility.listening.small_words import words_of
from accessibility.listening.understanding import (
    Evidence,
    borne_out,
    broken_off,
    doubted,
    doubtful,
    meant,
    said_to_others,
    too_long,
    understand,
)
from accessibility.listening.word_meaning import Meaning, word_meaning

WINDOW = 8.0
"""Seconds the model looks at."""
BEAM = 5
LONGEST_ANSWER = 48
"""Tokens; eight seconds of quick speech are about 40. Without a bound, noise makes it repeat itself for ever."""
PROMPT_TOKENS = 220
"""The model takes 223 at most."""
LIKELY = 5.0
"""By how much the log probability of a phrase may be below that of what was heard freely."""
AS_LIKELY = 0.1
"""By how much the mean log probability of a request heard with names in mind may be below that of the free one."""
ALIKE = 0.4
"""How alike, letter by letter, a request heard with names in mind is to what was heard freely: "c'est pour la CAF" of
"carte gâise" is an echo of what was told."""
_IMPOSSIBLE = 1e-9
_FIRST_MERGE = "Ġ t"
OTHERS = 2
"""Other readings of a request that are given with the likeliest: beyond two, they bring more noise than words."""
SILENT = 0.8
"""Probability of no speech beyond which there is no sentence."""
_FRAME = 320
"""Samples that one frame of the encoder stands for."""
_AFTER = 4
"""Frames after the last sample that still tell of it."""


def threads() -> int:
    """One core is left to the screen and the voice; beyond two, nothing is gained."""
    return max(1, min(2, (os.cpu_count() or 1) - 1))


@dataclass(frozen=True, slots=True)
class Transcripts:
    """What one decoding found, best first; the mean log probability of each; how likely nobody spoke."""

    texts: tuple[str, ...]
    scores: tuple[float, ...]
    no_speech: float


class WhisperRecogniser:
    """The model, loaded (0.3 s, 100 MB)."""

    def __init__(
        self, folder: Path, *, meaning: bool = True, fell: Callable[[BaseException], None] = lambda _: None
    ) -> None:
        """``folder`` holds model.bin, config.json, tokenizer.json and vocabulary.txt. Raises :class:`EngineFault`.

        ``meaning``: ask what the words of a command mean too, where that is installed. ``fell``: learns why it cannot.
        """
        try:
            ctranslate2: Any = importlib.import_module("ctranslate2")
            tokenizers: Any = importlib.import_module("tokenizers")
        except (ImportError, OSError) as fault:
            raise EngineFault("engine", f"ctranslate2 : {fault}") from fault
        try:
            self._model: Any = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", intra_threads=threads(), inter_threads=1
            )
            self._tokenizer: Any = _tokenizer(tokenizers, folder / "tokenizer.json")
        except Exception as fault:  # each library raises plain exceptions of its own on a damaged file
            raise EngineFault("model", f"{folder} : {fault}") from fault
        self._to_storage: Any = ctranslate2.StorageView.from_array
        self._features = _feature_extractor()
        self.meaning: Meaning | None = word_meaning(fell) if meaning else None
        """What says which command words mean, where it is installed and wanted."""

    @property
    def name(self) -> str:
        """Whisper."""
        return "whisper"

    def begin(self, vocabulary: Vocabulary) -> WhisperTake:
        """Be ready for one sentence."""
        return WhisperTake(self, in_full(vocabulary))

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

    def seen(self, encoded: Any, samples: int) -> Samples:
        """What the model made of the speech alone: frames of 20 ms × 512 numbers."""
        frames = np.asarray(encoded, dtype=np.float32)[0]
        return frames[: samples // _FRAME + _AFTER]

    def decode(self, encoded: Any, prompt: Sequence[int]) -> Transcripts:
        """The best transcripts after this prompt."""
        found = self._model.generate(
            encoded,
            [list(prompt)],
            beam_size=BEAM,
            num_hypotheses=BEAM,
            # The library writes half of it at most, and no more than the prompt leaves.
            max_length=max(2 * LONGEST_ANSWER, len(prompt) + LONGEST_ANSWER),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        best: dict[str, float] = {}
        for tokens, score in zip(found.sequences_ids, found.scores, strict=True):
            if text := self.text(tokens):
                best.setdefault(text, float(score))
        return Transcripts(tuple(best), tuple(best.values()), float(found.no_speech_prob))

    def likelihoods(self, encoded: Any, start: Sequence[int], texts: Sequence[str]) -> list[float]:
        """The log probability of each text, had nothing been told (20 ms each)."""
        found: list[float] = []
        for text in texts:
            aligned = self._model.align(encoded, list(start), [self.tokens(f" {text}")], round(WINDOW * 100))[0]
            found.append(float(np.sum(np.log(np.maximum(_IMPOSSIBLE, aligned.text_token_probs)))))
        return found


def _tokenizer(tokenizers: Any, file: Path) -> Any:
    """The model's own way of cutting words up.

    Published files of Whisper lack the very first merge, a space with a "t": " trop" and " tout" come out in pieces
    that the model never saw, and what it is told of them is lost on it.
    """
    plan = json.loads(file.read_text(encoding="utf-8"))
    merges: list[Any] = plan["model"]["merges"]  # "Ġ t" or ["Ġ", "t"], as the file was written
    if _FIRST_MERGE not in merges and _FIRST_MERGE.split() not in merges:
        merges.insert(0, _FIRST_MERGE if isinstance(merges[0], str) else _FIRST_MERGE.split())
    return tokenizers.Tokenizer.from_str(json.dumps(plan))


def _feature_extractor() -> Any:
    """What turns sound into the model's own picture of it: one module of faster-whisper, without the rest."""
    spec = importlib.util.spec_from_file_location("feature_extractor", beside_faster_whisper("feature_extractor.py"))
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FeatureExtractor()


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
        """Decode all of it: told nothing, told the screen's own words, and told everything where that is not clear."""
        recogniser, vocabulary = self._recogniser, self._vocabulary
        sound = np.concatenate(list(self._frames))
        encoded = recogniser.encode(sound)
        clarity = signal_to_noise(sound)
        start = [
            recogniser.token(name) for name in ("<|startoftranscript|>", f"<|{vocabulary.language}|>", "<|transcribe|>")
        ]
        plain = [*start, recogniser.token("<|notimestamps|>")]
        free = recogniser.decode(encoded, plain)
        if free.no_speech > SILENT:
            return NotUnderstood()
        told, found = self._by_words(encoded, start, plain, free, clarity)
        return self._as_it_sounds(found, encoded, sound, told, free, clarity)

    def _by_words(
        self, encoded: Any, start: Sequence[int], plain: Sequence[int], free: Transcripts, clarity: float
    ) -> tuple[Transcripts, Understood]:
        """What was heard when told what may be said, and what the words mean."""
        unsure: Heard | None = None
        found: Understood = NotUnderstood()
        told = free
        for words in _prompts(self._vocabulary):
            told = self._recogniser.decode(encoded, [*self._told(words), *plain]) if words else free
            found = self._weigh(told, free, clarity)
            if isinstance(found, Heard) and found.phrase:
                if found.certainty is Certainty.CLEAR:
                    return told, found
                unsure = unsure or found
        if unsure:
            return told, unsure
        if isinstance(found, Heard) and not found.phrase and self._vocabulary.expected is Expected.REQUEST:
            return told, self._request(encoded, plain, free, clarity, found)
        if isinstance(found, NotUnderstood) and self._likely(encoded, start, told, free, clarity):
            found = self._weigh(told, free, clarity, likely=True)
        return told, found

    def _as_it_sounds(
        self, found: Understood, encoded: Any, sound: Samples, told: Transcripts, free: Transcripts, clarity: float
    ) -> Understood:
        """What was understood, unless the sound itself or the meaning of the words says otherwise; that is asked back,
        never done.

        Out of noise, only both together say something; not where a number, a date or a request is waited for.
        """
        vocabulary = self._vocabulary
        if vocabulary.language != second_opinion.LANGUAGE or vocabulary.expected is not Expected.NOTHING:
            return found
        limits = BY_TELEPHONE if narrow(sound) else LIMITS
        quiet = clarity >= limits.quiet
        if clarity < limits.noisy or not told.texts or (isinstance(found, Heard) and not quiet):
            return found
        thought = second_opinion.opinion(self._recogniser.seen(encoded, len(sound)))
        if isinstance(found, Heard):
            its_own = any(phrase.id == found.phrase for phrase in vocabulary.phrases[: vocabulary.own])
            share = None if its_own else thought.shares.get(found.phrase)
            return doubted(found, thought.command, thought.likely, share, vocabulary, told.scores[0], limits)
        texts = (*free.texts[:1], told.texts[0])
        if said_to_others(texts, vocabulary) or broken_off(texts, vocabulary):
            return found
        evidence = self._evidence(told, free, clarity)
        if quiet and borne_out(thought.command, thought.likely, told.texts[0], vocabulary, evidence, limits):
            return Heard(thought.command, Certainty.UNSURE, text=told.texts[0])
        if (meaning := self._recogniser.meaning) is None or too_long(texts, limits):
            return found
        words = meaning.shares(texts)
        believed = limits if quiet else in_noise(limits)
        command, likely = meant(thought.shares, words, vocabulary, believed)
        if likely < believed.meant:
            return found
        return Heard(command, Certainty.UNSURE, text=told.texts[0])

    def _request(self, encoded: Any, plain: Sequence[int], free: Transcripts, clarity: float, request: Heard) -> Heard:
        """The same request, heard with the names of things people ask for in mind, where that says something.

        Out of noise the model only repeats what it was told.
        """
        words = said_at_counters(self._vocabulary.language)
        if not words or clarity < LIMITS.quiet:
            return replace(request, others=_others(request.value, free))
        told = _without_echoes(self._recogniser.decode(encoded, [*self._told(words), *plain]), free)
        if told.texts and told.scores[0] >= free.scores[0] - AS_LIKELY:
            evidence = Evidence(told.scores[0], signal_to_noise=clarity)
            found = understand(told.texts[0], self._vocabulary, evidence=evidence)
            if isinstance(found, Heard) and not found.phrase:
                request = found
        return replace(request, others=_others(request.value, free, told))

    def _likely(self, encoded: Any, start: Sequence[int], told: Transcripts, free: Transcripts, clarity: float) -> bool:
        """Whether the nearest phrase, rejected, is about as likely as what was heard freely, and no rival is more."""
        if not told.texts or not free.texts:
            return False
        asked = doubtful(told.texts[0], self._vocabulary, self._evidence(told, free, clarity))
        if not asked:
            return False
        heard, nearest, *rivals = self._recogniser.likelihoods(
            encoded, start, (free.texts[0], *(as_sentence(way) for way in asked))
        )
        return nearest >= heard - LIKELY and all(nearest >= rival for rival in rivals)

    def _weigh(self, prompted: Transcripts, free: Transcripts, clarity: float, *, likely: bool = False) -> Understood:
        if not prompted.texts:
            return NotUnderstood()
        evidence = self._evidence(prompted, free, clarity, likely=likely)
        return understand(prompted.texts[0], self._vocabulary, evidence=evidence, today=date.today())

    @staticmethod
    def _evidence(prompted: Transcripts, free: Transcripts, clarity: float, *, likely: bool = False) -> Evidence:
        return Evidence(
            log_probability=prompted.scores[0],
            no_speech=free.no_speech,
            signal_to_noise=clarity,
            alternatives=prompted.texts[1:],
            alternative_scores=prompted.scores[1:],
            free=free.texts,
            free_scores=free.scores,
            likely=likely,
        )

    def _told(self, words: str) -> list[int]:
        """What may be said now, as if it had just been said: the model then leans towards it."""
        return [self._recogniser.token("<|startofprev|>"), *self._recogniser.tokens(f" {words}")[:PROMPT_TOKENS]]


def _without_echoes(told: Transcripts, free: Transcripts) -> Transcripts:
    """Of what was heard with names in mind, what is anything like what was heard freely."""
    if not free.texts:
        return replace(told, texts=(), scores=())
    best = " ".join(words_of(free.texts[0]))
    kept = [
        (text, score)
        for text, score in zip(told.texts, told.scores, strict=True)
        if Indel.normalized_similarity(" ".join(words_of(text)), best) >= ALIKE
    ]
    return replace(told, texts=tuple(text for text, _ in kept), scores=tuple(score for _, score in kept))


def _others(value: str, *heard: Transcripts) -> tuple[str, ...]:
    """What else may have been said than ``value``, by its words: the likeliest of these decodings."""
    likeliest = sorted(((score, text) for one in heard for text, score in zip(one.texts, one.scores, strict=True)))
    readings = {words_of(text): text for _, text in likeliest if words_of(text) != words_of(value)}
    return tuple(reversed(readings.values()))[:OTHERS]


def _prompts(vocabulary: Vocabulary) -> list[str]:
    """What the model is told, one decoding after the other, until one is clear."""
    own = prompt_for(replace(vocabulary, phrases=vocabulary.phrases[: vocabulary.own]))
    everything = prompt_for(vocabulary)
    return [own, everything] if own and own != everything else [everything]
