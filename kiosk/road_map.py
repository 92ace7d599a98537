# SPDX-License-Identifier: EUPL-1.2
"""The road map of a session: what it says, and its rows as they are shown and read. Pure."""

from __future__ import annotations

import re

from assist.session.state import SessionState
from content.model import Possession, Procedure, RoadMap, Visit
from content.road_map import build
from kiosk.official import credits_row
from kiosk.view import Row
from kiosk.words import Words, words_in
from printouts.typography import full_date

_WORD = re.compile(r"\w+")
_TELLING = 4
"""Letters from which a word is taken for more than an article."""
_ARTICLES = ("Le ", "La ", "L’", "Les ", "Un ", "Une ", "Votre ", "Vos ", "A ", "An ", "The ", "Your ")
"""What may begin the name of a place and is no name, in French and in English: no capital after a colon."""


def road_map_of(state: SessionState, procedure: Procedure | None = None) -> RoadMap | None:
    """The road map that the answers of ``state`` lead to; None when no procedure is under way.

    ``procedure`` is the same one in another language, when its words are wanted instead.
    """
    if state.procedure is None or state.here is None:
        return None
    return build(procedure or state.procedure, walked(state), state.answers, state.today)


def walked(state: SessionState) -> list[str]:
    """The steps that the person met, in their order."""
    return [crumb.step for crumb in (*state.trail, state.here) if crumb is not None]


def rows_of(road_map: RoadMap, language: str) -> list[Row]:
    """The rows of a road map, as they are shown and read in ``language``; an empty one is left out."""
    w = words_in(language)
    bring = tuple(
        w.has_it.format(name=d.name) if d.possession is Possession.HAVE else w.lacks_it.format(name=d.name)
        for d in road_map.bring
    )
    where = (*(visit_line(w, visit) for visit in road_map.where), *(task.text for task in road_map.when))
    deadlines = tuple(f"{w.named.format(name=full_date(d.due, language))} {d.text}" for d in road_map.deadlines)
    contacts = tuple(visit_line(w, visit, visit.place.phone if visit.place else "") for visit in road_map.contacts)
    rows = (
        Row("do", w.row_do, "checklist", tuple(task.text for task in road_map.do)),
        Row("bring", w.row_bring, "bag", bring),
        Row("where", w.row_where, "place", where),
        Row("deadline", w.row_deadline, "calendar", deadlines),
        Row("cost", w.row_cost, "euro", tuple(task.text for task in road_map.cost)),
        Row("contact", w.row_contact, "telephone-call", contacts),
        credits_row(road_map.official, language),
    )
    return [row for row in rows if row.lines]


def visit_line(w: Words, visit: Visit, phone: str = "") -> str:
    """Where to go, or whom to call. "Pour le vote" says nothing without its place, a whole sentence may name it.

    The number stays on one line.
    """
    phone = "" if tells_number(visit.text, phone) else phone.replace(" ", "\u00a0")
    sentence = visit.text.endswith((".", "!", "?"))
    if visit.place is None or (sentence and _names(visit.text, visit.place.name)):
        return " ".join(filter(None, (visit.text, phone)))
    told = ", ".join(filter(None, (visit.place.name, phone)))
    if sentence:
        return f"{visit.text} {told}."
    if told.startswith(_ARTICLES):
        told = told[0].lower() + told[1:]
    return f"{w.named.format(name=visit.text)} {told}."


def tells_number(text: str, phone: str) -> bool:
    """True when ``text`` holds this number, however it is written; always for no number."""
    return _digits(phone) in _digits(text)


def _names(sentence: str, place: str) -> bool:
    """True when the sentence tells the place: its proper name ("France Services"), or else all its telling words."""
    words = _WORD.findall(place.split(",")[0])
    proper = [word for at, word in enumerate(words) if word.isupper() or (at and word[0].isupper())]
    told = proper or [word for word in words if len(word) >= _TELLING]
    return {word.casefold() for word in told} <= set(_WORD.findall(sentence.casefold()))


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
