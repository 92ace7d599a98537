# SPDX-License-Identifier: EUPL-1.2
"""What a screen of the review shows, as plain data: the terminal paints it, ``--plain`` prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assist.server.review.asked import Asked
from kiosk.files_given import shown
from printouts.charts.model import Chart

_LONGEST = 200


def clean(text: str) -> str:
    """A text that may come from a kiosk, without what would command a terminal."""
    return shown(text, _LONGEST)


def told(columns: Sequence[str], cells: Sequence[str]) -> str:
    """The cells of a line, each with its name, in one sentence: nobody has to look for the column."""
    named = zip(columns, cells, strict=True)
    return f"{'. '.join(f'{name} : {cell}' for name, cell in named if cell)}."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. Its cells are ready to be read; the first names it."""

    cells: tuple[str, ...]
    detail: tuple[str, ...] = ()
    """Sentences that say more of it."""
    bar: str = ""
    """What a number of it looks like, after the first cell."""
    opens: str = ""
    """The identifier of what stands behind it; "" when nothing does."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, what it is called, and what is said of it."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    said: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()
    """The columns that hold numbers: they stand to the right."""
    empty: str = ""
    """What is said when there is no line."""
    more: str = ""
    """Where the list goes on; "" when it is whole."""


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is told of a period before anything is opened."""

    asked: Asked
    question: str
    """The question in words."""
    figures: Sheet
    charts: tuple[Chart, ...]
    procedures: Sheet
    visits: Sheet
    machines: Sheet
    kiosks: tuple[str, ...]
    languages: tuple[str, ...]
