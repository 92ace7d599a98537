# SPDX-License-Identifier: EUPL-1.2
"""What is told to everybody of a month is fixed the first time it is told, and never changes after that.

A kiosk that was away for weeks brings its visits late. Two files of the same month, or a poster and a file, would then
differ by these visits alone, perhaps one person's: whoever subtracts them would find her.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from assist.review.lab import Share
from assist.review.open_data import FACES, SHARES, Record, published
from assist.review.public_figures import PublicFigures, public_figures
from assist.server.review import reading
from assist.server.review.keeping import insert_into
from assist.server.review.months import Month, months_met
from assist.server.review.tables import PublishedMonth
from assist.server.site import HERE


@dataclass(frozen=True, slots=True)
class Told:
    """All that is told of one month."""

    month: Month
    fixed_on: date
    records: tuple[Record, ...]
    figures: PublicFigures


def told(transaction: Session, month: Month, now: datetime) -> Told | None:
    """What is told of a month that is over, fixed if it was not. None when too few people came to tell anything."""
    if transaction.get(PublishedMonth, month.id) is None and not _fix(transaction, month, now):
        return None
    return _as_fixed(month, transaction.get_one(PublishedMonth, month.id))


def _fix(transaction: Session, month: Month, now: datetime) -> bool:
    """Fix it, unless somebody else does at the same moment; whether there is anything to tell."""
    records = tuple(published(reading.by_month(transaction, month.wanted), now.astimezone(HERE).date()))
    figures = public_figures(reading.sums(transaction, month.wanted), records)
    if figures.people is None and not records:
        return False
    content = {
        "figures": asdict(figures),
        "records": [{"procedure": one.procedure, "visits": one.visits, **one.shown} for one in records],
    }
    values = {"month": month.id, "fixed_at": now, "content": json.dumps(content)}
    transaction.execute(insert_into(transaction, PublishedMonth).values(values).on_conflict_do_nothing())
    return True


def told_of_all(transaction: Session, now: datetime) -> Iterator[Told]:
    """The same of every month that is over, the oldest first."""
    for month in months_met(transaction, now.astimezone(HERE).date()):
        if one := told(transaction, month, now):
            yield one


def _as_fixed(month: Month, row: PublishedMonth) -> Told:
    content: dict[str, Any] = json.loads(row.content)
    figures = content["figures"]
    finished, faces = figures["finished"], figures["faces"]
    return Told(
        month,
        row.fixed_at.astimezone(HERE).date(),
        tuple(
            Record(month.id, one["procedure"], one["visits"], {name: one[name] for name in (*SHARES, *FACES)})
            for one in content["records"]
        ),
        PublicFigures(
            people=figures["people"],
            finished=None if finished is None else Share(**finished),
            joined=figures["joined"],
            wait_minutes=figures["wait_minutes"],
            faces=None if faces is None else (faces[0], faces[1], faces[2]),
        ),
    )
