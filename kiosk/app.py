# SPDX-License-Identifier: EUPL-1.2
"""The app the public touches: one screen, four themes, no way out but the technician's."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.screen import Screen

from accessibility.comfort import Comfort, Contrast, TextSize
from assist.session.commands import EraseAll, Origin
from kiosk.config import Settings
from kiosk.layout import fits
from kiosk.screens.cast import rehearse
from kiosk.screens.frame import URGENT, Frame
from kiosk.screens.frame_painting import same_moment
from kiosk.screens.items import Density, density
from kiosk.themes.palettes import PALETTES, Palette, theme, variables
from kiosk.view import Found, StepView
from kiosk.widgets.kiosk_driver import KioskDriver
from kiosk.widgets.pictogram import Pictures
from kiosk.widgets.terminal import drawing_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from assist.session.commands import Intent
    from kiosk.conversation import Conversation

TROUBLE_EXIT = 70
"""What :attr:`KioskApp.return_code` says after trouble: start a fresh app (EX_SOFTWARE, sysexits.h)."""
TROUBLE_SECONDS = 8.0
"""How long the words of trouble stay."""
DISPLAY_VARIABLE = "PAS_A_PAS_DISPLAY"
"""Set to "page" by the touch page, which changes its letters by itself."""
TEXT_SIZE_OSC = "\x1b]7771;size={}\x07"
"""The private sequence that the touch page obeys; other terminals ignore it."""

_CLEAN = "\x1b[0m\x1b[2J\x1b[H"
"""Nothing of the last screen stays in the terminal's other page."""

__all__ = ["TROUBLE_EXIT", "KioskApp", "fits"]


class KioskApp(App[None], inherit_bindings=False):
    """Shows what the dialogue says, tells it what is pressed.

    Args:
        dialogue: The conversation; started when the first screen is painted, never before.
        settings: The kiosk's settings.
        trouble_seconds: How long the words of trouble stay before the app ends with :data:`TROUBLE_EXIT`.
    """

    CSS_PATH: ClassVar = [Path(__file__).parent / "screens" / name for name in ("frame.tcss",)]
    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    INLINE_PADDING = 0
    TITLE = "Pas à pas"

    def __init__(self, dialogue: Conversation, settings: Settings, *, trouble_seconds: float = TROUBLE_SECONDS) -> None:
        gc.disable()  # Until the first words are painted: everything made so far stays anyway.
        self.dialogue = dialogue
        self.settings = settings
        self.pictures = Pictures(drawing_for(settings.screen.pictograms))
        for measure in ("COLUMNS", "LINES"):  # They would stand for the terminal's own size, for ever.
            os.environ.pop(measure, None)
        self._trouble_seconds = trouble_seconds
        self._sized_by_display = os.environ.get(DISPLAY_VARIABLE) == "page"
        self._text_size: TextSize | None = None
        self._sending: asyncio.Task[None] | None = None
        self._searching: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[None] | None = None
        self.trouble: Exception | None = None
        super().__init__(driver_class=KioskDriver if sys.platform != "win32" else None)
        for contrast in Contrast:
            self.register_theme(theme(contrast))
        self.theme = Contrast.DAY.value

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables(PALETTES[Contrast.DAY])

    def get_default_screen(self) -> Screen[Any]:
        return Frame()

    @property
    def frame(self) -> Frame:
        """The one screen."""
        screen = self.screen_stack[0]
        assert isinstance(screen, Frame)
        return screen

    @property
    def palette(self) -> Palette:
        """The colours in force."""
        return PALETTES[self.dialogue.comfort.contrast]

    @property
    def density(self) -> Density:
        """How full a screen may be, by the person's text size."""
        return density(self.dialogue.comfort.text_size, sized_by_display=self._sized_by_display)

    # From the dialogue to the screen

    async def on_mount(self) -> None:
        self._wear(self.dialogue.comfort)
        self.dialogue.subscribe(self._changed)
        self.dialogue.watch_trouble(self._handle_exception)
        self._main_loop = asyncio.get_running_loop()
        self._main_loop.set_exception_handler(self._broken)
        self._threads_broke, threading.excepthook = threading.excepthook, self._thread_broken
        with suppress(NotImplementedError, RuntimeError):
            self._main_loop.add_signal_handler(signal.SIGTERM, self.exit)
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        gc.freeze()
        gc.enable()
        self.pictures.begin()
        self.call_later(rehearse)
        self.call_later(self.frame.begin_hearing)
        self._starting = self._watched(self.dialogue.start())

    def _changed(self, view: StepView, comfort: Comfort) -> None:
        self.call_next(self._show, view, comfort)

    async def _show(self, view: StepView, comfort: Comfort) -> None:
        if not self.is_running or self.trouble is not None:
            return
        with self.batch_update():
            self._wear(comfort)
            await self.frame.paint(view)

    def _wear(self, comfort: Comfort) -> None:
        if self.theme != comfort.contrast.value:
            self.theme = comfort.contrast.value
        if self._text_size is not comfort.text_size:
            self._text_size = comfort.text_size
            self._write(TEXT_SIZE_OSC.format(list(TextSize).index(comfort.text_size)))

    def _write(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    # From the screen to the dialogue

    def send(self, intent: Intent, origin: Origin) -> bool:
        """Send an intent; while one is under way, or its view not yet painted, the next touch is not taken: it meant
        the former screen. What erases is always taken. False when it is not taken."""
        under_way = self._sending is not None and not self._sending.done()
        if not isinstance(intent, URGENT) and (under_way or not same_moment(self.frame.view, self.dialogue.view)):
            return False
        self._sending = self._watched(self.dialogue.send(intent, origin))
        return True

    def search(self, text: str, found: Callable[[Found], None], *, heard: tuple[str, ...] | None = None) -> None:
        """Look for procedures; a newer search takes the place of the one under way."""
        if self._searching is not None:
            self._searching.cancel()

        async def look() -> None:
            self.frame.call_next(found, await self.dialogue.search(text, heard=heard))

        self._searching = self._watched(look())

    def _watched(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._handle_exception(error)

    # Trouble

    def _broken(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What broke in a call-back, or in a task that nobody waits for; asyncio would print it with its values."""
        if isinstance(error := context.get("exception"), Exception):
            self._handle_exception(error)

    def _thread_broken(self, what: threading.ExceptHookArgs) -> None:
        """What broke in a thread: of the voice, perhaps, which would stay mute; Python would print it on the screen."""
        if isinstance(error := what.exc_value, Exception):
            with suppress(RuntimeError):  # The loop has ended, and the app with it.
                self._main_loop.call_soon_threadsafe(self._handle_exception, error)

    def _handle_exception(self, error: Exception) -> None:
        """A bug: plain words on the screen, everything wiped, and the app ends for a fresh one to start.

        The terminal toolkit calls this for anything unhandled; it would print a traceback with the values of
        variables, that is, what the person typed.
        """
        if self.trouble is not None:
            return
        self.trouble = error
        self._exception = error
        self._exception_event.set()
        self._return_code = TROUBLE_EXIT
        loop = asyncio.get_running_loop()
        loop.call_soon(self._paint_trouble)
        self._wiping = asyncio.ensure_future(self._erase())
        loop.call_later(0 if self.is_headless else self._trouble_seconds, self._close_messages_no_wait)

    def _paint_trouble(self) -> None:
        from kiosk.screens.trouble import painting

        palette = PALETTES[self.dialogue.comfort.contrast]
        language = self.dialogue.view.language
        self._write(painting(self.settings.help, palette, self.size.width, self.size.height, language))
        if self._driver is not None:
            self._driver.flush()
        self._begin_batch()  # Nothing is painted over these words.

    async def _erase(self) -> None:
        with suppress(Exception):  # The dialogue itself may be what is broken; the process ends anyway.
            await self.dialogue.send(EraseAll(), Origin.TIMER)

    # The end

    async def on_unmount(self) -> None:
        self.pictures.close()
        self._write(TEXT_SIZE_OSC.format(0) + _CLEAN)
        for task in (self._searching, self._sending, self._starting):
            if task is not None and not task.done():
                task.cancel()
        await self.dialogue.close()
        threading.excepthook = self._threads_broke

    async def action_quit(self) -> None:
        """No key leads here; a technician sends SIGTERM."""

    def action_suspend_process(self) -> None:
        """No key stops the kiosk."""

    def action_help_quit(self) -> None:
        """No key leads out."""
