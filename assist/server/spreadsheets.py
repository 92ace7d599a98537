# SPDX-License-Identifier: EUPL-1.2
"""Tables as files that a spreadsheet opens: CSV and XLSX.

A spreadsheet would run a cell that begins like a formula: such a text gets an apostrophe first, and so does one that
begins with an apostrophe, so that :func:`as_written` gives every text back as it was. Numbers stay numbers.

A workbook is XML, in which some characters cannot stand: they are written as spreadsheets write them themselves
(ECMA-376, part 1, 22.9.2.19: ``_x000D_``), so that no text of a broken kiosk spoils the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML does not carry, or reads as another character; and what would be read as one of them."""


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


def in_xml(cell: str) -> str:
    """``cell`` as a workbook holds it."""
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", cell)


def write_csv(sheet: Sheet, to: IO[bytes]) -> None:
    """UTF-8 with its mark, semicolons: what a French spreadsheet opens without a question."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(sheet.columns)
    writer.writerows(_neutral(row) for row in sheet.rows)
    text.detach()


def write_xlsx(sheets: Iterable[Sheet], to: IO[bytes]) -> None:
    """A workbook, written row by row."""
    from openpyxl import Workbook  # With numpy: a tenth of what a server does before it answers.

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "B2"
        page.append(list(sheet.columns))
        for row in sheet.rows:
            page.append([in_xml(cell) if isinstance(cell, str) else cell for cell in _neutral(row)])
    book.save(to)


def _neutral(row: Sequence[Cell]) -> list[Cell]:
    return [neutral(cell) if isinstance(cell, str) else cell for cell in row]
