# SPDX-License-Identifier: EUPL-1.2
"""The conversation, with a scripted clock, voice, journal and printer: what is kept, said, printed and wiped."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import fields, replace
from typing import Any

import pytest

from accessibility.comfort import Comfort, Contrast, TextSize
from accessibility.speaking.protocol import SpeechOutcome
from assist.journal.protocol import FaultKind, JournalFault
from assist.session import commands as c
from assist.session import events as e
from content.model import Outcome, Possession
from kiosk.config import SessionSettings, Settings
from kiosk.view import Found, Said, ViewKind
from kiosk.words.modes import mode_words_in
from tests.kiosk.scripted_kiosk import PROCEDURE, Kiosk, make, spin_until, w


async def test_every_step_is_journalled_before_it_is_shown(kiosk: Kiosk) -> None:
    shown: list[tuple[str, int]] = []
    kiosk.dialogue.subscribe(lambda view, comfort: shown.append((view.title, len(kiosk.journal.kept))))
    await kiosk.do(c.Begin(""), c.Pick(PROCEDURE), c.Continue())
    assert [kept for _, kept in shown] == [2, 4, 6]


async def test_the_journal_knows_the_session_and_nothing_private(kiosk: Kiosk) -> None:
    await kiosk.to_the_end()
    sessions = {kept.session for kept in kiosk.journal.kept[1:]}
    assert len(sessions) == 1
    assert len(sessions.pop()) == 32
    written = b"".join(kept.payload for kept in kiosk.journal.kept)
    assert b"1949" not in written
    assert b"07-23" not in written


@pytest.mark.clause("EN 5.1.3.1", "EN 5.1.3.5", "WCAG 1.4.2")
async def test_every_screen_is_said_when_it_appears_and_a_touch_hushes(kiosk: Kiosk) -> None:
    await kiosk.do(c.Begin(""), c.Pick(PROCEDURE))
    assert kiosk.speaker.said[-1].sentences[0] == "Votre carte"
    assert kiosk.speaker.speaking
    kiosk.dialogue.touched()
    assert not kiosk.speaker.speaking


async def test_the_first_touch_is_greeted_once(kiosk: Kiosk) -> None:
    assert kiosk.speaker.said == []
    kiosk.dialogue.touched()
    kiosk.dialogue.touched()
    assert [said.sentences[0] for said in kiosk.speaker.said] == ["Bonjour."]


async def test_a_voice_that_is_not_heard_is_noted_once_an_outage(kiosk: Kiosk) -> None:
    def outages() -> int:
        return sum(isinstance(event, e.DeviceFailed) for event in kiosk.journal.events)

    await kiosk.do(c.Begin(""))
    for outcome, expected in ((SpeechOutcome.NO_SOUND, 1), (SpeechOutcome.NO_SOUND, 1), (SpeechOutcome.SPOKEN, 1)):
        await kiosk.do(c.Repeat())
        kiosk.speaker.finish(outcome)
        await spin_until(lambda expected=expected: outages() == expected)
    await kiosk.do(c.Repeat())
    await spin_until(lambda: not kiosk.dialogue.voice._out)
    kiosk.speaker.finish(SpeechOutcome.NO_VOICE)
    await spin_until(lambda: outages() == 2)


@pytest.mark.clause("EN 5.1.3.4", "PAP 6")
async def test_repeat_says_it_again(kiosk: Kiosk) -> None:
    await kiosk.do(c.Begin(""), c.Pick(PROCEDURE))
    before = kiosk.speaker.said[-1]
    await kiosk.do(c.Repeat())
    assert kiosk.speaker.said[-2:] == [before, before]


@pytest.mark.clause("EN 5.1.3.8", "EN 5.1.3.9", "PAP 8")
async def test_what_is_typed_is_never_said(kiosk: Kiosk) -> None:
    await kiosk.to_the_end()
    assert not any("1949" in sentence or "juillet" in sentence for sentence in kiosk.speaker.sentences)


async def test_a_road_map_with_a_computed_day_leaves_no_sound_behind(kiosk: Kiosk) -> None:
    await kiosk.to_the_end()
    assert not kiosk.speaker.said[-1].private, "authored words only: they may be kept"
    await kiosk.do(c.Back(), c.Back(), c.Back(), c.Back(), c.Tick("photo", Possession.MISSING))
    await kiosk.do(c.Tick("declaration", Possession.HAVE), c.Continue(), c.Report(Outcome.DONE))
    assert kiosk.dialogue.view.kind is ViewKind.ROAD_MAP
    assert kiosk.speaker.said[-1].private


@pytest.mark.clause("WCAG 1.4.2", "PAP 13")
async def test_the_voice_follows_the_comfort_and_is_silent_when_asked(kiosk: Kiosk) -> None:
    kiosk.dialogue.set_comfort(Comfort(rate=0.75, volume=60))
    assert kiosk.speaker.said[-1].sentences == (w.voice_sample,)
    assert (kiosk.speaker.said[-1].manner.rate, kiosk.speaker.said[-1].manner.volume) == (0.75, 60)
    kiosk.dialogue.set_comfort(Comfort(voice=False))
    said = len(kiosk.speaker.said)
    await kiosk.do(c.Begin(""))
    assert len(kiosk.speaker.said) == said


async def test_the_sentences_of_a_procedure_are_prepared_when_it_is_picked(kiosk: Kiosk) -> None:
    await kiosk.do(c.Begin(""), c.Pick(PROCEDURE))
    await spin_until(
        lambda: any("C'est une petite photo de votre visage." in batch for batch in kiosk.speaker.prepared)
    )


@pytest.mark.clause("EN 5.1.3.13", "PAP 7", "PAP 17")
async def test_the_next_person_finds_nothing(kiosk: Kiosk) -> None:
    await kiosk.to_the_end()
    theirs = Comfort(TextSize.LARGEST, Contrast.YELLOW, True, 0.5, 20, False, True, False, True, True)
    same = [each.name for each in fields(Comfort) if getattr(theirs, each.name) == getattr(Comfort(), each.name)]
    assert same == ["voice"], "all but what keeps the farewell on the screen"
    kiosk.dialogue.set_comfort(theirs)
    await kiosk.do(c.Finish(), c.Rate(c.Face.NEUTRAL))
    assert kiosk.dialogue.view.kind is ViewKind.GOODBYE
    await kiosk.until_welcome()
    assert kiosk.dialogue.comfort == Comfort()
    assert kiosk.speaker.forgotten
    assert "1949" not in repr(vars(kiosk.dialogue))
    assert "perdue" not in repr(kiosk.dialogue.view)


@pytest.mark.clause("EN 5.1.3.9", "EN 5.1.3.16")
async def test_the_number_of_the_printed_paper_is_there_for_headphones_alone(kiosk: Kiosk) -> None:
    def told() -> bool:
        return any("ABCD\u00a02345" in line for row in kiosk.dialogue.view.details for line in row.lines)

    await kiosk.to_the_end()
    kiosk.dialogue.set_comfort(Comfort(headphones=True))
    assert "ABCD" not in repr(kiosk.dialogue.view), "there is no paper yet"
    await kiosk.do(c.Print())
    await kiosk.until(lambda: kiosk.dialogue.state.prints == 1)
    assert told()
    kiosk.dialogue.set_comfort(Comfort())
    assert "ABCD" not in repr(kiosk.dialogue.view), "who takes them off hears it no more"
    kiosk.dialogue.set_comfort(Comfort(headphones=True))
    assert told()
    await kiosk.do(c.EraseAll())
    assert "ABCD" not in repr((kiosk.dialogue.view, kiosk.dialogue.state))


@pytest.mark.clause("EN 5.1.3.9")
async def test_headphones_that_are_always_there_are_those_of_each_person() -> None:
    kiosk = make(Settings(voice=replace(Settings().voice, headphones=True), session=SessionSettings(goodbye_seconds=0)))
    await kiosk.dialogue.start()
    assert kiosk.dialogue.comfort == Comfort(headphones=True)
    kiosk.dialogue.set_comfort(Comfort(volume=20))
    await kiosk.do(c.Begin(""), c.AskErase(), c.EraseAll())
    await kiosk.until_welcome()
    assert kiosk.dialogue.comfort == Comfort(headphones=True)
    await kiosk.dialogue.close()


@pytest.mark.clause("WCAG 2.2.1", "PAP 16")
async def test_who_walks_away_is_asked_then_everything_is_wiped(kiosk: Kiosk) -> None:
    await kiosk.to_the_end()
    kiosk.speaker.finish()
    kiosk.clock.monotonic += Settings().session.idle_seconds + 1
    await kiosk.until_kind(ViewKind.IDLE)
    assert kiosk.speaker.said[-1].sentences[0] == w.idle
    kiosk.speaker.finish()
    kiosk.clock.monotonic += Settings().session.answer_seconds + 1
    await kiosk.until_kind(ViewKind.GOODBYE)
    await kiosk.until_welcome()
    await kiosk.until(lambda: isinstance(kiosk.journal.events[-1], e.SessionEnded))  # Blank first, write after.
    ended = kiosk.journal.events[-1]
    assert isinstance(ended, e.SessionEnded)
    assert ended.ending is e.Ending.ABANDONED


@pytest.mark.clause("WCAG 2.2.1", "PAP 16")
async def test_the_time_to_answer_begins_when_the_voice_has_finished(kiosk: Kiosk) -> None:
    await kiosk.do(c.Begin(""))
    kiosk.speaker.finish()
    kiosk.clock.monotonic += 91
    await kiosk.until_kind(ViewKind.IDLE)
    assert kiosk.speaker.speaking
    kiosk.clock.monotonic += 3600
    reads = kiosk.clock.reads
    await spin_until(lambda: kiosk.clock.reads > reads + 2)  # The watch has looked again, and let it be.
    assert kiosk.dialogue.view.kind is ViewKind.IDLE


@pytest.mark.clause("WCAG 2.2.1", "PAP 16")
async def test_still_there_ten_times_and_more(kiosk: Kiosk) -> None:
    await kiosk.do(c.Begin(""))
    for _ in range(12):
        await kiosk.do(c.WarnIdle(), c.StillHere())
    assert kiosk.dialogue.view.kind is ViewKind.THEMES


async def test_settings_left_by_somebody_who_never_began_are_reset(kiosk: Kiosk) -> None:
    kiosk.dialogue.touched()
    kiosk.dialogue.set_comfort(Comfort(contrast=Contrast.NIGHT))
    kiosk.speaker.finish()
    kiosk.clock.monotonic += 91
    await kiosk.until(lambda: kiosk.dialogue.comfort == Comfort())


async def test_a_journal_that_hangs_does_not_hold_the_screen(kiosk: Kiosk) -> None:
    await kiosk.do(c.Begin(""), c.Pick(PROCEDURE))
    let_go = threading.Event()
    append = kiosk.journal.append
    in_time: list[bool] = []

    def slow(*words: Any) -> Any:
        in_time.append(let_go.wait(60))
        return append(*words)

    kiosk.journal.append = slow  # type: ignore[method-assign]
    await kiosk.do(c.Continue())
    await kiosk.do(c.AskErase(), c.EraseAll())
    assert not in_time, "the screen waited for the journal"
    assert kiosk.dialogue.view.kind is ViewKind.GOODBYE
    let_go.set()
    await spin_until(lambda: isinstance(kiosk.journal.events[-1], e.SessionEnded))
    assert [type(event) for event in kiosk.journal.events[-4:]] == [
        e.StepContinued, e.StepShown, e.EraseAsked, e.SessionEnded,
    ]  # fmt: skip


async def test_a_full_disk_is_said_and_the_information_is_still_served(kiosk: Kiosk) -> None:
    await kiosk.do(c.Begin(""), c.Pick(PROCEDURE))
    kiosk.journal.fault = JournalFault(FaultKind.FULL)
    await kiosk.do(c.Continue())
    assert kiosk.dialogue.view.title == PROCEDURE.steps["besoin"].title
    assert kiosk.dialogue.view.notice == w.no_journal
    kiosk.journal.fault = None
    await kiosk.do(c.Choose("abimee"))
    assert kiosk.dialogue.view.notice == ""


@pytest.mark.clause("WCAG 2.4.5")
async def test_typing_finds_procedures(kiosk: Kiosk) -> None:
    await kiosk.do(c.Begin(""))
    found = await kiosk.dialogue.search("refaire ma carte")
    assert [option.id for option in found.options] == [PROCEDURE.id]
    assert found.options[0].intent == c.Pick(PROCEDURE)
    assert await kiosk.dialogue.search("xyzzy") == Found()


async def test_what_is_pressed_before_the_kiosk_is_ready_waits() -> None:
    kiosk = make()
    pressed = asyncio.create_task(kiosk.do(c.Begin("")))
    await asyncio.sleep(0)
    assert kiosk.dialogue.view.kind is ViewKind.WELCOME
    await kiosk.dialogue.start()
    await pressed
    assert kiosk.dialogue.view.kind is ViewKind.THEMES
    await kiosk.dialogue.close()
    assert isinstance(kiosk.journal.events[-1], e.KioskStopped)


async def test_the_wait_of_the_day_is_told_on_the_welcome_screen() -> None:
    settings = Settings(session=SessionSettings(goodbye_seconds=0))
    settings = replace(settings, help=replace(settings.help, wait_minutes=15))
    kiosk = make(settings)
    assert "15" in kiosk.dialogue.view.notice


# The ear


@pytest.mark.clause("PAP 15", "WCAG 2.2.1")
async def test_who_is_slow_has_three_times_as_long() -> None:
    kiosk = make()
    await kiosk.dialogue.start()
    await kiosk.do(c.Begin(""))
    kiosk.dialogue.set_comfort(Comfort(slow=True))
    kiosk.speaker.finish()
    kiosk.clock.monotonic += 200
    reads = kiosk.clock.reads
    await spin_until(lambda: kiosk.clock.reads > reads + 2)
    assert kiosk.dialogue.view.kind is ViewKind.THEMES
    kiosk.clock.monotonic += 71
    await kiosk.until_kind(ViewKind.IDLE)
    await kiosk.dialogue.close()


@pytest.mark.parametrize("outcome", [SpeechOutcome.NO_SOUND, SpeechOutcome.NO_VOICE])
async def test_without_sound_the_screen_does_not_stay_off(kiosk: Kiosk, outcome: SpeechOutcome) -> None:
    signs: list[str] = []
    kiosk.dialogue.watch_ear(lambda sign: signs.append(sign.message))
    await kiosk.do(c.Begin(""))
    kiosk.dialogue.set_comfort(Comfort(screen=False))
    kiosk.dialogue.tell(Said("L’écran est éteint."))
    kiosk.speaker.finish(SpeechOutcome.SPOKEN)
    await spin_until(lambda: not kiosk.dialogue.voice.busy)
    assert not kiosk.dialogue.comfort.screen
    kiosk.dialogue.tell(Said("Perdue."))
    said = len(kiosk.speaker.said)
    kiosk.speaker.finish(outcome)
    await spin_until(lambda: len(kiosk.speaker.said) > said)
    assert kiosk.speaker.said[-1] == kiosk.speaker.said[-2], "who has no screen hears it all the same, a moment later"
    assert not kiosk.dialogue.comfort.screen
    kiosk.speaker.finish(outcome)
    await kiosk.until(lambda: kiosk.dialogue.comfort.screen)
    assert signs[-1] == mode_words_in("fr").no_sound
