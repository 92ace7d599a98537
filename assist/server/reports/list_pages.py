# SPDX-License-Identifier: EUPL-1.2
"""The list of reports, those still to be written, and the same list as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from assist.desk.report.codes import AdministrativeTheme, Theme
from assist.server.acts import StaffAct, note
from assist.server.database import Database
from assist.server.desk.colleagues import first_names
from assist.server.pages import page
from assist.server.parts import Moment, Reading
from assist.server.reports import around, store
from assist.server.reports.exports import write_csv, write_xlsx
from assist.server.reports.sentences import duration_words, moment_words, row_words
from assist.server.reports.store import Kept
from assist.server.reports.wanted import PER_PAGE, Asked, Reader, asked, within
from assist.server.staff_member import Role, StaffMember

router = APIRouter(prefix="/reports", tags=["report pages"])

SAID = {
    "kept": "Le compte rendu est enregistré.",
    "told": "Ce compte rendu était déjà enregistré. Il n'est gardé qu'une fois.",
    "corrected": "Le compte rendu est corrigé.",
    "removed": "Le compte rendu est supprimé.",
}
"""What the page says after an act, by the word that its address carries."""
IN_MEMORY = 1_000_000
"""Bytes of an export that need no file."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    name: str
    media: str
    write: Callable[[Iterable[Kept], IO[bytes]], None]


Question = Annotated[Asked, Depends(asked)]


@router.get("", response_class=HTMLResponse)
def list_page(
    request: Request, member: Reader, question: Question, transaction: Reading, now: Moment, said: str = ""
) -> HTMLResponse:
    """Reports still to be written, then those that are, newest first."""
    wanted = within(member, question.wanted)
    reports = store.find(transaction, wanted, skip=(question.page - 1) * PER_PAGE, limit=PER_PAGE)
    total = store.total(transaction, wanted)
    to_finish, more_to_finish = around.to_finish(request, transaction, member, now)
    titles = {procedure.id: procedure.title for procedure in around.procedures(request).titles()}
    return page(
        request,
        "reports.html",
        said=SAID.get(said, ""),
        question=question,
        manager=Role.MANAGER in member.roles,
        writes=Role.MEDIATOR in member.roles,
        to_finish=to_finish,
        more_to_finish=more_to_finish,
        rows=[row_words(kept, titles) for kept in reports],
        names=dict(sorted(first_names(transaction).items(), key=lambda one: one[1])),
        total=total,
        pages=max(1, -(-total.reports // PER_PAGE)),
        themes=[*AdministrativeTheme, *Theme],
        titles=titles,
        moment=moment_words,
        duration=duration_words,
    )


@router.get("/export.csv")
def export_csv(request: Request, member: Reader, question: Question, now: Moment) -> StreamingResponse:
    """The reports that the address asks for, as CSV."""
    return _export(request, member, question, now, Kind("csv", "text/csv; charset=utf-8", write_csv))


@router.get("/export.xlsx")
def export_xlsx(request: Request, member: Reader, question: Question, now: Moment) -> StreamingResponse:
    """The same as a workbook, with the labels on a second sheet."""
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _export(request, member, question, now, Kind("xlsx", media, write_xlsx))


def _export(request: Request, member: StaffMember, question: Asked, now: datetime, kind: Kind) -> StreamingResponse:
    """Written whole before it leaves: whoever receives it slowly holds nobody up."""
    database: Database = request.app.state.database
    with database.begin() as transaction:
        note(transaction, member, StaffAct.REPORTS_EXPORTED, kind.name, now)
    file = SpooledTemporaryFile[bytes](IN_MEMORY)
    kind.write(store.every(database, within(member, question.wanted)), file)  # type: ignore[arg-type]
    file.seek(0)
    named = f'attachment; filename="comptes-rendus-{now:%Y-%m-%d}.{kind.name}"'
    return StreamingResponse(_pieces(file), media_type=kind.media, headers={"Content-Disposition": named})


def _pieces(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(65536):
            yield piece
