# SPDX-License-Identifier: EUPL-1.2
"""How each part declares what it keeps: for the register of the site, beside the rule that erases it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept. Every text is French, for the register and for who purges.

    ``tables`` are those of the site's database that hold it; none for what a kiosk keeps.
    """

    name: str
    holds: str
    why: str
    basis: str
    """The legal basis that the controller must confirm."""
    long: str
    """For how long, and counted from when."""
    then: str
    who: str
    tables: tuple[str, ...] = ()
    personal: bool = True
    """Whether any of it concerns somebody who can be known, be it a member of the staff."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What a rule has erased, or would erase now. The moments are ISO 8601, "" when there is none."""

    count: int = 0
    oldest: str = ""
    newest: str = ""

    def __add__(self, other: Erased) -> Erased:
        moments = [each for each in (self.oldest, other.oldest) if each]
        return Erased(self.count + other.count, min(moments, default=""), max(self.newest, other.newest))
