# SPDX-License-Identifier: EUPL-1.2
"""Something is broken: plain words straight to the terminal, when nothing else may work. Never a traceback."""

from __future__ import annotations

from kiosk.config import HelpSettings
from kiosk.layout import wrap
from kiosk.themes.palettes import Palette
from kiosk.words import words_in


def sentences(help_: HelpSettings, language: str = "fr") -> tuple[str, ...]:
    """What happened, what to do now, whom to ask."""
    w = words_in(language)
    called = (w.trouble_call.format(phone=help_.phone.replace(" ", "\u00a0")),) if help_.phone else ()
    return (*w.trouble_say, w.trouble_ask.format(person=help_.person or w.trouble_anyone), *called)


def painting(help_: HelpSettings, palette: Palette, columns: int, rows: int, language: str = "fr") -> str:
    """The whole screen as control sequences: cleared, coloured, the words in the middle."""
    width = max(1, min(60, columns - 4))
    title = wrap(words_in(language).trouble, width)
    lines = [*title, "", *(line for said in sentences(help_, language) for line in (*wrap(said, width), ""))][:-1]
    if len(lines) > rows:
        lines = [line for line in lines if line]
    top, left = max(1, (rows - len(lines)) // 2), max(1, (columns - width) // 2)
    words = "".join(f"\x1b[{top + i};{left}H{line}" for i, line in enumerate(lines[:rows]))
    return f"\x1b[0m{_ink(38, palette.ink)}{_ink(48, palette.paper)}\x1b[1m\x1b[2J{words}"


def _ink(code: int, colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"\x1b[{code};2;{red};{green};{blue}m"
