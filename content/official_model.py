# SPDX-License-Identifier: EUPL-1.2
"""Where official words come from, and when they are too old to be shown without a warning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OLD_MONTHS = 18
OFFICIAL_CREDIT = "Service-Public.fr / DILA, Licence Ouverte 2.0"
"""What the licence of official sheets asks to say of them (Licence Ouverte 2.0: the source), beside their date."""


@dataclass(frozen=True, slots=True)
class OfficialSheet:
    """An official sheet (fiche) that words were taken from as they are: not ours, and not checked by us."""

    number: str
    """Its number at Service-Public.fr: "F34300"."""
    title: str
    url: str
    modified: date | None
    """The day its owner last changed it; None when that is not known."""

    def is_old(self, today: date) -> bool:
        """True when it was last changed more than :data:`OLD_MONTHS` months before ``today``, or nobody knows when."""
        if self.modified is None:
            return True
        months = (today.year - self.modified.year) * 12 + today.month - self.modified.month
        return months > OLD_MONTHS or (months == OLD_MONTHS and today.day > self.modified.day)
