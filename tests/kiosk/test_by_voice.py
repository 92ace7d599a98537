# SPDX-License-Identifier: EUPL-1.2
"""A whole procedure by voice alone: the real conversation, the real screens, a scripted ear and voice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from accessibility.listening.memory import MemoryListener
from accessibility.listening.protocol import Certainty, Expected, Heard, NotUnderstood, Sign, Unavailable
from assist.session import commands as c
from assist.session import events as e
from kiosk.app import KioskApp
from kiosk.config import SessionSettings, Settings
from kiosk.screens.sayable import plain
from kiosk.turns import Pace
from kiosk.view import EarState, ViewKind
from kiosk.words.hearing import FRENCH
from tests.kiosk.conftest import SETTINGS
from tests.kiosk.scripted_kiosk import PROCEDURE, Kiosk, make

AT_ONCE = Pace(after_touch=0, after_voice=0, retry=0.01, settle=0, rest=0)


class Person:
    """Listens, then speaks; never touches."""

    def __init__(self, kiosk: Kiosk, app: KioskApp, ear: MemoryListener) -> None:
        self.kiosk, self.app, self.ear = kiosk, app, ear

    async def until(self, true) -> None:  # type: ignore[no-untyped-def]
        async with asyncio.timeout(30):
            while not true():
                self.kiosk.speaker.finish()
                await asyncio.sleep(0.005)

    def _id(self, words: str) -> str:
        vocabulary = self.ear.vocabulary
        phrases = vocabulary.phrases if vocabulary else ()
        frame, hand = self.app.frame, self.app.frame._hand
        now = {sayable.id for sayable in hand._says.sayables} if hand else set[str]()
        if {phrase.id for phrase in phrases} != now or frame.view.key != self.kiosk.dialogue.view.key:
            return ""  # The ear is still open for the page before.
        return next((p.id for p in phrases if plain(words) in map(plain, p.ways)), "")

    async def says(self, words: str, certainty: Certainty = Certainty.CLEAR) -> None:
        """Say ``words`` once the ear is open and they mean something."""
        await self.until(lambda: self._id(words))
        self.ear.say(self._id(words), certainty)
        await self.until(lambda: not self.ear._steps)

    async def gives(self, value: str, expected: Expected) -> None:
        await self.until(lambda: self.ear.vocabulary and self.ear.vocabulary.expected is expected)
        self.ear.hear(Heard("", Certainty.CLEAR, value=value))

    async def meets_title(self, title: str) -> None:
        await self.until(lambda: self.app.frame.view.title == title)

    async def meets(self, kind: ViewKind) -> None:
        await self.until(lambda: self.app.frame.view.kind is kind)


@asynccontextmanager
async def person() -> AsyncIterator[Person]:
    ear = MemoryListener()
    settings = Settings(session=SessionSettings(goodbye_seconds=1))
    kiosk = make(settings, make_listener=lambda: ear, pace=AT_ONCE)
    app = KioskApp(kiosk.dialogue, SETTINGS)
    async with app.run_test(size=(100, 32)):
        yield Person(kiosk, app, ear)


@pytest.mark.clause("EN 4.2.1", "EN 4.2.7", "EN 5.1.6.1", "PAP 3")
async def test_a_whole_procedure_by_voice_alone() -> None:
    async with person() as p:
        await p.says("bonjour")
        await p.until(lambda: "Bonjour." in p.kiosk.speaker.sentences)
        await p.says("commencer")
        await p.gives("je n'ai plus ma carte", Expected.REQUEST)
        await p.until(lambda: p.app.frame.scene.inside)
        await p.says("le premier")
        await p.meets_title(PROCEDURE.steps["accueil"].title)
        await p.says("suivant")
        await p.meets(ViewKind.CHOOSE)
        await p.says("je l'ai perdue", Certainty.UNSURE)
        await p.says("ouais")
        await p.meets_title(PROCEDURE.steps["perte"].title)
        await p.says("la suite")
        await p.gives("1950-03-12", Expected.DATE)
        await p.until(lambda: p.app.frame.small is not None)
        await p.says("oui")
        await p.meets_title("Une photo d'identité")
        await p.says("je l'ai")
        await p.meets_title("La déclaration de perte")
        await p.says("non")
        await p.meets(ViewKind.PLACE)
        await p.says("suite")
        await p.meets(ViewKind.ACT)
        await p.says("c'est fait")
        await p.meets(ViewKind.ROAD_MAP)
        await p.says("imprimer", Certainty.CLEAR)
        await p.until(lambda: p.app.frame.small is not None)
        assert not p.kiosk.printer.printed
        await p.says("oui")
        await p.until(lambda: "Votre papier est prêt." in p.kiosk.speaker.sentences)
        assert p.kiosk.printer.printed
        await p.says("terminer")
        await p.meets(ViewKind.RATE)
        await p.says("très bien")
        await p.until(lambda: p.app.frame.small is not None)
        await p.says("oui")
        await p.meets(ViewKind.GOODBYE)
        await p.meets(ViewKind.WELCOME)
        kept = p.kiosk.journal.events
        origins = {event.origin for event in kept if isinstance(event, e.SessionStarted)}
        assert origins == {c.Origin.VOICE}
        assert b"1950" not in b"".join(row.payload for row in p.kiosk.journal.kept)
        assert "perdue" not in repr(p.app.frame.view)
        await p.until(lambda: p.ear.forgotten)


async def test_a_passer_by_is_not_answered() -> None:
    async with person() as p:
        p.ear.hear(NotUnderstood(), Heard("comfort", Certainty.UNSURE), NotUnderstood())
        await p.until(lambda: len(p.ear.listenings) > 3)
        assert p.kiosk.speaker.said == []
        assert p.app.frame.view.kind is ViewKind.WELCOME


@pytest.mark.clause("PAP 24")
async def test_two_failures_then_a_touch() -> None:
    async with person() as p:
        await p.says("commencer")
        await p.meets(ViewKind.THEMES)
        for sentence in (FRENCH.not_understood, FRENCH.touch_or_ask):
            p.ear.hear(NotUnderstood())
            await p.until(lambda sentence=sentence: sentence in p.kiosk.speaker.sentences)
        p.kiosk.dialogue.touched()
        await p.kiosk.dialogue.send(c.Pick(PROCEDURE), c.Origin.TOUCH)
        await p.meets(ViewKind.SAY)


@pytest.mark.clause("PAP 19")
@pytest.mark.flaky
async def test_a_microphone_that_is_pulled_out_is_told_and_the_touch_goes_on() -> None:
    async with person() as p:
        await p.says("commencer")
        await p.meets(ViewKind.THEMES)
        p.ear.hear(Unavailable("microphone"), Unavailable("microphone"))
        await p.until(lambda: FRENCH.deaf in p.kiosk.speaker.sentences)
        await p.until(lambda: p.app.frame._ear.state is EarState.DEAF)
        await p.kiosk.dialogue.send(c.Pick(PROCEDURE), c.Origin.TOUCH)
        await p.meets(ViewKind.SAY)
        p.ear.hear(Sign(0.5, speech=True))
        await p.until(lambda: p.app.frame._ear.state is EarState.LISTENING)
        failures = [event for event in p.kiosk.journal.events if isinstance(event, e.DeviceFailed)]
        assert failures == [e.DeviceFailed("microphone", "microphone")]


@pytest.mark.clause("PAP 17", "PAP 18")
async def test_who_leaves_the_welcome_leaves_no_question_to_the_next_person() -> None:
    async with person() as p:
        await p.says("bonjour")
        await p.until(lambda: "Bonjour." in p.kiosk.speaker.sentences)
        await p.says("commencer", Certainty.UNSURE)
        await p.until(lambda: p.app.frame.small is not None)
        p.kiosk.clock.monotonic += Settings().session.idle_seconds + 1
        await p.until(lambda: p.app.frame.small is None)
        assert p.app.frame.view.kind is ViewKind.WELCOME
        assert p.kiosk.dialogue.shy
