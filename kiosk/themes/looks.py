# SPDX-License-Identifier: EUPL-1.2
"""How each thing is coloured, from the palette in force. Pure: the contrast of every look is computed by a test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rich.style import Style

from accessibility.comfort import Contrast
from kiosk.screens.items import Role, Tone
from kiosk.themes.palettes import PALETTES, Palette


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one thing, as ``#rrggbb``."""

    ink: str
    ground: str
    line: str
    """The border."""
    around: str
    """What lies outside the border."""
    bold: bool = True
    thick: bool = False
    """A border that cannot be missed: the focus."""

    @property
    def words(self) -> Style:
        """Words on their ground."""
        return style(self.ink, self.ground, self.bold)


@lru_cache(maxsize=256)
def style(ink: str, ground: str, bold: bool = False) -> Style:
    """A style of the terminal, made once."""
    return Style(color=ink, bgcolor=ground, bold=bold)


@lru_cache(maxsize=256)
def target_look(
    palette: Palette,
    tone: Tone,
    *,
    focused: bool,
    resting: bool,
    own: str = "",
    bordered: bool = True,
    shown: bool = False,
) -> Look:
    """A target. ``own``: it shows the colours of another contrast theme. ``shown``: a mediator shows it."""
    around = palette.band if tone is Tone.TOOL else palette.paper
    if tone is Tone.BAND:
        return _beside_band(palette, focused=focused)
    if resting:
        return Look(palette.quiet, around, around, around, bold=False)
    if focused:  # Inverse, and a thick border.
        if tone is Tone.MAIN:
            return Look(palette.accent, palette.paper, palette.accent, around, thick=True)
        return Look(palette.accent_ink, palette.accent, palette.ink, around, thick=True)
    if shown:  # A thick border around, with words on it; without room for one, thick sides and arrows.
        return Look(palette.ink if bordered else palette.accent, palette.card, palette.accent, around, thick=True)
    if own:
        theirs = PALETTES[Contrast(own)]
        line = palette.accent if tone is Tone.CHOSEN else palette.line
        return Look(theirs.ink, theirs.paper, line, around)
    if tone is Tone.MAIN:
        return Look(palette.accent_ink, palette.accent, palette.accent, around)
    if tone is Tone.CHOSEN:  # Marked, and yet not to be taken for the control to press.
        return Look(palette.accent, palette.paper if bordered else palette.card, palette.accent, around)
    ground = palette.paper if tone is Tone.TOOL else palette.card
    return Look(palette.ink, ground, palette.line, around)


def _beside_band(palette: Palette, *, focused: bool) -> Look:
    """On the accent colour, where a control never rests."""
    if focused:
        return Look(palette.accent_ink, palette.accent, palette.accent_ink, palette.accent, thick=True)
    return Look(palette.ink, palette.card, palette.card, palette.accent)


@lru_cache(maxsize=64)
def marked_look(palette: Palette, *, on_accent: bool) -> Style:
    """The word that is heard now: the accent and its ink, changed about where the ground is the accent already."""
    if on_accent:
        return style(palette.accent, palette.paper, True)
    return style(palette.accent_ink, palette.accent, True)


@lru_cache(maxsize=256)
def words_look(palette: Palette, role: Role, *, notice: bool = False) -> Style:
    """A line of words on the paper, or on a notice."""
    if notice:
        return style(palette.accent_ink, palette.accent, True)
    return {
        Role.TITLE: style(palette.accent, palette.paper, True),
        Role.TEXT: style(palette.ink, palette.paper),
        Role.STRONG: style(palette.ink, palette.paper, True),
        Role.QUIET: style(palette.quiet, palette.paper),
        Role.FIELD: style(palette.plate_ink, palette.plate, True),
    }[role]
