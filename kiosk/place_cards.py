# SPDX-License-Identifier: EUPL-1.2
"""A place as a card: where to go, or whom to call, shown large and read aloud. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assist.session.state import SessionState
from content.model import Place, Visit
from kiosk.road_map import road_map_of, tells_number, visit_line
from kiosk.view import Card, Said, StepView
from kiosk.words import words_in


def place_card(place: Place) -> Card:
    """All that is known of it."""
    return Card(place.name, place.pictogram, details(place), place.phone, place.url)


def details(place: Place) -> tuple[str, ...]:
    """When it opens, and what its number costs."""
    return tuple(line for line in (place.hours, place.phone_note) if line)


def contact_of(state: SessionState) -> Visit | None:
    """Who answers for the procedure under way, without the internet, as far as the answers tell: the first of its road
    map. None when no procedure is under way, or when it names none."""
    road_map = road_map_of(state)
    return next((visit for visit in road_map.contacts if visit.place), None) if road_map else None


def with_contact(view: StepView, state: SessionState) -> StepView:
    """``view`` with a card for who answers for the procedure under way, when it names somebody."""
    visit = contact_of(state)
    if visit is None or visit.place is None or state.procedure is None:
        return view
    place, theirs = visit.place, state.procedure.language
    before = () if place.phone and tells_number(visit.text, place.phone) else (visit.text,)
    card = replace(place_card(place), lines=(*before, *details(place)), url="")
    read = (visit_line(words_in(state.language), visit, place.phone), *details(place))
    language = "" if theirs == state.language else theirs
    return with_card(view, card, [Said(line, "card", language) for line in read])


def with_card(view: StepView, card: Card, read: Sequence[Said]) -> StepView:
    """``view`` with a card, which is read where it stands: before what can be answered."""
    answers = [number for number, said in enumerate(view.speech) if said.about.startswith("option:")]
    at = answers[0] if answers else len(view.speech)
    return replace(view, card=card, speech=(*view.speech[:at], *read, *view.speech[at:]))
