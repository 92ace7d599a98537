# SPDX-License-Identifier: EUPL-1.2
"""The papers of a mandate: made in a process that goes away, sent to the browser, written on no disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from assist.desk import attestation
from assist.desk.mandate_text import Around, MandateText, current, text_of
from assist.desk.mandates import Refusal
from assist.desk.sealing import Identity
from assist.server.acts import StaffAct, note
from assist.server.mandates.clockwork import Looked, Now
from assist.server.mandates.keys import SiteKeys
from assist.server.mandates.mandate_pages import opened, show
from assist.server.mandates.parts import Keeper, Keys, mandate_row
from assist.server.mandates.store import mandate_of
from assist.server.mandates.tables import MandateRow
from assist.server.mandates.words import agreed, in_words, over, sentence_of
from assist.server.site import Site
from assist.server.staff_member import StaffMember
from printouts.document import Document
from printouts.mandate import MandatePaper, Part, Person, RevocationPaper
from printouts.model import Paper
from printouts.receipt_code import grouped
from printouts.renderer import RenderFault, render_in_process

router = APIRouter(prefix="/mandats/{number}")

_FAILED = Refusal("Le papier n'a pas pu être fait. Essayez encore. Si cela continue, prévenez le technicien.")
_NOTHING_ENDED = Refusal("Rien n'est arrêté dans ce mandat : il n'y a pas de papier de fin.")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a paper is made of."""

    row: MandateRow
    person: Identity
    site: Site
    now: Now

    @property
    def text(self) -> MandateText:
        """What the person agreed to."""
        return text_of(self.row.template) or current()

    @property
    def who(self) -> Person:
        """As she is printed."""
        return Person(f"{self.person.first_name} {self.person.last_name}", self.person.born, self.person.contact)


@router.post("/papier")
def mandate_paper(number: str, request: Request, member: Keeper, now: Looked, keys: Keys) -> Response:
    """The mandate, in two copies to sign, each with its attestation."""
    asked = _Asked(number, request, member, now, keys)
    return _on_paper(asked, lambda printed: _mandate(printed, keys), "mandat-{}.pdf")


@router.post("/papier-de-fin")
def revocation_paper(number: str, request: Request, member: Keeper, now: Looked, keys: Keys) -> Response:
    """What the person stopped, in two copies."""
    return _on_paper(_Asked(number, request, member, now, keys), _revocation, "fin-du-mandat-{}.pdf", about="/fin")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks for the paper of which mandate."""

    number: str
    request: Request
    member: StaffMember
    now: Now
    keys: SiteKeys

    def row(self, transaction: Session) -> MandateRow:
        return mandate_row(transaction, self.number, self.member, self.now)

    def refused(self, row: MandateRow, transaction: Session, refusal: Refusal) -> Response:
        return show(self.request, row, self.member, self.now, transaction, refusal)


def _on_paper(asked: _Asked, make: Callable[[Printed], Document | Refusal], name: str, about: str = "") -> Response:
    """The PDF, noted once it is there. While it is laid out no transaction is open: nobody waits to write."""
    state = asked.request.app.state
    with state.database.read() as transaction:
        row = asked.row(transaction)
        person = opened(asked.keys, row)
        paper = person if isinstance(person, Refusal) else make(Printed(row, person, state.site, asked.now))
        if isinstance(paper, Refusal):
            return asked.refused(row, transaction, paper)
    pdf = pdf_of(paper)
    with state.database.begin() as transaction:
        if pdf is None:
            return asked.refused(asked.row(transaction), transaction, _FAILED)
        note(transaction, asked.member, StaffAct.MANDATE_PRINTED, row.number + about, asked.now.clock)
    return sent(pdf, name.format(row.number))


def _mandate(printed: Printed, keys: SiteKeys) -> MandatePaper:
    row, text, site, mandate = printed.row, printed.text, printed.site, mandate_of(printed.row)
    domains = tuple(a.domain for a in mandate.authorizations)
    around = Around(row.given_to, row.given_site, domains, mandate.duration, in_words(row.ends_at), site.details)
    *parts, agreement = (Part(part.title, part.sentences, part.lines) for part in text.filled(around))
    return MandatePaper(
        title=text.title,
        number=grouped(row.number),
        site=site.name,
        site_details=site.details,
        person=printed.who,
        mediator=row.given_to,
        parts=tuple(parts),
        agreement=agreement,
        agreed=agreed(row),
        ended=over(row, printed.now),
        text_date=text.dated,
        text_digest=row.template,
        attestation=attested(row, printed.person, keys),
        printed_on=printed.now.moment.astimezone().date(),
    )


def attested(row: MandateRow, person: Identity, keys: SiteKeys) -> str:
    """What the QR code of a mandate holds: no name, and a proof that it goes with one."""
    salt = keys.salt(row.number, attestation.SALT)
    mark = attestation.person_mark(person.last_name, person.first_name, person.born, salt)
    return attestation.written(attestation.attest(mandate_of(row), salt, mark), keys.signing)


def _revocation(printed: Printed) -> RevocationPaper | Refusal:
    row, mandate = printed.row, mandate_of(printed.row)
    over = [a for a in mandate.authorizations if a.revoked_at is not None]
    if not over:
        return _NOTHING_ENDED
    return RevocationPaper(
        title=printed.text.revocation_title,
        number=grouped(row.number),
        site=printed.site.name,
        site_details=printed.site.details,
        person=printed.who,
        mediator=row.mediator_name,
        sentences=printed.text.revocation(row.mediator_name, whole=not mandate.domains),
        ended=tuple(f"{sentence_of(row, a.domain)} Arrêté le {in_words(a.revoked_at)}." for a in over if a.revoked_at),
        left=tuple(sentence_of(row, domain) for domain in mandate.domains) if mandate.ended is None else (),
        printed_on=printed.now.moment.astimezone().date(),
    )


def pdf_of(paper: Document) -> bytes | None:
    """The paper laid out; None when it failed."""
    made = render_in_process(paper, Paper.A4)
    return None if isinstance(made, RenderFault) else made


def sent(pdf: bytes, name: str) -> Response:
    """A PDF for the browser, which keeps no copy of it."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)
