# SPDX-License-Identifier: EUPL-1.2
"""Reports as a table: CSV and XLSX, in the codes of the field, with their labels beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from assist.desk.report.codes import Age, DurationClass, duration_class
from assist.desk.report.fields import FIELDS, texts_of
from assist.server import spreadsheets
from assist.server.reports.store import Kept
from assist.server.spreadsheets import Sheet

COLUMNS = ("id", *(field.name for field in FIELDS), "duration", "mediator", "session")
BETWEEN = ", "
"""Between the codes of one cell."""


def line(kept: Kept) -> Sequence[str]:
    """The cells of one report, in the order of :data:`COLUMNS`."""
    texts = texts_of(kept.cra)
    fields = (BETWEEN.join(texts[field.name]) for field in FIELDS)
    span = duration_class(kept.cra.minutes).value
    return [kept.id, *fields, span, kept.mediator, kept.session or ""]


def labels() -> Iterator[Sequence[str]]:
    """Field, code, label, and the name in La Coop's own data where it is another."""
    for field in FIELDS:
        for code in field.codes or ():
            coop = code.coop if isinstance(code, Age) and code.coop != code.value else ""
            yield field.name, code.value, code.label, coop
    for code in DurationClass:
        yield "duration", code.value, code.label, ""


def write_csv(reports: Iterable[Kept], to: IO[bytes]) -> None:
    """A line a report."""
    spreadsheets.write_csv(Sheet("", COLUMNS, map(line, reports)), to)


def write_xlsx(reports: Iterable[Kept], to: IO[bytes]) -> None:
    """A sheet of reports, a sheet of labels."""
    words = Sheet("Libellés", ("champ", "code", "libellé", "dans La Coop"), labels())
    spreadsheets.write_xlsx([Sheet("Comptes rendus", COLUMNS, map(_typed, reports)), words], to)


def _typed(kept: Kept) -> list[str | int]:
    """The same cells, with numbers as numbers: they add up."""
    numbers = {"minutes": kept.cra.minutes, "people": kept.cra.people}
    return [numbers.get(name, cell) for name, cell in zip(COLUMNS, line(kept), strict=True)]
