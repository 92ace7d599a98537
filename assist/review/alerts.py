# SPDX-License-Identifier: EUPL-1.2
"""What a manager or a technician should know without looking: the rules of alerts, and how one begins, lasts and ends.

Pure. A rule finds that something holds, that it does not, or that nothing can be said now: a kiosk that is not linked
says nothing of its printer, and nobody expects a kiosk at night. What cannot be judged stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from assist.review.lab import Share, Verdict, compare_shares

SILENCE = timedelta(minutes=10)
"""In the opening hours, before a kiosk that is not linked is silent."""
PATIENCE = timedelta(minutes=5)
"""Before a printer that cannot print is out: somebody may be putting paper in."""
LOW_DISK, ENOUGH_DISK = 500, 600
"""Megabytes: below the first a disk is nearly full, until it has the second again."""
SAME_CLOCK = timedelta(minutes=5)
"""Two clocks that differ by more are not the same."""
DOUBLED, STILL = 2.0, 1.5
"""A step is left twice as often as before; it is left too often until it is less than one and a half times."""
ENOUGH_LEFT = 5
"""People who left at a step within a week, at least: two where there was one says nothing."""
WEEK, BEFORE = timedelta(days=7), timedelta(days=28)


class Code(StrEnum):
    """What may be wrong. ``about`` is a kiosk, a procedure, "procedure/step", what is kept; "" is the server."""

    KIOSK_SILENT = "kiosk_silent"
    PRINTER_OUT = "printer_out"
    KIOSK_DISK = "kiosk_disk"
    SERVER_DISK = "server_disk"
    CLOCK = "clock"
    STEP_LEFT = "step_left"
    CONTENT_OLD = "content_old"
    NOT_ERASED = "not_erased"


TOLD_BY_KIOSKS = (Code.PRINTER_OUT, Code.KIOSK_DISK, Code.CLOCK)
Key = tuple[Code, str]
"""What an alert is of, and about: there is one at a time."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A part of a kiosk that is not well, by what the kiosk told last."""

    since: datetime
    numbers: tuple[int, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class KioskSeen:
    """A kiosk that may connect and has been linked before. ``heard`` is the last moment at which it was."""

    name: str
    linked: bool
    heard: datetime
    troubles: Mapping[Code, Trouble] = field(default_factory=dict[Code, Trouble])


@dataclass(frozen=True, slots=True)
class StepSeen:
    """People who left at a step among those who reached it: in the last seven days, and in the four weeks before."""

    procedure: str
    step: str
    week: Share
    before: Share


@dataclass(frozen=True, slots=True)
class Observed:
    """All that is looked at. ``opened``: when the site opened; None while it is closed."""

    now: datetime
    today: date
    opened: datetime | None
    watching_since: datetime
    """When the server began to look: what was silent before may have been its own absence."""
    kiosks: tuple[KioskSeen, ...] = ()
    server_disk: int | None = None
    """Megabytes left."""
    steps: tuple[StepSeen, ...] = ()
    contents: Mapping[str, date] = field(default_factory=dict[str, date])
    """Procedure -> the day before which its sources are to be compared again."""
    not_erased: Collection[str] | None = None
    """What is kept, by its name, and could not be erased at its term; None before the rules have been tried."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something holds. ``numbers`` and ``said`` are for the words."""

    code: Code
    about: str
    since: datetime
    numbers: tuple[int, ...] = ()
    said: str = ""

    @property
    def key(self) -> Key:
        """What an alert is of, and about."""
        return self.code, self.about


@dataclass(frozen=True, slots=True)
class Judged:
    """What holds, and what cannot be judged now."""

    found: tuple[Found, ...] = ()
    unknown: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of alerts: those that begin, those that last (as they are now), those that are over."""

    begun: tuple[Found, ...] = ()
    lasting: tuple[Found, ...] = ()
    ended: tuple[Key, ...] = ()


def judge(seen: Observed, under_way: Collection[Key]) -> Judged:
    """Every rule, applied. ``under_way``: what holds already ends later than it began."""
    unknown: set[Key] = set()
    found = [
        *_silent(seen, unknown),
        *_told(seen, unknown),
        *_server_disk(seen, under_way),
        *_steps(seen, under_way),
        *_contents(seen),
        *_not_erased(seen, under_way, unknown),
    ]
    return Judged(tuple(found), frozenset(unknown))


def change(under_way: Collection[Key], judged: Judged) -> Change:
    """What judging changes: an alert begins once, lasts while it is found or cannot be judged, and ends once."""
    keys = {found.key for found in judged.found}
    return Change(
        begun=tuple(found for found in judged.found if found.key not in under_way),
        lasting=tuple(found for found in judged.found if found.key in under_way),
        ended=tuple(key for key in under_way if key not in keys and key not in judged.unknown),
    )


def disk_is_low(free: int, *, was_low: bool) -> bool:
    """Whether a disk with so many free megabytes is nearly full."""
    return free < (ENOUGH_DISK if was_low else LOW_DISK)


def left_too_often(week: Share, before: Share, *, under_way: bool) -> bool:
    """Whether people leave at a step twice as often as before.

    Never on small numbers: at least twenty people on either side, five who left, and a difference that chance does not
    explain (95 %). Where nobody left before, the difference alone decides.
    """
    if under_way:
        return compare_shares(week, before, more_is_better=False) is not Verdict.TOO_FEW and (
            week.rate >= STILL * before.rate and week.count > 0
        )
    worse = compare_shares(week, before, more_is_better=False) is Verdict.WORSE
    return worse and week.count >= ENOUGH_LEFT and week.rate >= DOUBLED * before.rate


def _silent(seen: Observed, unknown: set[Key]) -> Iterator[Found]:
    for kiosk in seen.kiosks:
        if kiosk.linked:
            continue
        if seen.opened is None or seen.now - max(kiosk.heard, seen.opened, seen.watching_since) < SILENCE:
            unknown.add((Code.KIOSK_SILENT, kiosk.name))
        else:
            yield Found(Code.KIOSK_SILENT, kiosk.name, kiosk.heard)


def _told(seen: Observed, unknown: set[Key]) -> Iterator[Found]:
    for kiosk in seen.kiosks:
        if not kiosk.linked:
            unknown.update((code, kiosk.name) for code in TOLD_BY_KIOSKS)
            continue
        for code, trouble in kiosk.troubles.items():
            patience = PATIENCE if code is Code.PRINTER_OUT else timedelta()
            # What began after now was told before the clock was set back: that long ago at least.
            if not timedelta() <= seen.now - trouble.since < patience:
                yield Found(code, kiosk.name, min(trouble.since, seen.now), trouble.numbers, trouble.said)


def _server_disk(seen: Observed, under_way: Collection[Key]) -> Iterator[Found]:
    free = seen.server_disk
    if free is not None and disk_is_low(free, was_low=(Code.SERVER_DISK, "") in under_way):
        yield Found(Code.SERVER_DISK, "", seen.now, (free // 10 * 10,))


def _steps(seen: Observed, under_way: Collection[Key]) -> Iterator[Found]:
    for step in seen.steps:
        about = f"{step.procedure}/{step.step}"
        if left_too_often(step.week, step.before, under_way=(Code.STEP_LEFT, about) in under_way):
            numbers = step.week.count, step.week.of, step.before.count, step.before.of
            yield Found(Code.STEP_LEFT, about, seen.now, numbers)


def _contents(seen: Observed) -> Iterator[Found]:
    for procedure, check_by in seen.contents.items():
        if check_by < seen.today:
            since = datetime.combine(check_by + timedelta(days=1), time(), UTC)
            yield Found(Code.CONTENT_OLD, procedure, since, (check_by.toordinal(),))


def _not_erased(seen: Observed, under_way: Collection[Key], unknown: set[Key]) -> Iterator[Found]:
    if seen.not_erased is None:
        unknown.update(key for key in under_way if key[0] is Code.NOT_ERASED)
        return
    yield from (Found(Code.NOT_ERASED, name, seen.now) for name in seen.not_erased)
