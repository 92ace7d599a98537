# SPDX-License-Identifier: EUPL-1.2
"""What of a sheet goes on the road map, and home on paper: documents, places, services, amounts, delays, warnings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.importers.vosdroits import publications as p
from content.importers.vosdroits import wording as w
from content.importers.vosdroits.chain import Guard
from content.importers.vosdroits.cleaning import bounded, closed, sentences
from content.importers.vosdroits.draft import Draft, noted, rows_said, said
from content.model import OfficialSheet, Place, Section

_BRING = re.compile(
    r"pièces? (?:à|justificatives)|documents? (?:à|nécessaires)|justificatifs? à|que faut-il fournir", re.I
)
_COST = re.compile(r"\bcoûts?\b|\bprix\b|\btarifs?\b|\bmontants?\b|\bfrais\b|combien|\bplafonds?\b", re.IGNORECASE)
_WHEN = re.compile(r"\bdélais?\b|\bquand\b|\bdates?\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d[\d\u00a0\u202f ,.]*\u00a0?(?:€|euros?)|\bgratuit", re.IGNORECASE)
_TIME = re.compile(
    r"\d[\d\u00a0 ,/]*(?:jours?|semaines?|mois|ans?|années?|heures?|minutes?)\b|\bdélais?\b|\bimmédiat|\d h\b", re.I
)
_TELLS = {Section.COST: _AMOUNT, Section.WHEN: _TIME}
"""What a sentence must hold to go under "Combien" or "Quand"."""
_MOST = 4
"""Lines that one chapter puts there: the rest is on the screens, and at the address."""


def part_of(chapter: p.Chapter, above: Section | None) -> Section | None:
    """Which part of the road map the content of a chapter goes to; that of the chapter around it, else none."""
    if chapter.kind == "pieces" or _BRING.search(chapter.title):
        return Section.BRING
    if above is None and _COST.search(chapter.title):
        return Section.COST
    if above is None and _WHEN.search(chapter.title):
        return Section.WHEN
    return above


class Road:
    """Lines of the road map for one sheet, given to those who reached it (``reached``)."""

    def __init__(self, draft: Draft, sheet: OfficialSheet, reached: Guard) -> None:
        self._draft = draft
        self._sheet = sheet
        self._reached = reached
        self._left = _MOST

    def opens(self) -> None:
        """A chapter begins."""
        self._left = _MOST

    def names_the_sheet(self) -> None:
        """The sheet itself, with its address: whoever reached it leaves with its number."""
        place = Place(self._sheet.title, "document", url=self._sheet.url)
        text = w.SHEET_LINE.format(number=self._sheet.number)
        self._draft.line(Section.WHERE, text, self._reached, "document", place, self._sheet)

    def add(self, block: p.Block, guard: Guard, part: Section | None) -> None:
        """What ``block`` puts on the road map, when ``guard`` holds, in a chapter that speaks of ``part``."""
        guard = (*self._reached, *guard)
        match block:
            case p.Service():
                self._draft.line(
                    Section.WHERE, service_text(block), guard, _service_picture(block), _service_place(block)
                )
            case p.Office():
                self._office(block, guard)
            case p.Note(_, title, inner):
                for line in noted(title, inner)[:1]:
                    self._draft.line(Section.DO, line, guard, "warning")
            case p.Table() if part is not None:
                self._lines(rows_said(block), guard, part)
            case p.Paragraph(text) if part is Section.COST or part is Section.WHEN:
                self._lines(sentences(text), guard, part)
            case _:
                pass

    def item(self, text: str, guard: Guard, part: Section | None) -> None:
        """An item of a list."""
        if part is not None:
            lines = bounded(text) if part is Section.BRING else sentences(closed(text))
            self._lines(lines, (*self._reached, *guard), part)

    def depends(self, title: str, guard: Guard) -> None:
        """A list of documents that no answer selected: the paper says that there is one."""
        self._draft.line(Section.DO, w.LIST_DEPENDS.format(title=title), (*self._reached, *guard), "documents")

    def said_of(self, block: p.Service | p.Office) -> list[str]:
        """How a service or a place is said on a screen."""
        if isinstance(block, p.Service):
            head = f"{service_text(block)}\u00a0: {block.title}"
            return [*sentences(closed(head)), *said(block.blocks)]
        head = f"{_office_text(block)}\u00a0: {block.title}"
        return [*sentences(closed(head)), *said(block.blocks)]

    def _office(self, block: p.Office, guard: Guard) -> None:
        hours = next((line for line in said(block.blocks) if re.search(r"\blundi|\bhoraire|\d ?h\b", line)), "")
        place = Place(block.title, "place", block.phone, url=block.url, hours=hours)
        there = _is_a_place(block)
        section = Section.WHERE if there else Section.CONTACT
        picture = "place" if there else "telephone-call"
        self._draft.line(section, _office_text(block), guard, picture, place)

    def _lines(self, lines: Sequence[str], guard: Guard, part: Section) -> None:
        picture = {Section.BRING: "document", Section.COST: "euro", Section.WHEN: "calendar"}.get(part, "")
        for line in lines:
            tells = _TELLS.get(part)
            if tells is not None and (self._left <= 0 or not tells.search(line)):
                continue
            self._left -= tells is not None
            self._draft.line(part, line, guard, picture)


def service_text(service: p.Service) -> str:
    """What kind of service it is, with the number of its form."""
    kind = service.kind.casefold()
    if service.cerfa:
        return w.CERFA.format(number=service.cerfa)
    if "formulaire" in kind:
        return w.FORM
    if "modèle" in kind:
        return w.LETTER
    return w.SIMULATOR if "simulateur" in kind else w.ONLINE


def _service_picture(service: p.Service) -> str:
    kind = service.kind.casefold()
    return "form" if "formulaire" in kind else "letter" if "modèle" in kind else "internet"


def _service_place(service: p.Service) -> Place:
    return Place(service.title, _service_picture(service), url=service.url)


def _is_a_place(office: p.Office) -> bool:
    return bool(office.pivot) or office.kind.casefold().startswith("local")


def _office_text(office: p.Office) -> str:
    return w.ON_SITE if _is_a_place(office) else w.BY_PHONE
