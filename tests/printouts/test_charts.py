# SPDX-License-Identifier: EUPL-1.2
"""Drawings: whatever the numbers, everything stands within the drawing, in its place, and says what it is."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.themes.palettes import contrast
from printouts.charts.drawing import WIDTH, Drawing, Look, drawn, in_parts
from printouts.charts.model import Bar, Chart, Columns, Range, Ranges, Rows, Table
from printouts.charts.scale import counts_up_to, seconds_up_to, seconds_words, width_of, wrapped
from printouts.charts.svg import LOOKS, svg

NOTHING = Table(("", ""), ())
_WORDS = st.text(st.sampled_from("abc éW<&\u202e1"), max_size=90)
_BARS = st.builds(
    lambda label, value, share, few: Bar(label, value, f"{value:,}", part=value * share, few=few),
    _WORDS,
    st.one_of(st.integers(0, 60), st.integers(0, 10**12)),
    st.sampled_from((0.0, 0.1, 1.0)),
    st.booleans(),
)


def _range(low: float, middle: float, high: float) -> Range:
    return Range("Une démarche", low, middle, high, "x", few=low > 100)


_RANGES = st.tuples(st.floats(0.5, 200_000), st.floats(0.5, 200_000), st.floats(0.5, 200_000)).map(
    lambda three: _range(*sorted(three))
)


def charts(most: int = 40) -> st.SearchStrategy[Chart]:
    bars = st.lists(_BARS, max_size=most).map(tuple)
    ranges = st.lists(_RANGES, max_size=most).map(tuple)
    return st.one_of(
        bars.map(lambda marks: Columns("Un titre", "Une phrase.", marks, NOTHING)),
        bars.map(lambda marks: Rows("Un titre", "Une phrase.", marks, NOTHING)),
        ranges.map(lambda marks: Ranges("Un titre", "Une phrase.", marks, NOTHING)),
    )


def extent(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of everything."""
    found = [(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height) for rect in drawing.rects]
    for label in drawing.labels:
        width = width_of(label.text, strong=label.strong)
        left = label.x - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        found.append((left, label.y - 18, left + width, label.y))
    return found


@given(charts())
def test_everything_stands_within_the_drawing(chart: Chart) -> None:
    drawing = drawn(chart)
    for left, top, right, bottom in extent(drawing):
        assert left >= -0.5
        assert right <= WIDTH + 0.5
        assert top >= -1
        assert bottom <= drawing.height + 1


@given(st.lists(_BARS, min_size=1, max_size=400))
def test_standing_bars_follow_each_other_and_no_word_touches_the_next(marks: list[Bar]) -> None:
    drawing = drawn(Columns("", "", tuple(marks), NOTHING))
    below = [label for label in drawing.labels if label.y == max(one.y for one in drawing.labels)]
    edges = [(label.x - width_of(label.text) / 2, label.x + width_of(label.text) / 2) for label in below]
    inside = edges[1:-1]
    assert all(one[1] <= other[0] + 0.1 for one, other in pairwise(inside))
    bars = sorted((rect.x, rect.width) for rect in drawing.rects if rect.look is not Look.PART)
    assert all(x + width <= other + 0.1 for (x, width), (other, _) in pairwise(bars))


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=12))
def test_a_bar_is_as_long_as_its_value(values: list[int]) -> None:
    drawing = drawn(Rows("", "", tuple(Bar("x", value, "v") for value in values), NOTHING))
    long = {value: rect.width for value, rect in zip(values, drawing.rects, strict=True)}
    most = max(values)
    for value, width in long.items():
        assert width == pytest.approx(max(2.0, long[most] * value / most))


@given(charts(most=6))
def test_svg_holds_no_style_no_script_and_every_word_as_a_word(chart: Chart) -> None:
    text = svg(chart, "one")
    tree = ElementTree.fromstring(text)  # noqa: S314 - made here
    names = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert names <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "line", "text"}
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}
    assert tree.get("role") == "img"
    assert tree.find("{*}title").text == "Un titre"  # pyright: ignore[reportOptionalMemberAccess]
    assert "\u202e" not in text


def test_two_drawings_of_a_page_share_no_id() -> None:
    chart = Rows("", "", (Bar("a", 2, "2", part=1),), NOTHING)
    first, second = (set(re.findall(r'id="([^"]+)"', svg(chart, name))) for name in ("one", "two"))
    assert first
    assert first.isdisjoint(second)
    assert 'fill="url(#one-hatch)"' in svg(chart, "one")


def test_black_on_white_by_itself() -> None:
    assert contrast(LOOKS["full"], "#ffffff") >= 7


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(0, (0, 1)), (1, (0, 1)), (3, (0, 1, 2, 3)), (7, (0, 2, 4, 6, 8)), (101, (0, 50, 100, 150))],
)
def test_round_counts(most: float, ticks: tuple[int, ...]) -> None:
    assert counts_up_to(most) == ticks


@given(st.floats(0, 10**12))
def test_a_scale_holds_what_it_measures_in_few_steps(most: float) -> None:
    assert counts_up_to(most)[-1] >= most
    assert len(counts_up_to(most)) <= 6
    assert seconds_up_to(most)[-1] >= most
    assert len(seconds_up_to(most)) <= 5


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0"), (30, "30 s"), (90, "1,5 min"), (300, "5 min"), (7200, "2 h"), (172_800, "2 j")]
)
def test_durations_on_a_scale(seconds: int, said: str) -> None:
    assert seconds_words(seconds).replace("\u00a0", " ") == said


@given(_WORDS, st.floats(60, 640))
def test_words_turn_or_are_cut_and_never_stick_out(text: str, width: float) -> None:
    lines = wrapped(text, width)
    assert 1 <= len(lines) <= 2
    assert all(width_of(line) <= width for line in lines)


def test_a_long_list_is_drawn_in_pieces_that_have_everything_once() -> None:
    marks = tuple(Bar(f"{number}", number, "") for number in range(31))
    parts = in_parts(Rows("", "", marks, NOTHING), 12)
    assert [len(part.marks) for part in parts] == [12, 12, 7]
    assert tuple(mark for part in parts for mark in part.marks) == marks
