# SPDX-License-Identifier: EUPL-1.2
"""Reports as JSON, in the codes of the field: for the tools of a network of sites."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict

from assist.desk.report.codes import (
    AdministrativeTheme,
    Age,
    Autonomy,
    CraType,
    DurationClass,
    Equipment,
    Level,
    Place,
    Referral,
    Status,
    Theme,
    duration_class,
)
from assist.server.parts import Reading
from assist.server.reports import store
from assist.server.reports.store import Kept, Wanted
from assist.server.reports.wanted import Reader, may_see, within

router = APIRouter(prefix="/api/reports", tags=["reports"])

_REFUSED: dict[int | str, dict[str, Any]] = {
    401: {"description": "Nobody is logged in."},
    403: {"description": "The role reads no reports."},
}


class Report(BaseModel):
    """One activity report (CRA). It never names the person helped."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    mediator: str
    """Identifier of the staff member who helped."""
    session: str | None
    """The kiosk's session that it tells; null for help without a kiosk."""
    written_at: dt.datetime
    changed_at: dt.datetime | None
    type: CraType
    date: dt.date
    minutes: int
    duration: DurationClass
    place: Place
    city: str
    equipment: list[Equipment]
    themes: list[Theme]
    administrative_themes: list[AdministrativeTheme]
    autonomy: Autonomy | None
    level: Level | None
    people: int
    age: Age
    status: Status
    referral: Referral | None
    follow_up: bool
    procedures: list[str]
    notes: str


class Reports(BaseModel):
    """One page of the reports that were asked for, newest day first."""

    total: int
    page: int
    per_page: int
    reports: list[Report]


def _report(kept: Kept) -> Report:
    cra = kept.cra
    fields = {name: getattr(cra, name) for name in type(cra).__dataclass_fields__}
    about = {"id": kept.id, "mediator": kept.mediator, "session": kept.session}
    times = {"written_at": kept.written_at, "changed_at": kept.changed_at}
    return Report.model_validate({**about, **times, **fields, "duration": duration_class(cra.minutes)})


@router.get("", responses=_REFUSED)
def list_reports(
    member: Reader,
    transaction: Reading,
    since: Annotated[dt.date | None, Query(description="First day, included.")] = None,
    until: Annotated[dt.date | None, Query(description="Last day, included.")] = None,
    mediator: Annotated[str, Query(pattern="^[A-Za-z0-9-]{0,40}$", description="A staff identifier.")] = "",
    theme: Annotated[Theme | AdministrativeTheme | None, Query(description="One of either list.")] = None,
    procedure: Annotated[str, Query(pattern="^[A-Za-z0-9-]{0,80}$", description="A kiosk's procedure.")] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    per_page: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Reports:
    """Reports: a mediator reads their own, a manager those of the site."""
    wanted = within(member, Wanted(since, until, mediator, theme.value if theme else "", procedure))
    found = store.find(transaction, wanted, skip=(page - 1) * per_page, limit=per_page)
    total = store.total(transaction, wanted).reports
    return Reports(total=total, page=page, per_page=per_page, reports=[_report(kept) for kept in found])


@router.get("/{report}", responses={**_REFUSED, 404: {"description": "No such report for this reader."}})
def one_report(report: Annotated[str, Path(max_length=40)], member: Reader, transaction: Reading) -> Report:
    """One report."""
    kept = store.get(transaction, report.replace("\0", ""))
    if kept is None or not may_see(member, kept):
        raise HTTPException(404, "Ce compte rendu n'est pas à vous, ou il n'est plus gardé.")
    return _report(kept)
