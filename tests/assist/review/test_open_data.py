# SPDX-License-Identifier: EUPL-1.2
"""Whoever has the public file, and knows how it was made, cannot tell any count that was kept back."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from assist.review.open_data import FACES, LEAST, SHARES, Record, published

TODAY = date(2026, 12, 2)
COUNTS = st.integers(0, 14).flatmap(
    lambda visits: st.fixed_dictionaries(
        {"visits": st.just(visits)}
        | {name: st.integers(0, visits) for name in SHARES}
        | {name: st.integers(0, visits // 3) for name in FACES}
    )
)


def one(counts: dict[str, int], month: str = "2026-11") -> list[Record]:
    return list(published([(month, "rsa", counts)], TODAY))


@given(COUNTS)
def test_nothing_shown_is_small_and_nothing_small_is_left_by_subtraction(counts: dict[str, int]) -> None:
    for record in one(counts):
        assert record.visits >= LEAST
        for name in SHARES:
            shown = record.shown[name]
            if shown is not None:
                assert shown == counts[name]
                assert all(part == 0 or part >= LEAST for part in (shown, record.visits - shown))
        faces = [record.shown[name] for name in FACES]
        if None not in faces:
            given_ = sum(face for face in faces if face is not None)
            assert all(part == 0 or part >= LEAST for part in (*(face or 0 for face in faces), record.visits - given_))


@given(COUNTS)
def test_those_who_finished_and_gave_no_face_are_not_few(counts: dict[str, int]) -> None:
    for record in one(counts):
        finished, faces = record.shown["finished"], [record.shown[name] for name in FACES]
        if finished is not None and None not in faces:
            silent = abs(finished - sum(face or 0 for face in faces))
            assert silent == 0 or silent >= LEAST


def test_fifteen_finished_and_twelve_faces_keep_the_faces_back() -> None:
    counts = {"visits": 20, "finished": 15, "happy": 12}
    assert one(counts)[0].shown["happy"] is None
    assert one({**counts, "finished": 12, "visits": 17})[0].shown["happy"] == 12


@given(COUNTS)
def test_several_truths_make_the_same_file(counts: dict[str, int]) -> None:
    """The attack: of all possible truths, keep those that would have made this file. No hidden count is told."""
    records = one(counts)
    if not records:  # the month is not in the file: any number of visits below five explains that
        assert len({visits for visits in range(LEAST) if not one({**counts, "visits": visits})}) == LEAST
        return
    (record,) = records
    for name in SHARES:
        if record.shown[name] is None:
            explains = {n for n in range(record.visits + 1) if one({**counts, name: n}) == records}
            assert counts[name] in explains
            assert len(explains) >= 2
    if record.shown["happy"] is None:
        possible = product(range(record.visits + 1), repeat=3)
        explains = {
            faces
            for faces in possible
            if sum(faces) <= record.visits and one(counts | dict(zip(FACES, faces, strict=True))) == records
        }
        for place in range(len(FACES)):
            assert len({faces[place] for faces in explains}) >= 2


def test_a_month_that_is_not_over_is_not_published() -> None:
    plenty = {"visits": 100, "finished": 60}
    assert not one(plenty, "2026-12")
    assert not one(plenty, "2027-01")
    assert one(plenty, "2026-11")
