# SPDX-License-Identifier: EUPL-1.2
"""What a bug leaves for the technician: where, never with what. A message or a variable may hold what a person said."""

from __future__ import annotations

import traceback
from typing import cast

FELL = "fell"
"""The event of a child that fell over a bug: its keeper logs its ``where``, and nobody else hears it."""


def places(error: BaseException) -> str:
    """The type of ``error`` and the lines it went through; then the same of what it groups and of what led to it."""
    return "\n".join(_lines(error, "", set()))


def _lines(error: BaseException, why: str, told: set[int]) -> list[str]:
    if id(error) in told:
        return []
    told.add(id(error))
    lines = [f"{why}{type(error).__module__}.{type(error).__qualname__}"]
    lines += [f"    {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, BaseExceptionGroup):
        for one in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            lines += _lines(one, "  of ", told)
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines + (_lines(before, "  after ", told) if before is not None else [])
