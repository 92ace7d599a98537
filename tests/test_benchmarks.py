# SPDX-License-Identifier: EUPL-1.2
"""What ``script/bench`` measures with private parts of ours can still be measured. No time is judged here."""

from __future__ import annotations

from benchmarks import receipt


def test_a_receipt_and_bare_weasyprint_are_measured_side_by_side() -> None:
    found = receipt.measure(rounds=1)
    assert found["ratio"] > 0
    assert found["child_own_mb"] > 1
