# SPDX-License-Identifier: EUPL-1.2
"""Words above, targets below; what does not fit flows to a next page with a large "Suite". Pure functions.

Nothing is cut: a page takes fewer sentences or fewer targets until each has its room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.layout import Box, Cell, Size, grid, wrap
from kiosk.screens.items import Button, Code, Item, Line, Page, Picture, Target, Tone, TurnPage, Words
from kiosk.screens.prompts import Prompt, Room, code_size, lines_of, target, title_lines
from kiosk.screens.sharing import Sheet, pictured, shared_out, whole
from kiosk.words import Words as Texts

_WIDE_COLUMN = 40
PICTURE_SHARE = 0.3
"""The most of the width that a picture beside the words takes."""


def lay_out(prompt: Prompt, buttons: Sequence[Button], room: Room) -> tuple[Page, ...]:
    """The pages of a view: all on one when it fits, else words first, then targets."""
    for beside in _beside(prompt, room):
        page = _one_page(prompt, buttons, room, beside)
        if page is not None:
            return (page,)
    if prompt.url and (page := _code_column(prompt, buttons, room)) is not None:
        return (page,)
    return _many_pages(prompt, buttons, room)


def words_first(prompt: Prompt, room: Room) -> tuple[Page, ...]:
    """The words alone, with "Suite", before pages that have no room for them."""
    return lay_out(prompt, [Button("next-page", room.words.next, TurnPage(1), tone=Tone.MAIN)], room)


# All on one page


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the words: a picture at the left or a QR code at the right, or nothing."""

    picture: Size | None = None
    code: Size | None = None

    @property
    def width(self) -> int:
        return sum(size.width + 3 for size in (self.picture, self.code) if size)

    @property
    def height(self) -> int:
        return max((size.height for size in (self.picture, self.code) if size), default=0)


def _beside(prompt: Prompt, room: Room) -> list[_Beside]:
    """From the most generous to nothing at all."""
    tries: list[_Beside] = []
    code = code_size(prompt.url) if prompt.url else None
    sizes = range(14 if room.glass.rows < 44 else 18, 3, -2) if prompt.pictogram and room.pictures else range(0)
    pictures = [Size(round(rows * room.glass.square), rows) for rows in sizes]
    pictures = [size for size in pictures if size.width <= room.area.width * PICTURE_SHARE]
    if code and code.width + 3 <= room.area.width * 0.55:
        tries += [_Beside(picture, code) for picture in pictures if picture.width + code.width < room.area.width * 0.6]
        tries.append(_Beside(None, code))
    if not code:
        tries += [_Beside(picture) for picture in pictures]
        tries.append(_Beside())
    return tries


def _one_page(prompt: Prompt, buttons: Sequence[Button], room: Room, beside: _Beside) -> Page | None:
    if len(buttons) > room.density.cards:
        return None
    area = room.area
    lines = lines_of(prompt, area.width - beside.width, room)
    top = max(len(lines), beside.height)
    rest = area.height - top - (1 if buttons else 0)
    if rest < 0:
        return None
    zone = Box(area.x, area.bottom - rest, area.width, rest)
    cells = grid([button.text for button in buttons], zone, room.glass, pictured=pictured(buttons, room))
    if buttons and (not cells or not all(cell.whole_words for cell in cells)):
        return None
    least = 3 if room.pictures and pictured(buttons, room) and room.glass.rows >= 24 else 0
    if least and beside.height > len(lines) and not any(cell.picture for cell in cells):
        return None  # A smaller picture beside the words leaves pictures on the cards.
    targets = tuple(target(button, cell) for button, cell in zip(buttons, cells, strict=True))
    first = min((cell.box.y for cell in cells), default=area.bottom)
    return (*_words(lines, prompt, room, beside, first), *targets)


def _words(lines: Sequence[Line], prompt: Prompt, room: Room, beside: _Beside, bottom: int) -> list[Item]:
    """The words and what stands beside them, in the middle of the height left above ``bottom``."""
    area = room.area
    height = max(len(lines), beside.height)
    free = max(0, bottom - 1 - area.y - height)
    top = area.y + min(free // 3, 3)
    items: list[Item] = []
    x = area.x
    if beside.picture:
        items.append(Picture(Box(x, top, beside.picture.width, beside.picture.height), prompt.pictogram))
        x += beside.picture.width + 3
    y = top + max(0, (height - len(lines)) // 2) if beside.picture else top
    items.append(Words(Box(x, y, area.width - beside.width, len(lines)), tuple(lines)))
    if beside.code:
        box = Box(area.right - beside.code.width, top, beside.code.width, beside.code.height)
        items.append(Code(box, prompt.url))
    return items


def _code_column(prompt: Prompt, buttons: Sequence[Button], room: Room) -> Page | None:
    """The QR code in a column of its own, as high as the view; words and targets beside it."""
    size, area = code_size(prompt.url), room.area
    left = area.width - size.width - 3
    if size.height > area.height or left < area.width * 0.4:
        return None
    pictogram = prompt.pictogram if left >= _WIDE_COLUMN else ""
    pages = lay_out(
        replace(prompt, url="", pictogram=pictogram), buttons, replace(room, area=replace(area, width=left))
    )
    if len(pages) != 1:
        return None
    box = Box(area.right - size.width, area.y + (area.height - size.height) // 2, size.width, size.height)
    return (*pages[0], Code(box, prompt.url))


# On several pages


def _many_pages(prompt: Prompt, buttons: Sequence[Button], room: Room) -> tuple[Page, ...]:
    """With an empty line below the title, where that costs neither a page nor a picture."""
    tight, airy = (_flowing(prompt, buttons, room, air) for air in ((), (Line(""),)))
    return airy if len(airy) <= len(tight) and _pictures(airy) >= _pictures(tight) else tight


def _pictures(pages: Sequence[Page]) -> int:
    return sum(isinstance(item, Target) and item.picture is not None for page in pages for item in page)


def _flowing(prompt: Prompt, buttons: Sequence[Button], room: Room, air: Sequence[Line]) -> tuple[Page, ...]:
    area = room.area
    title = title_lines(prompt.title, area.width, room)
    rest = lines_of(replace(prompt, title=""), area.width, room)
    turn_rows = max(room.glass.target.height, 3 if room.glass.roomy else 2)
    text_rows = area.height - turn_rows - 1
    head = title if len(title) + 2 < text_rows else []
    top = [*head, *air] if head else []
    chunks = _chunks(rest if head else [*title, *air, *rest], text_rows - len(top))
    pages: list[list[Item]] = []
    for chunk in chunks:
        lines = (*top, *chunk)
        pages.append([Words(Box(area.x, area.y, area.width, len(lines)), lines)])
    pages.extend(_code_page(prompt, room, turn_rows))
    words = len(top) + len(chunks[-1]) if chunks else len(head)
    sheet = Sheet(room, len(head), words, turn_rows)
    pages = _with_targets(pages, buttons, head, sheet, below=len(pages) == len(chunks) > 0)
    return tuple(_numbered(page, i, len(pages), room, turn_rows) for i, page in enumerate(pages))


def _chunks(lines: Sequence[Line], rows: int) -> list[list[Line]]:
    """Cut ``lines`` into pages of ``rows``; an empty line never starts a page."""
    chunks: list[list[Line]] = []
    for line in lines:
        if not chunks or len(chunks[-1]) >= max(rows, 1):
            chunks.append([])
        if line.text or chunks[-1]:
            chunks[-1].append(line)
    return [chunk for chunk in chunks if chunk]


def _code_page(prompt: Prompt, room: Room, turn_rows: int) -> list[list[Item]]:
    """The QR code alone on a page, where it fits; elsewhere its address in letters has already been said."""
    if not prompt.url:
        return []
    size, area = code_size(prompt.url), room.area
    rows = area.height - turn_rows - 1
    if size.height > rows or size.width > area.width:
        return []
    return [[Code(Box(area.x + (area.width - size.width) // 2, area.y, size.width, size.height), prompt.url)]]


def _with_targets(
    pages: list[list[Item]], buttons: Sequence[Button], head: Sequence[Line], sheet: Sheet, *, below: bool
) -> list[list[Item]]:
    """Put each group of targets below the title, the first one ``below`` the last words when there is room."""
    area, groups = sheet.room.area, shared_out(buttons, sheet)
    for number, group in enumerate(groups, 1):
        last = number == len(groups)
        cells = sheet.cells(group, sheet.words, last=last) if number == 1 and below else ()
        if whole(cells):
            pages[-1].extend(target(b, c) for b, c in zip(group, cells, strict=True))
            continue
        words: list[Item] = [Words(Box(area.x, area.y, area.width, len(head)), tuple(head))] if head else []
        cells = sheet.cells(group, sheet.title, last=last) or _squeezed(group, sheet.zone(sheet.title, last=last))
        pages.append([*words, *(target(b, c) for b, c in zip(group, cells, strict=True))])
    return pages


def _squeezed(group: Sequence[Button], zone: Box) -> tuple[Cell, ...]:
    """A screen too small for its own finger targets (``layout.fits`` says so): all the room there is, shared."""
    width = max(1, zone.width // len(group) - 1)
    lines = [wrap(b.text, max(1, width - 2)) for b in group]
    return tuple(
        Cell(Box(zone.x + i * (width + 1), zone.y, width, max(zone.height, len(label))), label, None, False)
        for i, label in enumerate(lines)
    )


def _numbered(page: list[Item], i: int, count: int, room: Room, turn_rows: int) -> Page:
    """The page with "Suite" at its bottom, unless it is the last."""
    area = room.area
    if i == count - 1:
        return tuple(page)
    width = min(area.width, max(28, room.glass.target.width))
    box = Box(area.right - width, area.bottom - turn_rows, width, turn_rows)
    label = next_label(room.words, i + 1, count)
    button = Button("next-page", label, TurnPage(1), tone=Tone.MAIN)
    return (*page, Target(box, button, wrap(label, width - 2), None, bordered=turn_rows >= 3))


def next_label(words: Texts, page: int, count: int) -> str:
    """What turns to the next page, and where one is: "Suite  (1 sur 3)"."""
    return f"{words.next}\u00a0\u00a0({words.page_of.format(page=page, count=count)})"
