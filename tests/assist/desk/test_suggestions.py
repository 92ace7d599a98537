# SPDX-License-Identifier: EUPL-1.2
"""What may help at a step."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import content
from assist.desk.suggestions import ENOUGH, PLACES, RELATED, Past, suggest
from content.loader import load_catalogue
from content.model import Catalogue

TODAY = date(2026, 12, 1)


@cache
def catalogue() -> Catalogue:
    return load_catalogue(Path(content.__file__).parent / "procedures")


def test_numbers_that_could_point_at_somebody_are_not_told() -> None:
    past = Past(difficulties=ENOUGH - 1, calls=ENOUGH)
    assert suggest(catalogue(), "carte-identite", "besoin", past=past, today=TODAY).past == Past(0, ENOUGH)


def test_a_step_is_said_otherwise_and_its_sources_are_dated() -> None:
    found = suggest(catalogue(), "carte-identite", "besoin", today=TODAY)
    assert found.otherwise[0].startswith("Perdue")
    assert found.french is None
    assert all(source.url.startswith("https://") for source in found.sources)
    assert not found.out_of_date
    assert suggest(catalogue(), "carte-identite", "besoin", today=date(2036, 1, 1)).out_of_date


def test_a_step_read_in_another_language_is_given_in_french_too() -> None:
    found = suggest(catalogue(), "carte-identite", "besoin", language="en", today=TODAY)
    assert found.french is not None
    assert found.french.title.startswith("Pourquoi refaire la carte")


def test_what_may_be_missing_comes_with_where_to_get_it() -> None:
    found = suggest(catalogue(), "carte-identite", "pieces", today=TODAY)
    assert found.to_get
    assert all(paper.where for paper in found.to_get)


def test_the_place_of_the_step_comes_first_and_each_place_once() -> None:
    found = suggest(catalogue(), "carte-identite", "aide", today=TODAY)
    step = catalogue().procedures["carte-identite"]["fr"].steps["aide"]
    assert found.whom[0] == step.place
    names = [place.name for place in found.whom]
    assert len(names) == len(set(names)) <= PLACES


def test_related_procedures_are_of_the_same_theme_and_not_itself() -> None:
    found = suggest(catalogue(), "carte-identite", "besoin", today=TODAY)
    titles = {p.title: p for p in catalogue().titles()}
    assert 0 < len(found.related) <= RELATED
    assert {titles[other.title].theme for other in found.related} == {"papiers_elections_citoyennete"}
    assert "carte-identite" not in {titles[other.title].id for other in found.related}


def test_what_this_server_does_not_have_is_no_fault() -> None:
    assert suggest(catalogue(), "elsewhere", "x", past=Past(9, 9), today=TODAY).past == Past(9, 9)
    assert suggest(catalogue(), "carte-identite", "elsewhere", today=TODAY).sources
