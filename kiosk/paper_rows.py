# SPDX-License-Identifier: EUPL-1.2
"""What the paper says and the road map leaves out, as rows to be shown and read by who asks for more. Pure.

The most useful first: where to get what is missing, places and numbers, what the paper says of itself, this place,
where the words come from. What is written on the paper keeps the paper's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assist.server.road_map_lines import COUNTER
from assist.session.commands import Mode
from assist.session.state import SessionState
from content.model import Place, Possession, Procedure, RoadMap
from kiosk.moments import Surroundings
from kiosk.official import credit
from kiosk.road_map import visit_line
from kiosk.view import Row, Said, StepView
from kiosk.words import Words, words_in
from kiosk.words.official import official_words_in
from printouts.receipt_code import grouped
from printouts.typography import full_date
from printouts.typography import sentences as parted
from printouts.words import Words as PaperWords
from printouts.words import words as paper_words_in

HERE = "here"
"""The row that the site's own file words: in the language of the counter, whatever the person's."""
_WEB = "https://"


def with_paper(view: StepView, state: SessionState, procedure: Procedure, around: Surroundings) -> StepView:
    """``view`` with what the paper says besides, and the last of its answers, which leads there; only a road map."""
    if view.road_map is None:
        return view
    w = words_in(state.language)
    rows = tuple(rows_of_paper(state, procedure, view.road_map, around))
    more = w.answer_read.format(number=len(view.options) + 1, label=w.details_more)
    return replace(
        view,
        details=rows,
        details_speech=read_rows(rows, state, procedure, around),
        speech=(*view.speech, Said(more, "option:details")),
    )


def rows_of_paper(state: SessionState, procedure: Procedure, road_map: RoadMap, around: Surroundings) -> list[Row]:
    """The rows, their titles in the person's language, their lines in that of the procedure; none is empty."""
    w = words_in(state.language)
    rows = (
        Row("find", w.row_find, "document", tuple(_to_find(words_in(procedure.language), road_map))),
        Row("places", w.row_places, "place", tuple(_places(procedure.language, road_map))),
        Row("paper", w.row_paper, "printer", tuple(_paper(state, procedure, road_map, around))),
        Row(HERE, w.row_here, "building", tuple(_here(around))),
        Row("words", official_words_in(state.language).row, "information", tuple(_source(procedure, road_map))),
    )
    return [row for row in rows if row.lines]


def read_rows(rows: Sequence[Row], state: SessionState, procedure: Procedure, around: Surroundings) -> tuple[Said, ...]:
    """The rows for the ear, each line in its language. An address is read to its end, the number sign by sign."""
    w = words_in(state.language)
    number = _number_line(procedure.language, around)
    passing = (number, _printed_line(procedure.language, state))  # Of one paper, of one day: no sound is kept.

    def lines(row: Row) -> Iterator[Said]:
        language = COUNTER if row.id == HERE else procedure.language
        for n, line in enumerate(row.lines):
            text = _number_read(line) if line == number else _address_in_full(line)
            yield Said(text, f"row:{row.id}:{n}", "" if language == w.language else language, line in passing)

    return tuple(said for row in rows for said in (Said(w.named.format(name=row.title), f"row:{row.id}"), *lines(row)))


# What each row says


def _to_find(w: Words, road_map: RoadMap) -> Iterator[str]:
    """Where to get each document that the person does not have, as the paper says it."""
    for document in road_map.bring:
        if document.possession is not Possession.HAVE and document.where:
            first, *others = document.where
            yield f"{w.named.format(name=document.name)} {first}"
            yield from others


def _places(language: str, road_map: RoadMap) -> Iterator[str]:
    """Each place once, with all that is known of it; one that the road map has named and that has no more is left."""
    paper, w = paper_words_in(language), words_in(language)
    visits = (*road_map.where, *road_map.contacts)
    told = " ".join(visit_line(w, visit) for visit in visits).casefold()
    for place in dict.fromkeys(visit.place for visit in visits if visit.place):
        known = tuple(_known_of(place, w, paper))
        if known or place.name.casefold() not in told:
            yield from (f"{place.name}.", *known)


def _known_of(place: Place, w: Words, paper: PaperWords) -> Iterator[str]:
    if place.hours:
        yield from parted(place.hours)
    if place.phone:
        yield f"{w.phone.format(phone=place.phone)}."
    if place.phone_note:
        yield from parted(place.phone_note)
    if place.url:
        yield f"{paper.web}{paper.colon} {place.url.removeprefix(_WEB)}"


def _paper(state: SessionState, procedure: Procedure, road_map: RoadMap, around: Surroundings) -> Iterator[str]:
    """What the paper says of itself."""
    language = procedure.language
    paper, w = paper_words_in(language), words_in(language)
    yield f"{road_map.title}."
    if state.mode is Mode.LAB:
        yield f"{paper.draft}. {paper.draft_note}"
    if state.prints > 1:
        yield f"{paper.duplicate}. {paper.duplicate_note}"
    yield paper.keep
    yield from parted(paper.bring_back)
    if language != COUNTER and paper.show_counter:
        yield from parted(paper.show_counter)
    yield _number_line(language, around) or w.number_on_paper
    yield _printed_line(language, state)
    if road_map.deadlines:
        yield from parted(paper.reminder)


def _here(around: Surroundings) -> Iterator[str]:
    if around.site:
        yield f"{around.site}."
        for detail in around.site_details:
            yield from parted(detail)


def _source(procedure: Procedure, road_map: RoadMap) -> Iterator[str]:
    """Where the words come from, how old they are, and whose the drawings are."""
    language = procedure.language
    paper = paper_words_in(language)
    if road_map.official:
        yield from (credit(sheet, language) for sheet in road_map.official)
        yield from parted(paper.official)
    else:
        yield f"{paper.source}{paper.colon} {road_map.source.title}."
        if road_map.source.url:
            yield f"{paper.web}{paper.colon} {road_map.source.url.removeprefix(_WEB)}"
        yield f"{paper.checked} {full_date(road_map.checked_on, language)}."
    yield from parted(paper.credit)


# How it is read


def _number_line(language: str, around: Surroundings) -> str:
    """The number of the paper, which opens its copy: only where :class:`Surroundings` has it, for headphones alone."""
    paper = paper_words_in(language)
    return f"{paper.code}{paper.colon} {grouped(around.paper_number)}" if around.paper_number else ""


def _printed_line(language: str, state: SessionState) -> str:
    return f"{paper_words_in(language).printed} {full_date(state.today, language)}."


def _number_read(line: str) -> str:
    before, colon, number = line.rpartition(":")
    return f"{before}{colon} " + ", ".join(" ".join(group) for group in number.split())


def _address_in_full(line: str) -> str:
    """A path is left out where an address is only dictated; spaces around its strokes keep it."""
    before, _, address = line.rpartition(" ")
    if "." not in address or "/" not in address:
        return line
    return f"{before} {address.replace('/', ' / ')}"
