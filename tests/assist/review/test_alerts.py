# SPDX-License-Identifier: EUPL-1.2
"""Each rule of alerts, and their life: begun once, lasting, ended once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.review.alerts import (
    Code,
    Found,
    Judged,
    Key,
    KioskSeen,
    Observed,
    StepSeen,
    Trouble,
    change,
    judge,
)
from assist.review.lab import Share

NINE = datetime(2026, 11, 30, 8, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
QUIET = Observed(TEN, date(2026, 11, 30), NINE, NINE - timedelta(days=1))
MINUTE = timedelta(minutes=1)
SILENT = Code.KIOSK_SILENT, "accueil"


def kiosk(*, linked: bool = True, heard: datetime = TEN, **troubles: Trouble) -> KioskSeen:
    return KioskSeen("accueil", linked, heard, {Code[name]: trouble for name, trouble in troubles.items()})


def found(seen: Observed, *under_way: Key) -> list[Key]:
    return [each.key for each in judge(seen, under_way).found]


def after(silence: timedelta, **changes: object) -> Observed:
    """A kiosk that was heard last so long ago."""
    seen = replace(QUIET, kiosks=(kiosk(linked=False, heard=TEN - silence),))
    return replace(seen, **changes)  # type: ignore[arg-type]


def test_nothing_is_wrong_where_all_is_well() -> None:
    seen = replace(QUIET, kiosks=(kiosk(),), server_disk=600, contents={"rsa": QUIET.today})
    assert judge(seen, ()) == Judged()


def test_a_kiosk_is_silent_after_ten_minutes_of_opening() -> None:
    (silent,) = judge(after(10 * MINUTE), ()).found
    assert (silent.key, silent.since) == (SILENT, TEN - 10 * MINUTE)
    assert judge(after(9 * MINUTE), ()) == Judged((), frozenset({SILENT, *unheard()}))


def unheard() -> set[Key]:
    return {(code, "accueil") for code in (Code.PRINTER_OUT, Code.KIOSK_DISK, Code.CLOCK)}


@pytest.mark.parametrize(
    "changes",
    [{"opened": None}, {"opened": TEN - 9 * MINUTE}, {"watching_since": TEN - 9 * MINUTE}],
    ids=["closed", "just opened", "server just started"],
)
def test_a_kiosk_is_not_judged_when_nobody_expects_it(changes: dict[str, object]) -> None:
    judged = judge(after(timedelta(hours=12), **changes), ())
    assert judged.found == ()
    assert SILENT in judged.unknown


def test_a_printer_is_out_after_five_minutes() -> None:
    for minutes, out in ((4, False), (5, True)):
        seen = replace(QUIET, kiosks=(kiosk(PRINTER_OUT=Trouble(TEN - minutes * MINUTE, (), "Papier.")),))
        assert found(seen) == [(Code.PRINTER_OUT, "accueil")] * out


@pytest.mark.parametrize("code", [Code.KIOSK_DISK, Code.CLOCK])
def test_what_a_kiosk_tells_of_itself_counts_at_once_and_only_while_it_is_linked(code: Code) -> None:
    trouble = {code.name: Trouble(TEN, (450,))}
    (alert,) = judge(replace(QUIET, kiosks=(kiosk(**trouble),)), ()).found
    assert (alert.key, alert.numbers) == ((code, "accueil"), (450,))
    away = judge(replace(QUIET, kiosks=(kiosk(linked=False, heard=TEN, **trouble),)), ())
    assert away == Judged((), frozenset({SILENT, *unheard()}))


@pytest.mark.parametrize(("free", "was", "low"), [(499, False, True), (500, False, False), (599, True, True)])
def test_the_disk_of_the_server_is_low_until_it_has_a_little_more(free: int, was: bool, low: bool) -> None:
    key = (Code.SERVER_DISK, "")
    assert found(replace(QUIET, server_disk=free), *[key] * was) == [key] * low


def test_what_could_not_be_erased_is_told_until_it_is_and_not_judged_before_the_rules_are_tried() -> None:
    key = (Code.NOT_ERASED, "Mandats")
    assert judge(QUIET, [key, SILENT]).unknown == {key}
    assert found(replace(QUIET, not_erased={"Mandats"})) == [key]
    assert judge(replace(QUIET, not_erased=set()), [key]) == Judged()


def left(week: Share, before: Share, *, under_way: bool = False) -> bool:
    seen = replace(QUIET, steps=(StepSeen("rsa", "couple", week, before),))
    key = (Code.STEP_LEFT, "rsa/couple")
    return found(seen, *[key] * under_way) == [key]


@pytest.mark.parametrize(
    ("week", "before", "said"),
    [
        (Share(20, 50), Share(20, 200), True),
        (Share(10, 50), Share(20, 200), False),  # Twice as many, as chance may do.
        (Share(19, 100), Share(40, 400), False),  # Nearly twice as many, and chance does not explain it.
        (Share(4, 20), Share(0, 400), False),  # Four people.
        (Share(10, 19), Share(20, 400), False),  # Nineteen came.
        (Share(10, 50), Share(0, 19), False),
        (Share(8, 40), Share(0, 160), True),
        (Share(0, 50), Share(0, 200), False),
        (Share(0, 0), Share(0, 0), False),
    ],
)
def test_a_step_is_told_when_people_leave_it_twice_as_often(week: Share, before: Share, said: bool) -> None:
    assert left(week, before) is said


def test_a_step_is_told_until_people_leave_it_less_than_half_more_often() -> None:
    assert left(Share(8, 50), Share(20, 200), under_way=True)
    assert not left(Share(7, 50), Share(20, 200), under_way=True)
    assert not left(Share(9, 19), Share(20, 200), under_way=True)
    assert not left(Share(0, 50), Share(0, 200), under_way=True)


def test_a_text_is_old_the_day_after_it_was_to_be_compared() -> None:
    yesterday = QUIET.today - timedelta(days=1)
    (old,) = judge(replace(QUIET, contents={"rsa": QUIET.today, "voter": yesterday}), ()).found
    assert (old.key, old.numbers) == ((Code.CONTENT_OLD, "voter"), (yesterday.toordinal(),))


# The life of an alert

KEYS = st.tuples(st.sampled_from(Code), st.sampled_from(["a", "b"]))
LOOKS = st.lists(st.tuples(st.frozensets(KEYS, max_size=5), st.frozensets(KEYS, max_size=5)), max_size=12)


@given(LOOKS)
def test_an_alert_begins_once_lasts_and_ends_once(looks: list[tuple[frozenset[Key], frozenset[Key]]]) -> None:
    """Against what each key alone should have lived."""
    under_way: set[Key] = set()
    told: list[tuple[str, Key]] = []
    expected: list[tuple[str, Key]] = []
    holds: dict[Key, bool] = {}
    for held, unknown in looks:
        judged = Judged(tuple(Found(code, about, TEN) for code, about in sorted(held)), unknown)
        changed = change(frozenset(under_way), judged)
        begun = {each.key for each in changed.begun}
        assert begun | {each.key for each in changed.lasting} == held
        assert not begun & under_way
        assert set(changed.ended) <= under_way
        under_way = (under_way | begun) - set(changed.ended)
        told += [*(("began", key) for key in sorted(begun)), *(("ended", key) for key in sorted(changed.ended))]
        for what, now in (("began", True), ("ended", False)):
            for key in sorted({*holds, *held}):
                is_so = key in held or (key in unknown and holds.get(key, False))
                if is_so is now and holds.get(key, False) is not now:
                    expected.append((what, key))
                    holds[key] = now
        assert under_way == {key for key, now in holds.items() if now}
    assert told == expected


@given(LOOKS)
def test_looking_twice_changes_nothing_more(looks: list[tuple[frozenset[Key], frozenset[Key]]]) -> None:
    under_way: frozenset[Key] = frozenset()
    for held, unknown in looks:
        judged = Judged(tuple(Found(code, about, TEN) for code, about in held), unknown)
        changed = change(under_way, judged)
        under_way = (under_way | held) - set(changed.ended)
        again = change(under_way, judged)
        assert (again.begun, again.ended) == ((), ())
