# SPDX-License-Identifier: EUPL-1.2
"""The list of reports, those still to be written, and the same list as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from assist.desk.report.codes import AdministrativeTheme, Theme
from assist.server.acts import StaffAct, note
from assist.server.pages import page
from assist.server.parts import Moment, Transaction
from assist.server.reports import around, store
from assist.server.reports.exports import write_csv, write_xlsx
from assist.server.reports.sentences import duration_words, moment_words, row_words
from assist.server.reports.store import Kept
from assist.server.reports.wanted import PER_PAGE, Asked, Reader, asked, within
from assist.server.staff_member import Role

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
Question = Annotated[Asked, Depends(asked)]


@router.get("", response_class=HTMLResponse)
def list_page(
    request: Request, member: Reader, question: Question, transaction: Transaction, now: Moment, said: str = ""
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
        names=around.first_names(transaction),
        total=total,
        pages=max(1, -(-total.reports // PER_PAGE)),
        themes=[*AdministrativeTheme, *Theme],
        titles=titles,
        moment=moment_words,
        duration=duration_words,
    )


@router.get("/export.csv")
def export_csv(member: Reader, question: Question, transaction: Transaction, now: Moment) -> StreamingResponse:
    """The reports that the address asks for, as CSV."""
    reports = store.every(transaction, within(member, question.wanted))
    answer = _file(reports, write_csv, "text/csv; charset=utf-8", f"comptes-rendus-{now:%Y-%m-%d}.csv")
    note(transaction, member, StaffAct.REPORTS_EXPORTED, "csv", now)
    return answer


@router.get("/export.xlsx")
def export_xlsx(member: Reader, question: Question, transaction: Transaction, now: Moment) -> StreamingResponse:
    """The same as a workbook, with the labels on a second sheet."""
    reports = store.every(transaction, within(member, question.wanted))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = _file(reports, write_xlsx, kind, f"comptes-rendus-{now:%Y-%m-%d}.xlsx")
    note(transaction, member, StaffAct.REPORTS_EXPORTED, "xlsx", now)
    return answer


def _file(
    reports: Iterable[Kept], write: Callable[[Iterable[Kept], IO[bytes]], None], kind: str, name: str
) -> StreamingResponse:
    """Written whole before it leaves: whoever receives it slowly holds nobody up."""
    file = SpooledTemporaryFile[bytes](IN_MEMORY)
    write(reports, file)  # type: ignore[arg-type]
    file.seek(0)
    heads = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(_pieces(file), media_type=kind, headers=heads)


def _pieces(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(65536):
            yield piece
