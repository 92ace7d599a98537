# SPDX-License-Identifier: EUPL-1.2
"""What the site measures of the public quality programme, with the figures of a period."""

from __future__ import annotations

from dataclasses import dataclass

from assist.review.indicators import INDICATORS, Sums
from assist.review.quality import Measured, Promise
from assist.server.review.words import value_words

MEASURED = {
    Measured.HERE: "Mesuré ici",
    Measured.PARTLY: "Mesuré en partie",
    Measured.NOT: "Non mesurable ici",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A promise, how much of it is measured, and the figures that do: name and value."""

    promise: Promise
    measured: str
    figures: tuple[tuple[str, str], ...]


def answers(promises: tuple[Promise, ...], sums: Sums) -> list[Answer]:
    """What these sums answer to each promise."""
    return [
        Answer(promise, MEASURED[promise.measured], tuple(_figures(promise.indicators, sums))) for promise in promises
    ]


def _figures(ids: tuple[str, ...], sums: Sums) -> list[tuple[str, str]]:
    found = [indicator for indicator in INDICATORS if indicator.id in ids]
    return [
        (indicator.name, value_words(value, indicator.unit) + (" (peu de cas)" if value.few else ""))
        for indicator in found
        for value in [indicator.measure(sums)]
    ]
