# SPDX-License-Identifier: EUPL-1.2
"""The paper names the official page that fits what was answered, and always one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.model import AnswerIs, Answers
from content.road_map import build, keep, told
from content.sources import general, nameable
from tests.sample_procedures import TODAY, sample_procedure

SAMPLE = sample_procedure()


@pytest.mark.parametrize(
    ("answers", "page"),
    [
        ({"besoin": "perdue", "pour-qui": "enfant"}, "child"),
        ({"besoin": "perdue", "pour-qui": "adulte"}, "lost"),
        ({"besoin": "abimee", "pour-qui": "enfant"}, "child"),
        ({"besoin": "abimee"}, "plain"),
        ({"besoin": "unknown"}, "plain"),
        ({}, "plain"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 0, 1, 3), (2, 3, 0, 1)])
def test_the_first_that_fits_else_the_general_one_wherever_it_stands(
    answers: Answers, page: str, order: tuple[int, ...]
) -> None:
    plain, lost = SAMPLE.sources
    pages = (
        replace(plain, url="child", when=AnswerIs("pour-qui", ("enfant",))),
        replace(lost, url="lost"),
        replace(plain, url="plain"),
        replace(plain, url="only compared"),
    )
    procedure = sample_procedure(sources=tuple(pages[at] for at in order))
    assert build(procedure, ("fin",), answers, TODAY).source.url == page
    assert general(procedure).url == "plain"
    assert {source.url for source in nameable(procedure)} == {"plain", "child", "lost"}


def test_the_day_of_the_comparison_is_that_of_the_oldest_page() -> None:
    """What the paper says comes from several pages: no day later than all of them is true of it."""
    recent, old = SAMPLE.sources
    found = build(SAMPLE, ("fin",), {"besoin": "abimee"}, TODAY)
    assert (found.source, found.checked_on) == (recent, old.checked_on)
    assert recent.checked_on > old.checked_on


def test_a_paper_told_again_names_the_same_page() -> None:
    general_one, lost = SAMPLE.sources
    kept = keep(SAMPLE, ("fin",), {"besoin": "perdue"}, TODAY)
    assert told(SAMPLE, kept, TODAY).source == lost
    assert told(SAMPLE, replace(kept, source=""), TODAY).source == general_one, "a copy of before"
    later = sample_procedure(sources=(general_one,))
    assert told(later, kept, TODAY).source == general_one, "a page that the procedure names no more"
