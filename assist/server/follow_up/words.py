# SPDX-License-Identifier: EUPL-1.2
"""A paper that came back, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assist.desk.follow_up import Written, document_item, had, line_item
from assist.desk.paper_seal import Copy
from assist.server.appointments.store import HERE
from content.model import Procedure, RoadMapLine, Section
from content.road_map import document_named, those
from printouts.typography import full_date


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do or to bring, that may be ticked."""

    id: str
    text: str
    done: bool
    details: Sequence[str] = ()
    """Where to get it."""


@dataclass(frozen=True, slots=True)
class Due:
    """By what date."""

    day: str
    text: str
    late: bool


@dataclass(frozen=True, slots=True)
class Rest:
    """What the copy of the paper says, in the words of this server."""

    do: Sequence[Item]
    bring: Sequence[Item]
    dues: Sequence[Due]
    where: Sequence[str]
    contacts: Sequence[str]
    cost: Sequence[str]
    changed: bool
    """The procedure was written again since the paper was printed."""


@dataclass(frozen=True, slots=True)
class Return:
    """One former return."""

    day: str
    who: str
    sentences: Sequence[str]


def rest(procedure: Procedure, copy: Copy, done: frozenset[str] | None, today: date) -> Rest:
    """What the paper says; ``done`` is what was written last, None when nothing was yet."""
    kept = copy.kept
    ticked = had(kept) if done is None else done
    lines = those(procedure, kept.lines)

    def texts(*sections: Section) -> list[str]:
        return list(dict.fromkeys(_place_words(line) for line in lines if line.section in sections))

    def item(line: RoadMapLine) -> Item:
        return Item(line_item(line.id), line.text, line_item(line.id) in ticked)

    documents = [(name, document_named(procedure, *name)) for name in kept.documents]
    bring = [
        Item(document_item(*name), found.name, document_item(*name) in ticked, found.where)
        for name, found in documents
        if found is not None
    ]
    dated = [(due, line) for line in lines if (due := kept.dues.get(line.id)) is not None]
    return Rest(
        do=[item(line) for line in lines if line.section is Section.DO],
        bring=[*bring, *(item(line) for line in lines if line.section is Section.BRING)],
        dues=[Due(full_date(due), line.text, due < today) for due, line in sorted(dated, key=lambda each: each[0])],
        where=texts(Section.WHERE, Section.WHEN),
        contacts=texts(Section.CONTACT),
        cost=texts(Section.COST),
        changed=copy.content_hash != procedure.content_hash,
    )


def returns(written: Iterable[tuple[datetime, str, Written]]) -> list[Return]:
    """The former returns: when, the first name of the mediator, and what she wrote."""
    return [
        Return(day_words(at), who, [*(each.french for each in what.together), what.now.french])
        for at, who, what in written
    ]


def day_words(moment: datetime) -> str:
    """The day of the site."""
    return full_date(moment.astimezone(HERE).date())


def _place_words(line: RoadMapLine) -> str:
    if line.place is None:
        return line.text
    return " – ".join(dict.fromkeys(filter(None, (line.text, line.place.name, line.place.phone))))
