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
from accessibility.speaking.protocol import Speaker
from assist.journal.protocol import Journal
from assist.session import commands as c
from assist.session import events as e
from assist.session.machine import decide, evolve
from assist.session.state import Phase, SessionState, SigningStage
from assist.sync.protocol import DeskLink, DeskState, NoDesk
from content.model import Catalogue
from kiosk.clock import Clock
from kiosk.config import Settings
from kiosk.desk_bridge import DeskBridge
from kiosk.dialogue_aloud import DialogueAloud
from kiosk.finding import found, prepare
from kiosk.hearing import Ear
from kiosk.idleness import Due, Presence, due
from kiosk.jobs import Jobs, Trouble
from kiosk.meaning import Meaning, NoMeaning
from kiosk.offers import agreement_of, sealed
from kiosk.passing import passing_words, pointing_words
from kiosk.presenter import Surroundings, present
from kiosk.printing import PrintDesk
from kiosk.rehearsal import moments, sentences_of
from kiosk.scribe import Scribe
from kiosk.session_paper import SessionPaper, nears_the_end
from kiosk.speaking import Voice
from kiosk.turns import Pace
from kiosk.view import Found, Said, StepView
from kiosk.words import words_in

if TYPE_CHECKING:
    from accessibility.listening.protocol import Listener as EarListener
    from kiosk.conversation import Listener

_TICK = 0.25
_PAPER_WAIT = 20.0
_LAST_WORDS = 8.0


class Dialogue(DialogueAloud):
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
        make_link: Callable[[], DeskLink] = NoDesk,
        site_key: Callable[[str], str] = lambda key: "",
        meaning: Meaning | None = None,
        pace: Pace | None = None,
        mode: c.Mode = c.Mode.KIOSK,
    ) -> None:
        self._settings, self._clock, self._mode = settings, clock, mode
        self._make_speaker, self._make_listener = make_speaker, make_listener
        self.voice = Voice(lambda why: self.device_failed("voice", why), self._voice_ended)
        self._ear = Ear(self, pace=pace)
        self._paper = SessionPaper(desk, new_receipt_code, settings.site)
        self._load, self._open_journal = load, open_journal
        self._meaning = meaning or NoMeaning()
        self._state = SessionState(language=settings.session.language)
        self._around = Surroundings(
            Catalogue({}),
            settings.help.person,
            settings.help.wait_minutes,
            settings.help.phone,
            lab=mode is c.Mode.LAB,
            site=settings.site.name,
            site_details=settings.site.details,
        )
        self._ready = asyncio.Event()
        self._desk_bridge = DeskBridge(make_link, self, site_key)
        self._scribe = Scribe(self._journal_fails, self._desk_bridge.written)
        self._lock = asyncio.Lock()
        self._listeners: list[Listener] = []
        self._jobs = Jobs()
        self._presence = Presence(lambda: clock.now().monotonic)
        self._greeted = self._passing = False
        self._visit = 0
        self._last_read = ()
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
        self._jobs.begin(self._desk_bridge.run())
        self.voice.arrives(await asyncio.to_thread(self._make_speaker))
        if self._greeted:
            self._read(self.view.speech)
        if self._make_listener is not None:
            self._jobs.begin(self._ear.run(await asyncio.to_thread(self._make_listener)))
        await asyncio.to_thread(prepare, self._around.catalogue, self._meaning)
        for language in self._around.languages or (self._state.language,):
            await self._prepare(moments(self._around, language), language)

    async def send(self, intent: c.Intent, origin: c.Origin) -> None:
        """Do what the person asks. What makes no sense here changes nothing."""
        async with self._between_commands():
            await self._apply(intent, origin)

    async def order(self, wanted: Callable[[], c.Intent | None], origin: c.Origin) -> bool:
        """Do what ``wanted`` gives once no other command is under way; True when something came of it."""
        async with self._between_commands():
            intent = wanted()
            return intent is not None and await self._apply(intent, origin)

    @property
    def state(self) -> SessionState:
        """Where the session stands."""
        return self._state

    @property
    def around(self) -> Surroundings:
        """What the view needs beside the session."""
        return self._around

    def desk_changed(self, desk: DeskState) -> None:
        """Whether a call would be heard has changed: the person is told the truth at once."""
        self._around = replace(self._around, desk=desk)
        self._show()

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

    def set_comfort(self, comfort: Comfort) -> None:
        """Take ``comfort`` for this person; a change of voice is heard at once."""
        before, self.comfort = self.comfort, comfort
        if (before.rate, before.volume, before.voice) != (comfort.rate, comfort.volume, comfort.voice):
            self.voice.hush()
            self._say((Said(words_in(self._state.language).voice_sample),))
        if (before.listening, before.headphones) != (comfort.listening, comfort.headphones):
            self._ear.changed()
        if before.headphones != comfort.headphones and self._state.prints:  # The number of the paper comes or goes.
            self._show()
        else:
            self._tell()

    async def search(self, text: str, *, heard: tuple[str, ...] | None = None) -> Found:
        """See :meth:`kiosk.conversation.Conversation.search`."""
        return await asyncio.to_thread(found, self._around.catalogue, text, self._state.language, heard=heard)

    async def close(self) -> None:
        """End: silence, no job left, the journal closed."""
        self._desk_bridge.close()
        self._jobs.cancel()
        await self._paper.clear()
        self.voice.hush()
        await self._ear.close()
        await self._scribe.close((e.KioskStopped(),), self._clock.now().wall)
        await asyncio.to_thread(self._meaning.close)
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

    async def _apply(self, intent: c.Intent, origin: c.Origin) -> bool:
        """True when something happened."""
        if isinstance(intent, c.Pick):
            await asyncio.to_thread(len, intent.procedure.steps)  # An official one is made at its first look.
        if isinstance(intent, c.Begin):
            intent = replace(intent, session=secrets.token_hex(16), mode=self._mode)
            self._greeted = True
        before = self._state
        if isinstance(intent, c.SetLanguage):
            if before.phase is Phase.WELCOME:
                self._greeted = True
                self._state = replace(before, language=intent.language)
                self._show()
                return True
            under_way = before.procedure and self._around.catalogue.get(before.procedure.id, intent.language)
            intent = replace(intent, procedure=under_way)
        intent = self._of_mandate(intent, before)
        if isinstance(intent, c.Print):
            intent = await self._paper.asked(before)
        at = self._clock.now()
        events = decide(before, c.Command(intent, at, origin))
        after = before
        for event in events:
            after = evolve(after, event)
        if any(isinstance(event, e.SessionEnded) for event in events):
            # Blank first, write after: a wipe never waits for a disk.
            self._wipe(after)
            await self._scribe.keep(events, at.wall, before.session)
            return True
        await self._scribe.keep(events, at.wall, before.session or after.session)
        self._state = after
        if events:
            acted = next((event.act for event in events if isinstance(event, e.HelpActed)), None)
            self._around = replace(self._around, acted=acted)
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
            elif isinstance(event, (e.HelpActed, e.HelpEnded, e.HelpHanded, e.MandateOffered, e.MandateEnded)):
                self._presence.certain()  # Who is helped is there.
            elif isinstance(event, e.MandateAgreed) and (agreement := agreement_of(after)) is not None:
                self._desk_bridge.agree(agreement)
        self._show()
        return bool(events)

    def _of_mandate(self, intent: c.Intent, state: SessionState) -> c.Intent:
        """``intent`` with what only this kiosk can add: the sealed box, or whether what was agreed to ever left."""
        if state.signing is None:
            return intent
        if isinstance(intent, c.SealIdentity):
            return replace(intent, sealed=sealed(state.signing))
        if isinstance(intent, c.StopMandate) and state.signing.stage is SigningStage.SENT:
            return replace(intent, unsent=self._desk_bridge.drop_agreement())
        return intent

    def _journal_fails(self, failing: bool) -> None:
        if failing != self._around.journal_failing:
            self._around = replace(self._around, journal_failing=failing)

    def _show(self) -> None:
        before, self.view = self.view, self._present()
        first = passing_words(before, self.view)
        if self.view.key != before.key:
            self._ear.new_page()
            self._read((*first, *self.view.speech))
        elif first := (*first, *pointing_words(before, self.view)):
            self._say(first)
        self._tell()

    def _present(self) -> StepView:
        headphones = self.comfort.headphones
        number = self._paper.number if headphones and self._state.prints else ""
        around = replace(self._around, hears=self._ear.hears, headphones=headphones, paper_number=number)
        return replace(present(self._state, around), visit=self._visit)

    def _tell(self) -> None:
        self._desk_bridge.follow()
        for listener in self._listeners:
            listener(self.view, self.comfort)

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
        self._desk_bridge.drop_agreement()
        self._paper.forget()
        self.voice.forget()
        self._ear.forget()
        self._meaning.forget()
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
        self._meaning.forget()
        self._last_read = ()
        self._state, self.comfort = SessionState(language=self._settings.session.language), self._fresh
        self._greeted, self._visit = False, self._visit + 1
        self.view = self._present()
        self._tell()
