# SPDX-License-Identifier: EUPL-1.2
"""A table of the review: what is said of it, its lines, and more of the line that is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import DataTable

from kiosk.review.sentences import Sentences
from kiosk.review.view import Line, Sheet


class Lines(DataTable[Text]):
    """The lines. Enter opens what stands behind one, where anything does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Ouvrir", key_display="Entrée"),
        Binding("n", "more", "Plus anciens"),
    ]

    opens = more = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "select_cursor":
            return self.opens
        return self.more if action == "more" else True

    def add_wide(self, cells: Sequence[Text]) -> None:
        """Add a row, for which columns become as wide as it needs.

        The table would measure it once idle, and keep what it painted before, cut (Textual issue 4470).
        """
        for column, cell in zip(self.ordered_columns, cells, strict=True):
            column.width = max(column.width, cell.cell_len)
        self.add_row(*cells)

    def action_more(self) -> None:
        """Ask for the next page."""
        self.post_message(SheetView.More(self))


class SheetView(Vertical):
    """One sheet. Its detail follows the pointer."""

    class Opened(Message):
        """A line was opened."""

        def __init__(self, view: SheetView, line: Line) -> None:
            super().__init__()
            self.view, self.line = view, line

    class More(Message):
        """The next page is wanted."""

        def __init__(self, lines: Lines) -> None:
            super().__init__()
            self.lines = lines

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Line, ...] = ()
        self.sheet: Sheet | None = None

    def compose(self) -> ComposeResult:
        yield Sentences(classes="said")
        yield Lines(cursor_type="row", zebra_stripes=True)
        yield Sentences(classes="detail")

    @property
    def lines(self) -> Lines:
        """The table itself: it takes the keys."""
        return self.query_one(Lines)

    def show(self, sheet: Sheet) -> None:
        """Show this sheet; the pointer stays at its line when the same columns are shown again."""
        table = self.lines
        place = table.cursor_row if self.sheet is not None and self.sheet.columns == sheet.columns else 0
        self.sheet, self._shown = sheet, ()
        said = sheet.said if sheet.lines else (*sheet.said, sheet.empty)
        above = self.query_one(".said", Sentences)
        above.update("\n".join(said))
        above.set_class(not said, "nothing")
        table.clear(columns=True)
        table.display = bool(sheet.lines)
        drawn = any(line.bar for line in sheet.lines)
        for number, name in enumerate(sheet.columns):
            label = Text(name, justify="right" if number in sheet.numbers else "left")
            table.add_column(label, width=label.cell_len)
            if number == 0 and drawn:
                table.add_column("", width=0)
        self._add(sheet)
        table.move_cursor(row=min(place, max(0, len(sheet.lines) - 1)))
        self._tell(table.cursor_row)

    def add(self, sheet: Sheet) -> None:
        """Show the next page of the list after what is shown."""
        self._add(sheet)

    def _add(self, sheet: Sheet) -> None:
        table = self.lines
        self._shown += sheet.lines
        drawn = len(table.ordered_columns) > len(sheet.columns)
        for line in sheet.lines:
            cells = [
                Text(cell, justify="right" if number in sheet.numbers else "left")
                for number, cell in enumerate(line.cells)
            ]
            if drawn:
                cells.insert(1, Text(line.bar))
            table.add_wide(cells)
        table.opens = any(line.opens for line in self._shown)
        table.more = bool(sheet.more)
        self.sheet = sheet
        self.refresh_bindings()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        self._tell(event.cursor_row)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        if event.cursor_row < len(self._shown):
            self.post_message(self.Opened(self, self._shown[event.cursor_row]))

    def _tell(self, row: int) -> None:
        detail = self.query_one(".detail", Sentences)
        lines = self._shown[row].detail if 0 <= row < len(self._shown) else ()
        detail.update("\n".join(lines))
        detail.display = any(line.detail for line in self._shown)
