# SPDX-License-Identifier: EUPL-1.2
"""The figures as files to take away."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.desk.catalogue import catalogue_of
from assist.server.parts import Moment
from assist.server.review import exports
from assist.server.review.asked import Manager, Question
from assist.server.review.parquet import write_days
from assist.server.site import HERE
from assist.server.spreadsheets import write_csv, write_xlsx
from assist.server.staff_member import StaffMember

router = APIRouter(prefix="/revue", tags=["review"])

CSV = "text/csv; charset=utf-8"
PARQUET = "application/vnd.apache.parquet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/export.csv")
def export_csv(request: Request, member: Manager, question: Question, now: Moment) -> Response:
    """A line a day and procedure, as the address narrows them."""
    database = _noted(request, member, now, "csv")
    file = BytesIO()
    with database.read() as transaction:
        write_csv(exports.days(transaction, question.wanted), file)
    return _file(file, CSV, f"revue-{now.astimezone(HERE):%Y-%m-%d}.csv")


@router.get("/export.xlsx")
def export_xlsx(request: Request, member: Manager, question: Question, now: Moment) -> Response:
    """The same as a workbook, with the indicators and their definitions."""
    database = _noted(request, member, now, "xlsx")
    titles = {procedure.id: procedure.title for procedure in catalogue_of(request.app.state.site).titles()}
    file = BytesIO()
    with database.read() as transaction:
        write_xlsx(exports.sheets(transaction, question.wanted, titles), file)
    return _file(file, XLSX, f"revue-{now.astimezone(HERE):%Y-%m-%d}.xlsx")


@router.get("/export.parquet")
def export_parquet(request: Request, member: Manager, question: Question, now: Moment) -> Response:
    """The lines of the CSV file, typed, for whoever computes with them."""
    database = _noted(request, member, now, "parquet")
    file = BytesIO()
    with database.read() as transaction:
        write_days(transaction, question.wanted, file)
    return _file(file, PARQUET, f"revue-{now.astimezone(HERE):%Y-%m-%d}.parquet")


@router.get("/donnees-ouvertes.csv")
def open_data(request: Request, member: Manager, now: Moment) -> Response:
    """What may be published: every month that is over, never narrowed, fixed by this, so that no two files differ."""
    database = _noted(request, member, now, "open-data")
    file = BytesIO()
    with database.begin() as transaction:
        write_csv(exports.public(transaction, request.app.state.site.name, now), file)
    return _file(file, CSV, f"donnees-ouvertes-{now.astimezone(HERE):%Y-%m}.csv")


def _noted(request: Request, member: StaffMember, now: datetime, kind: str) -> Database:
    database: Database = request.app.state.database
    with database.begin() as transaction:
        note(transaction, member, StaffAct.FIGURES_EXPORTED, kind, now)
    return database


def _file(file: BytesIO, media: str, name: str) -> Response:
    return Response(
        file.getvalue(), media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
