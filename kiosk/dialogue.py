# SPDX-License-Identifier: EUPL-1.2
"""The conversation: commands come in, the journal keeps what happened, the person meets the next view.

One :class:`Dialogue` lives in the app's event loop. Everything slow (database, sound, PDF, printer) runs
beside it, in threads and processes.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from accessibility.comfort import Comfort
from accessibility.speaking.protocol import Manner, Speaker, Utterance
from assist.journal.protocol import Journal
from assist.session import commands as c
from assist.session import events as e
from assist.session.machine import decide, evolve
from assist.session.state import Overlay, Phase, SessionState
from content.model import Catalogue
from kiosk.clock import Clock
from kiosk.config import Settings
from kiosk.finding import found, prepare
from kiosk.hearing import Ear
from kiosk.idleness import Due, Presence, due
from kiosk.jobs import Jobs, Trouble
from kiosk.presenter import Surroundings, present
from kiosk.printing import PrintDesk
from kiosk.rehearsal import moments, sentences_of
from kiosk.scribe import Scribe
from kiosk.session_paper import SessionPaper, nears_the_end
from kiosk.speaking import Voice
from kiosk.turns import Pace
from kiosk.view import Found, Said, StepView
from kiosk.words import sentence, words_in
from kiosk.words.modes import mode_words_in

if TYPE_CHECKING:
    from accessibility.listening.protocol import Expected
    from accessibility.listening.protocol import Listener as EarListener
    from kiosk.conversation import EarWatcher, Hearer, Listener, Sayable, WordWatcher

_TICK = 0.25
_PAPER_WAIT = 20.0
_LAST_WORDS = 8.0
_CHOICES = ("option:", "theme:")
"""What is read again to a person who was not understood: the places of the answers (see :class:`Said`)."""


class Dialogue:
    """One kiosk's conversation with whoever stands before it."""

    def __init__(
        self,
        *,
        settings: Settings,
        clock: Clock,
        make_speaker: Callable[[], Speaker],
        desk: PrintDesk,
        load: Callable[[], Catalogue],
        open_journal: Callable[[], tuple[Journal, Sequence[e.Event]]],
        new_receipt_code: Callable[[], str],
        make_listener: Callable[[], EarListener] | None = None,
        pace: Pace | None = None,
        mode: c.Mode = c.Mode.KIOSK,
    ) -> None:
        self._settings, self._clock, self._mode = settings, clock, mode
        self._make_speaker, self._make_listener = make_speaker, make_listener
        self.voice = Voice(lambda why: self.device_failed("voice", why), self._voice_ended)
        self._ear = Ear(self, pace=pace)
        self._paper = SessionPaper(desk, new_receipt_code, settings.site)
        self._load, self._open_journal = load, open_journal
        self._state = SessionState(language=settings.session.language)
        self._around = Surroundings(
            Catalogue({}),
            settings.help.person,
            settings.help.wait_minutes,
            settings.help.phone,
            lab=mode is c.Mode.LAB,
        )
        self._ready = asyncio.Event()
        self._scribe = Scribe(self._journal_fails)
        self._lock = asyncio.Lock()
        self._listeners: list[Listener] = []
        self._jobs = Jobs()
        self._presence = Presence(lambda: clock.now().monotonic)
        self._greeted = self._passing = False
        self._visit = 0
        self._last_read: tuple[Said, ...] = ()
        """The page that was read last: its choices are read again to who was not understood."""
        self._fresh = self.comfort = Comfort(headphones=settings.voice.headphones)
        self.view = present(self._state, self._around)

    # What the screens call

    def subscribe(self, listener: Listener) -> None:
        """Have ``listener`` called on the loop after each change of the view or of the comfort."""
        self._listeners.append(listener)

    def watch_trouble(self, trouble: Trouble) -> None:
        """Have ``trouble`` called on the loop with what breaks beside the conversation."""
        self._jobs.trouble = trouble

    async def start(self) -> None:
        """Read the procedures, open the journal, find the voice. The welcome view stands meanwhile."""
        self._presence.certain()
        self._serve(await asyncio.to_thread(self._load))
        self._show()
        found = await self._scribe.open(self._open_journal)
        await self._scribe.keep(found, self._clock.now().wall, "")
        self._ready.set()
        self._jobs.begin(self._watch())
        self.voice.arrives(await asyncio.to_thread(self._make_speaker))
        if self._greeted:
            self._read(self.view.speech)
        if self._make_listener is not None:
            self._jobs.begin(self._ear.run(await asyncio.to_thread(self._make_listener)))
        await asyncio.to_thread(prepare, self._around.catalogue)
        for language in self._around.languages or (self._state.language,):
            await self._prepare(moments(self._around, language), language)

    async def send(self, intent: c.Intent, origin: c.Origin) -> None:
        """Do what the person asks. What makes no sense here changes nothing."""
        async with self._between_commands():
            if isinstance(intent, c.Pick):
                await asyncio.to_thread(len, intent.procedure.steps)  # An official one is made at its first look.
            await self._apply(intent, origin)

    def touched(self) -> bool:
        """Someone touched something: the voice stops, the waiting starts again, the first touch is greeted."""
        self.somebody()
        self.voice.hush()
        self._ear.touched()
        first = self._state.phase is Phase.WELCOME and not self._greeted
        if first:
            self._greeted = True
            self._read((*self.view.speech, *self._ear.invitation))
        return first

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

    def set_comfort(self, comfort: Comfort) -> None:
        """Take ``comfort`` for this person; a change of voice is heard at once."""
        before, self.comfort = self.comfort, comfort
        if (before.rate, before.volume, before.voice) != (comfort.rate, comfort.volume, comfort.voice):
            self.voice.hush()
            self._say((Said(words_in(self._state.language).voice_sample),))
        if (before.listening, before.headphones) != (comfort.listening, comfort.headphones):
            self._ear.changed()
        self._tell()

    async def search(self, text: str) -> Found:
        """See :meth:`kiosk.conversation.Conversation.search`."""
        return await asyncio.to_thread(found, self._around.catalogue, text, self._state.language)

    @property
    def speaking(self) -> bool:
        """True while the voice is heard."""
        return self.voice.speaking

    async def close(self) -> None:
        """End: silence, no job left, the journal closed."""
        self._jobs.cancel()
        await self._paper.clear()
        self.voice.hush()
        await self._ear.close()
        await self._scribe.close((e.KioskStopped(),), self._clock.now().wall)
        await asyncio.to_thread(self.voice.speaker.close)

    # One command

    @asynccontextmanager
    async def _between_commands(self) -> AsyncGenerator[None]:
        """The only moment at which the state may change: the kiosk is ready, and no command is under way."""
        await self._ready.wait()
        async with self._lock:
            yield

    def _serve(self, catalogue: Catalogue) -> None:
        self._around = replace(self._around, catalogue=catalogue)

    async def _apply(self, intent: c.Intent, origin: c.Origin) -> None:
        if isinstance(intent, c.Begin):
            intent = replace(intent, session=secrets.token_hex(16), mode=self._mode)
            self._greeted = True
        before = self._state
        if isinstance(intent, c.SetLanguage):
            if before.phase is Phase.WELCOME:
                self._greeted = True
                self._state = replace(before, language=intent.language)
                self._show()
                return
            under_way = before.procedure and self._around.catalogue.get(before.procedure.id, intent.language)
            intent = replace(intent, procedure=under_way)
        at = self._clock.now()
        events = decide(before, c.Command(intent, at, origin))
        after = before
        for event in events:
            after = evolve(after, event)
        if any(isinstance(event, e.SessionEnded) for event in events):
            # Blank first, write after: a wipe never waits for a disk.
            self._wipe(after)
            await self._scribe.keep(events, at.wall, before.session)
            return
        await self._scribe.keep(events, at.wall, before.session or after.session)
        self._state = after
        for event in events:
            if isinstance(event, e.WentBack) and before.phase is Phase.WALKING:
                self._paper.take_back()
            elif isinstance(event, e.PrintRequested):
                self._jobs.begin(self._print(event.duplicate))
            elif isinstance(event, e.ProcedurePicked):
                self._jobs.begin(self._prepare(sentences_of(event.content, after.language), after.language))
            elif isinstance(event, e.LanguageChanged) and event.procedure is not None:
                self._jobs.begin(self._prepare(sentences_of(event.procedure, after.language), after.language))
            elif isinstance(event, e.StepShown) and nears_the_end(after):
                self._jobs.begin(self._paper.warm())
        self._show()

    def _journal_fails(self, failing: bool) -> None:
        if failing != self._around.journal_failing:
            self._around = replace(self._around, journal_failing=failing)

    def _show(self) -> None:
        before, self.view = self.view, self._present()
        notice = (Said(self.view.notice, "notice"),) if self.view.notice and self.view.notice != before.notice else ()
        if self.view.key != before.key:
            self._ear.new_page()
            self._read((*notice, *self.view.speech))
        elif notice:
            self._say(notice)
        self._tell()

    def _present(self) -> StepView:
        return replace(present(self._state, replace(self._around, hears=self._ear.hears)), visit=self._visit)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener(self.view, self.comfort)

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

    # The paper

    async def _print(self, duplicate: bool) -> None:
        session = self._state.session
        status = await self._paper.print(self._state, self._around.catalogue, duplicate=duplicate)
        if status is not None and self._state.session == session:
            await self.send(c.PrintSettled(status), c.Origin.TIMER)

    # Time

    async def _watch(self) -> None:
        """Ask "Êtes-vous là ?" when nothing was touched for long, and wipe when nobody answers."""
        while True:
            await asyncio.sleep(_TICK)
            if self.voice.speaking and not self._passing:  # Names of controls may go round for ever.
                self._presence.listening()
            met = self._greeted or self.comfort != self._fresh
            silence, patience = self._presence.silence, self.comfort.patience
            match due(self._state, silence, self._settings.session, patience=patience, met=met):
                case Due.WARNING:
                    self._presence.asked()
                    await self.send(c.WarnIdle(), c.Origin.TIMER)
                case Due.END:
                    await self.send(c.TimeOut(), c.Origin.TIMER)
                case Due.LEFT_THE_WELCOME:
                    self._forget()

    # The end

    def _wipe(self, ended: SessionState) -> None:
        """Nothing of the person is left: answers, voice, job, screen. Then the welcome screen comes back."""
        self.voice.hush()
        waiting_for_paper = self._state.printing and ended.ending is e.Ending.DONE
        self._state, self._last_read = ended, ()
        self._paper.forget()
        self.voice.forget()
        self._ear.forget()
        self._show()
        self._jobs.begin(self._farewell(waiting_for_paper))

    async def _farewell(self, waiting_for_paper: bool) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + _PAPER_WAIT
        while waiting_for_paper and self._paper.busy and loop.time() < until:
            await asyncio.sleep(_TICK)
        await self._paper.clear()
        await asyncio.sleep(self._settings.session.goodbye_seconds * self.comfort.patience)
        until = loop.time() + _LAST_WORDS
        while self.voice.speaking and loop.time() < until:
            await asyncio.sleep(_TICK)
        self._forget()

    def _forget(self) -> None:
        """The welcome screen as the next person finds it."""
        self.voice.forget()
        self._ear.forget()
        self._last_read = ()
        self._state, self.comfort = SessionState(language=self._settings.session.language), self._fresh
        self._greeted, self._visit = False, self._visit + 1
        self.view = self._present()
        self._tell()
