# SPDX-License-Identifier: EUPL-1.2
"""The public quality programme: every promise says what is measured, or why not."""

from __future__ import annotations

import pytest

from assist.review.indicators import INDICATORS
from assist.review.quality import COMMITMENTS, PUBLISHED, SOURCES, Measured, Promise


@pytest.mark.parametrize("promise", [*COMMITMENTS, *PUBLISHED], ids=lambda promise: promise.name[:24])
def test_a_promise_says_how_or_why_not(promise: Promise) -> None:
    assert bool(promise.how) is (promise.measured is not Measured.NOT)
    assert bool(promise.why) is (promise.measured is not Measured.HERE)
    assert set(promise.indicators) <= {indicator.id for indicator in INDICATORS}
    assert not promise.indicators or promise.measured is not Measured.NOT


def test_the_eight_commitments_and_official_sources() -> None:
    assert len(COMMITMENTS) == 8
    assert all(source.url.startswith("https://") and ".gouv.fr" in source.url for source in SOURCES)
