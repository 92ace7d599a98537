# SPDX-License-Identifier: EUPL-1.2
"""The first screen, at once: the welcome stands while the rest of the kiosk is still being read from the disk.

Importing this is cheap. :class:`Opening` is the conversation until the real one has come, and passes everything on to
it afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from accessibility.comfort import Comfort
from assist.session.commands import Begin, SetLanguage
from kiosk.view import Found, Option, Said, StepView, ViewKind
from kiosk.words import ASKING_FOR, LANGUAGES, words_in

if TYPE_CHECKING:
    from accessibility.listening.protocol import Expected
    from assist.session.commands import Intent, Origin
    from kiosk.conversation import Conversation, EarWatcher, Hearer, Listener, Sayable, WordWatcher
    from kiosk.jobs import Trouble


def welcome_view(
    language: str = "fr", wait_minutes: int = 0, *, lab: bool = False, languages: Sequence[str] = tuple(LANGUAGES)
) -> StepView:
    """The welcome screen.

    ``wait_minutes`` is the wait for a mediator today, 0 when it is not announced; in the ``lab``, drafts are tried.
    ``languages`` are offered, each by its own name. All are while nobody knows which are written: were they to come
    afterwards, "Commencer" would shrink under a finger that is on its way, and a language would stand there.
    """
    w = words_in(language)
    wait = w.help_wait.format(minutes=wait_minutes) if wait_minutes else ""
    notice = w.lab if lab else wait
    start = Option("start", w.start, "next", Begin(session="", language=language), w.start_also)
    offered = (
        Option(f"language-{code}", LANGUAGES[code], "", SetLanguage(code), ASKING_FOR[code]) for code in languages
    )
    named = (Said(f"{LANGUAGES[code]}.", f"option:language-{code}", code) for code in languages)
    enumerated = ((f"sentence:{n}", text) for n, text in enumerate(w.greeting[1:]))
    return StepView(
        kind=ViewKind.WELCOME,
        key="welcome",
        heading=w.house_and_credit,
        heading_pictogram="walk",
        done=0,
        total=0,
        title=w.greeting[0],
        sentences=w.greeting[1:],
        options=(start, *offered),
        pictogram="goodbye",
        notice=notice,
        speech=(
            *(Said(text, about) for about, text in (("title", w.greeting[0]), *enumerated, ("notice", notice)) if text),
            *named,
        ),
        language=language,
        languages=tuple(languages),
    )


class Opening:
    """A door to the dialogue. What is pressed before it has come waits; what is set is passed on."""

    def __init__(self, view: StepView, load: Callable[[], Conversation]) -> None:
        self._view = view
        self._comfort = Comfort()
        self._load = load
        self._dialogue: Conversation | None = None
        self._come = asyncio.Event()
        self._listeners: list[Listener] = []
        self._touched = False
        self._hear: tuple[Sequence[Sayable], Expected, Hearer] | None = None
        self._trouble: Trouble | None = None
        self._ear_watchers: list[EarWatcher] = []
        self._word_watchers: list[WordWatcher] = []

    @property
    def view(self) -> StepView:
        """What the person meets."""
        return self._dialogue.view if self._dialogue else self._view

    @property
    def comfort(self) -> Comfort:
        """The person's settings."""
        return self._dialogue.comfort if self._dialogue else self._comfort

    @property
    def speaking(self) -> bool:
        """True while the voice is heard."""
        return self._dialogue is not None and self._dialogue.speaking

    def subscribe(self, listener: Listener) -> None:
        """See :meth:`kiosk.conversation.Conversation.subscribe`."""
        if self._dialogue:
            self._dialogue.subscribe(listener)
        else:
            self._listeners.append(listener)

    def watch_trouble(self, trouble: Trouble) -> None:
        """See :meth:`kiosk.conversation.Conversation.watch_trouble`."""
        self._trouble = trouble
        if self._dialogue:
            self._dialogue.watch_trouble(trouble)

    async def start(self) -> None:
        """Bring the dialogue in, give it what it missed, and start it."""
        dialogue = await asyncio.to_thread(self._load)
        for listener in self._listeners:
            dialogue.subscribe(listener)
        if self._trouble is not None:
            dialogue.watch_trouble(self._trouble)
        for ear_watcher in self._ear_watchers:
            dialogue.watch_ear(ear_watcher)
        for word_watcher in self._word_watchers:
            dialogue.watch_words(word_watcher)
        if self._hear is not None:
            dialogue.hear(*self._hear)
        self._dialogue = dialogue
        if self._touched:
            dialogue.touched()
        if self._comfort != Comfort():
            headphones = self._comfort.headphones or dialogue.comfort.headphones
            dialogue.set_comfort(replace(self._comfort, headphones=headphones))
        self._come.set()
        await dialogue.start()

    async def send(self, intent: Intent, origin: Origin) -> None:
        """See :meth:`kiosk.conversation.Conversation.send`."""
        await (await self._real()).send(intent, origin)

    async def search(self, text: str, *, heard: tuple[str, ...] | None = None) -> Found:
        """See :meth:`kiosk.conversation.Conversation.search`."""
        return await (await self._real()).search(text, heard=heard)

    def touched(self) -> bool:
        """See :meth:`kiosk.conversation.Conversation.touched`."""
        if self._dialogue:
            return self._dialogue.touched()
        first, self._touched = not self._touched, True
        return first

    def read(self, sentences: Sequence[Said]) -> None:
        """See :meth:`kiosk.conversation.Conversation.read`."""
        if self._dialogue:
            self._dialogue.read(sentences)

    def tell(self, *sentences: Said) -> None:
        """See :meth:`kiosk.conversation.Conversation.tell`."""
        if self._dialogue:
            self._dialogue.tell(*sentences)

    def hear(self, sayables: Sequence[Sayable], expected: Expected, hearer: Hearer) -> None:
        """See :meth:`kiosk.conversation.Conversation.hear`."""
        self._hear = (sayables, expected, hearer)
        if self._dialogue:
            self._dialogue.hear(sayables, expected, hearer)

    def request_answered(self, *, found: bool) -> None:
        """See :meth:`kiosk.conversation.Conversation.request_answered`."""
        if self._dialogue:
            self._dialogue.request_answered(found=found)

    def watch_ear(self, watcher: EarWatcher) -> None:
        """See :meth:`kiosk.conversation.Conversation.watch_ear`."""
        self._ear_watchers.append(watcher)
        if self._dialogue:
            self._dialogue.watch_ear(watcher)

    def watch_words(self, watcher: WordWatcher) -> None:
        """See :meth:`kiosk.conversation.Conversation.watch_words`."""
        self._word_watchers.append(watcher)
        if self._dialogue:
            self._dialogue.watch_words(watcher)

    def set_comfort(self, comfort: Comfort) -> None:
        """See :meth:`kiosk.conversation.Conversation.set_comfort`."""
        if self._dialogue:
            self._dialogue.set_comfort(comfort)
            return
        self._comfort = comfort
        for listener in self._listeners:
            listener(self._view, comfort)

    async def close(self) -> None:
        """See :meth:`kiosk.conversation.Conversation.close`."""
        if self._dialogue:
            await self._dialogue.close()

    async def _real(self) -> Conversation:
        await self._come.wait()
        assert self._dialogue is not None
        return self._dialogue
