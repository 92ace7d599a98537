# SPDX-License-Identifier: EUPL-1.2
"""Tables as files that a spreadsheet opens: CSV and XLSX.

A spreadsheet would run a cell that begins like a formula: such a text gets an apostrophe first, and so does one that
begins with an apostrophe, so that :func:`as_written` gives every text back as it was. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from openpyxl import Workbook

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Its rows may come one by one, whatever their number."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def neutral(cell: str) -> str:
    """``cell`` as a text that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_written(cell: str) -> str:
    """What :func:`neutral` was given."""
    return cell.removeprefix("'")


def write_csv(sheet: Sheet, to: IO[bytes]) -> None:
    """UTF-8 with its mark, semicolons: what a French spreadsheet opens without a question."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(sheet.columns)
    writer.writerows(_neutral(row) for row in sheet.rows)
    text.detach()


def write_xlsx(sheets: Iterable[Sheet], to: IO[bytes]) -> None:
    """A workbook, written row by row."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "B2"
        page.append(list(sheet.columns))
        for row in sheet.rows:
            page.append(_neutral(row))
    book.save(to)


def _neutral(row: Sequence[Cell]) -> list[Cell]:
    return [neutral(cell) if isinstance(cell, str) else cell for cell in row]
