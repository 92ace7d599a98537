# SPDX-License-Identifier: EUPL-1.2
"""What ``kiosk doctor`` says of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``blocking``: without it the kiosk cannot serve anybody."""

    check: str
    ok: bool
    message: str
    fix: str = ""
    blocking: bool = False
