# SPDX-License-Identifier: EUPL-1.2
"""Taking turns: when the ear is open, what becomes of what it hears, and that touching always works."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessibility.comfort import Comfort
from accessibility.listening.memory import MemoryListener
from accessibility.listening.null import NullListener
from accessibility.listening.protocol import (
    Certainty,
    Expected,
    Heard,
    Hearing,
    Listener,
    Muddle,
    NotUnderstood,
    Sign,
    Silence,
    Unavailable,
    Vocabulary,
)
from accessibility.speaking.memory import MemorySpeaker
from accessibility.speaking.protocol import Manner
from kiosk.conversation import Sayable, Spoken
from kiosk.hearing import Ear
from kiosk.speaking import Voice
from kiosk.turns import Pace
from kiosk.view import EarSign, EarState, Said
from kiosk.words.hearing import FRENCH

AT_ONCE = Pace(after_touch=0, after_voice=0, retry=0, message=60, settle=0, rest=0)
LOST, YES, ERASE = (
    Sayable("lost", "Perdue", ("perdue",)),
    Sayable("yes", "Oui", ("oui",)),
    Sayable("x", "X", ("x",), True),
)


class WatchedListener(MemoryListener):
    """Notes whether the voice sounded when the microphone opened."""

    def __init__(self, busy: Callable[[], bool]) -> None:
        super().__init__()
        self._busy = busy
        self.opened_over_voice = 0

    def listen(
        self,
        vocabulary: Vocabulary,
        cancel: threading.Event,
        sign: Callable[[Sign], None] | None = None,
        *,
        patience: float = 12.0,
    ) -> Hearing:
        if self._busy() and not cancel.is_set():
            self.opened_over_voice += 1
        return super().listen(vocabulary, cancel, sign, patience=patience)

    @property
    def waiting(self) -> bool:
        """True while something that was fed has not been heard."""
        return bool(self._steps)


class Room:
    """A host, a hearer, and everything that was done."""

    def __init__(self, *, headphones: bool = False, pace: Pace = AT_ONCE) -> None:
        self.comfort = Comfort(headphones=headphones)
        self.language = "fr"
        self.shy = self.asked_if_there = False
        self.voice = Voice(lambda why: None, lambda: self.ear.voice_ended())
        self.speaker = MemorySpeaker(join=False)
        self.voice.arrives(self.speaker)
        self.done: list[Spoken] = []
        self.asked: list[tuple[str, str]] = []
        self.refuses = False
        self.taken = True
        self.offered: tuple[tuple[Sayable, ...], Expected] | None = None
        self.said_back: list[str] = []
        self.failed: list[str] = []
        self.present = self.speeches = 0
        self.signs: list[EarSign] = []
        self.ear = Ear(self, pace=pace)
        self.listener = WatchedListener(lambda: self.voice.busy)

    @property
    def hushed(self) -> int:
        """Grows each time the voice is hushed."""
        return self.voice._number

    # The host

    def somebody(self) -> None:
        self.present += 1

    def speech_heard(self) -> None:
        self.speeches += 1

    async def answered_by_any_word(self) -> bool:
        answered, self.asked_if_there = self.asked_if_there, False
        return answered

    def say_of_ear(self, sentence: str, *, again: bool = False) -> None:
        self.say(sentence, *(("1 : Perdue.",) if again else ()))

    def say_back(self, label: str) -> None:
        self.said_back.append(label)

    def device_failed(self, device: str, reason: str) -> None:
        self.failed.append(f"{device}: {reason}")

    def say(self, *sentences: str) -> None:
        self.ear.voice_begins()
        self.voice.say(tuple(Said(text) for text in sentences), Manner())

    # The hearer

    def heard(self, spoken: Spoken) -> bool:
        if self.taken:
            self.done.append(spoken)
        return self.taken

    def doubtful(self, sayable: Sayable, value: str) -> bool:
        if not self.refuses:
            self.asked.append((sayable.id, value))
        return not self.refuses

    # What a test does

    def offer(self, *sayables: Sayable, expected: Expected = Expected.NOTHING) -> None:
        self.offered = (sayables, expected)
        self.ear.offer(*self.offered, self)

    def new_page(self) -> None:
        """A page that offers the same words."""
        self.ear.new_page()
        if self.offered is not None:
            self.ear.offer(*self.offered, self)

    async def hears(self, *steps: Sign | Hearing) -> None:
        self.listener.hear(*steps)
        await self.settle()

    async def settle(self) -> None:
        """Until everything fed is heard, and the ear is open or has a reason not to be."""
        async with asyncio.timeout(30):
            while True:
                await asyncio.sleep(0.001)
                wanted = self.comfort.listening and (not self.voice.busy or self.comfort.headphones)
                if self.listener.listening == wanted and not (wanted and self.listener.waiting):
                    return

    @property
    def sign(self) -> EarSign:
        return self.signs[-1]


@asynccontextmanager
async def room(*, listener: Listener | None = None, headphones: bool = False, shy: bool = False) -> AsyncIterator[Room]:
    made = Room(headphones=headphones)
    made.shy = shy
    made.ear.watch(made.signs.append)
    made.offer(LOST, YES, ERASE)
    life = asyncio.create_task(made.ear.run(listener or made.listener))
    if listener is None:
        await made.settle()
    yield made
    await made.ear.close()
    await life


async def test_what_is_heard_clearly_is_done_at_once_and_said_back() -> None:
    async with room() as r:
        await r.hears(Heard("lost", Certainty.CLEAR))
        assert r.done == [Spoken("lost")]
        assert r.said_back == ["Perdue"]
        assert r.asked == []


async def test_what_is_not_taken_is_not_said_back() -> None:
    async with room() as r:
        r.taken = False
        hushed = r.hushed
        await r.hears(Heard("lost", Certainty.CLEAR))
        assert r.done == []
        assert r.hushed > hushed, "what was to be said back is dropped"
        assert r.sign.message == ""


@pytest.mark.clause("PAP 18")
@pytest.mark.parametrize("phrase", ["lost", "yes", "x"])
async def test_what_is_unsure_is_asked_and_never_done(phrase: str) -> None:
    async with room() as r:
        await r.hears(Heard(phrase, Certainty.UNSURE))
        assert r.done == []
        assert r.asked == [(phrase, "")]


@pytest.mark.clause("PAP 18", "WCAG 3.3.4")
async def test_what_cannot_be_undone_is_asked_even_when_it_is_clear() -> None:
    async with room() as r:
        await r.hears(Heard("x", Certainty.CLEAR))
        assert r.done == []
        assert r.asked == [("x", "")]


@pytest.mark.parametrize("certainty", [Certainty.CLEAR, Certainty.UNSURE])
async def test_a_number_or_a_date_is_always_asked(certainty: Certainty) -> None:
    async with room() as r:
        r.offer(LOST, expected=Expected.DATE)
        await r.hears(Heard("", certainty, value="1949-07-23"))
        assert r.done == []
        assert r.asked == [("", "1949-07-23")]


async def test_a_request_is_looked_up() -> None:
    async with room() as r:
        r.offer(LOST, expected=Expected.REQUEST)
        await r.hears(Heard("", Certainty.UNSURE, value="j'ai perdu ma carte", others=("j'ai perdu ma quarte",)))
        assert r.done == [Spoken("", "j'ai perdu ma carte", ("j'ai perdu ma quarte",))]


async def test_a_value_that_nobody_asked_for_is_not_understood() -> None:
    async with room() as r:
        await r.hears(Heard("", Certainty.CLEAR, value="42"))
        assert (r.done, r.asked) == ([], [])
        assert r.speaker.sentences[0] == FRENCH.not_understood


@pytest.mark.clause("PAP 24", "EN 5.1.5", "PAP 13")
async def test_after_two_failures_touch_and_a_person_are_offered_and_nobody_is_nagged() -> None:
    async with room() as r:
        for expected in ((FRENCH.not_understood, "1 : Perdue."), (FRENCH.touch_or_ask,)):
            await r.hears(NotUnderstood())
            assert r.speaker.said[-1].sentences == expected
            assert r.sign.message == expected[0]
            r.speaker.finish()
            await r.settle()
        for _ in range(4):
            await r.hears(Heard("lost", Certainty.REJECTED))
        assert len(r.speaker.said) == 2, "it is said once; the sign goes on"
        assert r.sign.message == FRENCH.touch_or_ask
        await r.hears(Heard("lost", Certainty.CLEAR))
        assert r.sign.message == ""
        await r.hears(NotUnderstood())
        assert r.speaker.said[-1].sentences[0] == FRENCH.not_understood


async def test_what_stands_on_the_page_is_told_to_the_engine_first() -> None:
    async with room() as r:
        r.offer(YES, Sayable("page:lost", "Perdue", ("perdue",), own=True), ERASE)
        async with asyncio.timeout(30):
            while (vocabulary := r.listener.vocabulary) is None or vocabulary.own == 0:
                await asyncio.sleep(0)
        assert [phrase.id for phrase in vocabulary.phrases] == ["page:lost", "yes", "x"]


async def test_silence_says_nothing() -> None:
    async with room() as r:
        for _ in range(5):
            await r.hears(Silence())
        assert r.speaker.said == []
        assert r.present == 0
        assert r.sign.state is EarState.LISTENING


@pytest.mark.clause("PAP 19")
async def test_noise_is_said_once() -> None:
    async with room() as r:
        await r.hears(NotUnderstood(Muddle.NOISE))
        assert r.speaker.said[-1].sentences == (FRENCH.noise,)
        r.speaker.finish()
        await r.settle()
        await r.hears(NotUnderstood(Muddle.NOISE))
        assert len(r.speaker.said) == 1
        assert r.present == 0


@pytest.mark.clause("PAP 19")
async def test_nothing_is_looked_up_just_after_noise() -> None:
    async with room() as r:
        r.offer(LOST, expected=Expected.REQUEST)
        await r.hears(NotUnderstood(Muddle.NOISE))
        r.speaker.finish()
        await r.hears(Silence(cancelled=True), Heard("", Certainty.CLEAR, value="ma carte"))
        assert r.done == []
        r.speaker.finish()
        await r.hears(Heard("", Certainty.CLEAR, value="ma carte"))
        assert r.done == [Spoken("", "ma carte")]


@pytest.mark.clause("PAP 19")
async def test_a_request_that_finds_nothing_is_not_understood_and_keeps_nobody() -> None:
    async with room() as r:
        r.offer(LOST, expected=Expected.REQUEST)
        await r.hears(Heard("", Certainty.CLEAR, value="xyzzy"))
        assert (r.done, r.present) == ([Spoken("", "xyzzy")], 0)
        r.ear.request_answered(found=False)
        assert r.sign.message == FRENCH.not_found
        r.ear.request_answered(found=True)
        assert r.sign.message == ""
        assert r.present == 1


@pytest.mark.clause("PAP 19")
async def test_a_microphone_that_goes_is_said_noted_once_and_tried_again() -> None:
    async with room() as r:
        await r.hears(*[Unavailable("microphone")] * 3)
        assert r.failed == ["microphone: microphone"]
        assert r.speaker.said[-1].sentences == (FRENCH.deaf,)
        assert r.sign.state is EarState.DEAF
        r.speaker.finish()
        await r.hears(Unavailable("microphone"))
        assert len(r.speaker.said) == len(r.failed) == 1
        await r.hears(Silence())
        assert r.sign.state is EarState.LISTENING
        await r.hears(Unavailable("microphone"))
        assert len(r.failed) == 2


@pytest.mark.clause("PAP 22")
async def test_a_kiosk_without_a_model_shows_nothing_and_notes_it() -> None:
    async with room(listener=NullListener()) as r:
        async with asyncio.timeout(30):
            while not r.failed:
                await asyncio.sleep(0)
        assert r.failed == ["microphone: model"]
        assert r.speaker.said == []
        assert {sign.state for sign in r.signs} == {EarState.OFF}


@pytest.mark.clause("PAP 23")
async def test_the_ear_is_shut_while_the_voice_sounds() -> None:
    async with room() as r:
        opened = len(r.listener.listenings)
        r.say("Bonjour.")
        await r.settle()
        assert not r.listener.listening
        assert r.sign.state is EarState.RESTING
        r.speaker.finish()
        await r.settle()
        assert len(r.listener.listenings) == opened + 1


async def test_with_headphones_the_person_speaks_over_the_voice_and_it_hushes() -> None:
    async with room(headphones=True) as r:
        r.say("Voici une longue phrase.")
        await r.settle()
        assert r.listener.listening
        await r.hears(Sign(0.4, speech=True))
        assert not r.speaker.speaking
        await r.hears(Heard("lost", Certainty.CLEAR))
        assert r.done == [Spoken("lost")]


async def test_what_was_heard_before_a_touch_is_dropped() -> None:
    async with room() as r:
        r.ear.touched()
        r.listener.hear(Heard("lost", Certainty.CLEAR))
        r.offer(YES)
        await r.settle()
        assert r.done == []


async def test_the_same_offer_does_not_cut_who_is_speaking() -> None:
    async with room() as r:
        opened = len(r.listener.listenings)
        r.offer(LOST, YES, ERASE)
        await r.hears(Heard("lost", Certainty.CLEAR))
        assert r.done == [Spoken("lost")]
        assert len(r.listener.listenings) == opened + 1


@pytest.mark.clause("PAP 18")
@pytest.mark.parametrize("headphones", [False, True])
async def test_a_new_page_with_the_same_words_is_not_answered_by_what_was_said_to_the_former(headphones: bool) -> None:
    async with room(headphones=headphones) as r:
        r.listener.hear(Heard("yes", Certainty.CLEAR))
        r.listener.wait_shut()  # It was heard; the loop has not learnt of it yet.
        r.new_page()
        await r.settle()
        assert r.done == []
        await r.hears(Heard("yes", Certainty.CLEAR))
        assert r.done == [Spoken("yes")]


async def test_the_ear_does_not_open_before_the_new_page_says_what_it_offers() -> None:
    async with room() as r:
        opened = len(r.listener.listenings)
        r.ear.new_page()
        async with asyncio.timeout(30):
            while r.listener.listening or r.sign.state is not EarState.RESTING:
                await asyncio.sleep(0.001)
        assert len(r.listener.listenings) == opened
        r.offer(YES)
        await r.settle()
        assert len(r.listener.listenings) == opened + 1


@pytest.mark.clause("WCAG 2.2.1")
async def test_any_word_answers_are_you_there() -> None:
    async with room() as r:
        r.asked_if_there = True
        await r.hears(NotUnderstood())
        assert not r.asked_if_there
        assert r.present == 0, "it is not known who said it"
        assert r.speaker.said == []


async def test_passers_by_are_neither_answered_nor_obeyed_unless_they_are_clear() -> None:
    async with room(shy=True) as r:
        await r.hears(NotUnderstood(), Heard("lost", Certainty.UNSURE), NotUnderstood(Muddle.NOISE))
        assert (r.done, r.asked, r.speaker.said) == ([], [], [])
        await r.hears(Heard("lost", Certainty.CLEAR))
        assert r.done == [Spoken("lost")]


async def test_the_sign_follows_the_ear() -> None:
    async with room() as r:
        await r.hears(Sign(0.5, "per", speech=True), Sign(0.0, thinking=True))
        assert any((s.level, s.partial, s.state) == (0.5, "per", EarState.LISTENING) for s in r.signs)
        assert r.sign.state is EarState.THINKING
        assert (r.present, r.speeches) == (0, 1)


async def test_only_what_is_understood_tells_that_somebody_is_there() -> None:
    async with room() as r:
        for hearing in (NotUnderstood(), Heard("lost", Certainty.REJECTED), Heard("gone", Certainty.CLEAR)):
            await r.hears(Sign(0.5, speech=True), hearing)
            r.speaker.finish()
            await r.settle()
        assert (r.present, r.speeches) == (0, 3)
        await r.hears(Heard("lost", Certainty.UNSURE))
        assert (r.present, len(r.asked)) == (1, 1)
        r.refuses = True
        await r.hears(Heard("lost", Certainty.UNSURE))
        assert r.present == 1
        await r.hears(Heard("lost", Certainty.CLEAR))
        assert r.present == 2


async def test_the_end_of_a_session_leaves_nothing_in_the_ear() -> None:
    async with room() as r:
        r.ear.forget()
        assert r.listener.forgotten == 0, "nobody has spoken"
        await r.hears(Heard("lost", Certainty.CLEAR))
        r.ear.forget()
        async with asyncio.timeout(30):
            while not r.listener.forgotten:
                await asyncio.sleep(0)


async def test_no_listening_no_ear() -> None:
    async with room() as r:
        r.comfort = Comfort(listening=False)
        r.ear.changed()
        await r.settle()
        assert not r.listener.listening
        assert r.sign.state is EarState.OFF


# Whatever happens

HEARINGS = st.one_of(
    st.builds(Heard, st.sampled_from(["lost", "yes", "x", "gone"]), st.sampled_from(Certainty)),
    st.builds(Heard, st.just(""), st.sampled_from(Certainty), value=st.sampled_from(["", "42", "2001-02-03"])),
    st.builds(NotUnderstood, st.sampled_from(Muddle)),
    st.just(Silence()),
    st.just(Unavailable("microphone")),
)
HAPPENINGS = st.one_of(
    HEARINGS, st.sampled_from(["touch", "voice", "end of voice", "offer", "number", "page", "forget"])
)


async def live(happenings: list[Hearing | str], headphones: bool) -> None:
    """Let everything happen, one thing after the other."""
    async with room(headphones=headphones) as r:
        for happening in happenings:
            done, asked = len(r.done), len(r.asked)
            match happening:
                case "touch":
                    r.voice.hush()
                    r.ear.touched()
                    assert not r.voice.busy
                case "voice":
                    r.say("Bonjour.")
                case "end of voice":
                    r.speaker.finish()
                case "offer":
                    r.offer(LOST, ERASE)
                case "number":
                    r.offer(LOST, YES, expected=Expected.NUMBER)
                case "page":  # The same words, on another page; something was being said to the former.
                    if r.listener.listening:
                        r.listener.hear(Heard("lost", Certainty.CLEAR))
                        r.listener.wait_shut()
                        r.listener._steps.clear()
                    r.new_page()
                case "forget":
                    r.ear.forget()
                case str():
                    raise AssertionError(happening)
                case _:
                    if not r.listener.listening:
                        continue
                    r.listener.hear(happening)
            await r.settle()
            clear = isinstance(happening, Heard) and happening.certainty is Certainty.CLEAR
            assert len(r.done) == done or (clear and r.done[-1].id in ("lost", "yes"))
            assert len(r.asked) == asked or (
                isinstance(happening, Heard) and happening.certainty is not Certainty.REJECTED
            )
        assert headphones or r.listener.opened_over_voice == 0
        r.voice.hush()
        r.ear.touched()
        r.offer(LOST)
        await r.settle()
        assert r.listener.listening, "whatever was heard, the ear opens again"


@pytest.mark.clause("PAP 18", "PAP 23")
@settings(max_examples=40)
@given(st.lists(HAPPENINGS, max_size=12), st.booleans())
def test_whatever_is_heard_nothing_unsure_is_done_and_the_ear_never_hears_the_voice(
    happenings: list[Hearing | str], headphones: bool
) -> None:
    asyncio.run(live(happenings, headphones))


async def test_a_microphone_that_was_never_there_is_not_said_to_hear_no_more() -> None:
    async with room() as r:
        r.ear._has_heard = False
        await r.hears(Unavailable("microphone"))
        assert r.speaker.said[-1].sentences == (FRENCH.never_heard,)


async def test_where_there_is_no_picture_none_is_named_and_help_is_offered_aloud_once() -> None:
    async with room() as r:
        r.offer(Sayable("page:next", "Suite", ("suite",), own=True), YES)
        said: list[str] = []
        for _ in range(2):
            for _ in range(2):
                await r.hears(NotUnderstood())
                r.speaker.finish()
                await r.settle()
            said = [text for one in r.speaker.said for text in one.sentences]
            assert said.count(FRENCH.press_or_ask) == 1
            r.ear.touched()
        assert FRENCH.touch_or_ask not in said
