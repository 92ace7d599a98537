# SPDX-License-Identifier: EUPL-1.2
"""How an event type is declared: its label, its privacy class, its retention, and what the journal may keep of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar, TypeVar


class Privacy(StrEnum):
    """What an event may tell about a person."""

    TECHNICAL = "technical"
    """About the machine only."""
    ANONYMOUS = "anonymous"
    """About a session that nobody can tie to a person."""


TECHNICAL_JOURNAL_DAYS = 183
"""Six months."""


@dataclass(frozen=True, slots=True)
class Description:
    """What the catalogue says of an event type. ``label`` is French, for mediators and managers."""

    type: str
    label: str
    privacy: Privacy
    retention_days: int


_IN_MEMORY = "in_memory"


def in_memory() -> Any:
    """A field that lives in memory for the session only."""
    return field(metadata={_IN_MEMORY: True})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Subclasses are registered by :func:`event`."""

    description: ClassVar[Description]


E = TypeVar("E", bound=type[Event])
EVENT_TYPES: dict[str, type[Event]] = {}
"""Type name -> class, in the order of their declaration."""


def event(
    type_: str, label: str, privacy: Privacy = Privacy.ANONYMOUS, days: int = TECHNICAL_JOURNAL_DAYS
) -> Callable[[E], E]:
    """Declare an event type under a stable dotted name."""

    def declare(cls: E) -> E:
        cls.description = Description(type_, label, privacy, days)
        EVENT_TYPES[type_] = cls
        return cls

    return declare


def journalled_fields(cls: type[Event]) -> tuple[str, ...]:
    """Names of the fields that the journal may keep."""
    return tuple(f.name for f in fields(cls) if not f.metadata.get(_IN_MEMORY))
