# SPDX-License-Identifier: EUPL-1.2
"""Who waits for a mediator, in which order, and for how long: pure, without network or database."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

SPOKEN_AHEAD = timedelta(minutes=3)
"""Head start of a call in a language that this mediator speaks, over those in another."""
KNOWN_AHEAD = timedelta(minutes=2)
"""Head start of a call about a theme that this mediator knows well."""
FEWEST_WAITS = 5
"""Fewer waits than that tell nothing of the next one."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits. ``theme`` is that of the procedure, "" when there is none yet."""

    id: str
    called_at: datetime
    language: str = "fr"
    theme: str = ""
    meant_for: str = ""
    """The mediator to whom a colleague handed this call; "" for anybody."""


@dataclass(frozen=True, slots=True)
class Helper:
    """A mediator, as the queue needs to know her."""

    id: str
    languages: tuple[str, ...] = ("fr",)
    skills: frozenset[str] = frozenset()


def in_order(waiting: Iterable[Waiting], helper: Helper) -> list[Waiting]:
    """The calls as ``helper`` should take them: those handed to her, then the longest wait.

    A language she speaks and a theme she knows count as minutes already waited. The sum of both bounds how much longer
    anybody waits for having come with something else. Those handed to a colleague come last.
    """
    return sorted(waiting, key=lambda call: (_turn(call, helper), call.called_at - _ahead(call, helper), call.id))


def _turn(call: Waiting, helper: Helper) -> int:
    return 1 if not call.meant_for else 0 if call.meant_for == helper.id else 2


def _ahead(call: Waiting, helper: Helper) -> timedelta:
    ahead = SPOKEN_AHEAD if call.language in helper.languages else timedelta()
    return ahead + KNOWN_AHEAD if call.theme in helper.skills else ahead


def estimate(waits: Sequence[timedelta]) -> int | None:
    """How long the next person may wait, in whole minutes, at least 1: the median of recent ``waits``.

    None when there are too few to tell. The wait of somebody to whom nobody has come yet belongs to ``waits`` too.
    """
    if len(waits) < FEWEST_WAITS:
        return None
    return max(1, math.ceil(median(wait / timedelta(minutes=1) for wait in waits)))
