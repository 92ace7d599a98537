# SPDX-License-Identifier: EUPL-1.2
"""Which of its official pages a procedure names to a person: the one that fits what was answered (ADR 0182)."""

from __future__ import annotations

from datetime import date

from content.conditions import holds
from content.model import Answers, Procedure, Source


def named(procedure: Procedure, answers: Answers, today: date) -> Source:
    """The first source whose condition holds, else the general one."""
    return next(
        (source for source in procedure.sources if source.when and holds(source.when, answers, today)),
        general(procedure),
    )


def general(procedure: Procedure) -> Source:
    """The first source without a condition: a checked procedure has one."""
    return next(source for source in procedure.sources if source.when is None)


def nameable(procedure: Procedure) -> tuple[Source, ...]:
    """Every source that :func:`named` may give; the others are only compared."""
    return (general(procedure), *(source for source in procedure.sources if source.when))


def of_url(procedure: Procedure, url: str) -> Source:
    """The source of this address, else the general one: no address was kept, or it is no source any more."""
    return next((source for source in procedure.sources if source.url == url), general(procedure))
