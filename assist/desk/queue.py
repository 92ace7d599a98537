# SPDX-License-Identifier: EUPL-1.2
"""In what order those who call are shown to one mediator. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LANGUAGE_SECONDS = 180.0
"""A call in a language that the mediator speaks stands as one that has waited this much longer."""
SKILL_SECONDS = 60.0
"""The same for a theme that she knows well."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who calls, and whom nobody has joined."""

    call: str
    since: datetime
    language: str = "fr"
    theme: str = ""
    """The theme of the procedure; "" when none is chosen yet, or when it is not known here."""
    handed_to: str = ""
    """The mediator it was handed to; "" for whoever comes."""


@dataclass(frozen=True, slots=True)
class Helper:
    """Who looks at the queue."""

    id: str
    languages: tuple[str, ...] = ("fr",)
    skills: frozenset[str] = frozenset()
    """Themes that this mediator knows well; none: all alike."""


def ordered(calls: Iterable[Waiting], helper: Helper, now: datetime) -> tuple[Waiting, ...]:
    """The calls as ``helper`` should take them: handed to her, then for anybody, then handed to others.

    Among these the longest wait comes first, with a head start for her languages and skills: who waits long enough
    always comes first in the end.
    """
    return tuple(sorted(calls, key=lambda call: (_turn(call, helper), -_standing(call, helper, now), call.call)))


def _turn(call: Waiting, helper: Helper) -> int:
    return 0 if call.handed_to == helper.id else 1 if not call.handed_to else 2


def _standing(call: Waiting, helper: Helper, now: datetime) -> float:
    spoken = LANGUAGE_SECONDS if call.language in helper.languages else 0.0
    known = SKILL_SECONDS if call.theme in helper.skills else 0.0
    return (now - call.since).total_seconds() + spoken + known
