# SPDX-License-Identifier: EUPL-1.2
"""The paper with which the person leaves again: what is done, what remains, her next appointment. The same number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assist.desk.follow_up import Now, Written, had, line_item, remaining
from assist.desk.paper_seal import Copy
from assist.server.road_map_lines import COUNTER, lines, receipt
from assist.server.site import Site
from content.model import Catalogue, Procedure, Section, Task
from content.road_map import Kept, those, told
from printouts.appointment import AppointmentPaper
from printouts.model import DocumentLine, Line, Receipt

_OVER = (Section.DO, Section.BRING, Section.DEADLINE)
"""What is not asked any more of a person for whom all is done."""


@dataclass(frozen=True, slots=True)
class Return:
    """All that the paper is made of."""

    code: str
    copy: Copy
    language: str
    written: Written | None
    """What was written last; None when nothing was."""
    appointment: AppointmentPaper | None


def receipt_of(what: Return, catalogue: Catalogue, site: Site, today: date) -> Receipt | None:
    """In the person's language, then in the counter's; None when this server does not know the procedure."""
    procedure = catalogue.get(what.copy.procedure, what.language)
    known = catalogue.get(what.copy.procedure, COUNTER)
    if procedure is None:
        return None
    make = _maker(what, site, today)
    return make(procedure, make(known, None) if known and procedure.language != COUNTER else None)


def _maker(what: Return, site: Site, today: date) -> Callable[[Procedure, Receipt | None], Receipt]:
    kept, written = what.copy.kept, what.written
    done = written.done if written else had(kept)
    left = remaining(kept, done)
    over_now = written is not None and written.now is Now.OVER

    def make(procedure: Procedure, french: Receipt | None) -> Receipt:
        road_map = told(procedure, _nothing_left(procedure, left) if over_now else left, today)
        spoken = procedure.language
        over = [line for line in those(procedure, kept.lines) if line_item(line.id) in done]
        together = [Line(each.sentence(spoken)) for each in written.together] if written else []
        ticked = lines((Task(line.text, line.pictogram) for line in over if line.section is Section.DO), spoken)
        brought = [DocumentLine(line.text, True) for line in over if line.section is Section.BRING and not over_now]
        base = receipt(road_map, spoken, what.code, site, today)
        return replace(
            base,
            now=written.now.sentence(spoken) if written else "",
            appointment=what.appointment,
            done=(*together, *ticked),
            bring=(*base.bring, *brought),
            french=french,
        )

    return make


def _nothing_left(procedure: Procedure, left: Kept) -> Kept:
    lines = tuple(line.id for line in those(procedure, left.lines) if line.section not in _OVER)
    return replace(left, lines=lines, documents={}, dues={})
