# SPDX-License-Identifier: EUPL-1.2
"""Where I am, how far, who is speaking: the band at the top."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from accessibility.comfort import VOLUMES, Comfort
from kiosk.layout import Size, wrap
from kiosk.themes.looks import style
from kiosk.themes.palettes import Palette, plate_on
from kiosk.view import EarSign, EarState, StepView, ViewKind
from kiosk.widgets.painted import Painted, filled
from kiosk.widgets.pictogram import Pictures
from kiosk.words import Words, words_in
from kiosk.words.hearing import hearing_words_in

MOST_DOTS = 16
LEVELS = 5
SIGN_WIDTH = 22
"""Columns of the sign of the open ear: it does not change while somebody speaks."""
TOLD_BESIDE = 12
"""Columns at the right of a passing line, for its button, at least."""


def progress(done: int, total: int, width: int, said: Words) -> str:
    """Dots when they fit ("● ● ○ ○"), else "3 sur 20"; "Étape 3" where nobody knows how many there are; nothing when
    there is nothing to say."""
    if total < 0:
        return said.step_number.format(number=done + 1)
    if total == 0:
        return ""
    done = min(done, total)
    dots = " ".join("●" * done + "○" * (total - done))
    return (
        dots
        if total <= MOST_DOTS and len(dots) <= width
        else said.page_of.format(page=min(done + 1, total), count=total)
    )


def voice(comfort: Comfort, speaking: bool, said: Words | None) -> str:
    """Whether the voice is heard, and how loud; without ``said`` in signs alone."""
    if not comfort.voice:
        return said.muted if said else "♪ –"
    level = VOLUMES.index(comfort.volume) + 1 if comfort.volume in VOLUMES else 0
    bars = "▮" * level + "▯" * (len(VOLUMES) - level)
    return f"♪ {said.speaking}  {bars}" if speaking and said else f"♪ {bars}"


@dataclass(frozen=True, slots=True)
class Sign:
    """Who speaks or listens: its lines at the right of the header. ``loud``: it must be seen from afar."""

    lines: tuple[str, ...]
    loud: bool = False

    @property
    def width(self) -> int:
        return max((cell_len(line) for line in self.lines), default=0) + (2 if self.loud else 0)


def sign_of(ear: EarSign, comfort: Comfort, speaking: bool, language: str, *, wide: bool, rows: int) -> Sign:
    """The ear when it is open, over the voice too (headphones), else the voice; what is not there has no sign."""
    said, heard = words_in(language), hearing_words_in(language)
    if ear.state in (EarState.OFF, EarState.RESTING) or (speaking and ear.state is EarState.DEAF):
        return Sign((voice(comfort, speaking, said if wide else None),))
    if ear.state is EarState.DEAF:
        return Sign((f"✖ {heard.deaf_sign}" if wide else "✖",))
    if ear.state is EarState.THINKING:
        return Sign(_tall(f"… {heard.thinking}" if wide else "…", "", rows), loud=True)
    bars = level_bars(ear.level)
    if not wide:
        return Sign((f"◉ {bars}",), loud=True)
    if rows < 3:
        return Sign((f"◉ {heard.listening} {bars}",), loud=True)
    room = SIGN_WIDTH - LEVELS - 1
    partial = ear.partial if cell_len(ear.partial) <= room else "…" + ear.partial[-(room - 1) :]
    return Sign(_tall(f"◉ {heard.listening}", f"{bars} {partial}".ljust(SIGN_WIDTH), rows), loud=True)


def _tall(words: str, below: str, rows: int) -> tuple[str, ...]:
    return ("", words.ljust(SIGN_WIDTH), below) if rows >= 3 else (words,)


def level_bars(level: float) -> str:
    """The loudness, 0 to 1, in as few steps as are seen: each step is a new painting."""
    full = min(LEVELS, max(0, round(level * LEVELS)))
    return "▮" * full + "▯" * (LEVELS - full)


class Header(Painted):
    """The band at the top; in the accent colour while a mediator is called."""

    def __init__(self, pictures: Pictures, *, voiced: bool = True) -> None:
        """``voiced`` False: this kiosk has no voice at all, and shows no sign of one."""
        super().__init__()
        self._pictures = pictures
        self._voiced = voiced
        self._shown: tuple[object, ...] = ()
        self._view: StepView | None = None
        self._comfort = Comfort()
        self._speaking = False
        self._ear = EarSign()
        self._told = ""
        self._beside = TOLD_BESIDE

    def show(
        self, view: StepView, comfort: Comfort, speaking: bool, ear: EarSign, told: str = "", beside: int = 0
    ) -> None:
        """Paint again when something of it has changed. ``told`` is a line over everything else, ``beside`` how many
        columns its button takes."""
        self._view, self._comfort, self._speaking, self._ear, self._told = view, comfort, speaking, ear, told
        self._beside = max(beside, TOLD_BESIDE)
        shown = (
            view.kind,
            view.heading,
            view.heading_pictogram,
            view.done,
            view.total,
            view.language,
            comfort,
            speaking,
            (ear.state, level_bars(ear.level), ear.partial),
            told,
            beside,
        )
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        view = self._view
        called = view is not None and view.kind is ViewKind.HELP
        ink, ground = (palette.accent_ink, palette.accent) if called else (palette.ink, palette.band)
        words, quiet = style(ink, ground, True), style(ink if called else palette.quiet, ground)
        if view is None:
            return [filled(width, words)] * height
        margin, wide = (2, True) if width >= 76 else (1, False)
        if self._told:
            signs = [
                sign_of(self._ear, self._comfort, self._speaking, view.language, wide=large, rows=height)
                for large in (wide, False)
            ]
            w = hearing_words_in(view.language)
            unheard = self._told in (w.noise, w.deaf, w.never_heard)  # It says that it does not hear.
            loud = [sign for sign in signs if sign.loud and not unheard]
            heading = view.heading if unheard or self._told == view.band else ""
            return _told(self._told, loud, width, height, margin, palette, heading, self._beside)
        said = words_in(view.language)
        sign = sign_of(self._ear, self._comfort, self._speaking, view.language, wide=wide, rows=height)
        if not self._voiced and self._ear.state in (EarState.OFF, EarState.RESTING):
            sign = Sign(("",))
        loud = style(palette.accent_ink, palette.accent, True) if not called else style(palette.ink, palette.band, True)
        middle = progress(view.done, view.total, width // 3, said)
        picture = Size(5, 3) if height >= 3 and self._pictures.drawing == "sixel" else None
        left = margin + (picture.width + 1 if picture else 0)
        room = width - left - margin - sign.width - cell_len(middle) - (4 if middle else 2)
        heading = _at_most(wrap(view.heading, room), height, room)
        first = (height - len(heading)) // 2
        lines: list[Strip] = []
        for y in range(height):
            text = heading[y - first] if 0 <= y - first < len(heading) else ""
            line = [*self._picture(y, picture, margin, palette, words, ground), Segment(text, words)]
            used = left + cell_len(text)
            if y == height // 2:
                most = width - margin - sign.width - cell_len(middle) - 2
                at = min(max(used + 2, (width - cell_len(middle)) // 2), most)
                line += [Segment(" " * (at - used), words), Segment(middle, quiet)]
                used = at + cell_len(middle)
            first_of_sign = 0 if len(sign.lines) == height else height // 2
            if 0 <= y - first_of_sign < len(sign.lines):
                shown = sign.lines[y - first_of_sign]
                shown = f" {shown.ljust(sign.width - 2)} " if sign.loud else shown
                line += [Segment(" " * (width - margin - sign.width - used), words)]
                line.append(Segment(shown, loud if sign.loud else words))
                used = width - margin
            lines.append(Strip([*line, Segment(" " * (width - used), words)], width))
        return lines

    def _picture(
        self, y: int, picture: Size | None, margin: int, palette: Palette, words: Style, ground: str
    ) -> list[Segment]:
        before = Segment(" " * margin, words)
        if picture is None or self._view is None:
            return [before]
        drawn = self._pictures.get(self._view.heading_pictogram, picture, plate_on(palette, ground), self.refresh)
        if drawn is None:
            return [before, Segment(" " * (picture.width + 1), words)]
        return [before, *drawn.line(y, (self.region.x + margin, self.region.y)), Segment(" ", words)]


def _told(
    text: str, signs: list[Sign], width: int, height: int, margin: int, palette: Palette, heading: str, button: int
) -> list[Strip]:
    """The passing line, in the accent colour, at the left of what may be pressed beside it.

    The largest of ``signs`` that leaves it room stands between: the ear may be open meanwhile.
    """
    look, loud = style(palette.accent_ink, palette.accent, True), style(palette.accent, palette.accent_ink, True)
    room = width - 2 * margin - button
    sign = next((sign for sign in signs if len(wrap(text, room - sign.width - 1)) <= height), Sign(()))
    room -= sign.width
    lines = _at_most(wrap(text, room - 1), height, room)
    first, first_of_sign = (height - len(lines)) // 2, 0 if len(sign.lines) == height else height // 2
    painted: list[Strip] = []
    for y in range(height):
        above = heading if y == 0 < first and cell_len(heading) < room else ""  # The title stays where it has room.
        line = " " * margin + (lines[y - first] if 0 <= y - first < len(lines) else above)
        line += " " * (margin + room - cell_len(line))
        shown = sign.lines[y - first_of_sign] if 0 <= y - first_of_sign < len(sign.lines) else None
        beside = Segment(" " * sign.width, look) if shown is None else Segment(f" {shown.ljust(sign.width - 2)} ", loud)
        rest = Segment(" " * (width - cell_len(line) - sign.width), look)
        painted.append(Strip([Segment(line, look), beside, rest], width))
    return painted


def _at_most(lines: tuple[str, ...], height: int, room: int) -> tuple[str, ...]:
    """A heading that is too long ends with "…": it stands in full on the screen where it was chosen."""
    if len(lines) <= height:
        return lines
    return (*lines[: height - 1], lines[height - 1][: max(room - 1, 1)] + "…")
