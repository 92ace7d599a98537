# SPDX-License-Identifier: EUPL-1.2
"""Whether somebody is there: passers-by who talk keep nothing open, and nobody who speaks to the kiosk is cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.comfort import Comfort, Contrast
from accessibility.listening.memory import MemoryListener
from accessibility.listening.protocol import Expected, Hearing, NotUnderstood, Sign
from assist.session import commands as c
from kiosk import dialogue as conversation
from kiosk.config import SessionSettings
from kiosk.conversation import Sayable, Spoken
from kiosk.idleness import HELD_SECONDS, MOST_WORDS, Presence
from kiosk.view import ViewKind
from tests.kiosk.scripted_kiosk import Kiosk, listening_kiosk, spin_until

IDLE = SessionSettings().idle_seconds
ANSWER = SessionSettings().answer_seconds
LONGEST = (MOST_WORDS + 1) * (IDLE + ANSWER + 2 * HELD_SECONDS)
"""Seconds in which a session that was left has ended, whatever is said around it."""
AGAIN = (Sayable("again", "Encore", ("encore",)),)


class Patient:
    """A hearer for whom a word changes no page."""

    def __init__(self) -> None:
        self.heard_: list[Spoken] = []

    def heard(self, spoken: Spoken) -> bool:
        self.heard_.append(spoken)
        return True

    def doubtful(self, sayable: Sayable, value: str) -> bool:
        return True


class Hall:
    """A kiosk that listens, in a hall where time passes as the test says."""

    def __init__(self, kiosk: Kiosk, listener: MemoryListener) -> None:
        self.kiosk, self.listener, self.seconds = kiosk, listener, 0.0
        self.kinds: list[ViewKind] = []
        self.hearer = Patient()
        self._offer()
        kiosk.dialogue.subscribe(lambda view, comfort: self._offer())
        kiosk.dialogue.subscribe(lambda view, comfort: self.kinds.append(view.kind))

    def _offer(self) -> None:
        self.kiosk.dialogue.hear(AGAIN, Expected.NOTHING, self.hearer)

    async def passes(self, seconds: float) -> None:
        """The kiosk falls silent, and stays so; then time passes: the watch has seen both."""
        busy = True
        while busy:
            self.kiosk.speaker.finish()
            await spin_until(lambda: not self.kiosk.dialogue.voice.busy)
            await self._seen()
            busy = self.kiosk.dialogue.voice.busy
        self.kiosk.clock.monotonic += seconds
        self.seconds += seconds
        await self._seen()

    async def _seen(self) -> None:
        reads = self.kiosk.clock.reads
        await spin_until(lambda: self.kiosk.clock.reads > reads + 4)

    async def hears(self, *steps: Sign | Hearing) -> None:
        self.kiosk.speaker.finish()
        self.listener.hear(*steps)
        async with asyncio.timeout(30):
            while self.listener._steps:
                self.kiosk.speaker.finish()
                await asyncio.sleep(0.001)

    @property
    def over(self) -> bool:
        return ViewKind.GOODBYE in self.kinds


@asynccontextmanager
async def hall(*begun: c.Intent) -> AsyncIterator[Hall]:
    kiosk, listener = listening_kiosk()
    await kiosk.dialogue.start()
    await kiosk.do(*begun)
    yield Hall(kiosk, listener)
    await kiosk.dialogue.close()


@pytest.fixture(autouse=True)
def _a_quick_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "_TICK", 0.001)


@pytest.mark.clause("PAP 16", "PAP 17")
@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("every", [20, 60])
async def test_a_session_that_was_left_ends_while_people_talk_beside_it(slow: bool, every: int) -> None:
    async with hall(c.Begin("")) as h:
        patience = Comfort(slow=slow).patience
        h.kiosk.dialogue.set_comfort(Comfort(slow=slow))
        while not h.over:
            await h.passes(every)
            if not h.over:
                await h.hears(Sign(0.4, speech=True), NotUnderstood())
            assert h.seconds <= LONGEST * patience + 3 * every
        assert h.seconds > IDLE * patience, "and not before it may"
        asked = [a for a, b in zip(h.kinds, ["", *h.kinds], strict=False) if a is ViewKind.IDLE and a is not b]
        assert len(asked) == MOST_WORDS + 1


@pytest.mark.clause("WCAG 2.2.1", "PAP 16")
async def test_who_is_understood_now_and_then_is_never_asked() -> None:
    async with hall(c.Begin("")) as h:
        for _ in range(30):
            await h.passes(IDLE - 5)
            h.listener.say("again")
            await spin_until(lambda: not h.listener._steps)
            await h.passes(0)
        assert len(h.hearer.heard_) == 30
        assert ViewKind.IDLE not in h.kinds


@pytest.mark.clause("WCAG 2.2.1")
@pytest.mark.parametrize("slow", [False, True])
async def test_who_is_speaking_is_not_interrupted(slow: bool) -> None:
    async with hall(c.Begin("")) as h:
        patience = Comfort(slow=slow).patience
        h.kiosk.dialogue.set_comfort(Comfort(slow=slow))
        await h.passes(IDLE * patience - 1)
        for _ in range(4):
            await h.hears(Sign(0.4, speech=True))
            await h.passes(3 * patience)
        assert ViewKind.IDLE not in h.kinds
        await h.passes(IDLE * patience)
        assert h.kinds[-1] is ViewKind.IDLE


async def test_the_settings_of_who_left_the_welcome_go_while_people_talk_beside_it() -> None:
    async with hall() as h:
        h.kiosk.dialogue.touched()
        h.kiosk.dialogue.set_comfort(Comfort(contrast=Contrast.NIGHT))
        while h.kiosk.dialogue.comfort != Comfort():
            await h.passes(20)
            await h.hears(Sign(0.4, speech=True), NotUnderstood())
            assert h.seconds <= IDLE + HELD_SECONDS + 40


async def test_a_touch_makes_any_word_an_answer_again() -> None:
    async with hall(c.Begin("")) as h:
        for _ in range(MOST_WORDS):
            assert not await h.kiosk.dialogue.answered_by_any_word(), "nothing was asked"
        for _ in range(3):
            for _ in range(MOST_WORDS):
                await h.kiosk.do(c.WarnIdle())
                assert await h.kiosk.dialogue.answered_by_any_word()
            await h.kiosk.do(c.WarnIdle())
            assert not await h.kiosk.dialogue.answered_by_any_word()
            h.kiosk.dialogue.touched()
            await h.kiosk.do(c.StillHere())


@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["speech", "word", "asked"])), max_size=60))
def test_no_talk_holds_the_clock_for_ever(steps: list[tuple[int, str]]) -> None:
    """Between two questions of the kiosk, talk takes away one hold and no more."""
    now = [0.0]
    presence = Presence(lambda: now[0])
    presence.certain()
    asked_at = 0.0
    for seconds, what in steps:
        now[0] += seconds
        if what == "speech":
            presence.speech(1)
        elif what == "asked" or presence.word():
            presence.asked()
            asked_at = now[0]
        spoken = now[0] - asked_at
        assert presence.silence >= 0
        # The first speech may come as late as one likes: from then on the clock runs again after the hold.
        first = presence._held if presence._held is not None else now[0]
        assert presence.silence >= min(spoken, now[0] - first - HELD_SECONDS)
