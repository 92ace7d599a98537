# SPDX-License-Identifier: EUPL-1.2
"""What is asked back where the words were lost and the sound or the meaning was not; and what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
import pytest

from accessibility.listening import second_opinion, whisper
from accessibility.listening.commands import COMMANDS, commands
from accessibility.listening.engines import choose
from accessibility.listening.from_file import FileEar
from accessibility.listening.protocol import Certainty, Expected, Heard, NotUnderstood, Phrase, Vocabulary
from accessibility.listening.recogniser import FRAME, Samples
from accessibility.listening.second_opinion import HALVES, LONGEST, Opinion, opinion, pooled
from accessibility.listening.understanding import Evidence, borne_out, doubted
from accessibility.listening.whisper import Transcripts, WhisperRecogniser, WhisperTake
from accessibility.listening.word_meaning import Meaning
from accessibility.models import installed
from tests import speech

VOCABULARY = Vocabulary(commands("fr"))
SCREEN = Vocabulary((Phrase("lost", ("J'ai perdu ma carte",)), *commands("fr")), own=1)
LOST = Evidence(log_probability=-0.6)
SURE = Evidence(log_probability=-0.1)
FAR = "Ma sœur est là."


class Scripted:
    """A model that writes the same, whatever is said."""

    def __init__(self, meaning: Meaning | None = None, written: str = FAR) -> None:
        self.looked = 0
        self.meaning = meaning
        self._written = written

    def token(self, name: str) -> int:
        return 0

    def tokens(self, text: str) -> list[int]:
        return [1]

    def encode(self, sound: Samples) -> None:
        return None

    def seen(self, encoded: Any, samples: int) -> Samples:
        self.looked += 1
        return np.zeros((10, 512), np.float32)

    def decode(self, encoded: Any, prompt: Sequence[int]) -> Transcripts:
        return Transcripts((self._written,), (-0.6,), 0.0)

    def likelihoods(self, encoded: Any, start: Sequence[int], texts: Sequence[str]) -> list[float]:
        return [-99.0 for _ in texts]


class Meant:
    """What says that they mean one command, whatever the sentences."""

    def __init__(self, **shares: float) -> None:
        self._shares = shares
        self.asked: list[Sequence[str]] = []

    def shares(self, sentences: Sequence[str]) -> Mapping[str, float]:
        self.asked.append(sentences)
        return self._shares


SOFTER = Opinion("softer", 0.95, {"softer": 0.96})


def heard(
    vocabulary: Vocabulary,
    monkeypatch: pytest.MonkeyPatch,
    noise: float = 0.0,
    sounds: Opinion = SOFTER,
    meaning: Meaning | None = None,
    written: str = FAR,
    *,
    by_telephone: bool = False,
) -> tuple[object, int]:
    """What is made of a sound that is surely "moins fort", and how often it was looked at."""
    monkeypatch.setattr(whisper.second_opinion, "opinion", lambda _: sounds)
    source = np.random.default_rng(3)
    hiss = np.fft.rfft(0.1 * source.standard_normal(40 * FRAME))
    hiss[len(hiss) // 2 :] *= not by_telephone
    voice = np.concatenate([np.zeros(10 * FRAME), np.fft.irfft(hiss), np.zeros(10 * FRAME)])
    model = Scripted(meaning, written)
    take = WhisperTake(cast(WhisperRecogniser, model), vocabulary)
    take.add((voice + noise * source.standard_normal(voice.size)).astype(np.float32))
    return take.conclude(), model.looked


def test_lost_words_are_asked_back_and_never_done(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = heard(VOCABULARY, monkeypatch)
    assert found == Heard("softer", Certainty.UNSURE, text=FAR)


@pytest.mark.parametrize(
    ("sounds", "meaning", "phrase"),
    [
        (Opinion("repeat", 0.1, {"repeat": 0.3}), Meant(repeat=0.98), "repeat"),
        (Opinion("repeat", 0.1, {"repeat": 0.3}), Meant(repeat=0.9), ""),
        (Opinion("next", 0.6, {"next": 0.9}), Meant(repeat=0.95), ""),
        (Opinion("repeat", 0.1, {"repeat": 0.3}), None, ""),
    ],
    ids=["its words mean it", "they mean nothing sure", "it sounds like another", "nothing tells what words mean"],
)
def test_what_words_mean_is_asked_back_where_they_are_no_way_that_is_known(
    sounds: Opinion, meaning: Meant | None, phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = heard(VOCABULARY, monkeypatch, sounds=sounds, meaning=meaning)
    assert found == (Heard(phrase, Certainty.UNSURE, text=FAR) if phrase else NotUnderstood(text=FAR))
    assert meaning is None or meaning.asked == [(FAR, FAR)]


@pytest.mark.parametrize("written", ["Zéro.", "Activez.", "Essayez à nouveau."])
def test_what_people_say_to_others_is_never_asked_back(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = heard(VOCABULARY, monkeypatch, meaning=Meant(softer=0.99), written=written)
    assert found == NotUnderstood(text=written)


@pytest.mark.parametrize("meaning", [None, Meant(smaller=0.99)])
def test_what_was_broken_off_is_asked_back_neither_by_its_sound_nor_by_its_meaning(
    meaning: Meant | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounds = Opinion("smaller", 0.9, {"smaller": 0.9})
    found, _ = heard(VOCABULARY, monkeypatch, sounds=sounds, meaning=meaning, written="Plus petit que.")
    assert found == NotUnderstood(text="Plus petit que.")


@pytest.mark.parametrize(("more", "phrase"), [("s'il vous plaît", "louder"), ("que tous les autres participants", "")])
def test_who_says_more_than_a_command_tells_something_else(
    more: str, phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = f"Pour augmenter le volume de votre voix un peu {more}."
    sounds = Opinion("louder", 0.3, {"louder": 0.6})
    found, _ = heard(VOCABULARY, monkeypatch, sounds=sounds, meaning=Meant(louder=0.99), written=said)
    assert (found.phrase if isinstance(found, Heard) else "") == phrase


@pytest.mark.parametrize(
    ("likely", "share", "written", "here", "by_telephone"),
    [
        (0.85, 0.9, FAR, "softer", ""),
        (0.95, 0.98, FAR, "softer", "softer"),
        (0.1, 0.2, "Moins fort.", "softer", ""),
        (0.1, 0.3, "Moins fort.", "softer", "softer"),
    ],
    ids=["its sound is like it", "its sound is very like it", "the words alone say it", "the words say it"],
)
def test_where_half_of_a_voice_is_missing_its_sound_has_to_be_surer(
    likely: float, share: float, written: str, here: str, by_telephone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounds = Opinion("softer", likely, {"softer": share})
    for narrow, phrase in ((False, here), (True, by_telephone)):
        found, _ = heard(VOCABULARY, monkeypatch, sounds=sounds, written=written, by_telephone=narrow)
        assert (found.phrase if isinstance(found, Heard) else "") == phrase, narrow


def test_what_a_screen_offers_goes_before_what_people_say_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = heard(Vocabulary((Phrase("zero", ("Zéro",)), *commands("fr")), own=1), monkeypatch, written="Zéro.")
    assert isinstance(found, Heard)
    assert found.phrase == "zero"


@pytest.mark.parametrize(
    ("shares", "noise", "phrase"),
    [
        ({"repeat": 0.97}, 0.015, "repeat"),
        ({"repeat": 0.85}, 0.015, ""),
        ({"repeat": 0.97}, 0.05, ""),
    ],
    ids=["both are sure", "they are less sure", "one hears nothing for the noise"],
)
def test_in_noise_what_words_mean_needs_a_surer_sound(
    shares: Mapping[str, float], noise: float, phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounds = Opinion("repeat", 0.9, {"repeat": 0.9})
    found, _ = heard(VOCABULARY, monkeypatch, noise, sounds, Meant(**shares))
    assert (found.phrase if isinstance(found, Heard) else "") == phrase
    assert heard(VOCABULARY, monkeypatch, noise, sounds)[0] == NotUnderstood(text=FAR), "the sound alone"


def test_in_noise_and_by_telephone_what_words_mean_needs_a_sound_that_makes_it_even(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sounds, sure = Opinion("repeat", 0.2, {"repeat": 0.4}), Meant(repeat=0.999)
    assert heard(VOCABULARY, monkeypatch, sounds=sounds, meaning=sure)[0] == Heard("repeat", Certainty.UNSURE, text=FAR)
    nothing = NotUnderstood(text=FAR)
    assert heard(VOCABULARY, monkeypatch, 0.015, sounds, sure)[0] == nothing
    assert heard(VOCABULARY, monkeypatch, sounds=sounds, meaning=sure, by_telephone=True)[0] == nothing


@pytest.mark.parametrize(
    ("vocabulary", "noise"),
    [
        (VOCABULARY, 0.05),
        (Vocabulary(commands("en"), "en"), 0.0),
        (Vocabulary(commands("fr"), expected=Expected.NUMBER), 0.0),
        (Vocabulary(commands("fr"), expected=Expected.REQUEST), 0.0),
    ],
    ids=["noise", "English", "a number", "a request"],
)
def test_it_is_not_asked_where_it_knows_nothing(
    vocabulary: Vocabulary, noise: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, looked = heard(vocabulary, monkeypatch, noise)
    assert looked == 0
    assert not (isinstance(found, Heard) and found.phrase)


@pytest.mark.parametrize(
    ("command", "likely", "text", "vocabulary", "known", "borne"),
    [
        ("softer", 0.85, FAR, VOCABULARY, LOST, True),
        ("softer", 0.65, FAR, VOCABULARY, LOST, False),
        ("softer", 0.99, FAR, VOCABULARY, SURE, False),
        ("softer", 0.45, "moins for", VOCABULARY, SURE, True),
        ("softer", 0.35, "moins for", VOCABULARY, SURE, False),
        ("louder", 0.45, "moins for", VOCABULARY, SURE, False),
        ("softer", 0.99, FAR, SCREEN, LOST, False),
        ("softer", 0.45, "moins for", SCREEN, LOST, True),
        ("softer", 0.99, FAR, Vocabulary((Phrase("lost", ("J'ai perdu ma carte",)),)), LOST, False),
    ],
    ids=[
        "sure, and the words are lost",
        "not sure enough",
        "the engine is sure of other words",
        "the words are near",
        "the words are near, the sound is not like it",
        "the words are near to another command",
        "a screen has phrases of its own",
        "a screen has phrases of its own, and the words are near",
        "nobody may say it now",
    ],
)
def test_an_opinion_is_believed_for_a_reason(
    command: str, likely: float, text: str, vocabulary: Vocabulary, known: Evidence, borne: bool
) -> None:
    assert borne_out(command, likely, text, vocabulary, known) is borne


@pytest.mark.parametrize(
    ("likely", "share", "phrase", "certainty"),
    [
        (0.9, 0.5, "stop", Certainty.CLEAR),
        (0.9, None, "stop", Certainty.CLEAR),
        (0.4, 0.01, "stop", Certainty.UNSURE),
        (0.9, 0.14, "stop", Certainty.UNSURE),
        (0.9, 0.01, "back", Certainty.UNSURE),
    ],
    ids=[
        "its sound may be that",
        "its sound tells nothing of it",
        "its sound is nothing like it",
        "it sounds a little like it, and like another",
        "it sounds like another",
    ],
)
def test_what_is_understood_is_asked_where_its_sound_is_nothing_like_it(
    likely: float, share: float | None, phrase: str, certainty: Certainty
) -> None:
    """« Retour », of which Whisper makes "Arrêtez-vous."."""
    words = Heard("stop", Certainty.CLEAR, text="Arrêtez-vous.")
    assert doubted(words, "back", likely, share, VOCABULARY, -0.1) == Heard(phrase, certainty, text="Arrêtez-vous.")
    elsewhere = doubted(words, "elsewhere", likely, share, VOCABULARY, -0.1)
    assert isinstance(elsewhere, Heard)
    assert elsewhere.phrase == "stop"


@pytest.mark.parametrize(
    ("certainty", "log_probability"),
    [(Certainty.UNSURE, -0.1), (Certainty.CLEAR, -0.8)],
    ids=["its words are unsure", "the engine is not sure of its words"],
)
def test_what_neither_its_words_nor_its_sound_make_sure_is_refused(
    certainty: Certainty, log_probability: float
) -> None:
    """« Oscar », of which the words are a little like "aide"; « neuvième », of which Whisper makes "Non."."""
    words = Heard("help", certainty, text="Oscar.")

    def told(likely: float, share: float) -> Heard | NotUnderstood:
        return doubted(words, "back", likely, share, VOCABULARY, log_probability)

    assert told(0.01, 0.14) == NotUnderstood(text="Oscar.")
    assert told(0.01, 0.16) == words
    assert told(0.9, 0.02) == Heard("back", Certainty.UNSURE, text="Oscar.")


def test_whatever_is_seen_there_is_an_opinion_and_no_command_of_silence() -> None:
    assert opinion(np.zeros((0, 512), np.float32)).likely == 0.0
    assert opinion(np.zeros((1, 512), np.float32)).likely == 0.0
    for frames in (2, 3, 399, 1500):
        thought = opinion(np.random.default_rng(frames).standard_normal((frames, 512)).astype(np.float32))
        assert thought.command in COMMANDS
        assert 0 <= thought.likely <= 1


def test_two_frames_are_taken_together_and_no_more_than_five_seconds_of_them() -> None:
    frames = np.arange(700 * 512, dtype=np.float32).reshape(700, 512)
    assert pooled(frames).shape == (LONGEST, 512)
    assert np.array_equal(pooled(frames[:3]), frames[:2].mean(axis=0, keepdims=True))


@pytest.mark.parametrize("silenced", [0, 1], ids=["those taught first", "those that went on"])
def test_one_half_of_the_networks_is_not_believed_alone(silenced: int, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = np.random.default_rng(7).standard_normal((120, 512)).astype(np.float32)
    known = second_opinion.networks(second_opinion.FILE)
    assert len(known) % HALVES == 0
    knows_nothing = tuple(
        {**network, "answer": 0 * network["answer"], "answer_bias": 0 * network["answer_bias"]} for network in known
    )
    half = len(known) // HALVES
    halves = [known[:half], known[half:]]
    halves[silenced] = knows_nothing[:half]
    monkeypatch.setattr(second_opinion, "networks", lambda _: (*halves[0], *halves[1]))
    assert opinion(frames).likely <= 1 / (len(COMMANDS) + 1) + 1e-6


def test_what_it_knows_is_numbers_alone() -> None:
    with np.load(second_opinion.FILE, allow_pickle=False) as kept:
        assert all(kept[name].dtype == np.float16 and np.isfinite(kept[name]).all() for name in kept.files)


@pytest.mark.skipif(installed(speech.MODELS, "whisper-base") is None, reason="« kiosk voice install whisper-base »")
def test_a_voice_that_taught_nothing_is_understood_where_its_words_are_not() -> None:
    """Whisper writes "Blissard.", "Plus vite.", "Alcottinez." and "Arrêtez-vous." for the first four."""
    said = {"Plus fort": "louder", "Plus grand": "bigger", "on continue": "next", "Retour": "back"}
    said["ma sœur habite à Lyon"] = ""
    paths = speech.all_said([speech.Line(text, "if_sara") for text in said])
    choice = choose("whisper", speech.MODELS, "fr")
    assert choice is not None
    ear = FileEar(choice)
    heard = [ear.hear(path, VOCABULARY) for path in paths]
    assert [one.phrase for one in heard] == list(said.values())
    assert {one.certainty for one in heard if one.phrase} == {Certainty.UNSURE}
