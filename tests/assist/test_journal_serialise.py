# SPDX-License-Identifier: EUPL-1.2
"""Every event type is written without what must stay in memory, and the catalogue tells the truth."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.journal import catalogue
from assist.journal.serialise import payload_as_data, payload_of, time_text
from assist.link.messages import MandateOffer
from assist.session.commands import OfferMandate
from assist.session.events import EVENT_TYPES, ChoiceMade, Event, HelpCalled, in_memory, journalled_fields
from content.model import Procedure
from tests.sample_procedures import sample_procedure

CANARY = "canari-7731"


def sample(hint: Any, *, private: bool) -> Any:
    """A value of this type; a private one bears the canary wherever a text can."""
    if hint is str or str in get_args(hint):
        return CANARY if private else "public"
    if hint is Procedure or Procedure in get_args(hint):
        return sample_procedure()
    if hint is OfferMandate:
        return OfferMandate(MandateOffer(*[CANARY] * 4, (CANARY,), CANARY, CANARY), CANARY, ())
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    plain = {bool: True, int: 7, float: 1.5, date: date(2001, 2, 3)}
    return plain[hint if hint in plain else next(kind for kind in get_args(hint) if kind in plain)]


def sample_event(cls: type[Event]) -> Event:
    hints = get_type_hints(cls)
    kept = journalled_fields(cls)
    return cls(**{field.name: sample(hints[field.name], private=field.name not in kept) for field in fields(cls)})


@pytest.mark.parametrize("cls", EVENT_TYPES.values(), ids=EVENT_TYPES)
def test_every_event_is_kept_whole_but_for_what_is_private(cls: type[Event]) -> None:
    event = sample_event(cls)
    payload = payload_of(event)
    data = payload_as_data(payload)
    assert set(data) == set(journalled_fields(cls))
    hints = get_type_hints(cls)
    for name, value in data.items():
        kind = hints[name]
        back = kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value
        assert back == getattr(event, name)
    assert CANARY.encode() not in payload
    assert b"Carte" not in payload


def test_the_private_samples_do_bear_the_canary() -> None:
    assert CANARY in repr(sample_event(ChoiceMade))


@given(st.text())
def test_a_payload_is_canonical_ascii_whatever_the_text(text: str) -> None:
    payload = payload_of(HelpCalled(text))
    assert payload.isascii()
    assert not any(byte < 0x20 or byte == 0x7F for byte in payload)
    assert payload_as_data(payload) == {"step": text}
    assert payload == json.dumps({"step": text}, separators=(",", ":")).encode()


def test_what_an_event_may_not_hold_is_a_bug() -> None:
    with pytest.raises(TypeError, match="may not hold"):
        payload_of(HelpCalled(sample_procedure()))  # type: ignore[arg-type]
    assert in_memory().metadata


def test_times_are_utc_and_never_naive() -> None:
    paris_summer = timezone(timedelta(hours=2))
    assert time_text(datetime(2026, 10, 25, 2, 30, tzinfo=paris_summer)) == "2026-10-25T00:30:00.000+00:00"
    assert time_text(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000+00:00"
    with pytest.raises(ValueError, match="aware"):
        time_text(datetime(2026, 1, 1))


def test_the_catalogue_is_fresh() -> None:
    written = catalogue.PAGE.read_text(encoding="utf-8")
    assert written == catalogue.page(), "lancez « python -m assist.journal.catalogue »"
    for type_, cls in EVENT_TYPES.items():
        assert f"| `{type_}` | {cls.description.label} |" in written
