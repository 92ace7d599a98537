# SPDX-License-Identifier: EUPL-1.2
"""An event as canonical JSON, without the fields that live in memory only."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from assist.session.events import Event, journalled_fields


def _plain(value: object) -> str:
    """A date is the only value of an event that JSON does not know; anything else is a bug."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"an event may not hold {type(value).__name__}")


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain).encode
"""ASCII, sorted, without spaces: one event has one text, and no control character reaches a terminal."""


@cache
def _kept(cls: type[Event]) -> tuple[str, ...]:
    return journalled_fields(cls)


def payload_of(event: Event) -> bytes:
    """The canonical JSON object of what the journal may keep. Raises TypeError for a value it must not hold."""
    return _encode({name: getattr(event, name) for name in _kept(type(event))}).encode("ascii")


def payload_as_data(payload: bytes) -> dict[str, Any]:
    """What :func:`payload_of` wrote, as plain data. Raises ValueError when it is not a JSON object."""
    data: Any = json.loads(payload)
    if not isinstance(data, dict):
        raise ValueError("the payload of an event is a JSON object")
    return data  # pyright: ignore[reportUnknownVariableType] - json.loads gives str keys


def time_text(at: datetime) -> str:
    """UTC, ISO 8601, milliseconds. Raises ValueError when ``at`` does not say its time zone."""
    if at.tzinfo is None:
        raise ValueError("the journal needs an aware datetime")
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
