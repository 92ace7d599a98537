# SPDX-License-Identifier: EUPL-1.2
"""A canary in the cache of the voice: after a sensitive answer given aloud, nothing there tells that it was given."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from accessibility.comfort import Comfort
from accessibility.speaking.cache import AudioCache
from accessibility.speaking.protocol import Engine, Manner, SpeechOutcome, Utterance, Word
from accessibility.speaking.rendered import NO_RENDERED_VOICE
from accessibility.speaking.speaker import SpokenSpeaker
from accessibility.speaking.speaker_screen import read
from accessibility.speaking.supervised import SupervisedEngine
from assist.session import commands as c
from content.model import Catalogue
from kiosk.screens.confirm import ConfirmScene
from kiosk.view import Said, ViewKind
from tests.accessibility.makers import VOICE
from tests.accessibility.sounds import ScriptedEngine, tone
from tests.accessibility.test_casting import ScriptedPlayer
from tests.kiosk.scripted_kiosk import Kiosk, make, spin_until
from tests.sample_procedures import sample_procedure

LONG_AGO = 1_000_000_000
BETTER = tone(0.3)
ENGINES: dict[str, Callable[[], Engine]] = {"scripted": ScriptedEngine, "pyttsx3": SupervisedEngine}


def sensitive() -> Catalogue:
    procedure = sample_procedure()
    steps = {**procedure.steps, "besoin": replace(procedure.steps["besoin"], sensitive=True)}
    procedure = replace(procedure, steps=steps)
    return Catalogue({procedure.id: {"fr": procedure}})


class NotingSpeaker(SpokenSpeaker):
    """Notes what it is asked to say; makes nothing ahead of time, whose moment would be chance."""

    def __init__(self, engine: Engine, cache: AudioCache, *, rendered: bool) -> None:
        self.noted: list[Utterance] = []
        self.players: list[ScriptedPlayer] = []

        def make_player(heard: object) -> ScriptedPlayer:
            self.players.append(ScriptedPlayer(heard))
            return self.players[0]

        super().__init__(engine, cache, make_player, VOICE if rendered else NO_RENDERED_VOICE)  # type: ignore[arg-type]

    def prepare(self, utterances: Sequence[Utterance], manner: Manner) -> None: ...

    def say(
        self,
        utterances: Sequence[Utterance],
        manner: Manner,
        done: Callable[[SpeechOutcome], None] | None = None,
        *,
        word: Callable[[Word | None], None] | None = None,
        private: bool = False,
    ) -> None:
        self.noted += utterances
        super().say(utterances, manner, done, word=word, private=private)


@dataclass
class Place:
    """One cache, and what a test may do there."""

    engine: str
    folder: Path

    def __post_init__(self) -> None:
        self.cache = AudioCache(self.folder, 50)

    def path(self, voice: str, text: str) -> Path:
        (sentence,) = read([Utterance(text)], Manner())
        return self.cache.path_of(voice, 1.0, sentence.line.text)

    def render(self, *texts: str) -> None:
        for utterance in texts:
            for sentence in read([Utterance(utterance)], Manner()):
                self.cache.put("scripted voix", 1.0, sentence.line.text, BETTER)

    def age(self) -> None:
        for path in self.folder.iterdir():
            os.utime(path, (LONG_AGO, LONG_AGO))

    def seen(self) -> dict[str, tuple[bytes, bool]]:
        """Name -> what the file holds, and whether a date tells that it was of use."""
        dated = {path: _dates(path) != (LONG_AGO, LONG_AGO) for path in self.folder.iterdir()}
        return {path.name: (path.read_bytes(), dated[path]) for path in dated}

    async def session(self, answer: str, *, aloud: bool, rendered: bool) -> NotingSpeaker:
        """From the welcome to the answer, the page after it, and « Tout effacer »."""
        speaker = NotingSpeaker(ENGINES[self.engine](), self.cache, rendered=rendered)
        async with talking(speaker) as kiosk:
            for intent in (c.Begin(""), c.Pick(kiosk.dialogue._around.catalogue.titles()[0]), c.Continue()):
                await kiosk.do(intent)
                await silence(kiosk)
            option = next(option for option in kiosk.dialogue.view.options if option.id == answer)
            if aloud:
                kiosk.dialogue.tell(Said(f"{option.label}."))  # a key has reached it
                await silence(kiosk)
                kiosk.dialogue.read(asked_about(kiosk, option.label))  # it was not sure
                await silence(kiosk)
                kiosk.dialogue.say_back(option.label)  # it was clear
            await kiosk.do(option.intent)
            await silence(kiosk)
            kiosk.dialogue.set_comfort(Comfort(voice=False))  # how far the goodbye is said would be chance
            await kiosk.do(c.EraseAll())
            await kiosk.until_kind(ViewKind.WELCOME)
        return speaker


def asked_about(kiosk: Kiosk, label: str) -> tuple[Said, ...]:
    @dataclass
    class Stage:
        view: object
        comfort: object

    scene = ConfirmScene(Stage(kiosk.dialogue.view, kiosk.dialogue.comfort), label, c.Back())  # type: ignore[arg-type]
    return scene.read((Said(scene.question, "title"),))


@asynccontextmanager
async def talking(speaker: NotingSpeaker) -> AsyncIterator[Kiosk]:
    kiosk = make(catalogue=sensitive())
    kiosk.dialogue._make_speaker = lambda: speaker
    await kiosk.dialogue.start()
    yield kiosk
    await kiosk.dialogue.close()


async def silence(kiosk: Kiosk) -> None:
    await spin_until(lambda: not kiosk.dialogue.voice.busy)


def _dates(path: Path) -> tuple[int, int]:
    state = path.stat()
    return int(state.st_atime), int(state.st_mtime)


@pytest.mark.clause("PAP 17")
@pytest.mark.parametrize("engine", ENGINES)
async def test_a_sensitive_answer_given_aloud_leaves_no_sound(engine: str, tmp_path: Path) -> None:
    """The cache is the same as after a touch, which says nothing: no file more, no date that tells."""
    place = Place(engine, tmp_path / "voice")
    await place.session("perdue", aloud=False, rendered=False)
    place.age()
    await place.session("perdue", aloud=False, rendered=False)
    touched = place.seen()
    assert any(dated for _, dated in touched.values()), "public sentences are dated: the oldest go out first"
    place.age()
    speaker = await place.session("perdue", aloud=True, rendered=False)
    assert sum("Perdue" in utterance.text for utterance in speaker.noted) > 3
    assert place.seen() == touched


@pytest.mark.clause("PAP 17")
@pytest.mark.parametrize("engine", ENGINES)
async def test_a_sound_that_is_there_says_the_answer_and_is_not_dated(engine: str, tmp_path: Path) -> None:
    place = Place(engine, tmp_path / "voice")
    speaker = await place.session("perdue", aloud=False, rendered=False)
    place.render("Perdue.", *(utterance.text for utterance in speaker.noted))
    place.age()
    label = place.path("scripted voix", "Perdue.")
    await place.session("perdue", aloud=False, rendered=True)
    touched = place.seen()
    place.age()
    before = label.stat()
    speaker = await place.session("perdue", aloud=True, rendered=True)
    assert label.stat() == before, "not even the date of its last reading"
    assert place.seen() == touched
    in_the_better_voice = [wav == BETTER for wav in speaker.players[0].played]
    assert in_the_better_voice.count(False) == 1, "all but the question was rendered"
