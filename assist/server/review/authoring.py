# SPDX-License-Identifier: EUPL-1.2
"""What an author needs to mend a step: where it is written, what the check says of it. A port that ``kiosk`` fills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from content.model import Problem


@dataclass(frozen=True, slots=True)
class Written:
    """Where something is written."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Authored:
    """One step, as its author finds it."""

    places: tuple[Written, ...]
    """Its structure, then its words in each language."""
    problems: tuple[Problem, ...]
    """What ``kiosk content check`` says of these lines."""


class Authoring(Protocol):
    """Looks into the files of the procedures."""

    def __call__(self, procedure: str, step: str, now: datetime) -> Authored | None:
        """None when the files do not have this step (any more)."""
        ...


def no_authoring(procedure: str, step: str, now: datetime) -> Authored | None:
    """For a server that was given none."""
    return None
