# SPDX-License-Identifier: EUPL-1.2
"""What a request is taken to be, of the two ways in which Whisper hears it. A scripted model, no sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest

from accessibility.listening.commands import commands
from accessibility.listening.prompting import LONGEST, said_at_counters
from accessibility.listening.protocol import Expected, Heard, Vocabulary
from accessibility.listening.recogniser import FRAME, Samples
from accessibility.listening.whisper import Transcripts, WhisperRecogniser, WhisperTake

FREE = "Masser 16 se termine le mois prochain."
NAMED = "Ma CSS se termine le mois prochain."
OTHER = "Ma sœur se termine le mois prochain."
SOURCE = np.random.default_rng(3)


class Scripted:
    """A model that hears :data:`NAMED` when it has the names of things in mind."""

    meaning = None

    def __init__(self, named_score: float) -> None:
        self.named_score = named_score
        self.told: list[str] = []

    def token(self, name: str) -> int:
        return 0

    def tokens(self, text: str) -> list[int]:
        self.told.append(text.strip())
        return [len(self.told)]

    def encode(self, sound: Samples) -> None:
        return None

    def seen(self, encoded: Any, samples: int) -> Samples:
        return np.zeros((0, 512), np.float32)

    def decode(self, encoded: Any, prompt: Sequence[int]) -> Transcripts:
        named = bool(max(prompt)) and self.told[max(prompt) - 1] == said_at_counters("fr")
        if named:
            return Transcripts((NAMED, NAMED.removesuffix(".")), (self.named_score, self.named_score - 0.1), 0.0)
        return Transcripts((FREE, OTHER, "Ma seize."), (-0.3, -0.4, -0.5), 0.0)

    def likelihoods(self, encoded: Any, start: Sequence[int], texts: Sequence[str]) -> list[float]:
        return [-99.0 for _ in texts]


def heard(
    named_score: float, noise: float, expected: Expected = Expected.REQUEST
) -> tuple[str, list[str], tuple[str, ...]]:
    """The request, what the model was told, and what else it may have heard, for a voice among noise."""
    model = Scripted(named_score)
    take = WhisperTake(cast(WhisperRecogniser, model), Vocabulary(commands("fr"), expected=expected))
    voice = np.concatenate([np.zeros(10 * FRAME), 0.1 * SOURCE.standard_normal(40 * FRAME), np.zeros(10 * FRAME)])
    take.add((voice + noise * SOURCE.standard_normal(voice.size)).astype(np.float32))
    found = take.conclude()
    return (found.value, model.told, found.others) if isinstance(found, Heard) else ("", model.told, ())


def test_a_request_is_heard_with_the_names_of_things_in_mind() -> None:
    assert heard(-0.2, 0.0)[0] == NAMED


def test_an_echo_of_what_was_told_is_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.NAMED", "C'est pour la CAF.")
    assert heard(-0.2, 0.0)[::2] == (FREE, (OTHER, "Ma seize."))


@pytest.mark.parametrize(("named_score", "noise"), [(-0.9, 0.0), (-0.2, 0.05)])
def test_not_where_that_is_less_likely_nor_in_noise(named_score: float, noise: float) -> None:
    assert heard(named_score, noise)[0] == FREE


def test_the_likeliest_other_readings_come_with_it_each_once() -> None:
    assert heard(-0.2, 0.0)[2] == (FREE, OTHER)
    assert heard(-0.9, 0.0)[2] == (OTHER, "Ma seize.")
    assert heard(-0.2, 0.05)[2] == (OTHER, "Ma seize.")


def test_names_are_told_where_a_request_is_expected_only() -> None:
    value, told, _ = heard(-0.2, 0.0, Expected.NOTHING)
    assert value == ""
    assert said_at_counters("fr") not in told


def test_the_names_fit_in_what_the_model_takes() -> None:
    assert "CSS" in said_at_counters("fr")
    assert len(said_at_counters("fr")) <= LONGEST
    assert said_at_counters("en") == ""
