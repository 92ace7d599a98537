# SPDX-License-Identifier: EUPL-1.2
"""Reports as a table: CSV and XLSX, in the codes of the field, with their labels beside them.

A spreadsheet would run a cell that begins like a formula: such a cell gets an apostrophe first, and so does one that
begins with an apostrophe, so that :func:`as_written` gives every cell back as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from openpyxl import Workbook

from assist.desk.report.codes import Age, DurationClass, duration_class
from assist.desk.report.fields import FIELDS, texts_of
from assist.server.reports.store import Kept

COLUMNS = ("id", *(field.name for field in FIELDS), "duration", "mediator", "session")
BETWEEN = ", "
"""Between the codes of one cell."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def neutral(cell: str) -> str:
    """``cell`` as a text that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def as_written(cell: str) -> str:
    """What :func:`neutral` was given."""
    return cell.removeprefix("'")


def line(kept: Kept) -> Sequence[str]:
    """The cells of one report, in the order of :data:`COLUMNS`."""
    texts = texts_of(kept.cra)
    fields = (BETWEEN.join(texts[field.name]) for field in FIELDS)
    span = duration_class(kept.cra.minutes).value
    return [neutral(cell) for cell in (kept.id, *fields, span, kept.mediator, kept.session or "")]


def labels() -> Iterator[Sequence[str]]:
    """Field, code, label, and the name in La Coop's own data where it is another."""
    for field in FIELDS:
        for code in field.codes or ():
            coop = code.coop if isinstance(code, Age) and code.coop != code.value else ""
            yield field.name, code.value, code.label, coop
    for code in DurationClass:
        yield "duration", code.value, code.label, ""


def write_csv(reports: Iterable[Kept], to: IO[bytes]) -> None:
    """UTF-8 with its mark, semicolons: what a French spreadsheet opens without a question."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows(line(kept) for kept in reports)
    text.detach()


def write_xlsx(reports: Iterable[Kept], to: IO[bytes]) -> None:
    """A sheet of reports, a sheet of labels; row by row, whatever their number."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Comptes rendus")
    sheet.freeze_panes = "B2"
    sheet.append(list(COLUMNS))
    for kept in reports:
        sheet.append(_typed(kept))
    words = book.create_sheet("Libellés")
    words.append(["champ", "code", "libellé", "dans La Coop"])
    for row in labels():
        words.append([neutral(cell) for cell in row])
    book.save(to)


def _typed(kept: Kept) -> list[str | int]:
    """The same cells, with numbers as numbers: they add up."""
    numbers = {"minutes": kept.cra.minutes, "people": kept.cra.people}
    return [numbers.get(name, cell) for name, cell in zip(COLUMNS, line(kept), strict=True)]
