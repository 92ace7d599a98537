# SPDX-License-Identifier: EUPL-1.2
"""One step: its text as the visitors read it, and what its author needs to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from assist.review.open_data import LEAST
from assist.server.database import Database
from assist.server.desk.catalogue import catalogue_of
from assist.server.pages import page
from assist.server.parts import Moment
from assist.server.review import reading, words
from assist.server.review.asked import Question
from assist.server.review.authoring import Authoring
from assist.server.site import HERE
from assist.server.staff_member import Role, StaffMember, allowed
from content.model import Procedure, Source, Step

router = APIRouter(prefix="/revue", tags=["review"])

Reader = Annotated[StaffMember, Depends(allowed(Role.MANAGER, Role.AUTHOR))]
"""A manager finds the step from the figures, and gives its address to the author, who learns of no few people."""


@router.get("/demarches/{procedure}/etapes/{step}", response_class=HTMLResponse)
def step_page(
    request: Request,
    member: Reader,
    procedure: str,
    step: str,
    question: Question,
    now: Moment,
    texte: str = "",
) -> HTMLResponse:
    """The step in every language that it is written in, where it is written, and how it went in these days."""
    catalogue = catalogue_of(request.app.state.site)
    found = catalogue.get(procedure)
    manager = Role.MANAGER in member.roles
    narrowed = question.of(procedure) if manager else question.of(procedure).of_everybody()
    database: Database = request.app.state.database
    with database.read() as transaction:
        versions = reading.texts(transaction, narrowed.wanted)
        version = next((one for one in versions if one.content_hash == texte), versions[0] if versions else None)
        counts = reading.steps(transaction, narrowed.wanted, version.id).get(step) if version else None
    if counts and not manager and counts["reached"] < LEAST:
        counts = None
    # Judging a text takes a second or more: no transaction is open meanwhile.
    authoring: Authoring = request.app.state.authoring
    return page(
        request,
        "review/step.html",
        question=narrowed,
        wanted=narrowed.wanted,
        procedure=procedure,
        step_id=step,
        found=found,
        title=found.title if found else procedure,
        shown=_in_languages(catalogue.procedures.get(procedure, {}).values(), step),
        changed=_changed(found, texte or (version.content_hash if version else "")),
        stuck=words.stuck_words(counts) if counts else "",
        authored=authoring(procedure, step, now) if found and step in found.steps else None,
        sources=_sources(found, now.astimezone(HERE).date()),
        manager=manager,
    )


def _in_languages(versions: Iterable[Procedure], step: str) -> list[tuple[str, Step]]:
    """Language -> the step in it, French first."""
    found = [(version.language, version.steps[step]) for version in versions if step in version.steps]
    return sorted(found, key=lambda one: (one[0] != "fr", one[0]))


def _changed(found: Procedure | None, read_text: str) -> str:
    """The beginning of the hash of the text that was read, when it is not the one of today; "" otherwise."""
    return read_text[:8] if found and read_text and read_text != found.content_hash else ""


def _sources(found: Procedure | None, today: date) -> list[tuple[Source, bool]]:
    """Each source, and whether it should have been compared again."""
    return [(source, source.check_by < today) for source in found.sources] if found else []
