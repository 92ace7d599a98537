# SPDX-License-Identifier: EUPL-1.2
"""The modules of a QR code."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def modules(url: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of the QR code of ``url``, row by row, without quiet zone."""
    import segno

    code = segno.make(url, error="l", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
