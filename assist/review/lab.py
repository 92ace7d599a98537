# SPDX-License-Identifier: EUPL-1.2
"""The laboratory: a draft tried with volunteers, beside the published text of the same procedure. Pure.

Nothing is concluded from too few people: below :data:`ENOUGH` visits on either side, or when the intervals at 95 %
leave it open, the verdict says so (docs/decisions/0110).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, sqrt
from statistics import NormalDist, median

from assist.review.visits import StepVisit, Visit
from assist.session.commands import Face

ENOUGH = 20
"""Visits, on each side, below which nothing is said of a difference."""
_Z = NormalDist().inv_cdf(0.975)


class Verdict(StrEnum):
    """What a comparison allows to say of the draft."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    """No difference can be seen: there may be a small one."""
    TOO_FEW = "too_few"
    """Too few visits to tell anything."""


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of`` visits."""

    count: int
    of: int

    @property
    def rate(self) -> float:
        """From 0 to 1; 0 when there was no visit."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class StepFigures:
    """One step, over the visits that reached it."""

    step: str
    reached: int
    repeated: Share
    explained: Share
    helped: Share
    difficulty: Share
    abandoned: Share
    stuck: Share
    """Visits that did not get on here: said to be difficult, helped, or ended here."""
    seconds: tuple[float, ...]
    """Spent there, a value a visit, sorted."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How one version of a procedure went."""

    visits: int
    finished: Share
    helped: Share
    difficulty: Share
    faces: Mapping[Face, int]
    seconds: tuple[float, ...]
    """From the choice of the procedure to the end of a visit that was finished, sorted."""
    steps: tuple[StepFigures, ...]

    @property
    def happy(self) -> Share:
        """Happy faces among the faces given."""
        given = sum(count for face, count in self.faces.items() if face is not Face.SKIPPED)
        return Share(self.faces.get(Face.HAPPY, 0), given)

    @property
    def hardest(self) -> tuple[StepFigures, ...]:
        """The steps where people got stuck, the worst first."""
        found = [step for step in self.steps if step.stuck.count]
        return tuple(sorted(found, key=lambda step: (-step.stuck.count, -step.stuck.rate, step.step)))


def figures(visits: Iterable[Visit]) -> Figures:
    """The figures of these visits; the steps in the order in which most people met them."""
    kept = list(visits)
    by_step: dict[str, list[StepVisit]] = {}
    places: dict[str, list[int]] = {}
    for visit in kept:
        for place, step in enumerate(visit.steps.values()):
            by_step.setdefault(step.step, []).append(step)
            places.setdefault(step.step, []).append(place)
    order = sorted(by_step, key=lambda step: (median(places[step]), -len(places[step]), step))
    total = len(kept)
    return Figures(
        visits=total,
        finished=Share(sum(visit.finished for visit in kept), total),
        helped=Share(sum(visit.helped for visit in kept), total),
        difficulty=Share(sum(visit.difficulties > 0 for visit in kept), total),
        faces=Counter(visit.face for visit in kept if visit.face is not None),
        seconds=tuple(sorted(visit.seconds for visit in kept if visit.finished)),
        steps=tuple(_step(step, by_step[step]) for step in order),
    )


def _step(name: str, met: Sequence[StepVisit]) -> StepFigures:
    def share(true: Iterable[object]) -> Share:
        return Share(sum(map(bool, true)), len(met))

    return StepFigures(
        step=name,
        reached=len(met),
        repeated=share(step.repeated for step in met),
        explained=share(step.explained for step in met),
        helped=share(step.helped for step in met),
        difficulty=share(step.difficulty for step in met),
        abandoned=share(step.abandoned for step in met),
        stuck=share(step.difficulty or step.helped or step.abandoned for step in met),
        seconds=tuple(sorted(step.seconds for step in met)),
    )


def compare_shares(draft: Share, published: Share, *, more_is_better: bool) -> Verdict:
    """Whether two shares differ (Newcombe's interval of a difference, built on Wilson's, at 95 %)."""
    if min(draft.of, published.of) < ENOUGH:
        return Verdict.TOO_FEW
    (low, high), (low_of, high_of) = wilson(draft), wilson(published)
    difference = draft.rate - published.rate
    least = difference - sqrt((draft.rate - low) ** 2 + (high_of - published.rate) ** 2)
    most = difference + sqrt((high - draft.rate) ** 2 + (published.rate - low_of) ** 2)
    if least <= 0 <= most:
        return Verdict.SAME
    return Verdict.BETTER if (least > 0) is more_is_better else Verdict.WORSE


def wilson(share: Share) -> tuple[float, float]:
    """The interval at 95 % in which the true share lies (Wilson, 1927)."""
    centre = share.rate + _Z**2 / (2 * share.of)
    width = _Z * sqrt(share.rate * (1 - share.rate) / share.of + _Z**2 / (4 * share.of**2))
    whole = 1 + _Z**2 / share.of
    return max(0.0, (centre - width) / whole), min(1.0, (centre + width) / whole)


def compare_times(draft: Sequence[float], published: Sequence[float]) -> Verdict:
    """Whether two medians differ: their intervals at 95 % (by order statistics) lie apart. Shorter is better."""
    if min(len(draft), len(published)) < ENOUGH:
        return Verdict.TOO_FEW
    (low, high), (low_of, high_of) = median_interval(draft), median_interval(published)
    if high < low_of:
        return Verdict.BETTER
    return Verdict.WORSE if low > high_of else Verdict.SAME


def median_interval(values: Sequence[float]) -> tuple[float, float]:
    """The interval at 95 % in which the true median lies. ``values`` sorted, at least six."""
    half_width = _Z * sqrt(len(values)) / 2
    first = max(0, floor(len(values) / 2 - half_width))
    return values[first], values[len(values) - 1 - first]


def difficulties(visits: Iterable[Visit], hashes: Collection[str]) -> tuple[tuple[str, StepFigures], ...]:
    """(procedure, step) where people got stuck, the worst first; of the texts whose hashes are given."""
    by_procedure: dict[str, list[Visit]] = {}
    for visit in visits:
        if visit.content_hash in hashes:
            by_procedure.setdefault(visit.procedure, []).append(visit)
    ranked = [(name, step) for name, met in by_procedure.items() for step in figures(met).hardest]
    return tuple(sorted(ranked, key=lambda row: (-row[1].stuck.count, -row[1].stuck.rate, row[0], row[1].step)))
