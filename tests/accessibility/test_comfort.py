# SPDX-License-Identifier: EUPL-1.2
"""What a person may set, notch by notch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.comfort import RATES, VOLUMES, Comfort, Contrast, TextSize

CHANGES: list[Callable[[Comfort], Comfort]] = [
    Comfort.louder,
    Comfort.softer,
    Comfort.faster,
    Comfort.slower,
    Comfort.bigger,
    Comfort.next_contrast,
]


def test_the_next_person_finds_the_ordinary_settings() -> None:
    assert Comfort() == Comfort(TextSize.NORMAL, Contrast.DAY, True, 1.0, 80)


@pytest.mark.clause("PAP 6")
def test_the_rate_goes_from_half_to_double() -> None:
    assert (RATES[0], RATES[-1]) == (0.5, 2.0)


@pytest.mark.parametrize(
    ("change", "attribute", "expected"),
    [
        (Comfort.louder, "volume", 100),
        (Comfort.softer, "volume", 60),
        (Comfort.faster, "rate", 1.25),
        (Comfort.slower, "rate", 0.75),
        (Comfort.bigger, "text_size", TextSize.LARGE),
        (Comfort.next_contrast, "contrast", Contrast.NIGHT),
    ],
)
def test_one_notch(change: Callable[[Comfort], Comfort], attribute: str, expected: object) -> None:
    assert getattr(change(Comfort()), attribute) == expected


@pytest.mark.parametrize(
    ("change", "attribute", "last"),
    [
        (Comfort.louder, "volume", VOLUMES[-1]),
        (Comfort.softer, "volume", VOLUMES[0]),
        (Comfort.faster, "rate", RATES[-1]),
        (Comfort.slower, "rate", RATES[0]),
    ],
)
def test_the_last_notch_stays(change: Callable[[Comfort], Comfort], attribute: str, last: float) -> None:
    comfort = Comfort()
    for _ in range(20):
        comfort = change(comfort)
    assert getattr(comfort, attribute) == last


@pytest.mark.parametrize(("change", "count"), [(Comfort.bigger, len(TextSize)), (Comfort.next_contrast, len(Contrast))])
def test_round_and_round(change: Callable[[Comfort], Comfort], count: int) -> None:
    seen = [Comfort()]
    for _ in range(count):
        seen.append(change(seen[-1]))
    assert len(set(seen)) == count
    assert seen[-1] == seen[0]


@given(st.lists(st.sampled_from(CHANGES)))
def test_any_sequence_stays_within_the_notches(changes: list[Callable[[Comfort], Comfort]]) -> None:
    comfort = Comfort()
    for change in changes:
        comfort = change(comfort)
    assert comfort.rate in RATES
    assert comfort.volume in VOLUMES
    assert comfort.voice
