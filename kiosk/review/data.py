# SPDX-License-Identifier: EUPL-1.2
"""The figures of a period as plain data, for ``--json``: numbers, and the identifiers of the site's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assist.review.indicators import INDICATORS
from assist.server.review import reading
from assist.server.review.asked import Asked

if TYPE_CHECKING:
    from assist.server.review.source import Transaction


def data(transaction: Transaction, asked: Asked) -> dict[str, Any]:
    """Days are ISO dates, shares go from 0 to 1, durations are seconds; None where there is nothing to measure."""
    wanted = asked.wanted
    now, before = reading.sums(transaction, wanted), reading.sums(transaction, wanted.before)
    measured = ((one, one.measure(now), one.measure(before)) for one in INDICATORS)
    return {
        "since": f"{wanted.since}",
        "until": f"{wanted.until}",
        "kiosk": wanted.kiosk,
        "procedure": wanted.procedure,
        "language": wanted.language,
        "origin": wanted.origin,
        "indicators": [
            {"id": one.id, "unit": one.unit.value, "value": value.number, "of": value.of, "before": then.number}
            for one, value, then in measured
        ],
        "days": [
            {"day": f"{day}", "procedure": procedure, **counts}
            for day, procedure, counts in reading.by_day(transaction, wanted)
        ],
    }
