# SPDX-License-Identifier: EUPL-1.2
"""The voice of the kiosk. One thread, the conductor, owns all that changes; everybody else leaves it a message.

A screen is one *batch*: its sentences one after the other, with a pause between, so that an old ear can follow.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from accessibility.speaking.cache import AudioCache, Kept
from accessibility.speaking.player import Finished, Lost, Player, PlayerEvent, Silent, Started
from accessibility.speaking.protocol import Engine, Manner, SpeechOutcome, Utterance, Word
from accessibility.speaking.rendered import NO_RENDERED_VOICE, RenderedVoice
from accessibility.speaking.renderer import MOST_PREPARED, Order, Renderer
from accessibility.speaking.speaker_screen import Done, Screen, read
from accessibility.speaking.word_clock import WordClock

PAUSE = 0.35
"""Seconds between two sentences at the normal rate; longer when the voice is slower."""
MOST_LOSSES = 1
"""Times that a screen is taken up again after the player's process died under it."""


@dataclass(frozen=True, slots=True)
class _Made:
    batch: int
    number: int
    sound: Kept | None


@dataclass(frozen=True, slots=True)
class _Prepare:
    utterances: tuple[Utterance, ...]
    manner: Manner


@dataclass(frozen=True, slots=True)
class _Hush:
    batch: int


@dataclass(frozen=True, slots=True)
class _Close:
    pass


_Mail = Screen | PlayerEvent | _Made | _Prepare | _Hush | _Close
PlayerMaker = Callable[[Callable[[PlayerEvent], None]], Player]


class SpokenSpeaker:
    """The :class:`~accessibility.speaking.protocol.Speaker` that is heard."""

    def __init__(
        self,
        engine: Engine,
        cache: AudioCache,
        make_player: PlayerMaker,
        rendered: RenderedVoice = NO_RENDERED_VOICE,
    ) -> None:
        """Takes the engine over: it is closed with the speaker."""
        self._mail: queue.SimpleQueue[_Mail] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._batch = 0
        self._sounding: int | None = None
        self._private_said = False
        self._closed = False
        self._screen: Screen | None = None
        self._engine = engine
        self._unread: deque[tuple[Utterance, Manner]] = deque(maxlen=MOST_PREPARED)
        self._clock = WordClock()
        self._player = make_player(self._mail.put)
        self._renderer = Renderer(engine, cache, self._made, rendered)
        self._thread = threading.Thread(target=self._conduct, name="voice conductor", daemon=True)
        self._thread.start()

    # What anyone may call, from any thread

    def say(
        self,
        utterances: Sequence[Utterance],
        manner: Manner,
        done: Done | None = None,
        *,
        word: Callable[[Word | None], None] | None = None,
        private: bool = False,
    ) -> None:
        """Say these in place of whatever was being said; see :class:`~accessibility.speaking.protocol.Speaker`.

        ``done`` and ``word`` must return at once and not raise: they run on the voice's own threads. ``word`` is told
        None once, last, also when the screen is cut or cannot be heard.
        """
        with self._lock:
            if not self._closed:
                batch = self._new_batch(word)
                said = tuple(replace(u, private=True) for u in utterances) if private else tuple(utterances)
                self._private_said |= any(utterance.private for utterance in said)
                self._mail.put(Screen(batch, said, manner, done))
            elif done:
                threading.Thread(target=done, args=(SpeechOutcome.INTERRUPTED,)).start()

    def hush(self) -> None:
        """Silence within 100 ms."""
        with self._lock:
            self._mail.put(_Hush(self._new_batch()))

    def prepare(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        """Make the sound of public sentences ahead of time, when nothing else is to be said."""
        self._mail.put(_Prepare(tuple(utterances), manner))

    def forget(self) -> None:
        """Hush, and drop every private trace, down to the memory of the processes."""
        self.hush()
        with self._lock:
            said, self._private_said = self._private_said, False
        if said:
            self._player.renew()
            self._engine.forget()

    @property
    def speaking(self) -> bool:
        """True while sound is coming out."""
        return self._sounding == self._batch

    def close(self) -> None:
        """Silence, then the end of every thread and process."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._new_batch()
            self._mail.put(_Close())
        self._renderer.close()
        self._thread.join()
        self._player.close()
        self._clock.close()

    def _made(self, batch: int, number: int, sound: Kept | None) -> None:
        self._mail.put(_Made(batch, number, sound))

    def _new_batch(self, word: Callable[[Word | None], None] | None = None) -> int:
        """Everything said before is over, from this instant."""
        self._batch += 1
        self._player.hush(self._batch)
        self._clock.begin(self._batch, word)
        return self._batch

    # The conductor

    def _conduct(self) -> None:
        while True:
            watch = self._player.watch()
            try:
                mail = self._mail.get(timeout=0 if self._unread else watch)
            except queue.Empty:
                self._read_ahead()
                continue
            match mail:
                case _Close():
                    self._end(SpeechOutcome.INTERRUPTED)
                    self._refuse_the_rest()
                    return
                case Screen():
                    self._begin(mail)
                case _Hush():
                    self._end(SpeechOutcome.INTERRUPTED)
                    self._renderer.order(())
                case _Prepare(utterances, manner):
                    self._unread.extend((utterance, manner) for utterance in utterances)
                case _Made(batch, number, sound):
                    if self._screen and self._screen.batch == batch:
                        self._screen.sounds[number] = sound
                        self._feed(self._screen)
                case Started() | Finished() | Silent() | Lost():
                    self._follow(mail)

    def _read_ahead(self) -> None:
        """One sentence to be prepared, while nobody asks for anything: a third of a millisecond."""
        if self._unread:
            utterance, manner = self._unread.popleft()
            self._renderer.prepare([sentence.line for sentence in read([utterance], manner)])

    def _begin(self, screen: Screen) -> None:
        self._end(SpeechOutcome.INTERRUPTED)
        self._screen = screen
        if screen.batch != self._batch:  # something newer was said meanwhile
            self._end(SpeechOutcome.INTERRUPTED)
            return
        screen.sentences = read(screen.utterances, screen.manner)
        lines = [sentence.line for sentence in screen.sentences]
        casting = self._renderer.cast(lines)
        orders: list[Order] = []
        for number, line in enumerate(lines):
            sound = casting.sounds[number]
            if sound is None:
                orders.append(Order(screen.batch, number, line, casting.better))
            else:
                screen.sounds[number] = sound
                self._feed(screen)
        self._renderer.order(orders)
        if not lines:
            self._end(SpeechOutcome.SPOKEN)

    def _feed(self, screen: Screen) -> None:
        """Hand to the player what is ready, in the order of the sentences."""
        while screen.next in screen.sounds:
            sound = screen.sounds[screen.next]
            if sound is None:
                screen.failed = True
            else:
                self._player.play(
                    screen.batch,
                    screen.next,
                    sound.wav,
                    pause=PAUSE / screen.manner.rate,
                    volume=screen.manner.volume,
                )
            screen.next += 1
        if screen.next == len(screen.sentences):
            if all(sound is None for sound in screen.sounds.values()):
                self._end(SpeechOutcome.NO_VOICE)
            else:
                self._player.end(screen.batch)

    def _follow(self, event: PlayerEvent) -> None:
        screen = self._screen
        if screen is None or screen.batch != event.batch:
            return
        match event:
            case Started(batch, number, at):
                self._sounding = batch
                screen.playing = number
                if sound := screen.sounds[number]:
                    self._clock.sentence(batch, number, at, screen.sentences[number].beats(sound))
            case Finished():
                self._end(SpeechOutcome.NO_VOICE if screen.failed else SpeechOutcome.SPOKEN)
            case Silent():
                self._end(SpeechOutcome.NO_SOUND)
            case Lost():
                if screen.losses >= MOST_LOSSES:
                    self._end(SpeechOutcome.NO_SOUND)
                    return
                screen.losses += 1
                self._clock.lost(screen.batch)
                screen.next = screen.playing
                self._feed(screen)

    def _end(self, outcome: SpeechOutcome) -> None:
        """The screen is over, whatever happened: its sounds are dropped, and ``done`` is told, once."""
        screen, self._screen = self._screen, None
        if screen is None:
            return
        if self._sounding == screen.batch:
            self._sounding = None
        self._clock.end(screen.batch)
        if outcome is not SpeechOutcome.INTERRUPTED:
            self._renderer.order(())
        if screen.done:
            screen.done(outcome)

    def _refuse_the_rest(self) -> None:
        while True:
            try:
                mail = self._mail.get_nowait()
            except queue.Empty:
                return
            if isinstance(mail, Screen) and mail.done:
                mail.done(SpeechOutcome.INTERRUPTED)
