# SPDX-License-Identifier: EUPL-1.2
"""Where people stop: each step of a procedure's text, beside the same step of the text that was served before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assist.review.lab import Share, Verdict, compare_shares
from assist.review.times import median
from assist.server.review import reading
from assist.server.review.asked import Wanted
from assist.server.review.reading import Text
from content.model import Procedure


@dataclass(frozen=True, slots=True)
class Stage:
    """One step. ``stopped`` compares it with the text before; None when that text did not have it."""

    step: str
    title: str
    counts: Mapping[str, int]
    seconds: float | None
    """Half of the visits spent less there."""
    before: Mapping[str, int] | None
    stopped: Verdict | None

    @property
    def lost(self) -> int:
        """Visits that ended here, short of their end."""
        return self.counts["abandoned"]


@dataclass(frozen=True, slots=True)
class Funnel:
    """A text, the one before it, and the steps."""

    text: Text
    before: Text | None
    stages: tuple[Stage, ...]

    @property
    def hardest(self) -> tuple[Stage, ...]:
        """The steps where people stop, ask for help or say that it is difficult; the worst first."""
        stuck = [stage for stage in self.stages if _stuck(stage.counts)]
        return tuple(sorted(stuck, key=lambda stage: (-_stuck(stage.counts), stage.step)))


def funnel(transaction: Session, wanted: Wanted, procedure: Procedure | None) -> Funnel | None:
    """The newest text met in these days; None when the procedure was not begun."""
    texts = reading.texts(transaction, wanted)
    if not texts:
        return None
    text, before = texts[0], texts[1] if len(texts) > 1 else None
    now = reading.steps(transaction, wanted, text.id)
    then = reading.steps(transaction, wanted, before.id) if before else {}
    order = [step for step in procedure.steps if step in now] if procedure else []
    order += sorted(set(now) - set(order), key=lambda step: (-now[step]["reached"], step))
    times = reading.step_times(transaction, wanted, text.id, order)
    stages = (
        Stage(
            step=step,
            title=procedure.steps[step].title if procedure and step in procedure.steps else step,
            counts=now[step],
            seconds=median(times[step]),
            before=then.get(step),
            stopped=_compared(now[step], then.get(step)),
        )
        for step in order
    )
    return Funnel(text, before, tuple(stages))


def _stuck(counts: Mapping[str, int]) -> int:
    return counts["abandoned"] + counts["helped"] + counts["difficulty"]


def _compared(now: Counter[str], then: Counter[str] | None) -> Verdict | None:
    if then is None:
        return None
    return compare_shares(
        Share(now["abandoned"], now["reached"]), Share(then["abandoned"], then["reached"]), more_is_better=False
    )
