# SPDX-License-Identifier: EUPL-1.2
"""The word that is told is the word that is heard: real player, real sound server, at most 120 ms apart."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accessibility.speaking.build import make_speaker
from accessibility.speaking.cache import AudioCache
from accessibility.speaking.player import Player, PlayerEvent
from accessibility.speaking.protocol import Manner, SpeechOutcome
from accessibility.speaking.speaker import SpokenSpeaker
from tests.accessibility.sounds import no_process_left
from tests.accessibility.words_heard import BeepingEngine, lateness, say_words
from tests.sound import Recording, SoundServer, installed, sound_server

pytestmark = pytest.mark.skipif(not installed(), reason="needs the Debian packages pulseaudio and pulseaudio-utils")

LIMIT = 0.120
"""Seconds between a word and its highlighting."""
WORDS = ["Un", "deux", "trois", "quatre", "Cinq", "six", "sept", "Huit", "neuf"]
SCREEN = ["Un deux trois quatre.", "…", "Cinq six sept.", "🪪", "Huit neuf."]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    with no_process_left(), sound_server(tmp_path_factory.mktemp("sound")) as server:
        yield server


@pytest.fixture(scope="module")
def heard(server: SoundServer) -> Iterator[Recording]:
    with server.record() as recording:
        yield recording


@pytest.fixture
def player(server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> list[Player]:
    for name, value in server.env.items():
        monkeypatch.setenv(name, value)
    return []


@pytest.fixture
def speaker(player: list[Player], tmp_path: Path) -> Iterator[SpokenSpeaker]:
    def make(told: Callable[[PlayerEvent], None]) -> Player:
        player.append(Player("", told))
        return player[0]

    speaker = SpokenSpeaker(BeepingEngine(), AudioCache(tmp_path / "voice", 10), make)
    yield speaker
    speaker.close()


@pytest.mark.clause("PAP 14")
@pytest.mark.parametrize("rate", [pytest.param(0.75, marks=pytest.mark.long), 2.0])
def test_each_word_is_told_when_it_is_heard(speaker: SpokenSpeaker, heard: Recording, rate: float) -> None:
    told = say_words(speaker, SCREEN, Manner(rate=rate))
    assert told.wait() is SpeechOutcome.SPOKEN
    assert [text for _, text in told.words] == WORDS
    assert [word.utterance for _, word in told.all if word] == [0, 0, 0, 0, 2, 2, 2, 4, 4]
    assert max(map(abs, lateness(told, heard))) <= LIMIT


@pytest.mark.clause("PAP 14")
def test_from_the_cache_too(speaker: SpokenSpeaker, heard: Recording) -> None:
    quickly = Manner(rate=2.0)
    say_words(speaker, SCREEN, quickly).wait()
    told = say_words(speaker, SCREEN, quickly)
    told.wait()
    assert max(map(abs, lateness(told, heard))) <= LIMIT


def test_a_hush_ends_the_words_at_once(speaker: SpokenSpeaker) -> None:
    told = say_words(speaker, SCREEN)
    told.wait_for_words(2)
    hushed = time.monotonic()
    speaker.hush()
    assert time.monotonic() - hushed < 0.5
    assert told.wait() is SpeechOutcome.INTERRUPTED
    assert told.all[-1][0] - hushed < 0.1
    assert len(told.words) <= 3


def test_another_screen_takes_the_words_over(speaker: SpokenSpeaker, heard: Recording) -> None:
    first = say_words(speaker, SCREEN)
    first.wait_for_words(2)
    second = say_words(speaker, ["Dix onze douze."])
    assert second.wait() is SpeechOutcome.SPOKEN
    assert first.wait() is SpeechOutcome.INTERRUPTED
    assert first.all[-1][0] <= second.all[0][0]
    assert max(map(abs, lateness(second, heard))) <= LIMIT


def test_a_player_that_dies_tells_its_sentence_again(
    speaker: SpokenSpeaker, player: list[Player], heard: Recording
) -> None:
    told = say_words(speaker, SCREEN)
    killed = told.wait_for_words(5)
    os.kill(player[0].pid or 0, signal.SIGKILL)
    assert told.wait() is SpeechOutcome.SPOKEN
    assert [text for _, text in told.words] == [*WORDS[:5], *WORDS[4:]]
    told.all = [(at, word) for at, word in told.all if at > killed]
    assert max(map(abs, lateness(told, heard))) <= LIMIT


def test_a_loudspeaker_that_falls_behind_is_followed(
    speaker: SpokenSpeaker, player: list[Player], heard: Recording
) -> None:
    told = say_words(speaker, ["Un deux trois quatre cinq six sept huit neuf dix onze douze."])
    told.wait_for_words(2)
    os.kill(player[0].pid or 0, signal.SIGSTOP)
    stopped = time.monotonic()
    heard.silent_from(stopped, quiet=0.4)
    os.kill(player[0].pid or 0, signal.SIGCONT)
    told.wait()
    late = lateness(told, heard, quiet=0.1)
    assert max(map(abs, late[-6:])) <= LIMIT  # known again within a second


@pytest.mark.clause("PAP 14")
def test_the_words_of_a_real_voice(player: list[Player], heard: Recording, tmp_path: Path) -> None:
    speaker = make_speaker("pyttsx3", tmp_path / "voice", 10)
    for _ in range(2):
        told = say_words(speaker, ["Papa, 12\u00a0€, qui, tout, CAF."])
        assert told.wait() is SpeechOutcome.SPOKEN
        assert [text for _, text in told.words] == ["Papa", "12\u00a0€", "qui", "tout", "CAF"]
        assert max(map(abs, lateness(told, heard, quiet=0.09))) <= LIMIT
    told = say_words(speaker, ["Call 12, please."], Manner("en", 0.75))
    assert told.wait() is SpeechOutcome.SPOKEN
    assert [text for _, text in told.words] == ["Call", "12", "please"]
    speaker.close()
