# SPDX-License-Identifier: EUPL-1.2
"""Who says a screen: one voice for all of it, the better one where it can."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from accessibility.speaking.cache import AudioCache, Kept
from accessibility.speaking.casting import CastingDesk, Line
from accessibility.speaking.player import Finished, Started
from accessibility.speaking.protocol import Manner, SpeechOutcome, Utterance
from accessibility.speaking.speaker import SpokenSpeaker
from tests.accessibility.makers import VOICE
from tests.accessibility.sounds import Ending, ScriptedEngine, tone

BETTER, ENGLISH = tone(0.3), tone(0.5)


@pytest.fixture
def cache(tmp_path: Path) -> AudioCache:
    cache = AudioCache(tmp_path / "cache", 10)
    for text in ("Un.", "Deux."):
        cache.put("scripted voix", 1.0, text, BETTER, b"[0.0]")
    cache.put("scripted voice", 1.0, "One.", ENGLISH)
    return cache


def lines(*texts: str, rate: float = 1.0) -> list[Line]:
    return [Line(text, Manner(rate=rate)) for text in texts]


def test_a_screen_that_was_rendered_is_said_by_the_better_voice(cache: AudioCache) -> None:
    casting = CastingDesk(ScriptedEngine(), cache, VOICE).cast(lines("Un.", "Deux."))
    assert casting.better
    assert casting.sounds == (Kept(BETTER, b"[0.0]"), Kept(BETTER, b"[0.0]"))


def test_one_sentence_that_was_not_makes_the_other_voice_say_it_all(cache: AudioCache) -> None:
    cache.put("scripted fr", 1.0, "Un.", tone(0.1))
    casting = CastingDesk(ScriptedEngine(), cache, VOICE).cast(lines("Un.", "Deux.", "Trois."))
    assert not casting.better
    assert casting.sounds == (Kept(tone(0.1)), None, None)


def test_each_sentence_in_the_voice_of_its_language(cache: AudioCache) -> None:
    mixed = [*lines("Un."), Line("One.", Manner("en"))]
    desk = CastingDesk(ScriptedEngine(), cache, VOICE)
    assert desk.cast(mixed).sounds == (Kept(BETTER, b"[0.0]"), Kept(ENGLISH))
    assert not desk.cast([*lines("Un."), Line("Un.", Manner("en"))]).better
    assert not desk.cast([Line("Un.", Manner("es"))]).better


@pytest.mark.parametrize("rate", [0.5, 0.75, 1.25, 1.5, 2.0])
def test_another_rate_is_stretched_once_and_keeps_its_words(cache: AudioCache, rate: float) -> None:
    engine = ScriptedEngine()
    desk = CastingDesk(engine, cache, VOICE)
    casting = desk.cast(lines("Un.", "Deux.", rate=rate))
    assert casting.better
    assert casting.sounds == (None, None)
    assert desk.make(lines("Un.", rate=rate)[0], better=True) == Kept(BETTER, b"[0.0]")
    assert engine.stretched == [rate]
    assert engine.made == []
    assert desk.cast(lines("Un.", rate=rate)).sounds == (Kept(BETTER, b"[0.0]"),)


def test_what_cannot_be_stretched_is_said_by_the_other_voice(
    cache: AudioCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ScriptedEngine()
    monkeypatch.setattr(engine, "stretch", lambda wav, speed, out: False)
    made = CastingDesk(engine, cache, VOICE).make(lines("Un.", rate=0.5)[0], better=True)
    assert made == Kept(tone())
    assert engine.made == [("Un.", 0.5)]


def private(*texts: str, rate: float = 1.0) -> list[Line]:
    return [line._replace(private=True) for line in lines(*texts, rate=rate)]


def state_of(folder: Path) -> dict[str, os.stat_result]:
    """Every date of every file, that of its last reading too."""
    return {path.name: path.stat() for path in folder.iterdir()}


def test_what_is_private_is_looked_up_without_a_trace_and_never_kept(cache: AudioCache, tmp_path: Path) -> None:
    for path in (tmp_path / "cache").iterdir():
        os.utime(path, (1e9, 1e9))  # a file read since is dated by most file systems
    before = state_of(tmp_path / "cache")
    engine = ScriptedEngine()
    desk = CastingDesk(engine, cache, VOICE)
    assert desk.cast(private("Un.", "Deux.")).sounds == (Kept(BETTER, b"[0.0]"), Kept(BETTER, b"[0.0]"))
    assert desk.make(private("Un.")[0], better=True) == Kept(BETTER, b"[0.0]")
    assert desk.make(private("Un.", rate=0.5)[0], better=True) == Kept(BETTER, b"[0.0]"), "stretched"
    assert desk.make(private("Trois.")[0], better=True) == Kept(tone())
    assert desk.has(private("Un.")[0])
    assert not desk.has(private("Trois.")[0])
    assert engine.made == [("Trois.", 1.0)]
    assert state_of(tmp_path / "cache") == before
    desk.cast(lines("Un."))
    assert state_of(tmp_path / "cache") != before, "what is public is dated, so that it goes out last"


def test_a_private_sentence_leaves_its_screen_the_better_voice(cache: AudioCache) -> None:
    assert spoken(cache, Utterance("Un.", private=True), Utterance("Deux.")) == [BETTER] * 2
    assert spoken(cache, Utterance("Trois.", private=True), Utterance("Deux.")) == [tone()] * 2
    assert spoken(cache, Utterance("Un."), Utterance("Deux.", private=True), rate=0.75) == [BETTER] * 2


def test_a_damaged_private_sentence_stays_where_it_is(cache: AudioCache) -> None:
    path = cache.path_of("scripted voix", 1.0, "Un.")
    path.write_bytes(b"RIFF")
    assert not CastingDesk(ScriptedEngine(), cache, VOICE).cast(private("Un.")).better
    assert path.read_bytes() == b"RIFF"


def test_a_damaged_sentence_is_not_said(cache: AudioCache) -> None:
    cache.path_of("scripted voix", 1.0, "Un.").write_bytes(b"RIFF")
    assert not CastingDesk(ScriptedEngine(), cache, VOICE).cast(lines("Un.", "Deux.")).better


def test_nothing_to_say_is_no_voice(cache: AudioCache) -> None:
    assert not CastingDesk(ScriptedEngine(), cache, VOICE).cast([]).better


# Through the speaker


@dataclass
class ScriptedPlayer:
    """Plays at once; remembers the sounds."""

    heard: object
    played: list[bytes] = field(default_factory=list[bytes])

    def play(self, batch: int, number: int, wav: bytes, **how: object) -> None:
        self.played.append(wav)
        self.heard(Started(batch, number, 0.0))  # type: ignore[operator]

    def end(self, batch: int) -> None:
        self.heard(Finished(batch))  # type: ignore[operator]

    def hush(self, below: int) -> None: ...

    def watch(self) -> float | None:
        return None

    def renew(self) -> None: ...

    def close(self) -> None: ...


def spoken(cache: AudioCache, *utterances: Utterance, rate: float = 1.0, private: bool = False) -> list[bytes]:
    players: list[ScriptedPlayer] = []

    def make_player(heard: object) -> ScriptedPlayer:
        players.append(ScriptedPlayer(heard))
        return players[0]

    speaker = SpokenSpeaker(ScriptedEngine(), cache, make_player, VOICE)  # type: ignore[arg-type]
    ending = Ending()
    speaker.say(utterances, Manner(rate=rate), ending, private=private)
    assert ending.wait() is SpeechOutcome.SPOKEN
    speaker.close()
    return players[0].played


def test_a_french_welcome_names_english_in_english(cache: AudioCache) -> None:
    assert spoken(cache, Utterance("Un."), Utterance("One.", "en")) == [BETTER, ENGLISH]


def test_a_screen_never_changes_voice(cache: AudioCache) -> None:
    assert spoken(cache, Utterance("Un."), Utterance("Deux."), Utterance("Quatre.")) == [tone()] * 3
    assert spoken(cache, Utterance("Un."), Utterance("Quatre."), private=True) == [tone()] * 2
    assert spoken(cache, Utterance("Un."), Utterance("Deux."), rate=0.75) == [BETTER] * 2


def test_what_is_prepared_is_not_made_where_it_was_rendered(cache: AudioCache) -> None:
    desk = CastingDesk(ScriptedEngine(), cache, VOICE)
    assert desk.has(lines("Un.")[0])
    assert desk.has(lines("Un.", rate=0.5)[0])
    assert not desk.has(lines("Trois.")[0])
