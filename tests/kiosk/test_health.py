# SPDX-License-Identifier: EUPL-1.2
"""What a kiosk tells of its printer, its disk and its clock."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.config import JournalSettings, PrinterSettings, Settings
from kiosk.health import health_of


def settings(folder: Path, **printer: object) -> Settings:
    return Settings(
        journal=JournalSettings(folder / "not" / "made" / "journal.db"),
        printer=PrinterSettings(folder=folder / "receipts", **printer),  # type: ignore[arg-type]
    )


def test_a_kiosk_without_a_printer_has_none_on_purpose(tmp_path: Path) -> None:
    assert health_of(settings(tmp_path, kind="none"))().printer == "none"
    assert health_of(settings(tmp_path))().printer == "ready"


def test_what_is_wrong_is_said_with_what_to_do(tmp_path: Path) -> None:
    told = health_of(settings(tmp_path, kind="cups", queue="no such queue"))()
    assert told.printer in ("no_printer", "offline")
    assert told.said


@pytest.mark.parametrize(("free", "said"), [(12_345, 12_000), (499, 490), (7, 7), (0, 0)])
def test_a_disk_is_told_down_to_two_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: int
) -> None:
    usage = type(shutil.disk_usage(tmp_path))(2**60, 0, free * 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    told = health_of(settings(tmp_path, kind="none"))()
    assert told.disk_free == said
    assert abs(datetime.fromisoformat(told.time) - datetime.now(UTC)) < timedelta(minutes=1)
