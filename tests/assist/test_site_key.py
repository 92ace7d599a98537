# SPDX-License-Identifier: EUPL-1.2
"""The site's sealing key as a kiosk knows it: the first one, and no other."""

from __future__ import annotations

from pathlib import Path

from assist.link.site_key import NOT_KEPT, NOT_THE_SAME, site_key_file, why_not

ONE, OTHER = "a1" * 32, "b2" * 32


def test_the_first_key_is_kept_and_another_refused_until_a_technician_takes_it_away(tmp_path: Path) -> None:
    file = site_key_file(tmp_path / "var" / "journal.db")
    assert [why_not(file, key) for key in (ONE, ONE, OTHER)] == ["", "", NOT_THE_SAME]
    file.unlink()
    assert why_not(file, OTHER) == ""


def test_what_is_no_key_is_refused_and_a_disk_that_keeps_nothing_too(tmp_path: Path) -> None:
    assert {why_not(tmp_path / "key", key) for key in ("", "a1", ONE.upper(), ONE + "\n")} == {NOT_THE_SAME}
    assert why_not(Path("/proc/none/key"), ONE) == NOT_KEPT
