# SPDX-License-Identifier: EUPL-1.2
"""Something to press: its picture above its words, in the middle of its box."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from kiosk.layout import Size
from kiosk.screens.items import CHOSEN, Button, Target
from kiosk.themes.looks import Look, marked_look, style, target_look
from kiosk.themes.palettes import Palette, plate_on
from kiosk.view import SpokenPlace
from kiosk.widgets.marks import Mark, marked, marks_on
from kiosk.widgets.painted import Painted, filled
from kiosk.widgets.pictogram import Pictures


class TargetView(Painted, can_focus=True):
    """Paints one :class:`Target`, and tells when it is pressed."""

    class Pressed(Message):
        """A finger or a mouse pressed it."""

        def __init__(self, button: Button, by: events.Click) -> None:
            super().__init__()
            self.button = button
            self.by = by

    FOCUS_ON_CLICK = False
    item: Target | None = None
    _lit = False
    _marks: tuple[Mark, ...] = ()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures

    def show(self, item: Target | None) -> None:
        self.item = item
        self._lit &= item is not None
        self._marks = ()
        self.refresh()

    def mark(self, place: SpokenPlace | None) -> None:
        """Mark the word that is heard now, if it stands on the label."""
        marks = marks_on(self.item.button, self.item.lines, place) if self.item else ()
        if marks != self._marks:
            self._marks = marks
            self.refresh()

    def light(self, lit: bool) -> None:
        """Show, or no more, that one press of the switch takes it."""
        if lit != self._lit:
            self._lit = lit
            self.refresh()

    def post_message(self, message: Message) -> bool:
        """A tap goes straight to the screen: in the queues of two keys, two quick taps could change places."""
        if isinstance(message, events.Click) and self.item is not None:
            return self.screen.post_message(self.Pressed(self.item.button, message))
        return super().post_message(message)

    @property
    def usable(self) -> bool:
        """True when pressing it does something."""
        return self.item is not None and self.item.button.action is not None

    # Painting

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        item = self.item
        if item is None or (width, height) != (item.box.width, item.box.height):  # Not yet in its place.
            return [filled(width, style(palette.ink, palette.paper))] * height
        button = item.button
        look = target_look(
            palette,
            button.tone,
            focused=self.has_focus or self._lit,
            resting=button.action is None,
            own=button.theme,
            bordered=item.bordered,
            shown=bool(item.tag),
        )
        if not item.bordered and not item.tag:
            return self._inside(item, look, width, height, (0, 0), palette)
        if not item.bordered:  # Thick sides, in the columns that no label and no picture takes.
            side = Segment("█", style(look.line, look.ground))
            within = self._inside(item, look, width - 2, height, (1, 0), palette)
            return [Strip([side, *line, side], width) for line in within]
        inside = self._inside(item, look, width - 2, height - 2, (1, 1), palette)
        if not look.thick:
            return _thin(inside, look, width)
        return _thick(inside, look, width, item.tag, palette.paper if look.line == palette.ink else palette.accent_ink)

    def _inside(
        self, item: Target, look: Look, width: int, height: int, at: tuple[int, int], palette: Palette
    ) -> list[Strip]:
        if item.button.example and (shown := self._shown(item, look, width, height, at)) is not None:
            return shown
        picture = item.picture
        rows = picture.height if picture else 0
        air = 1 if picture and height > rows + len(item.lines) else 0
        top = max(0, (height - rows - air - len(item.lines)) // 2)
        blank = filled(width, look.words)
        lines = [blank] * height
        for y, text in enumerate(item.lines, top + rows + air):
            # Where there is no room for a border, arrows beside the words show the focus.
            arrows = look.thick and not item.bordered and y == top + rows + air
            mark = next((mark for mark in self._marks if mark.line == y - top - rows - air), None)
            bright = marked_look(palette, on_accent=look.ground == palette.accent)
            lines[y : y + 1] = [_centred(text, width, look.words, bright, mark, arrows=arrows)]
        if picture:
            plate = plate_on(palette, look.ground)
            bare = (look.ink, look.ground) if plate != look.ground else None
            drawn = self._pictures.get(item.button.pictogram, picture, plate, self.refresh, bare)
            left = (width - picture.width) // 2
            region = self.region
            for y in range(rows if drawn else 0):
                place = (region.x + at[0] + left, region.y + at[1] + top)
                lines[top + y] = _between(drawn.line(y, place), left, width, look.words)  # type: ignore[union-attr]
        return lines[:height]

    def _shown(self, item: Target, look: Look, width: int, height: int, at: tuple[int, int]) -> list[Strip] | None:
        """The letters that show what it does; the mark of what is chosen stays in the corner that they leave free."""
        button = item.button
        chosen = button.label.startswith(CHOSEN)
        sharp = self._pictures.drawing == "sixel"
        side = 1 if chosen and sharp else 0  # Nothing is written over a sharp picture.
        box = Size(width - side, height)
        drawn = self._pictures.letters(button.example, box, look.ink, look.ground, button.share, self.refresh)
        if drawn is None:
            return None
        corner = (self.region.x + at[0] + side, self.region.y + at[1])
        lines = [Strip([*filled(side, look.words), *drawn.line(y, corner)], width) for y in range(height)]
        if sharp:  # Its label lies under it, for what reads terminals.
            lines[0] = Strip([Segment(button.label[:width].ljust(width), look.words)], width)
        elif chosen:
            lines[0] = Strip([Segment(CHOSEN, look.words), *lines[0].crop(1, width)], width)
        return lines


def _centred(text: str, width: int, words: Style, bright: Style, mark: Mark | None, *, arrows: bool) -> Strip:
    free = width - cell_len(text)
    left = max(free // 2, 0)
    before, after = " " * left, " " * max(free - left, 0)
    if arrows and left >= 1 and free - left >= 1:
        before, after = "▶" + before[1:], after[:-1] + "◀"
    inside = marked(text, words, bright, mark)
    return Strip([Segment(before, words), *inside, Segment(after, words)], max(width, cell_len(text)))


def _between(picture: Strip, left: int, width: int, words: Style) -> Strip:
    right = width - left - picture.cell_length
    return Strip([Segment(" " * left, words), *picture, Segment(" " * right, words)], width)


def _thin(inside: list[Strip], look: Look, width: int) -> list[Strip]:
    """A fine line, the ground within it."""
    left = Segment("▊", style(look.around, look.line))
    right = Segment("▎", style(look.line, look.around))
    edge = style(look.line, look.ground)
    top, bottom = Segment("▔" * (width - 2), edge), Segment("▁" * (width - 2), edge)
    return [
        Strip([left, top, right], width),
        *(Strip([left, *line, right], width) for line in inside),
        Strip([left, bottom, right], width),
    ]


def _thick(inside: list[Strip], look: Look, width: int, tag: str, tag_ink: str) -> list[Strip]:
    """A border as thick as half a row: a whole cell at the sides. ``tag`` is written on its upper side."""
    edge = style(look.line, look.ground)
    words = f" {tag} " if tag and cell_len(tag) + 6 <= width else ""
    left = (width - 2 - cell_len(words)) // 2
    right = width - 2 - cell_len(words) - left
    told = [Segment(words, style(tag_ink, look.line, True))] if words else []
    return [
        Strip([Segment("█" + "▀" * left, edge), *told, Segment("▀" * right + "█", edge)], width),
        *(Strip([Segment("█", edge), *line, Segment("█", edge)], width) for line in inside),
        Strip([Segment("█" + "▄" * (width - 2) + "█", edge)], width),
    ]
