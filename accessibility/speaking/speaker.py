# SPDX-License-Identifier: EUPL-1.2
"""The voice of the kiosk. One thread, the conductor, owns all that changes; everybody else leaves it a message.

A screen is one *batch*: its sentences one after the other, with a pause between, so that an old ear can follow.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from accessibility.speaking.cache import AudioCache, Kept
from accessibility.speaking.casting import Line
from accessibility.speaking.player import Finished, Lost, Player, PlayerEvent, Silent, Started
from accessibility.speaking.pronounce import for_the_ear
from accessibility.speaking.protocol import Engine, Manner, SpeechOutcome, Utterance, Word
from accessibility.speaking.rendered import NO_RENDERED_VOICE, RenderedVoice
from accessibility.speaking.renderer import Order, Renderer

PAUSE = 0.35
"""Seconds between two sentences at the normal rate; longer when the voice is slower."""
MOST_LOSSES = 1
"""Times that a screen is taken up again after the player's process died under it."""

Done = Callable[[SpeechOutcome], None]


@dataclass(slots=True)
class Screen:
    """What is being said. ``next`` is the first sentence not yet handed to the player."""

    batch: int
    lines: tuple[Line, ...]
    manner: Manner
    done: Done | None
    private: bool
    sounds: dict[int, Kept | None] = field(default_factory=dict[int, "Kept | None"])
    next: int = 0
    playing: int = 0
    failed: bool = False
    losses: int = 0


@dataclass(frozen=True, slots=True)
class _Made:
    batch: int
    number: int
    sound: Kept | None


@dataclass(frozen=True, slots=True)
class _Prepare:
    lines: tuple[Line, ...]


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

        ``done`` must return at once and not raise: it runs on the conductor's thread.
        """
        words = tuple(line for line in _lines(utterances, manner) if any(sign.isalnum() for sign in line.text))
        with self._lock:
            if not self._closed:
                batch = self._new_batch()
                self._private_said |= private
                self._mail.put(Screen(batch, words, manner, done, private))
            elif done:
                threading.Thread(target=done, args=(SpeechOutcome.INTERRUPTED,)).start()

    def hush(self) -> None:
        """Silence within 100 ms."""
        with self._lock:
            self._mail.put(_Hush(self._new_batch()))

    def prepare(self, utterances: Sequence[Utterance], manner: Manner) -> None:
        """Make the sound of public sentences ahead of time, when nothing else is to be said."""
        self._mail.put(_Prepare(tuple(_lines(utterances, manner))))

    def forget(self) -> None:
        """Hush, and drop every private trace, down to the memory of the two processes."""
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

    def _made(self, batch: int, number: int, sound: Kept | None) -> None:
        self._mail.put(_Made(batch, number, sound))

    def _new_batch(self) -> int:
        """Everything said before is over, from this instant."""
        self._batch += 1
        self._player.hush(self._batch)
        return self._batch

    # The conductor

    def _conduct(self) -> None:
        while True:
            try:
                mail = self._mail.get(timeout=self._player.watch())
            except queue.Empty:
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
                case _Prepare(lines):
                    self._renderer.prepare(lines)
                case _Made(batch, number, sound):
                    if self._screen and self._screen.batch == batch:
                        self._screen.sounds[number] = sound
                        self._feed(self._screen)
                case Started() | Finished() | Silent() | Lost():
                    self._follow(mail)

    def _begin(self, screen: Screen) -> None:
        self._end(SpeechOutcome.INTERRUPTED)
        self._screen = screen
        if screen.batch != self._batch:  # something newer was said meanwhile
            self._end(SpeechOutcome.INTERRUPTED)
            return
        casting = None if screen.private else self._renderer.cast(screen.lines)
        orders: list[Order] = []
        for number, line in enumerate(screen.lines):
            sound = casting.sounds[number] if casting else None
            if sound is None:
                better = casting is not None and casting.better
                orders.append(Order(screen.batch, number, line, screen.private, better))
            else:
                screen.sounds[number] = sound
                self._feed(screen)
        self._renderer.order(orders)
        if not screen.lines:
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
        if screen.next == len(screen.lines):
            if all(sound is None for sound in screen.sounds.values()):
                self._end(SpeechOutcome.NO_VOICE)
            else:
                self._player.end(screen.batch)

    def _follow(self, event: PlayerEvent) -> None:
        screen = self._screen
        if screen is None or screen.batch != event.batch:
            return
        match event:
            case Started(batch, number):
                self._sounding = batch
                screen.playing = number
            case Finished():
                self._end(SpeechOutcome.NO_VOICE if screen.failed else SpeechOutcome.SPOKEN)
            case Silent():
                self._end(SpeechOutcome.NO_SOUND)
            case Lost():
                if screen.losses >= MOST_LOSSES:
                    self._end(SpeechOutcome.NO_SOUND)
                    return
                screen.losses += 1
                screen.next = screen.playing
                self._feed(screen)

    def _end(self, outcome: SpeechOutcome) -> None:
        """The screen is over, whatever happened: its sounds are dropped, and ``done`` is told, once."""
        screen, self._screen = self._screen, None
        if screen is None:
            return
        if self._sounding == screen.batch:
            self._sounding = None
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


def _lines(utterances: Sequence[Utterance], manner: Manner) -> list[Line]:
    """Each sentence as it is spoken, in its own language."""
    languages = [u.language or manner.language for u in utterances]
    return [
        Line(for_the_ear(u.text, language), replace(manner, language=language))
        for u, language in zip(utterances, languages, strict=True)
    ]
