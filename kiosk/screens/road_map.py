# SPDX-License-Identifier: EUPL-1.2
"""The road map: rows with pictures, in two columns where they are wide enough, then what to do with it.

What the paper says besides stands behind "Plus de détails": one part of it on a page, short enough to be listened to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assist.session import commands as c
from kiosk.layout import Box, Glass, grid, wrap
from kiosk.screens.items import (
    Button,
    Item,
    Line,
    Local,
    OpenDetails,
    Page,
    Picture,
    Role,
    Target,
    Tone,
    TurnPage,
    Words,
)
from kiosk.screens.paging import next_label, words_first
from kiosk.screens.prompts import Prompt, Room, target, title_lines
from kiosk.screens.scene import Scene, Stage, choices
from kiosk.view import Row, Said, StepView

BULLET = "• "
_TWO_COLUMNS = 74
_PICTURE_ROWS = 3
_COLUMN_GAP = 3
_LEAST_ROWS = 6
_MOST_DETAILS = 8
"""Lines of details on a page: few enough to be listened to, and to be passed over by "Suite"."""
_LAST = 1_000_000
"""Whatever the last page is: where the answers are."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A row of the road map, or a part of one, cut to a column."""

    pictogram: str
    lines: tuple[Line, ...]

    def height(self, pictures: bool) -> int:
        return max(len(self.lines), _PICTURE_ROWS if pictures and self.pictogram else 0)


class RoadMapScene(Scene):
    """What to do, to bring, where and when, before what day."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._detailed = False

    def do(self, action: Local) -> bool:
        if isinstance(action, OpenDetails):
            self._detailed, self.page = action.open, 0 if action.open else _LAST
            return True
        return super().do(action)

    def back(self) -> bool:
        return super().back() or (self._detailed and self.do(OpenDetails(open=False)))

    @property
    def inside(self) -> bool:
        return super().inside or self._detailed

    @property
    def aside(self) -> bool:
        return self._detailed

    def read(self, said: tuple[Said, ...]) -> tuple[Said, ...]:
        """The title of the details is said once."""
        return tuple(one for one in said if one.about != "title") if self._detailed and self.page else said

    def pages(self, room: Room) -> tuple[Page, ...]:
        if self._detailed:
            return self._detail_pages(room)
        pages, columns = self._pages(room, 1), 1
        if room.area.width >= _TWO_COLUMNS and len(two := self._pages(room, 2)) <= len(pages):
            pages, columns = two, 2
        airy = self._pages(room, columns, air=True)
        return airy if [len(page) for page in airy] == [len(page) for page in pages] else pages

    def _pages(self, room: Room, columns: int, *, air: bool = False) -> tuple[Page, ...]:
        view, area = self.stage.view, room.area
        head = _head(view, room, air=air)
        width = (area.width - _COLUMN_GAP * (columns - 1)) // columns
        buttons = self._buttons(room)
        bottom = _bottom_rows(buttons, room)
        first = area.height - len(head) - bottom - 2
        before: tuple[Page, ...] = ()
        if first < _LEAST_ROWS:  # The words leave no room for a row: they come first, the rows alone after.
            before = words_first(Prompt(view.title, view.sentences), room)
            head, first = [], area.height - bottom - 1
        blocks = [block for row in view.rows for block in _blocks(row, width, first, room)]
        pages = _flow(blocks, columns, first, room)
        return (*before, *_pages_of(pages, head, width, buttons, room))

    def _detail_pages(self, room: Room) -> tuple[Page, ...]:
        """One part of the paper on a page, or a piece of one."""
        area, buttons = room.area, self._buttons(room)
        head = title_lines(room.words.details, area.width, room)
        bottom = _bottom_rows(buttons, room)
        free = area.height - len(head) - bottom - 2
        if free < _LEAST_ROWS:
            head, free = [], area.height - bottom - 1
        most = min(free, _MOST_DETAILS)
        blocks = (block for row in self.stage.view.details for block in _blocks(row, area.width, most, room))
        return _pages_of([[[block]] for block in blocks], head, area.width, buttons, room)

    def _buttons(self, room: Room) -> list[Button]:
        """The answers; then the way to the details, or, there, the way back. There, "Écouter encore" is about them."""
        view, w = self.stage.view, room.words
        buttons = choices(view.options)
        if not view.details:
            return buttons
        number = len(buttons) + 1
        if not self._detailed:
            return [*buttons, Button("details", w.details_more, OpenDetails(), "information", number)]
        again = [replace(b, action=OpenDetails()) if isinstance(b.action, c.Repeat) else b for b in buttons]
        return [*again, Button("details", w.details_less, OpenDetails(open=False), "back", number)]


def _pages_of(
    pages: list[list[list[_Block]]], head: list[Line], width: int, buttons: list[Button], room: Room
) -> tuple[Page, ...]:
    """Columns of blocks below the title, and what to press: "Suite" on all pages but the last."""
    area, made = room.area, list[Page]()
    for i, page in enumerate(pages):
        items: list[Item] = [Words(Box(area.x, area.y, area.width, len(head)), tuple(head))] if head else []
        x = area.x
        for column in page:
            y = area.y + (len(head) + 1 if head else 0)
            for block in column:
                items.extend(_painted(block, x, y, width, room))
                y += block.height(room.pictures) + 1
            x += width + _COLUMN_GAP
        turn = Button("next-page", next_label(room.words, i + 1, len(pages)), TurnPage(1), tone=Tone.MAIN)
        items.extend(_targets([turn] if i < len(pages) - 1 else buttons, room))
        made.append(tuple(items))
    return tuple(made)


def _head(view: StepView, room: Room, *, air: bool) -> list[Line]:
    lines = title_lines(view.title, room.area.width, room)
    if air:
        lines.append(Line(""))
    if room.area.height >= 15:
        said = " ".join(view.sentences)
        about = "sentence:0" if len(view.sentences) == 1 else ""
        lines += [Line(text, Role.TEXT, about) for text in wrap(said, room.area.width)]
    else:
        lines += [
            Line(text, Role.TEXT, f"sentence:{n}")
            for n, sentence in enumerate(view.sentences)
            for text in wrap(sentence, room.area.width)
        ]
    return lines


def _bottom_rows(buttons: list[Button], room: Room) -> int:
    zone = Box(room.area.x, room.area.y, room.area.width, _most_rows(room.glass))
    cells = grid([b.text for b in buttons], zone, room.glass, pictured=False)
    return max((cell.box.bottom for cell in cells), default=zone.y) - min(
        (cell.box.y for cell in cells), default=zone.y
    )


def _most_rows(glass: Glass) -> int:
    return max(3, glass.target.height)


def _targets(buttons: list[Button], room: Room) -> list[Target]:
    area = room.area
    rows = _most_rows(room.glass)
    zone = Box(area.x, area.bottom - rows, area.width, rows)
    cells = grid([b.text for b in buttons], zone, room.glass, pictured=False)
    return [target(button, cell) for button, cell in zip(buttons, cells, strict=True)]


def _text_width(width: int, room: Room) -> int:
    return width - (round(_PICTURE_ROWS * room.glass.square) + 2 if room.pictures else 0)


def _blocks(row: Row, width: int, most: int, room: Room) -> list[_Block]:
    """The row, cut between its sentences into parts of at most ``most`` lines; each part says its title again."""
    inner = _text_width(width, room)
    title = tuple(Line(text, Role.STRONG, f"row:{row.id}") for text in wrap(row.title, inner))
    again = tuple(Line(text, Role.STRONG) for text in wrap(row.title + room.words.continued, inner))
    parts: list[list[Line]] = [list(title)]
    for n, sentence in enumerate(row.lines):
        about = f"row:{row.id}:{n}"
        lines = [
            Line((BULLET if i == 0 else "  ") + text, about=about)
            for i, text in enumerate(wrap(sentence, inner - len(BULLET)))
        ]
        if len(parts[-1]) + len(lines) > most and len(parts[-1]) > len(again):
            parts.append(list(again))
        for line in lines:  # A sentence longer than a page goes on over the next.
            if len(parts[-1]) >= max(most, len(again) + 1):
                parts.append(list(again))
            parts[-1].append(line)
    return [_Block(row.pictogram, tuple(part)) for part in parts]


def _flow(blocks: list[_Block], columns: int, height: int, room: Room) -> list[list[list[_Block]]]:
    """Pages of columns of blocks, each column ``height`` lines high and filled before the next."""
    filled: list[list[_Block]] = [[]]
    left = height
    for block in blocks:
        needed = block.height(room.pictures)
        if filled[-1] and needed > left:
            filled.append([])
            left = height
        filled[-1].append(block)
        left -= needed + 1
    return [filled[i : i + columns] for i in range(0, len(filled), columns)]


def _painted(block: _Block, x: int, y: int, width: int, room: Room) -> list[Item]:
    items: list[Item] = []
    text_x = x
    if room.pictures:
        picture = round(_PICTURE_ROWS * room.glass.square)
        items.append(Picture(Box(x, y, picture, _PICTURE_ROWS), block.pictogram))
        text_x += picture + 2
    items.append(Words(Box(text_x, y, x + width - text_x, len(block.lines)), block.lines))
    return items
