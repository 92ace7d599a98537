# SPDX-License-Identifier: EUPL-1.2
"""The conversation and the ear, with a scripted one: what is understood, what is forgotten."""

from __future__ import annotations

import asyncio

from accessibility.listening.memory import MemoryListener
from accessibility.listening.protocol import Certainty, Expected, Heard, NotUnderstood
from assist.session import commands as c
from kiosk.conversation import Sayable, Spoken
from kiosk.view import ViewKind
from tests.kiosk.scripted_kiosk import PROCEDURE, Kiosk, listening_kiosk, make, spin_until, w


class ScriptedHearer:
    """Sends "Suite" for whatever it hears, on every page."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk = kiosk
        self.tasks: list[asyncio.Task[None]] = []

    def offer(self) -> None:
        """As the screens do: at once, and after each change."""
        suite = (Sayable("next", "Suite", ("suite",)),)
        self.kiosk.dialogue.hear(suite, Expected.NOTHING, self)
        self.kiosk.dialogue.subscribe(lambda view, comfort: self.kiosk.dialogue.hear(suite, Expected.NOTHING, self))

    def heard(self, spoken: Spoken) -> bool:
        self.tasks.append(asyncio.ensure_future(self.kiosk.dialogue.send(c.Continue(), c.Origin.VOICE)))
        return True

    def doubtful(self, sayable: Sayable, value: str) -> bool:
        return True


async def test_what_is_understood_is_said_back_in_one_breath_with_the_next_page() -> None:
    kiosk, listener = listening_kiosk()
    await kiosk.dialogue.start()
    await kiosk.do(c.Begin(""), c.Pick(PROCEDURE))
    ScriptedHearer(kiosk).offer()
    kiosk.speaker.finish()
    listener.say("next")
    await kiosk.until(lambda: kiosk.dialogue.view.kind is ViewKind.CHOOSE)
    assert kiosk.speaker.said[-1].sentences[:2] == ("Suite.", PROCEDURE.steps["besoin"].title)
    await kiosk.dialogue.close()
    assert listener.closed


async def test_speech_is_presence_and_answers_are_you_there() -> None:
    kiosk, listener = listening_kiosk()
    await kiosk.dialogue.start()
    await kiosk.do(c.Begin(""))
    ScriptedHearer(kiosk).offer()
    kiosk.speaker.finish()
    kiosk.clock.monotonic += 91
    await kiosk.until_kind(ViewKind.IDLE)
    kiosk.speaker.finish()
    listener.hear(NotUnderstood())
    await kiosk.until_kind(ViewKind.THEMES)
    await kiosk.dialogue.close()


async def test_the_journal_knows_nothing_of_what_was_said_and_the_ear_forgets() -> None:
    kiosk, listener = listening_kiosk()
    await kiosk.dialogue.start()
    await kiosk.do(c.Begin(""), c.Pick(PROCEDURE))
    ScriptedHearer(kiosk).offer()
    kiosk.speaker.finish()
    listener.hear(Heard("next", Certainty.CLEAR, text="canari de la voix"))
    await kiosk.until(lambda: kiosk.dialogue.view.kind is ViewKind.CHOOSE)
    await kiosk.do(c.EraseAll())
    await kiosk.until_welcome()
    await spin_until(lambda: listener.forgotten > 0)
    assert b"canari" not in b"".join(kept.payload for kept in kiosk.journal.kept)
    assert "canari" not in repr(vars(kiosk.dialogue)) + repr(vars(kiosk.dialogue._ear))
    await kiosk.dialogue.close()


async def test_who_is_heard_is_told_that_she_may_say_what_she_wants() -> None:
    from kiosk.words.hearing import FRENCH

    listener = MemoryListener()
    hearing = make(make_listener=lambda: listener)
    await hearing.dialogue.start()
    await hearing.do(c.Begin(""))
    assert hearing.dialogue.view.sentences == w.what_say, "nothing says yet that the microphone works"
    hearing.dialogue._ear._hears_again()
    await hearing.do(c.AskErase(), c.KeepAll())
    assert hearing.dialogue.view.sentences == FRENCH.what_say
    assert FRENCH.what_say[0] in hearing.speaker.sentences
    hearing.dialogue._ear._outage("microphone")
    assert hearing.dialogue.view.sentences == w.what_say, "at once"
    await hearing.dialogue.close()
