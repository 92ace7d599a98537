# SPDX-License-Identifier: EUPL-1.2
"""What stands behind a line: a procedure step by step, or one session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from assist.server.starting import CannotServe
from kiosk.review.reader import Reader
from kiosk.review.sentences import Sentences
from kiosk.review.table import SheetView
from kiosk.review.view import Sheet

if TYPE_CHECKING:
    from assist.server.review.source import Transaction

    Question = Callable[[Transaction], Sheet]


class OpenedScreen(Screen[None]):
    """One sheet, whose question is put again when the period changes. ``tell`` says what is wrong, and closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace", "back", "Retour", key_display="Échap")]

    def __init__(self, reader: Reader, question: Question, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._reader, self._question, self._tell = reader, question, tell

    def compose(self) -> ComposeResult:
        yield Sentences("Lecture…", classes="title")
        yield SheetView()
        yield Footer(show_command_palette=False, compact=True)

    async def on_mount(self) -> None:
        self.run_worker(self._begin())

    async def _begin(self) -> None:
        try:
            await self.read()
        except CannotServe as fault:
            self._tell(f"{fault}")

    async def read(self) -> None:
        """Put the question. Raises CannotServe."""
        sheet = await self._reader.ask(self._question)
        self.query_one(".title", Sentences).update(sheet.title)
        view = self.query_one(SheetView)
        view.show(sheet)
        view.lines.focus()

    def action_back(self) -> None:
        """Go back to where the line stands."""
        self.dismiss()
