# SPDX-License-Identifier: EUPL-1.2
"""Taking turns: when the microphone opens, what becomes of what it heard, and what the sign says meanwhile.

The ear opens when the voice has finished, and never while it sounds unless the person wears headphones. Nothing that
was said is kept: it becomes one act, one question, or nothing.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from accessibility.listening.protocol import (
    Certainty,
    Expected,
    Heard,
    Hearing,
    Listener,
    Muddle,
    NotUnderstood,
    Phrase,
    Sign,
    Silence,
    Unavailable,
    Vocabulary,
)
from kiosk.conversation import Sayable, Spoken
from kiosk.turns import Host, Pace
from kiosk.view import EarSign, EarState, Said
from kiosk.words.hearing import hearing_words_in

if TYPE_CHECKING:
    from kiosk.conversation import EarWatcher, Hearer


_SIGN_OF_LIFE = 0.8
"""Seconds without a sign of the open ear, which gives ten a second, after which it is not shown as open any more."""
MOST_FAILURES = 2
"""Failures in a row after which touching and a person are offered."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """What may be said now."""

    sayables: tuple[Sayable, ...]
    expected: Expected

    def find(self, id: str) -> Sayable | None:
        return next((sayable for sayable in self.sayables if sayable.id == id), None)


class Ear:
    """Lives in the loop; the listener waits in a thread. :meth:`run` is its life, :meth:`close` its end.

    Args:
        host: The conversation.
        pace: How quickly turns follow one another.
    """

    def __init__(self, host: Host, *, pace: Pace | None = None) -> None:
        self._host = host
        self._pace = pace or Pace()
        self._listener: Listener | None = None
        self._offer: _Offer | None = None
        self._hearer: Hearer | None = None
        self._thread = ThreadPoolExecutor(1, "ear")
        self._news = asyncio.Event()
        self._cancel: threading.Event | None = None
        self._turn = 0
        """Grows whenever what is being listened to is not wanted any more."""
        self._not_before = 0.0
        self._failures = 0
        self._noisy = False
        """The last that was heard was noise: what comes just after may be talk, and is not looked up."""
        self._deaf = self._deaf_told = self._has_heard = False
        self._offered_help = False
        """On this page, touching and a person were offered aloud."""
        self._closed = False
        self._spoken_to = False
        """Something was said since :meth:`forget`."""
        self._sign = EarSign()
        self._message: asyncio.TimerHandle | None = None
        self._lost: asyncio.TimerHandle | None = None
        self._watchers: list[EarWatcher] = []

    # What the conversation tells

    @property
    def invitation(self) -> tuple[Said, ...]:
        """What the greeting adds where the kiosk listens: one may speak to it."""
        return (Said(hearing_words_in(self._host.language).greet_more),) if self.hears else ()

    def watch(self, watcher: EarWatcher) -> None:
        """Have ``watcher`` called on the loop at each change of the sign."""
        self._watchers.append(watcher)
        watcher(self._sign)

    def offer(self, sayables: Sequence[Sayable], expected: Expected, hearer: Hearer) -> None:
        """From now on these things may be said."""
        offer, self._hearer = _Offer(tuple(sayables), expected), hearer
        if offer != self._offer:
            self._offer = offer
            self._interrupt()

    def new_page(self) -> None:
        """The person meets something new: whatever is being said answers the former page, even in the same words.

        Former failures are forgotten, former messages too; the ear opens again once the new page is offered.
        """
        self._offer = None
        self._failures, self._noisy, self._offered_help = 0, False, False
        self._wait(self._pace.settle)
        self._interrupt()
        self._quiet()

    def touched(self) -> None:
        """A touch or a key: the ear shuts, and opens again a little after the last one."""
        self._failures = 0
        self._wait(self._pace.after_touch)
        self._interrupt()

    def voice_begins(self) -> None:
        """The voice is about to sound: the ear shuts, unless there are headphones."""
        if not self._over_voice:
            self._interrupt()
        self._rest()

    def voice_ended(self) -> None:
        """The voice has finished."""
        self._wait(self._pace.after_voice)
        self._news.set()

    def changed(self) -> None:
        """The comfort or the language may have changed."""
        self._interrupt()
        self._rest()

    def forget(self) -> None:
        """The session has ended: nothing of what was said is left."""
        self._failures = 0
        self._deaf_told = False
        self._interrupt()
        self._quiet()
        self._show(EarSign(self._resting))
        if self._listener is not None and self._spoken_to:
            self._spoken_to = False
            asyncio.get_running_loop().run_in_executor(None, self._listener.forget)

    # Its life

    async def run(self, listener: Listener, *, told: bool = True) -> None:
        """Listen, turn after turn, until :meth:`close`. ``told`` False: no ear was asked for, nobody needs to know."""
        self._listener = listener
        if not listener.available:
            if told:
                self._host.device_failed("microphone", "model")
            return
        listener.prepare()
        while not self._closed:
            wait = self._seconds_to_wait()
            if wait is None or wait > 0:
                self._rest()
                self._news.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), wait)
            else:
                await self._one_turn(listener)

    async def close(self) -> None:
        """Shut the ear and end what is behind it."""
        self._closed = True
        self._interrupt()
        if self._lost is not None:
            self._lost.cancel()
        self._quiet()
        if self._listener is not None:
            await asyncio.to_thread(self._listener.close)
        self._thread.shutdown(wait=False)

    def _seconds_to_wait(self) -> float | None:
        """Until the ear may open; None: not before something changes."""
        if self._offer is None or not self._wanted:
            return None
        if self._host.voice.busy and not self._over_voice:
            return None
        return max(0.0, self._not_before - asyncio.get_running_loop().time())

    async def _one_turn(self, listener: Listener) -> None:
        offer, turn = self._offer, self._turn
        assert offer is not None
        if self._noisy and offer.expected is Expected.REQUEST:
            offer = replace(offer, expected=Expected.NOTHING)
        loop = asyncio.get_running_loop()
        cancel = self._cancel = threading.Event()

        def sign(shown: Sign) -> None:
            with suppress(RuntimeError):  # A loop that has ended has nothing left to be told.
                loop.call_soon_threadsafe(self._signed, turn, shown)

        own = sum(sayable.own for sayable in offer.sayables)
        said = sorted(offer.sayables, key=lambda sayable: not sayable.own)
        phrases = tuple(Phrase(sayable.id, sayable.ways) for sayable in said)
        vocabulary = Vocabulary(phrases, self._host.language, offer.expected, own)
        patience = self._pace.patience * self._host.comfort.patience
        listen = partial(listener.listen, vocabulary, cancel, sign, patience=patience)
        hearing = await loop.run_in_executor(self._thread, listen)
        self._cancel = None
        self._spoken_to |= isinstance(hearing, (Heard, NotUnderstood))
        if turn == self._turn and not self._closed:
            await self._take(hearing, offer)

    def _signed(self, turn: int, shown: Sign) -> None:
        if turn != self._turn or self._closed:
            return
        self._hears_again()
        if shown.speech:
            self._spoken_to = True
            self._host.speech_heard()
            if self._host.voice.busy:  # The person speaks over it.
                self._host.voice.hush()
        # Only a microphone that is open shows so: whoever speaks to the sign is heard, from its first moment.
        state = EarState.THINKING if shown.thinking else EarState.LISTENING
        self._show(replace(self._sign, state=state, level=shown.level, partial=shown.partial))
        if self._lost is not None:
            self._lost.cancel()
        self._lost = asyncio.get_running_loop().call_later(_SIGN_OF_LIFE, self._no_sign, turn)

    def _no_sign(self, turn: int) -> None:
        """The ear has stopped short: nobody is told any more that it listens. It starts again by itself."""
        if turn == self._turn and self._sign.state is EarState.LISTENING:
            self._show(replace(self._sign, state=self._resting, level=0.0, partial=""))

    # What becomes of what was heard

    async def _take(self, hearing: Hearing, offer: _Offer) -> None:
        if isinstance(hearing, Unavailable):
            self._outage(hearing.part)
            return
        self._hears_again()
        if isinstance(hearing, Silence):
            self._wait(self._pace.settle if hearing.cancelled else 0.0)
            self._noisy &= hearing.cancelled
        elif isinstance(hearing, NotUnderstood) and hearing.why is Muddle.NOISE:
            self._noise()
            return
        elif isinstance(hearing, NotUnderstood) or hearing.certainty is Certainty.REJECTED:
            if not await self._host.answered_by_any_word():
                self._misheard()
        else:
            self._wait(self._pace.settle)
            if self._understood(hearing, offer):
                if hearing.phrase or offer.expected is not Expected.REQUEST:
                    self._host.somebody()
            else:
                self._misheard()
        if not isinstance(hearing, Silence):
            self._noisy = False

    def _understood(self, heard: Heard, offer: _Offer) -> bool:
        """Have it done, or asked. False when it is neither: it counts as not understood."""
        hearer = self._hearer
        assert hearer is not None
        clear = heard.certainty is Certainty.CLEAR
        if not heard.phrase:
            return not self._host.shy and self._value(heard, offer.expected, hearer)
        sayable = offer.find(heard.phrase)
        if sayable is None:
            return False
        if clear and not sayable.grave:
            self._failures = 0
            self._quiet()
            self._host.say_back(sayable.label)
            if not hearer.heard(Spoken(sayable.id)):
                self._host.voice.hush()  # Nothing was done: nothing is said back.
            return True
        return not self._host.shy and hearer.doubtful(sayable, "")

    def _value(self, heard: Heard, expected: Expected, hearer: Hearer) -> bool:
        """A request is looked up, and answered later; a number or a date is always asked about."""
        if not heard.value or expected is Expected.NOTHING:
            return False
        if expected is Expected.REQUEST:
            return hearer.heard(Spoken("", heard.value, heard.others))
        return hearer.doubtful(Sayable("", heard.value, ()), heard.value)

    def request_answered(self, *, found: bool) -> None:
        """What came of a request: the page of what was found, or nothing; then it was not understood."""
        if found:
            self._failures = 0
            self._quiet()
            self._host.somebody()
        else:
            self._misheard(hearing_words_in(self._host.language).not_found)

    def _misheard(self, told: str = "") -> None:
        """Say so, or ``told``; from the second time on, offer to touch and a person."""
        self._failures += 1
        if self._failures > MOST_FAILURES:
            self._wait(self._pace.rest)
        if self._host.shy:
            return
        words = hearing_words_in(self._host.language)
        if self._failures < MOST_FAILURES:
            self._tell(told or words.not_understood, aloud=True, again=True)
        else:
            offered, self._offered_help = self._offered_help, True
            pictured = self._offer is None or sum(sayable.own for sayable in self._offer.sayables) != 1
            self._tell(words.touch_or_ask if pictured else words.press_or_ask, aloud=not offered)

    def _noise(self) -> None:
        self._failures += 1
        self._noisy = True
        self._wait(self._pace.rest)
        if not self._host.shy:
            self._tell(hearing_words_in(self._host.language).noise, aloud=self._failures == 1)

    def _outage(self, part: str) -> None:
        self._wait(self._pace.retry)
        if not self._deaf:
            self._deaf = True
            self._host.device_failed("microphone", part)
        self._show(replace(self._sign, state=EarState.DEAF, level=0.0, partial=""))
        if not self._deaf_told and not self._host.shy:
            self._deaf_told = True
            words = hearing_words_in(self._host.language)
            self._tell(words.deaf if self._has_heard else words.never_heard, aloud=True)

    def _hears_again(self) -> None:
        self._deaf = self._deaf_told = False
        self._has_heard = True

    # The sign

    @property
    def hears(self) -> bool:
        """True where one may speak to the kiosk: its ear is wanted, has heard the room, and has not gone."""
        return self._wanted and self._has_heard and not self._deaf

    @property
    def _wanted(self) -> bool:
        listener = self._listener
        return listener is not None and listener.available and self._host.comfort.listening

    @property
    def _over_voice(self) -> bool:
        return self._host.comfort.headphones

    @property
    def _resting(self) -> EarState:
        if not self._wanted:
            return EarState.OFF
        return EarState.DEAF if self._deaf else EarState.RESTING

    def _rest(self) -> None:
        if self._cancel is None or self._cancel.is_set():
            self._show(replace(self._sign, state=self._resting, level=0.0, partial=""))

    def show(self, sentence: str) -> None:
        """Show a passing sentence that nobody would hear."""
        self._tell(sentence, aloud=False)

    def _tell(self, sentence: str, *, aloud: bool, again: bool = False) -> None:
        """Show a passing sentence, and say it."""
        self._show(replace(self._sign, message=sentence))
        if self._message is not None:
            self._message.cancel()
        stays = self._pace.message * self._host.comfort.patience
        self._message = asyncio.get_running_loop().call_later(stays, self._quiet)
        if aloud:
            self._host.say_of_ear(sentence, again=again)

    def _quiet(self) -> None:
        if self._message is not None:
            self._message.cancel()
            self._message = None
            self._show(replace(self._sign, message=""))

    def _show(self, sign: EarSign) -> None:
        if sign != self._sign:
            self._sign = sign
            for watcher in self._watchers:
                watcher(sign)

    # Turns

    def _interrupt(self) -> None:
        self._turn += 1
        if self._cancel is not None:
            self._cancel.set()
        self._news.set()

    def _wait(self, seconds: float) -> None:
        self._not_before = max(self._not_before, asyncio.get_running_loop().time() + seconds)
