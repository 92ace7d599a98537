# SPDX-License-Identifier: EUPL-1.2
"""Cells, millimetres, and what a screen cannot keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.layout import Box, Glass, Size, fits, grid, narrowest, wrap

DESK = Glass(100, 32, 527, 296)
WORDS = st.text(st.characters(categories=("L", "N", "P"), include_characters=" \u00a0"), max_size=80)


def test_a_finger_in_cells() -> None:
    assert DESK.target == Size(3, 2)  # 5.27 mm by 9.25 mm a cell
    assert DESK.gap == Size(1, 1)
    assert Glass(200, 60, 527, 296).target == Size(5, 3)


def test_a_small_screen_says_what_it_cannot_keep() -> None:
    assert fits(DESK) == ()
    (narrow, low) = fits(Glass(100, 32, 154, 86))  # Seven inches.
    assert "154 mm" in narrow
    assert "86 mm" in low
    assert any("60 et 20" in problem for problem in fits(Glass(40, 12, 527, 296)))


@given(WORDS, st.integers(1, 60))
def test_wrapping_loses_nothing_and_keeps_to_its_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= max(width, 2) for line in lines)  # One wide letter needs two cells.


def test_wrapping_keeps_non_breaking_spaces_and_cuts_addresses_where_they_are_joined() -> None:
    assert wrap("Pourquoi refaire la carte\u00a0?", 24) == ("Pourquoi refaire la", "carte\u00a0?")
    assert wrap("https://www.france-services.gouv.fr", 26) == ("https://www.france-", "services.gouv.fr")
    assert wrap("https://www.service-public.fr/particuliers", 32) == (
        "https://www.service-public.fr/",
        "particuliers",
    )


def test_the_narrowest_width_cuts_no_word() -> None:
    assert narrowest("Tout effacer", 2) == 7
    assert narrowest("Tout effacer", 1) == 12


@pytest.mark.clause("PAP 11", "WCAG 2.5.8")
@given(
    st.lists(st.sampled_from(["Oui", "Non", "Je ne sais pas", "Une pièce d’identité"]), min_size=1, max_size=6),
    st.integers(20, 120),
    st.integers(1, 40),
    st.booleans(),
)
def test_a_grid_is_inside_apart_and_touchable_or_nothing(
    labels: list[str], width: int, height: int, pictured: bool
) -> None:
    area = Box(3, 4, width, height)
    cells = grid(labels, area, DESK, pictured=pictured)
    if not cells:
        return
    assert len(cells) == len(labels)
    for i, cell in enumerate(cells):
        assert cell.box.inside(area)
        assert DESK.touchable(cell.box)
        assert all(DESK.apart(cell.box, other.box) for other in cells[i + 1 :])
