# SPDX-License-Identifier: EUPL-1.2
"""The rules of a mandate, and what no clock can do to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.desk import mandate_clock as clock
from assist.desk import mandates
from assist.desk.mandates import Domain, Duration, Ending, Mandate, Refusal, Status

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ME, OTHER = "camille", "dominique"


def a_mandate(*domains: Domain, duration: Duration = Duration.MONTH, moment: datetime = NOON) -> Mandate:
    chosen = domains or (Domain.PAPIERS, Domain.SOCIAL)
    return mandates.give("ABCD2345", ME, chosen, duration, moment, "0" * 64)


def why(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.why


def done(answer: Mandate | Refusal) -> Mandate:
    assert isinstance(answer, Mandate), answer
    return answer


def test_what_is_given() -> None:
    mandate = a_mandate(Domain.SOCIAL, Domain.PAPIERS, Domain.SOCIAL)
    assert mandate.domains == (Domain.PAPIERS, Domain.SOCIAL)
    assert mandates.status(mandate, NOON) is Status.ACTIVE
    with pytest.raises(ValueError, match="domain"):
        mandates.give("ABCD2345", ME, (), Duration.SHORT, NOON, "0" * 64)


@pytest.mark.parametrize(("duration", "days"), [("SHORT", 1), ("MONTH", 31), ("SEMESTER", 182), ("LONG", 365)])
def test_durations(duration: str, days: int) -> None:
    mandate = a_mandate(duration=Duration(duration))
    last = NOON + days * DAY
    assert mandate.ends_at == last
    assert mandates.use(mandate, Domain.PAPIERS, ME, last - timedelta(seconds=1)) is None
    assert "date de fin" in why(mandates.use(mandate, Domain.PAPIERS, ME, last))


def test_it_is_used_by_who_has_it_and_for_what_it_says() -> None:
    mandate = a_mandate()
    assert mandates.use(mandate, Domain.PAPIERS, ME, NOON) is None
    assert "autre personne" in why(mandates.use(mandate, Domain.PAPIERS, OTHER, NOON))
    assert "ne couvre pas" in why(mandates.use(mandate, Domain.ARGENT, ME, NOON))


def test_one_domain_is_taken_back_then_the_other() -> None:
    mandate = done(mandates.revoke(a_mandate(), NOON, Domain.PAPIERS))
    assert mandates.status(mandate, NOON) is Status.ACTIVE
    assert "retiré" in why(mandates.use(mandate, Domain.PAPIERS, ME, NOON))
    assert mandates.use(mandate, Domain.SOCIAL, ME, NOON) is None
    assert "déjà" in why(mandates.revoke(mandate, NOON, Domain.PAPIERS))
    over = done(mandates.revoke(mandate, NOON + DAY, Domain.SOCIAL))
    assert (over.ended, over.ended_at) == (Ending.REVOKED, NOON + DAY)
    assert over.authorizations[0].revoked_at == NOON, "the first keeps its own moment"


def test_all_of_it_is_stopped() -> None:
    over = done(mandates.revoke(a_mandate(), NOON))
    assert over.domains == ()
    for refused in (
        mandates.use(over, Domain.PAPIERS, ME, NOON),
        mandates.revoke(over, NOON),
        mandates.hand_over(over, OTHER, NOON),
        mandates.sign(over, NOON),
        mandates.leave_site(over, NOON),
        mandates.renewable(over, NOON),
    ):
        assert "arrêté" in why(refused)


def test_it_is_handed_over() -> None:
    mandate = a_mandate()
    assert "déjà" in why(mandates.hand_over(mandate, ME, NOON))
    theirs = done(mandates.hand_over(mandate, OTHER, NOON))
    assert mandates.use(theirs, Domain.PAPIERS, OTHER, NOON) is None
    assert "autre personne" in why(mandates.use(theirs, Domain.PAPIERS, ME, NOON))
    gone = done(mandates.leave_site(theirs, NOON))
    assert "autre lieu" in why(mandates.use(gone, Domain.PAPIERS, OTHER, NOON))


def test_it_is_renewed_while_it_lives_or_once_it_expired() -> None:
    mandate = a_mandate()
    assert mandates.renewable(mandate, NOON) is None
    assert mandates.renewable(mandate, mandate.ends_at) is None
    old = mandates.replaced(mandate, NOON)
    assert old.ended is Ending.RENEWED
    assert "plus récent" in why(mandates.use(old, Domain.PAPIERS, ME, NOON))
    assert mandates.replaced(mandate, mandate.ends_at).ended is Ending.EXPIRED


def test_it_warns_thirty_days_before() -> None:
    mandate = a_mandate(duration=Duration.LONG)
    soon = mandate.ends_at - 30 * DAY
    assert mandates.ends_soon(mandate, soon)
    assert mandates.days_left(mandate, soon) == 30
    assert not mandates.ends_soon(mandate, soon - timedelta(seconds=1))
    assert not mandates.ends_soon(mandate, mandate.ends_at)
    assert mandates.days_left(mandate, mandate.ends_at + DAY) == 0


def test_it_is_signed_once() -> None:
    signed = done(mandates.sign(a_mandate(), NOON))
    assert signed.signed_at == NOON
    assert "déjà" in why(mandates.sign(signed, NOON))


MOMENTS = st.datetimes(datetime(1995, 1, 1), datetime(2120, 1, 1), timezones=st.just(UTC))
NEAR = st.builds(
    lambda days, seconds: NOON + timedelta(days=days, seconds=seconds), st.integers(-40, 400), st.integers(0, 86_399)
)
CLOCKS = st.lists(st.one_of(MOMENTS, NEAR), min_size=1, max_size=25)


@given(CLOCKS, st.sampled_from(Duration), st.sets(st.integers(0, 24)))
def test_no_clock_brings_a_mandate_back(clocks: list[datetime], duration: Duration, accepted: set[int]) -> None:
    """Whatever the clock does, and whoever says that it is right: once it was seen over, it is over."""
    mark, _ = clock.read(None, NOON)
    mandate = a_mandate(duration=duration)
    over = False
    for turn, moment in enumerate(clocks):
        mark, leap = clock.read(mark, moment)
        if turn in accepted:
            mark, leap = clock.accept(mark)
            assert leap.kind is clock.LeapKind.ACCEPTED
        mandate = mandates.seen_at(mandate, mark.highest)
        usable = not clock.in_doubt(mark) and mandates.use(mandate, Domain.PAPIERS, ME, mark.highest) is None
        over = over or moment >= mandate.ends_at
        assert not (over and usable), "used after its end was seen"
        if over:
            assert mandate.ended is Ending.EXPIRED
            assert mandate.ended_at is not None
            assert mandate.ended_at >= mandate.ends_at


@given(CLOCKS)
def test_what_the_person_stopped_stays_stopped(clocks: list[datetime]) -> None:
    mandate = done(mandates.revoke(a_mandate(duration=Duration.LONG), NOON))
    mark, _ = clock.read(None, NOON)
    for moment in clocks:
        mark, _ = clock.read(mark, moment)
        mandate = mandates.seen_at(mandate, mark.highest)
        assert mandates.status(mandate, mark.highest) is Status.REVOKED
        assert "arrêté" in why(mandates.use(mandate, Domain.PAPIERS, ME, mark.highest))


@given(CLOCKS)
def test_time_never_goes_back_and_is_never_lived_faster(clocks: list[datetime]) -> None:
    mark, _ = clock.read(None, NOON)
    for moment in clocks:
        after, leap = clock.read(mark, moment)
        step = moment - mark.last
        assert after.highest >= mark.highest
        assert timedelta() <= after.lived - mark.lived <= max(timedelta(), step)
        assert (leap is not None) == (step > clock.AHEAD or step < -clock.BACK)
        mark = after


@given(st.lists(st.tuples(NEAR, MOMENTS), max_size=8))
def test_jumps_there_and_back_erase_nothing_early(jumps: list[tuple[datetime, datetime]]) -> None:
    """A clock that leaps and is put right again never makes papers older than they are."""
    mark, _ = clock.read(None, NOON)
    true = NOON
    for right, wrong in jumps:
        true = max(true, right)
        mark, _ = clock.read(mark, true)
        mark, _ = clock.read(mark, wrong if abs(wrong - true) > clock.LIVED else true)
        mark, _ = clock.read(mark, true)
        assert mark.lived <= true - NOON


def test_a_clock_that_went_back_is_not_believed_until_somebody_mends_it() -> None:
    mark, _ = clock.read(None, NOON)
    mark, leap = clock.read(mark, NOON + 3650 * DAY)
    assert leap == clock.Leap(clock.LeapKind.AHEAD, NOON, NOON + 3650 * DAY)
    mark, leap = clock.read(mark, NOON + DAY)
    assert leap == clock.Leap(clock.LeapKind.BACK, NOON + 3650 * DAY, NOON + DAY)
    assert clock.in_doubt(mark)
    mark, leap = clock.accept(mark)
    assert not clock.in_doubt(mark)
    assert mark.highest == NOON + DAY
    assert mark.lived == timedelta()


def test_a_minute_back_is_no_doubt_and_no_earlier() -> None:
    mark, _ = clock.read(None, NOON)
    mark, leap = clock.read(mark, NOON - timedelta(minutes=59))
    assert leap is None
    assert not clock.in_doubt(mark)
    assert mark.highest == NOON
    mark, _ = clock.read(mark, NOON - timedelta(minutes=61))
    assert clock.in_doubt(mark), "small steps back add up"


def test_a_mandate_is_never_changed_in_place() -> None:
    mandate = a_mandate()
    assert replace(mandate) == mandate
    mandates.revoke(mandate, NOON)
    assert mandate.ended is None
