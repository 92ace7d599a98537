# SPDX-License-Identifier: EUPL-1.2
"""Exports: the codes of the field, nothing that a spreadsheet runs, and everything comes back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assist.desk.report.codes import Age, Theme
from assist.desk.report.cra import Cra
from assist.desk.report.fields import FIELDS, read
from assist.server.reports import store
from assist.server.reports.exports import BETWEEN, COLUMNS, labels, line, write_csv, write_xlsx
from assist.server.reports.store import Kept
from assist.server.spreadsheets import as_written, neutral
from tests.assist.desk.test_report_fields import REPORTS, TODAY
from tests.assist.server.report_site import LEA, NOON, ROSE, open_site

MOMENT = datetime(2026, 12, 1, 11, tzinfo=UTC)
EVIL = ("=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "'", "''", "=cmd|' /C calc'!A0", "bien", "")


def kept(cra: Cra, name: str = "n", mediator: str = "lea") -> Kept:
    return Kept(name, mediator, None, MOMENT, None, cra)


def from_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def from_xlsx(data: bytes, sheet: int = 0) -> list[list[str]]:
    book = load_workbook(io.BytesIO(data), read_only=True)
    rows = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[sheet].values]
    book.close()
    return rows


def csv_of(*reports: Kept) -> bytes:
    file = io.BytesIO()
    write_csv(reports, file)
    return file.getvalue()


def xlsx_of(*reports: Kept) -> bytes:
    file = io.BytesIO()
    write_xlsx(reports, file)
    return file.getvalue()


def cra_of(row: Sequence[str]) -> Cra:
    """The report that an exported row tells."""
    cells = dict(zip(COLUMNS, map(as_written, row), strict=True))
    texts = {field.name: cells[field.name].split(BETWEEN) if field.several else [cells[field.name]] for field in FIELDS}
    cra, wrong = read(texts, TODAY)
    assert cra is not None, wrong
    return cra


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_begins_like_a_formula_and_each_comes_back(text: str) -> None:
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert as_written(neutral(text)) == text


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert as_written(neutral(text)) == text


@settings(max_examples=60, deadline=None)
@given(st.lists(REPORTS, max_size=5))
def test_exported_reports_come_back(reports: list[Cra]) -> None:
    kept_ = [kept(cra, str(n)) for n, cra in enumerate(reports)]
    for head, *rows in (from_csv(csv_of(*kept_)), from_xlsx(xlsx_of(*kept_))):
        assert head == list(COLUMNS)
        assert [cra_of(row) for row in rows] == reports


@pytest.mark.parametrize("evil", [text for text in EVIL if text.strip()])
def test_what_others_wrote_is_never_run(evil: str) -> None:
    cra = Cra(date(2026, 12, 1), 15, themes=(Theme.EMAIL,), notes=evil.strip())
    report = kept(cra, name=evil.strip(), mediator=evil.strip())
    for row in (from_csv(csv_of(report))[1], from_xlsx(xlsx_of(report))[1]):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    book = load_workbook(io.BytesIO(xlsx_of(report)))
    assert "f" not in {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}


def test_the_second_sheet_says_every_code() -> None:
    head, *rows = from_xlsx(xlsx_of(), 1)
    assert head == ["champ", "code", "libellé", "dans La Coop"]
    assert len(rows) == len(list(labels())) == 19 + 11 + 2 + 4 + 6 + 3 + 3 + 8 + 5 + 7 + 4
    assert ["age", "70+", "70 ans et plus", "soixante_dix_plus"] in rows
    assert {row[0] for row in rows} == {field.name for field in FIELDS if field.codes} | {"duration"}
    assert all(age.coop for age in Age)


def test_numbers_add_up_and_days_are_iso() -> None:
    book = load_workbook(io.BytesIO(xlsx_of(kept(Cra(date(2026, 12, 1), 75, themes=(Theme.EMAIL,))))))
    row = dict(zip(COLUMNS, next(book.worksheets[0].iter_rows(min_row=2, values_only=True)), strict=True))
    assert (row["minutes"], row["people"], row["date"], row["duration"]) == (75, 1, "2026-12-01", "60–120")
    assert len(line(kept(replace(Cra(date(2026, 12, 1), 75), themes=(Theme.EMAIL,))))) == len(COLUMNS)


def test_files_and_api_give_what_the_reader_may_see(address: str, tmp_path: Path) -> None:
    with open_site(address, tmp_path) as site:
        with site.database.begin() as transaction:
            for n in range(230):
                cra = Cra(date(2026, 11, 1 + n % 30), 15 + n % 7, themes=(Theme.EMAIL,), notes="=1+1" if n == 3 else "")
                store.keep(transaction, cra, "lea" if n % 2 else "karim", NOON)
        every = from_csv(site.as_(ROSE).get("/reports/export.csv").content)
        own = from_xlsx(site.as_(LEA).get("/reports/export.xlsx?until=2026-11-15").content)
        assert (len(every) - 1, {row[COLUMNS.index("mediator")] for row in own[1:]}) == (230, {"lea"})
        assert max(row[COLUMNS.index("date")] for row in own[1:]) == "2026-11-14"
        answer = site.as_(ROSE).get("/reports/export.xlsx")
        assert answer.headers["content-disposition"] == 'attachment; filename="comptes-rendus-2026-12-01.xlsx"'
        first = site.as_(LEA).get("/api/reports?per_page=100").json()
        second = site.as_(LEA).get("/api/reports?per_page=100&page=2").json()
        assert (first["total"], len(first["reports"]), len(second["reports"])) == (115, 100, 15)
        assert not {one["id"] for one in first["reports"]} & {one["id"] for one in second["reports"]}
        one = site.client.get(f"/api/reports/{first['reports'][0]['id']}").json()
        assert one == first["reports"][0]
        assert (one["age"], one["duration"], one["themes"]) == ("non_communique", "<30", ["email"])
        for question in ("page=0", "per_page=500", "theme=cuisine", "since=hier", "mediator=%00"):
            assert site.client.get(f"/api/reports?{question}").status_code == 422, question
        described = site.client.get("/openapi.json").json()
        assert "70+" in described["components"]["schemas"]["Age"]["enum"]
        assert "/api/reports/{report}" in described["paths"]
