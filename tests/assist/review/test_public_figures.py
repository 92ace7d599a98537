# SPDX-License-Identifier: EUPL-1.2
"""The poster hides small counts, and whoever has the public file too finds none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import product

from assist.review.indicators import Sums
from assist.review.lab import Share
from assist.review.open_data import Record, published
from assist.review.public_figures import PublicFigures, public_figures

TODAY = date(2026, 12, 1)
Counts = Mapping[str, Mapping[str, int]]


def told(procedures: Counts, people: Mapping[str, int]) -> tuple[PublicFigures, tuple[Record, ...]]:
    """What everybody may read of a month: the poster, and the file."""
    records = tuple(published([("2026-11", name, counts) for name, counts in procedures.items()], TODAY))
    sums: Counter[str] = Counter()
    for counts in procedures.values():
        sums.update(counts)
    return public_figures(Sums(counts={**sums, **people}, waits={40: people["joined"]}), records), records


def test_what_is_told_of_a_busy_month() -> None:
    many = {"visits": 60, "finished": 50, "happy": 30, "neutral": 10, "unhappy": 5, "helped": 20, "difficult": 9}
    few = {"visits": 3, "finished": 3, "happy": 3}
    figures, _ = told({"rsa": many, "voter": few}, {"sessions": 62, "joined": 19})
    assert figures == PublicFigures(people=62, finished=Share(50, 60), joined=19, wait_minutes=1, faces=(30, 10, 5)), (
        "the three who voted are in no count of procedures"
    )


def test_small_counts_are_held_back() -> None:
    none, _ = told({"rsa": {"visits": 4, "finished": 4}}, {"sessions": 4, "joined": 0})
    assert none == PublicFigures(None, None, None, None, None)
    some, _ = told({"rsa": {"visits": 20, "finished": 18, "happy": 3}}, {"sessions": 20, "joined": 3})
    assert some == PublicFigures(20, None, None, None, None)
    nearly, _ = told({}, {"sessions": 20, "joined": 17})
    assert nearly.joined is None, "the three to whom nobody came could be found"
    everybody, _ = told({}, {"sessions": 20, "joined": 20})
    assert everybody.joined == 20


def test_no_hidden_count_is_found_from_the_poster_and_the_file_together() -> None:
    """Of all the truths that tell the same, each hidden count takes at least two values.

    How many people came is tried as given: some begin nothing, some begin a second procedure, and nobody outside knows
    how many. So the same number of people goes with any count of procedures near it.
    """
    truths: dict[str, list[dict[str, int]]] = {}
    for visits, finished, happy, other in product((7, 12), range(13), range(13), range(1, 5)):
        if finished <= visits and happy <= visits:
            procedures = {
                "rsa": {"visits": visits, "finished": finished, "happy": happy},
                "voter": {"visits": other, "finished": other, "happy": other},
            }
            found = truths.setdefault(repr(told(procedures, {"sessions": 14, "joined": 6})), [])
            found.append({"visits": visits, "finished": finished, "happy": happy, "other": other})
    for said, found in truths.items():
        assert len({truth["other"] for truth in found}) == 4, said
        for name in ("finished", "happy"):
            small = {truth[name] for truth in found if 0 < truth[name] < 5 or 0 < truth["visits"] - truth[name] < 5}
            assert len(small) != 1 or len({truth[name] for truth in found}) > 1, said
