# SPDX-License-Identifier: EUPL-1.2
"""The conversation: commands come in, the journal keeps what happened, the person meets the next view.

One :class:`Dialogue` lives in the app's event loop. Everything slow (database, sound, PDF, printer) runs
beside it, in threads and processes.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from accessibility.comfort import Comfort
from accessibility.speaking.null import NullSpeaker
from accessibility.speaking.protocol import Manner, Speaker, SpeechOutcome, Utterance
from assist.journal.protocol import Journal, JournalFault
from assist.session import commands as c
from assist.session import events as e
from assist.session.machine import decide, evolve
from assist.session.state import Overlay, Phase, SessionState
from content.model import Catalogue
from content.routing import remaining
from kiosk.clock import Clock
from kiosk.config import Settings
from kiosk.presenter import Surroundings, present, road_map_of
from kiosk.printing import PrintDesk
from kiosk.receipts import receipt_of
from kiosk.rehearsal import moments, sentences_of
from kiosk.view import Option, Said, StepView
from kiosk.words import words_in

if TYPE_CHECKING:
    from accessibility.listening.protocol import Expected
    from kiosk.conversation import EarWatcher, Hearer, Listener, Sayable, WordWatcher

_TICK = 0.25
_WARM_STEPS = 1
"""Steps before the end at which the receipt maker gets ready."""
_PAPER_WAIT = 20.0
_LAST_WORDS = 8.0
_JOURNAL_PATIENCE = 0.15
"""Seconds that the screen waits for the disk: it may never stand still for 0.2 s."""


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
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._make_speaker = make_speaker
        self._speaker: Speaker = NullSpeaker()
        self._desk = desk
        self._load = load
        self._open_journal = open_journal
        self._new_receipt_code = new_receipt_code
        self._state = SessionState(language=settings.session.language)
        self._around = Surroundings(
            Catalogue({}), settings.help.person, settings.help.wait_minutes, settings.help.phone
        )
        self._journal: Journal | None = None
        self._ready = asyncio.Event()
        self._scribe = ThreadPoolExecutor(1, "scribe")
        self._lock = asyncio.Lock()
        self._listeners: list[Listener] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._receipt_code = ""
        self._papers = 0
        """Asked for since the start: the outcome of an older one is nobody's news."""
        self._active_at = 0.0
        self._greeted = False
        self._voiceless = settings.voice.engine == "none"
        self.comfort = Comfort()
        self.view = present(self._state, self._around)

    # What the screens call

    def subscribe(self, listener: Listener) -> None:
        """Have ``listener`` called on the loop after each change of the view or of the comfort."""
        self._listeners.append(listener)

    async def start(self) -> None:
        """Read the procedures, open the journal, find the voice. The welcome view stands meanwhile."""
        self._active_at = self._clock.now().monotonic
        self._around = replace(self._around, catalogue=await asyncio.to_thread(self._load))
        self._show()
        loop = asyncio.get_running_loop()
        self._journal, found = await loop.run_in_executor(self._scribe, self._open_journal)
        await self._record(found, self._clock.now().wall, "")
        self._ready.set()
        self._spawn(self._watch())
        self._speaker = await asyncio.to_thread(self._make_speaker)
        if self._greeted:
            self._say(self.view.speech)
        await self._prepare(moments(self._around))

    async def send(self, intent: c.Intent, origin: c.Origin) -> None:
        """Do what the person asks. What makes no sense here changes nothing."""
        await self._ready.wait()
        async with self._lock:
            await self._apply(intent, origin)

    def touched(self) -> None:
        """Someone touched something: the voice stops, the waiting starts again, the first touch is greeted."""
        self._active_at = self._clock.now().monotonic
        self._speaker.hush()
        if self._state.phase is Phase.WELCOME and not self._greeted:
            self._greeted = True
            self._say(self.view.speech)

    def read(self, sentences: Sequence[Said]) -> None:
        """Say a page that the screen turned to by itself, within the same view."""
        self._say(sentences, private=_tells_of_answers(self.view))

    def tell(self, sentence: Said) -> None:
        """Say a passing word (the control that a key has reached), then go on listening."""
        self._say((sentence,), private=_tells_of_answers(self.view))

    def hear(self, sayables: Sequence[Sayable], expected: Expected, hearer: Hearer) -> None:
        """From now on these things may be said. The microphone opens when the voice has finished."""

    def watch_ear(self, watcher: EarWatcher) -> None:
        """Have ``watcher`` called on the loop at each change of the ear's sign."""

    def watch_words(self, watcher: WordWatcher) -> None:
        """Have ``watcher`` called on the loop as each word begins to be heard; None when the voice has finished."""

    def set_comfort(self, comfort: Comfort) -> None:
        """Take ``comfort`` for this person; a change of voice is heard at once."""
        before, self.comfort = self.comfort, comfort
        if (before.rate, before.volume, before.voice) != (comfort.rate, comfort.volume, comfort.voice):
            self._speaker.hush()
            self._say((Said(words_in(self._state.language).voice_sample),))
        self._tell()

    async def search(self, text: str) -> tuple[Option, ...]:
        """Up to three procedures that ``text`` may mean."""
        from content.search import search

        found = await asyncio.to_thread(search, self._around.catalogue, text, self._state.language)
        return tuple(
            Option(m.procedure.id, m.procedure.title, m.procedure.pictogram, c.Pick(m.procedure)) for m in found
        )

    @property
    def speaking(self) -> bool:
        """True while the voice is heard."""
        return self._speaker.speaking

    async def close(self) -> None:
        """End: silence, no job left, the journal closed."""
        for task in tuple(self._tasks):
            task.cancel()
        await self._desk.clear()
        self._speaker.hush()
        if self._journal is not None:
            await self._record((e.KioskStopped(),), self._clock.now().wall, "")
            await asyncio.get_running_loop().run_in_executor(self._scribe, self._journal.close)
        self._scribe.shutdown(wait=False)
        await asyncio.to_thread(self._speaker.close)

    # One command

    async def _apply(self, intent: c.Intent, origin: c.Origin) -> None:
        if isinstance(intent, c.Begin):
            intent = replace(intent, session=secrets.token_hex(16))
            self._greeted = True
        before = self._state
        if isinstance(intent, c.SetLanguage) and before.phase is Phase.WELCOME:
            self._state = replace(before, language=intent.language)
            self._show()
            return
        at = self._clock.now()
        events = decide(before, c.Command(intent, at, origin))
        after = before
        for event in events:
            after = evolve(after, event)
        if any(isinstance(event, e.SessionEnded) for event in events):
            # Blank first, write after: a wipe never waits for a disk.
            self._wipe(after)
            await self._record(events, at.wall, before.session)
            return
        await self._record(events, at.wall, before.session or after.session)
        self._state = after
        for event in events:
            if isinstance(event, e.WentBack) and before.phase is Phase.WALKING:
                self._desk.cancel()
                self._receipt_code = ""
            elif isinstance(event, e.PrintRequested):
                self._spawn(self._print(event.duplicate))
            elif isinstance(event, e.ProcedurePicked):
                self._spawn(self._prepare(sentences_of(event.content, after.language)))
            elif isinstance(event, e.StepShown) and self._nears_the_end():
                self._spawn(self._desk.warm())
        self._show()

    async def _record(self, events: Sequence[e.Event], at: datetime, session: str) -> None:
        """Keep ``events``; when the journal cannot, or is slow, the person goes on and is told so.

        One thread writes, in order. It is waited for, but a disk that hangs does not hold the screen.
        """
        if not events or self._journal is None:
            return
        loop = asyncio.get_running_loop()
        writing = loop.run_in_executor(self._scribe, self._journal.append, events, at, session)
        done, _ = await asyncio.wait({writing}, timeout=_JOURNAL_PATIENCE)
        self._journal_fails(not done or isinstance(writing.result(), JournalFault))
        if not done:
            writing.add_done_callback(lambda kept: self._journal_fails(isinstance(kept.result(), JournalFault)))

    def _journal_fails(self, failing: bool) -> None:
        if failing != self._around.journal_failing:
            self._around = replace(self._around, journal_failing=failing)

    def _nears_the_end(self) -> bool:
        procedure, here = self._state.procedure, self._state.here
        return procedure is not None and here is not None and remaining(procedure, here.step) <= _WARM_STEPS

    def _show(self) -> None:
        before, self.view = self.view, present(self._state, self._around)
        if self.view.key != before.key:
            notice = (
                (Said(self.view.notice, "notice"),) if self.view.notice and self.view.notice != before.notice else ()
            )
            self._say((*notice, *self.view.speech), private=_tells_of_answers(self.view))
        elif self.view.notice and self.view.notice != before.notice:
            self._say((Said(self.view.notice, "notice"),))
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener(self.view, self.comfort)

    # The voice

    def _manner(self) -> Manner:
        return Manner(self._state.language, self.comfort.rate, self.comfort.volume)

    def _say(self, sentences: Sequence[Said], *, private: bool = False) -> None:
        if self.comfort.voice:
            loop = asyncio.get_running_loop()

            def done(outcome: SpeechOutcome) -> None:
                # From the speaker's own thread; a loop that has ended has nothing left to be told.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(self._said, outcome)

            self._speaker.say(_utterances(sentences), self._manner(), done, private=private)

    def _said(self, outcome: SpeechOutcome) -> None:
        """Keep, once an outage, that the voice was not heard: the screen says everything all the same."""
        if outcome is SpeechOutcome.SPOKEN:
            self._voiceless = False
        elif outcome in (SpeechOutcome.NO_SOUND, SpeechOutcome.NO_VOICE) and not self._voiceless:
            self._voiceless = True
            failed = e.DeviceFailed("voice", outcome.value)
            self._spawn(self._record((failed,), self._clock.now().wall, ""))

    async def _prepare(self, sentences: Sequence[Said]) -> None:
        if self.comfort.voice:
            self._speaker.prepare(_utterances(sentences), self._manner())

    # The paper

    async def _print(self, duplicate: bool) -> None:
        road_map = road_map_of(self._state)
        session = self._state.session
        if road_map is None:
            return
        self._receipt_code = self._receipt_code or self._new_receipt_code()
        receipt = receipt_of(
            road_map,
            code=self._receipt_code,
            language=self._state.language,
            site=self._settings.site,
            today=self._state.today,
            duplicate=duplicate,
        )
        self._papers += 1
        paper = self._papers
        status = await self._desk.print(receipt)
        if self._state.session == session and paper == self._papers:
            await self.send(c.PrintSettled(status), c.Origin.TIMER)

    # Time

    async def _watch(self) -> None:
        """Ask "Êtes-vous là ?" when nothing was touched for long, and wipe when nobody answers."""
        while True:
            await asyncio.sleep(_TICK)
            now = self._clock.now().monotonic
            if self._speaker.speaking:
                self._active_at = max(self._active_at, now)
            await self._on_silence(now - self._active_at)

    async def _on_silence(self, seconds: float) -> None:
        times = self._settings.session
        state = self._state
        if state.phase is Phase.WELCOME:
            if seconds > times.idle_seconds and (self._greeted or self.comfort != Comfort()):
                self._forget()
        elif state.phase is not Phase.OVER:
            if state.overlay is Overlay.IDLE:
                if seconds > times.answer_seconds:
                    await self.send(c.TimeOut(), c.Origin.TIMER)
            elif seconds > (times.pause_minutes * 60 if state.overlay is Overlay.PAUSE else times.idle_seconds):
                self._active_at = self._clock.now().monotonic
                await self.send(c.WarnIdle(), c.Origin.TIMER)

    # The end

    def _wipe(self, ended: SessionState) -> None:
        """Nothing of the person is left: answers, voice, job, screen. Then the welcome screen comes back."""
        self._speaker.hush()
        waiting_for_paper = self._state.printing and ended.ending is e.Ending.DONE
        self._state = ended
        self._receipt_code = ""
        self._speaker.forget()
        self._show()
        self._spawn(self._farewell(waiting_for_paper))

    async def _farewell(self, waiting_for_paper: bool) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + _PAPER_WAIT
        while waiting_for_paper and self._desk.busy and loop.time() < until:
            await asyncio.sleep(_TICK)
        await self._desk.clear()
        await asyncio.sleep(self._settings.session.goodbye_seconds)
        until = loop.time() + _LAST_WORDS
        while self._speaker.speaking and loop.time() < until:
            await asyncio.sleep(_TICK)
        self._forget()

    def _forget(self) -> None:
        """The welcome screen as the next person finds it."""
        self._speaker.hush()
        self._speaker.forget()
        self._state = SessionState(language=self._settings.session.language)
        self.comfort = Comfort()
        self._greeted = False
        self.view = present(self._state, self._around)
        self._tell()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _tells_of_answers(view: StepView) -> bool:
    """True when what is read holds a day computed from what was typed: it must leave no sound behind."""
    return view.road_map is not None and bool(view.road_map.deadlines)


def _utterances(sentences: Sequence[Said]) -> tuple[Utterance, ...]:
    return tuple(Utterance(said.text, said.language) for said in sentences)
