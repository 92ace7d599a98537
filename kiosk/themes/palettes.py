# SPDX-License-Identifier: EUPL-1.2
"""Four palettes, one accent each, every pair of text and ground at 7:1 or better (WCAG 2.2, 1.4.6).

The colours keep that contrast when a terminal has only 256 of them. Grounds on which pictures lie are whole percents
of red, green and blue: sixel knows no other, and the picture's ground must be the card's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from accessibility.comfort import Contrast

if TYPE_CHECKING:
    from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#rrggbb``."""

    paper: str
    """The ground of the page."""
    ink: str
    """Text on paper, on cards and on bands."""
    quiet: str
    """Text that matters less, and tools that rest."""
    card: str
    """The ground of what can be touched."""
    band: str
    """The ground of header and tools."""
    line: str
    """Borders."""
    accent: str
    """The ground of the main control, of the focus and of notices; and a text colour on paper."""
    accent_ink: str
    """Text on accent."""
    plate: str
    """The ground of pictures: their lines are black, so it is always light."""
    plate_ink: str
    """Text and QR codes on plates."""


TEXT_PAIRS = (
    ("ink", "paper"), ("ink", "card"), ("ink", "band"), ("quiet", "paper"), ("quiet", "band"), ("quiet", "card"),
    ("accent", "paper"), ("accent_ink", "accent"), ("plate_ink", "plate"),
)  # fmt: skip
"""Every (text, ground) pair that the widgets use; a test computes each contrast."""

LIGHT_ENOUGH = 12.0
"""Contrast with the black lines of the pictograms from which a ground needs no plate."""

PALETTES: Mapping[Contrast, Palette] = {
    Contrast.DAY: Palette(
        paper="#ffffff", ink="#12171c", quiet="#3f4650", card="#e8f0f7", band="#edf2f5", line="#5f7186",
        accent="#0a4087", accent_ink="#ffffff", plate="#ffffff", plate_ink="#000000",
    ),
    Contrast.NIGHT: Palette(
        paper="#0f141c", ink="#f2f5f7", quiet="#c3ccd6", card="#1f2936", band="#172129", line="#7d93aa",
        accent="#9ed1ff", accent_ink="#06121f", plate="#e8ebf0", plate_ink="#000000",
    ),
    Contrast.YELLOW: Palette(
        paper="#000000", ink="#ffe300", quiet="#e6d25a", card="#141200", band="#141200", line="#ffe300",
        accent="#ffe300", accent_ink="#000000", plate="#fffae0", plate_ink="#000000",
    ),
    Contrast.CREAM: Palette(
        paper="#faf5e3", ink="#291f14", quiet="#3a2a1c", card="#f2e3c7", band="#f5ebcf", line="#8a7355",
        accent="#6b2b05", accent_ink="#fff8ea", plate="#fffcf5", plate_ink="#000000",
    ),
}  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2, definition)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def plate_on(palette: Palette, ground: str) -> str:
    """The ground of a picture lying on ``ground``: the same where it is light enough for black lines."""
    return ground if contrast(ground, palette.plate_ink) >= LIGHT_ENOUGH else palette.plate


def variables(palette: Palette) -> dict[str, str]:
    """The palette as style variables: ``$kiosk-paper``, ``$kiosk-accent-ink``…"""
    return {f"kiosk-{f.name.replace('_', '-')}": getattr(palette, f.name) for f in fields(palette)}


def theme(name: Contrast) -> Theme:
    """The theme for the terminal toolkit."""
    from textual.theme import Theme

    palette = PALETTES[name]
    return Theme(
        name=name.value,
        primary=palette.accent,
        foreground=palette.ink,
        background=palette.paper,
        surface=palette.card,
        panel=palette.band,
        dark=name in (Contrast.NIGHT, Contrast.YELLOW),
        variables=variables(palette),
    )
