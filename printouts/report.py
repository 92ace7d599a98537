# SPDX-License-Identifier: EUPL-1.2
"""A report of several pages, as plain data: sections of sentences, lists, numbers and drawings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from printouts.charts.model import Chart, Table


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences of one paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Lines of a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table. ``words``: its cells are words rather than numbers."""

    name: str
    table: Table
    words: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing, its sentence, and its numbers unless they stand elsewhere."""

    chart: Chart
    numbers: bool = True


Block = Said | Listed | Numbers | Drawn


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a section; ``title`` "" for what stands right under the section's own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What the contents list."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of it."""

    title: str
    site: str
    note: str
    """Who it is for."""
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    printed_on: date
    language: str = "fr"
