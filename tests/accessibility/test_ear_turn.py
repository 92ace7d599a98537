# SPDX-License-Identifier: EUPL-1.2
"""One turn of speech, frame by frame: when the engine is asked, when the person is answered. No sound, no engine."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from accessibility.listening import turn as turns
from accessibility.listening.protocol import (
    Certainty,
    Expected,
    Heard,
    Muddle,
    NotUnderstood,
    Phrase,
    Sign,
    Silence,
    Vocabulary,
)
from accessibility.listening.recogniser import FRAME, SECONDS_A_FRAME, Samples, Understood
from accessibility.listening.turn import Turn

VOCABULARY = Vocabulary((Phrase("yes", ("oui",)), Phrase("card", ("carte",)), Phrase("grey", ("carte grise",))))
CLEAR = Heard("yes", Certainty.CLEAR, "oui")
SPEECH, ROOM = 0.1, 0.0005


@dataclass
class ScriptedTake:
    """Counts what it is given."""

    frames: list[Samples] = field(default_factory=list[Samples])
    partial: str = ""

    def add(self, samples: Samples) -> None:
        self.frames.append(samples)

    def conclude(self) -> Understood:
        raise AssertionError("the test concludes")


class Person:
    """Speaks and is silent, in seconds; the answer to each conclusion is given at once when one is ready."""

    def __init__(
        self, vocabulary: Vocabulary = VOCABULARY, patience: float = 5.0, *, patient: bool = False, offset: float = 0.0
    ) -> None:
        self._offset = np.float32(offset)
        self.takes: list[ScriptedTake] = []
        self.signs: list[Sign] = []
        self.asked: list[int] = []
        self.understood: Understood | None = None
        self.turn = Turn(vocabulary, self._begin, patience, patient_in_noise=patient)

    def _begin(self) -> ScriptedTake:
        self.takes.append(ScriptedTake())
        return self.takes[-1]

    def speaks(self, seconds: float, loud: float = SPEECH) -> Person:
        return self._for(seconds, loud, 0.95)

    def is_silent(self, seconds: float, loud: float = ROOM) -> Person:
        return self._for(seconds, loud, 0.02)

    def _for(self, seconds: float, loud: float, probability: float) -> Person:
        for _ in range(round(seconds / SECONDS_A_FRAME)):
            if self.turn.outcome is not None:
                break
            self.turn.hear(self._offset + np.tile(np.array([loud, -loud], np.float32), FRAME // 2), probability)
            if self.turn.sign:
                self.signs.append(self.turn.sign)
            if self.turn.asked and self.turn.asked not in self.asked:
                self.asked.append(self.turn.asked)
                if self.understood is not None:
                    self.turn.concluded(self.turn.asked, self.understood)
        return self


def test_a_clear_phrase_is_answered_after_a_short_silence() -> None:
    person = Person()
    person.understood = CLEAR
    person.is_silent(0.5).speaks(0.6).is_silent(2)
    assert person.turn.outcome == CLEAR
    assert turns.AFTER_CLEAR <= person.turn.quiet < turns.AFTER_CLEAR + 2 * SECONDS_A_FRAME


@pytest.mark.parametrize(
    ("understood", "silence"),
    [
        (Heard("yes", Certainty.UNSURE, "oui"), turns.AFTER_OPEN),
        (Heard("card", Certainty.CLEAR, "Carte !"), turns.AFTER_OPEN),  # "carte grise" may follow
        (Heard("grey", Certainty.CLEAR, "carte grise"), turns.AFTER_CLEAR),
        (NotUnderstood(text="euh"), turns.AFTER_NOTHING),
    ],
)
def test_the_silence_before_the_answer_depends_on_what_was_understood(understood: Understood, silence: float) -> None:
    person = Person()
    person.understood = understood
    person.speaks(0.6).is_silent(2)
    assert person.turn.outcome == understood
    assert silence <= person.turn.quiet < silence + 2 * SECONDS_A_FRAME


def test_people_breathe_in_the_middle_of_a_request() -> None:
    found = Heard("", Certainty.CLEAR, "je voudrais", "je voudrais")
    person = Person(Vocabulary(VOCABULARY.phrases, "fr", Expected.REQUEST))
    person.understood = found
    person.speaks(0.6).is_silent(turns.AFTER_SENTENCE - 0.1)
    assert person.turn.outcome is None
    person.is_silent(0.3)
    assert person.turn.outcome == found


def test_a_command_is_quick_even_where_a_request_is_waited_for() -> None:
    person = Person(Vocabulary(VOCABULARY.phrases, "fr", Expected.REQUEST))
    person.understood = CLEAR
    person.speaks(0.6).is_silent(turns.AFTER_CLEAR + 0.1)
    assert person.turn.outcome == CLEAR


def test_work_begun_too_early_is_thrown_away() -> None:
    person = Person()
    person.speaks(0.5).is_silent(0.25)
    first = person.turn.asked
    assert first
    person.speaks(0.5)
    assert person.turn.asked == 0
    person.turn.concluded(first, CLEAR)  # it comes late
    person.is_silent(1)
    assert person.turn.outcome is None
    assert person.turn.asked != first
    person.turn.concluded(person.turn.asked, Heard("grey", Certainty.CLEAR, "carte grise"))
    assert person.turn.outcome == Heard("grey", Certainty.CLEAR, "carte grise")
    assert len(person.takes) == 1


def test_nothing_of_the_sentence_is_lost_between_two_conclusions() -> None:
    person = Person()
    person.is_silent(1).speaks(0.5).is_silent(0.3).speaks(0.5).is_silent(0.3)
    heard = len(person.takes[0].frames) * SECONDS_A_FRAME
    assert heard == pytest.approx(turns.LEAD * SECONDS_A_FRAME + 0.5 + 0.3 + 0.5 + 0.2, abs=0.1)


def test_an_answer_that_comes_late_is_given_at_once() -> None:
    person = Person()
    person.speaks(0.5).is_silent(1.5)
    assert person.turn.outcome is None
    person.turn.concluded(person.turn.asked, CLEAR)
    assert person.turn.outcome == CLEAR


def test_a_click_is_no_word() -> None:
    person = Person(patience=2)
    person.speaks(2 * SECONDS_A_FRAME).is_silent(3)
    assert person.asked == []
    assert person.turn.outcome == Silence()


def test_a_door_is_no_sentence() -> None:
    """The engine finds no word in it: the person is not told that she was not understood."""
    person = Person(patience=3)
    person.understood = NotUnderstood()
    person.speaks(0.5).is_silent(5)
    assert person.asked
    assert person.turn.outcome == Silence()


def test_a_long_speech_is_heard_for_eight_seconds() -> None:
    person = Person()
    person.understood = NotUnderstood(text="et patati et patata")
    person.speaks(20)
    assert person.turn.outcome == NotUnderstood(text="et patati et patata")
    assert len(person.takes[0].frames) * SECONDS_A_FRAME <= 8


def test_patience_ends() -> None:
    person = Person(patience=2)
    person.is_silent(10)
    assert person.turn.outcome == Silence()
    assert person.turn._frames * SECONDS_A_FRAME == pytest.approx(2, abs=0.1)


@pytest.mark.clause("PAP 19")
def test_a_loud_noise_is_said_within_two_seconds() -> None:
    person = Person(patience=12)
    person.is_silent(2.0, loud=0.1)
    assert person.turn.outcome == NotUnderstood(Muddle.NOISE)


def test_what_a_sound_card_adds_to_every_sample_is_no_noise() -> None:
    person = Person(patience=4, offset=0.1)
    person.is_silent(2)
    assert person.signs[-1].level == 0
    person.is_silent(3)
    assert person.turn.outcome == Silence()


def test_a_file_is_heard_through_the_noise() -> None:
    person = Person(patience=4, patient=True)
    person.is_silent(3, loud=0.1)
    assert person.turn.outcome is None


def test_words_drowned_in_noise_are_blamed_on_it() -> None:
    person = Person()
    person.understood = NotUnderstood(text="brm")
    person.is_silent(1, loud=0.03).speaks(0.5, loud=0.04).is_silent(2, loud=0.03)
    assert person.turn.outcome == NotUnderstood(Muddle.NOISE, "brm")


def test_other_words_over_a_faint_noise_are_other_words() -> None:
    person = Person()
    person.understood = NotUnderstood(text="il fait beau")
    person.is_silent(1, loud=0.012).speaks(0.5, loud=0.2).is_silent(2, loud=0.012)
    assert person.turn.outcome == NotUnderstood(Muddle.OTHER_WORDS, "il fait beau")


def test_the_sign_follows_the_voice_ten_times_a_second() -> None:
    person = Person()
    person.is_silent(1)
    assert 9 <= len(person.signs) <= 11
    quiet = person.signs[-1]
    person.speaks(1)
    speaking = person.signs[-1]
    person.is_silent(0.4)
    thinking = person.signs[-1]
    assert (quiet.speech, speaking.speech, thinking.speech) == (False, True, False)
    assert (quiet.thinking, speaking.thinking, thinking.thinking) == (False, False, True)
    assert 0 <= quiet.level < 0.2 < speaking.level <= 1
