# SPDX-License-Identifier: EUPL-1.2
"""The conductor: order, interruption, preparation, and an end that is told exactly once."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accessibility.speaking.build import make_speaker
from accessibility.speaking.cache import AudioCache
from accessibility.speaking.memory import MemorySpeaker
from accessibility.speaking.null import NullSpeaker
from accessibility.speaking.player import Finished, Lost, Player, PlayerEvent, Silent, Started
from accessibility.speaking.protocol import Manner, Speaker, SpeechOutcome, Utterance, Word
from accessibility.speaking.speaker import PAUSE, SpokenSpeaker
from tests.accessibility.sounds import Ending, ScriptedEngine, say, wait_until


class ScriptedPlayer(Player):
    """Keeps what it was handed; the test decides what is heard. Starts no process."""

    def __init__(self, heard: Callable[[PlayerEvent], None]) -> None:
        self.heard = heard
        self.played: list[tuple[int, int, float, int]] = []
        self.ended: list[int] = []
        self.floor = 0
        self.renewed = 0
        self.closed = False
        self.plays_at_once = True

    def play(self, batch: int, number: int, wav: bytes, *, pause: float, volume: int) -> None:
        if batch >= self.floor:
            self.played.append((batch, number, pause, volume))
            if self.plays_at_once:
                self.heard(Started(batch, number, 0.0))

    def end(self, batch: int) -> None:
        self.ended.append(batch)
        if batch >= self.floor and self.plays_at_once:
            self.heard(Finished(batch))

    def hush(self, below: int) -> None:
        self.floor = max(self.floor, below)

    def watch(self) -> float | None:
        return None

    def renew(self) -> None:
        self.renewed += 1

    def close(self) -> None:
        self.closed = True


class Voice:
    """A speaker with scripted parts, all at hand."""

    def __init__(self, folder: Path) -> None:
        self.engine = ScriptedEngine()
        self.folder = folder
        self.players: list[ScriptedPlayer] = []
        self.speaker = SpokenSpeaker(self.engine, AudioCache(folder, 10), self._make_player)

    def _make_player(self, heard: Callable[[PlayerEvent], None]) -> Player:
        self.players.append(ScriptedPlayer(heard))
        return self.players[0]

    @property
    def player(self) -> ScriptedPlayer:
        return self.players[0]


@pytest.fixture
def voice(tmp_path: Path) -> Iterator[Voice]:
    voice = Voice(tmp_path / "voice")
    yield voice
    voice.speaker.close()


def test_sentences_are_played_in_order_with_pauses(voice: Voice) -> None:
    ending = say(voice.speaker, ["Un.", "Deux.", "Trois."], Manner(rate=0.5, volume=40))
    assert ending.wait() is SpeechOutcome.SPOKEN
    assert [(number, pause, volume) for _, number, pause, volume in voice.player.played] == [
        (number, PAUSE / 0.5, 40) for number in range(3)
    ]


def test_what_was_said_once_is_made_once(voice: Voice) -> None:
    for volume in (80, 20):
        say(voice.speaker, ["Un.", "Deux."], Manner(volume=volume)).wait()
    assert voice.engine.made == [("Un.", 1.0), ("Deux.", 1.0)]
    say(voice.speaker, ["Un."], Manner(rate=2.0)).wait()
    assert voice.engine.made[-1] == ("Un.", 2.0)


def test_a_new_screen_takes_the_place_of_the_old_one(voice: Voice) -> None:
    voice.player.plays_at_once = False
    first = say(voice.speaker, ["Un."])
    wait_until(lambda: voice.player.played)
    second = say(voice.speaker, ["Deux."])
    assert first.wait() is SpeechOutcome.INTERRUPTED
    wait_until(lambda: len(voice.player.ended) == 2)
    batch = voice.player.played[-1][0]
    voice.player.heard(Started(batch, 0, 0.0))
    wait_until(lambda: voice.speaker.speaking)
    voice.player.heard(Finished(batch))
    assert second.wait() is SpeechOutcome.SPOKEN
    assert not voice.speaker.speaking
    assert first.outcomes == [SpeechOutcome.INTERRUPTED]


def test_hush_is_seen_at_once(voice: Voice) -> None:
    voice.player.plays_at_once = False
    ending = say(voice.speaker, ["Un."])
    wait_until(lambda: voice.player.played)
    voice.player.heard(Started(voice.player.played[0][0], 0, 0.0))
    wait_until(lambda: voice.speaker.speaking)
    voice.speaker.hush()
    assert not voice.speaker.speaking
    assert voice.player.floor > voice.player.played[0][0]
    assert ending.wait() is SpeechOutcome.INTERRUPTED


def test_a_cached_screen_does_not_wait_for_a_slow_engine(voice: Voice) -> None:
    say(voice.speaker, ["Vite."]).wait()
    slow = say(voice.speaker, ["Très lent."])
    quick = say(voice.speaker, ["Vite."])
    assert quick.wait(30) is SpeechOutcome.SPOKEN
    assert slow.wait() is SpeechOutcome.INTERRUPTED
    voice.engine.go_on.set()


def test_the_first_sentence_plays_while_the_second_is_made(voice: Voice) -> None:
    ending = say(voice.speaker, ["Un.", "Deux, lent."])
    wait_until(lambda: voice.player.played)
    assert [number for _, number, *_ in voice.player.played] == [0]
    voice.engine.go_on.set()
    assert ending.wait() is SpeechOutcome.SPOKEN
    assert [number for _, number, *_ in voice.player.played] == [0, 1]


def test_a_sentence_that_cannot_be_made_does_not_silence_the_others(voice: Voice) -> None:
    ending = say(voice.speaker, ["Un.", "C'est impossible.", "Trois."])
    assert ending.wait() is SpeechOutcome.NO_VOICE
    assert [number for _, number, *_ in voice.player.played] == [0, 2]
    assert say(voice.speaker, ["Tout est impossible."]).wait() is SpeechOutcome.NO_VOICE


@pytest.mark.parametrize("sentences", [[], [""], [" ", "..."]])
def test_nothing_to_say_is_said_at_once(voice: Voice, sentences: list[str]) -> None:
    assert say(voice.speaker, sentences).wait() is SpeechOutcome.SPOKEN
    assert voice.player.played == []


def test_no_device(voice: Voice) -> None:
    voice.player.plays_at_once = False
    ending = say(voice.speaker, ["Un."])
    wait_until(lambda: voice.player.played)
    voice.player.heard(Silent(voice.player.played[0][0], "no device"))
    assert ending.wait() is SpeechOutcome.NO_SOUND


def test_a_player_that_dies_is_taken_up_once_where_it_was(voice: Voice) -> None:
    voice.player.plays_at_once = False
    ending = say(voice.speaker, ["Un.", "Deux.", "Trois."])
    wait_until(lambda: voice.player.ended)
    batch = voice.player.ended[0]
    voice.player.heard(Started(batch, 1, 0.0))
    voice.player.heard(Lost(batch))
    wait_until(lambda: len(voice.player.ended) == 2)
    assert [number for _, number, *_ in voice.player.played] == [0, 1, 2, 1, 2]
    voice.player.heard(Lost(batch))
    assert ending.wait() is SpeechOutcome.NO_SOUND


def test_prepared_sentences_are_ready_before_they_are_said(voice: Voice) -> None:
    voice.speaker.prepare([Utterance("Un."), Utterance("Deux.")], Manner())
    wait_until(lambda: len(voice.engine.made) == 2)
    wait_until(lambda: len(list(voice.folder.iterdir())) == 2)
    say(voice.speaker, ["Un.", "Deux."]).wait()
    assert len(voice.engine.made) == 2


def test_what_is_said_goes_before_what_is_prepared(voice: Voice) -> None:
    voice.speaker.prepare([Utterance("Lent."), Utterance("Plus tard.")], Manner())
    ending = say(voice.speaker, ["Maintenant."])
    voice.engine.go_on.set()
    ending.wait()
    made = [text for text, _ in voice.engine.made]
    assert "Plus tard." not in made[: made.index("Maintenant.")]


def test_what_is_private_is_nowhere_on_disk(voice: Voice) -> None:
    say(voice.speaker, ["Public.", "Secret."], private=True).wait()
    assert not voice.folder.exists()
    say(voice.speaker, ["Secret."], private=True).wait()
    assert [text for text, _ in voice.engine.made].count("Secret.") == 2


def test_forgetting_replaces_the_processes_only_when_something_private_was_said(voice: Voice) -> None:
    say(voice.speaker, ["Public."]).wait()
    voice.speaker.forget()
    assert (voice.engine.forgotten, voice.player.renewed) == (0, 0)
    say(voice.speaker, ["Secret."], private=True).wait()
    voice.speaker.forget()
    voice.speaker.forget()
    assert (voice.engine.forgotten, voice.player.renewed) == (1, 1)


def test_closing_ends_everything_and_tells_it(voice: Voice) -> None:
    slow = say(voice.speaker, ["Lent."])
    voice.speaker.close()
    voice.speaker.close()
    assert slow.outcomes == [SpeechOutcome.INTERRUPTED]
    assert say(voice.speaker, ["Trop tard."]).wait() is SpeechOutcome.INTERRUPTED
    assert voice.engine.closed
    assert voice.player.closed
    assert not any(thread.name.startswith("voice") for thread in threading.enumerate())


@pytest.mark.parametrize("seed", range(5))
def test_every_end_is_told_exactly_once_whatever_is_asked(voice: Voice, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    endings: list[Ending] = []
    callers: list[threading.Thread] = []

    def disturb(actions: list[float]) -> None:
        for action in actions:
            if action < 0.6:
                sentences = [dice.choice(["Un.", "Deux.", "C'est impossible.", ""]) for _ in range(3)]
                endings.append(say(voice.speaker, sentences, private=action < 0.1))
            elif action < 0.8:
                voice.speaker.hush()
            elif action < 0.9:
                voice.speaker.prepare([Utterance("Un."), Utterance("Trois.")], Manner())
            else:
                voice.speaker.forget()

    for _ in range(4):
        callers.append(threading.Thread(target=disturb, args=([dice.random() for _ in range(50)],)))
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    voice.speaker.close()
    assert len(endings) > 50
    for ending in endings:
        ending.wait()
    assert all(len(ending.outcomes) == 1 for ending in endings)


def test_a_kiosk_without_a_voice_says_so(tmp_path: Path) -> None:
    speaker: Speaker = make_speaker("none", tmp_path, 10)
    assert isinstance(speaker, NullSpeaker)
    assert say(speaker, ["Un."]).wait() is SpeechOutcome.NO_VOICE
    speaker.hush()
    speaker.prepare([Utterance("Un.")], Manner())
    speaker.forget()
    speaker.close()
    assert not speaker.speaking


def test_the_memory_speaker_follows_the_protocol() -> None:
    speaker = MemorySpeaker()
    kept: Speaker = speaker
    first, second = say(kept, ["Un."]), say(kept, ["Deux."], private=True)
    assert first.outcomes == [SpeechOutcome.INTERRUPTED]
    assert speaker.speaking
    speaker.finish()
    assert second.outcomes == [SpeechOutcome.SPOKEN]
    assert speaker.sentences == ("Un.", "Deux.")
    third = say(kept, ["Trois."])
    kept.hush()
    assert third.outcomes == [SpeechOutcome.INTERRUPTED]
    kept.forget()
    assert speaker.sentences == ("Un.", "Trois.")
    kept.close()
    assert (speaker.hushed, speaker.forgotten, speaker.closed, speaker.speaking) == (1, 1, True, False)


def test_words_are_told_where_they_are_written(voice: Voice) -> None:
    told: list[Word | None] = []
    over = threading.Event()

    def hear(word: Word | None) -> None:
        told.append(word)
        if word is None:
            over.set()

    texts = ["…", "Payez 12\u00a0€ à l’ANTS\u00a0!", "", "Oui."]
    voice.player.plays_at_once = False
    voice.speaker.say([Utterance(text) for text in texts], Manner(), word=hear)
    wait_until(lambda: voice.player.ended)
    batch = voice.player.ended[0]
    for number in (0, 1):
        voice.player.heard(Started(batch, number, time.monotonic() - 10 + number))
    wait_until(lambda: len(told) == 5)
    voice.player.heard(Finished(batch))
    assert over.wait(30)
    assert [(word.utterance, texts[word.utterance][word.start : word.end]) for word in told if word] == [
        (1, "Payez"), (1, "12\u00a0€"), (1, "à"), (1, "l’ANTS"), (3, "Oui"),
    ]  # fmt: skip
    assert told.index(None) == 5


@pytest.mark.parametrize("event", [Silent, None])
def test_words_end_even_when_nothing_is_heard(voice: Voice, event: type[Silent] | None) -> None:
    told: list[Word | None] = []
    voice.player.plays_at_once = False
    voice.speaker.say([Utterance("Un.")], Manner(), word=told.append)
    wait_until(lambda: voice.player.ended)
    if event:
        voice.player.heard(event(voice.player.ended[0], "no device"))
    else:
        voice.speaker.hush()
    wait_until(lambda: told == [None])


def test_preparing_hundreds_of_sentences_takes_no_time_of_the_caller(voice: Voice) -> None:
    many = [
        Utterance(f"Appelez le 06 12 34 56 {number % 100:02d} avant le {number} mars 2026.") for number in range(400)
    ]
    begun = time.thread_time()
    voice.speaker.prepare(many, Manner())
    assert time.thread_time() - begun < 0.005
    ending = say(voice.speaker, ["Maintenant."])
    assert ending.wait() is SpeechOutcome.SPOKEN
    assert len(voice.engine.made) < 400
    wait_until(lambda: len(voice.engine.made) == 401, limit=30)
