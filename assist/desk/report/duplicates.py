# SPDX-License-Identifier: EUPL-1.2
"""Whether two reports may tell the same help twice."""

from __future__ import annotations

from assist.desk.report.cra import Cra

NEAR_MINUTES = 10
"""How far two durations of the same help may be from each other: one was counted, the other remembered."""


def alike(one: Cra, other: Cra) -> bool:
    """Same day, type and themes, nearly the same duration. Whose they are, and of which session, is for the caller."""
    return (
        one.date == other.date
        and one.type is other.type
        and set(one.themes) == set(other.themes)
        and set(one.administrative_themes) == set(other.administrative_themes)
        and abs(one.minutes - other.minutes) <= NEAR_MINUTES
    )
