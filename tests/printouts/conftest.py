# SPDX-License-Identifier: EUPL-1.2
"""What the tests of printouts share: a pictogram, and no complaint from WeasyPrint left unheard."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.printouts.receipts import SVG


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What WeasyPrint complained of, so far. A test that expects complaints empties the list."""
    heard = _Heard()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    yield heard.messages
    logger.removeHandler(heard)


@pytest.fixture(autouse=True)
def _no_complaint(complaints: list[str]) -> Iterator[None]:
    yield
    assert complaints == [], "WeasyPrint complained"


@pytest.fixture
def pictogram(tmp_path: Path) -> Path:
    """A pictogram in ``tmp_path``, which must be given as a root."""
    path = tmp_path / "square.svg"
    path.write_text(SVG, encoding="utf-8")
    return path
