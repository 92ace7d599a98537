# SPDX-License-Identifier: EUPL-1.2
"""Whatever a text is, a spreadsheet runs none of it, and gets back what was written."""

from __future__ import annotations

import csv
import io
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assist.server.spreadsheets import Sheet, as_written, write_csv, write_xlsx

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
TEXTS = st.lists(
    st.one_of(st.text(), st.sampled_from(FORMULA).flatmap(lambda first: st.text().map(first.__add__))),
    min_size=1,
    max_size=6,
)


def shown(cell: object) -> str:
    """A cell as a spreadsheet shows it: openpyxl leaves ``_x000D_`` as it stands in the file."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(cell or ""))


@settings(max_examples=25)
@given(TEXTS)
@example(["=1+1", "\r=1", "a\rb\r\nc", "\x00\x1f", "_x000D_", "'", "\ufffe", '=cmd|"/c calc"!A1', "a;b\n=1"])
def test_no_text_is_run_and_each_comes_back(texts: list[str]) -> None:
    sheet = Sheet("Essai", [f"c{number}" for number in range(len(texts))], [texts])
    file, book = io.BytesIO(), io.BytesIO()
    write_csv(sheet, file)
    write_xlsx([sheet], book)
    _, cells = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""), delimiter=";")
    page = load_workbook(io.BytesIO(book.getvalue())).worksheets[0]
    assert "f" not in {cell.data_type for row in page.iter_rows() for cell in row}
    for row in (cells, [shown(cell.value) for cell in page[2]]):
        assert not [cell for cell in row if cell.startswith(FORMULA)]
        assert [as_written(cell) for cell in row] == texts
