# SPDX-License-Identifier: EUPL-1.2
"""The half of the conversation that speaks and listens: what is said now, what the ear may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from accessibility.comfort import Comfort
from accessibility.speaking.protocol import Manner, Utterance
from assist.session import commands as c
from assist.session import events as e
from assist.session.state import Overlay, Phase, SessionState
from kiosk.clock import Clock
from kiosk.hearing import Ear
from kiosk.idleness import Presence
from kiosk.jobs import Jobs
from kiosk.scribe import Scribe
from kiosk.speaking import Voice
from kiosk.view import Said, StepView
from kiosk.words import sentence
from kiosk.words.modes import mode_words_in

if TYPE_CHECKING:
    from accessibility.listening.protocol import Expected
    from kiosk.conversation import EarWatcher, Hearer, Sayable, WordWatcher

_CHOICES = ("option:", "theme:")
"""What is read again to a person who was not understood: the places of the answers (see :class:`Said`)."""


class DialogueAloud:
    """What is kept, printed, timed and wiped is the affair of :class:`kiosk.dialogue.Dialogue`."""

    view: StepView
    comfort: Comfort
    voice: Voice
    _ear: Ear
    _state: SessionState
    _presence: Presence
    _jobs: Jobs
    _scribe: Scribe
    _clock: Clock
    _greeted: bool
    _passing: bool
    _last_read: tuple[Said, ...]
    """The page that was read last: its choices are read again to who was not understood."""

    # What the screens call

    def read(self, sentences: Sequence[Said]) -> None:
        """Say a page that the screen turned to by itself, within the same view."""
        self._read(sentences)

    def tell(self, *sentences: Said) -> None:
        """Say passing words (the control that a key has reached), then go on listening. They may name an answer."""
        self._say(sentences, private=True)
        self._passing = True

    def hear(self, sayables: Sequence[Sayable], expected: Expected, hearer: Hearer) -> None:
        """From now on these things may be said. The microphone opens when the voice has finished."""
        self._ear.offer(sayables, expected, hearer)

    def request_answered(self, *, found: bool) -> None:
        """What was asked for in one's own words was found or not."""
        self._ear.request_answered(found=found)

    def watch_ear(self, watcher: EarWatcher) -> None:
        """Have ``watcher`` called on the loop at each change of the ear's sign."""
        self._ear.watch(watcher)

    def watch_words(self, watcher: WordWatcher) -> None:
        """Have ``watcher`` called on the loop as each word begins to be heard; None when the voice has finished."""
        self.voice.watch(watcher)

    @property
    def speaking(self) -> bool:
        """True while the voice is heard."""
        return self.voice.speaking

    # The voice

    def _manner(self) -> Manner:
        return Manner(self._state.language, self.comfort.rate, self.comfort.volume)

    def _read(self, sentences: Sequence[Said]) -> None:
        """Say a whole page."""
        self._last_read = tuple(sentences)
        self._say(sentences, private=self.view.personal)

    def _say(self, sentences: Sequence[Said], *, private: bool = False) -> None:
        self._passing = False
        if self.comfort.voice:
            self._ear.voice_begins()
            self.voice.say(sentences, self._manner(), private=private, insists=not self.comfort.screen)

    def _voice_ended(self) -> None:
        self._ear.voice_ended()
        if self.voice.unheard and not self.comfort.screen:  # Darkness and silence would leave nothing at all.
            self.comfort = replace(self.comfort, screen=True)
            self._tell()
            self._ear.show(mode_words_in(self._state.language).no_sound)

    async def _prepare(self, sentences: Sequence[Said], language: str) -> None:
        if self.comfort.voice:
            utterances = tuple(Utterance(said.text, said.language) for said in sentences)
            self.voice.speaker.prepare(utterances, replace(self._manner(), language=language))

    # What the ear needs (:class:`kiosk.hearing.Host`)

    @property
    def language(self) -> str:
        """The person's language."""
        return self._state.language

    @property
    def shy(self) -> bool:
        """True while nobody has shown that she is there."""
        return self._state.phase is Phase.OVER or (self._state.phase is Phase.WELCOME and not self._greeted)

    def somebody(self) -> None:
        """Somebody is there, who touched or was understood: the waiting starts again."""
        self._presence.certain()

    def speech_heard(self) -> None:
        """Somebody speaks, maybe to somebody else: she is not interrupted, once."""
        self._presence.speech(self.comfort.patience)

    async def answered_by_any_word(self) -> bool:
        """ "Êtes-vous là ?": any word means yes, a few times; then it is the talk of who passes by."""
        answered = self._state.overlay is Overlay.IDLE and self._presence.word()
        if answered:
            await self.send(c.StillHere(), c.Origin.VOICE)
        return answered

    def say_of_ear(self, sentence: str, *, again: bool = False) -> None:
        """Say a passing sentence; ``again``: and the choices of the page after it."""
        choices = [said for said in self._last_read if again and said.about.startswith(_CHOICES)]
        self._say((Said(sentence), *choices), private=self.view.personal)
        self._passing = not again

    def say_back(self, label: str) -> None:
        """Say what was understood, before whatever it leads to: it may be an answer, and is private like one."""
        if label:
            self.voice.say_back(Said(sentence(label), private=True), self._say)

    def device_failed(self, device: str, reason: str) -> None:
        """Keep, once an outage, that nothing can be heard or said: the screen does everything all the same."""
        self._jobs.begin(self._scribe.keep((e.DeviceFailed(device, reason),), self._clock.now().wall, ""))
        self._show()  # Nobody is invited to speak to an ear that has gone.

    # What the dialogue adds

    def _show(self) -> None:
        raise NotImplementedError

    def _tell(self) -> None:
        raise NotImplementedError

    async def send(self, intent: c.Intent, origin: c.Origin) -> None:
        raise NotImplementedError
