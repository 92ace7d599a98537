# SPDX-License-Identifier: EUPL-1.2
"""Every public sentence the kiosk may have to say, known before anybody asks: the voice prepares them while idle.

A screen is said by the better voice only when all of it was prepared (ADR 0078): nothing may be missing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from itertools import product
from typing import cast

from assist.link.messages import Consent, HelpStage
from assist.session.commands import PrintStatus
from assist.session.events import Ending
from assist.session.state import MOST_PAPERS, Crumb, Help, Overlay, Phase, SessionState
from assist.sync.protocol import DeskState
from content.model import (
    Catalogue,
    DocumentToBring,
    Possession,
    Procedure,
    RoadMap,
    RoadMapLine,
    Section,
    StepKind,
    Task,
    Visit,
)
from content.sources import general, nameable
from kiosk.finding import reason_in
from kiosk.paper_rows import read_rows, rows_of_paper
from kiosk.place_cards import details
from kiosk.presenter import Surroundings, present
from kiosk.road_map import rows_of
from kiosk.view import Said, StepView
from kiosk.words import sentence, words_in
from kiosk.words.hearing import hearing_words_in
from kiosk.words.helping import helping_words_in
from kiosk.words.modes import mode_words_in
from kiosk.words.signing import signing_words_in

_HEARD_ONLY = ("language", "house_and_credit", "greet")
"""Fields of the words that are never said."""


def sentences_of(procedure: Procedure, language: str) -> tuple[Said, ...]:
    """The sentences of every step of ``procedure``, each once, those met first coming first.

    None for an official one: it has hundreds of screens, of which a person meets a few.
    """
    if procedure.official is not None:
        return ()
    around = Surroundings(Catalogue({procedure.id: {language: procedure}}))
    return tuple(
        dict.fromkeys(line for state in _states(procedure, language) for line in present(state, around).speech)
    )


def beside(procedure: Procedure, language: str) -> tuple[Said, ...]:
    """What is said around the steps of ``procedure``: its road map, the controls, what was understood, what to write.

    Where the road map has a date counted from what the person gave, it is private and said by the plain voice.
    """
    from kiosk.screens.rehearsed import said_on

    around = Surroundings(Catalogue({procedure.id: {language: procedure}}))
    views = [present(state, around) for state in _states(procedure, language)]
    ends = [present(state, around) for state in _ends(procedure, language)]
    said = (_road_map(procedure, ends, language), *map(said_on, (*views, *ends)), _reasons(procedure, language))
    return tuple(dict.fromkeys(line for lines in said for line in lines))


def _reasons(procedure: Procedure, language: str) -> Iterator[Said]:
    """Why it is proposed to who asked for it in some words."""
    words = hearing_words_in(language)
    for known_by in (procedure.title, *procedure.also):
        for reason in (words.you_said, words.it_is_like):
            yield Said(reason_in(reason, known_by))


def _states(procedure: Procedure, language: str) -> Iterator[SessionState]:
    for step in procedure.steps.values():
        if step.kind is StepKind.END:
            continue
        for document in [d.id for d in step.documents] or [""]:
            for explaining in (False, True):
                yield SessionState(
                    phase=Phase.WALKING,
                    language=language,
                    procedure=procedure,
                    here=Crumb(step.id, document),
                    explaining=explaining,
                )


def _ends(procedure: Procedure, language: str) -> Iterator[SessionState]:
    """The road map before anything was printed, and after; and where no other paper is offered."""
    for step in (step for step in procedure.steps.values() if step.kind is StepKind.END):
        state = SessionState(phase=Phase.WALKING, language=language, procedure=procedure, here=Crumb(step.id))
        yield from (replace(state, prints=n, papers=n, today=date.max) for n in (0, 1, MOST_PAPERS))


def _road_map(procedure: Procedure, ends: list[StepView], language: str) -> Iterator[Said]:
    """What is read of any road map of ``procedure``, whatever was answered; but its dates."""
    w = words_in(language)
    yield from (said for view in ends for said in view.speech if not said.about.startswith("row:"))
    for possession in (Possession.HAVE, Possession.MISSING):
        for row in rows_of(_all_of(procedure, possession), language):
            yield Said(w.named.format(name=row.title))
            yield Said(sentence(row.title + w.continued))
            yield from map(Said, row.lines)
    yield from _details(procedure, language)
    for line in procedure.road_map:
        if line.section is Section.CONTACT and line.place:
            yield from map(Said, details(line.place))


def _details(procedure: Procedure, language: str) -> Iterator[Said]:
    """What is read of any paper of ``procedure`` by who asks for more; not the words of the site, nor the day."""
    w, around, road_map = words_in(language), Surroundings(Catalogue({})), _all_of(procedure, Possession.MISSING)
    for prints, source in product((0, 2), nameable(procedure)):
        state = SessionState(language=language, procedure=procedure, prints=prints)
        rows = rows_of_paper(state, procedure, replace(road_map, source=source), around)
        yield from (Said(sentence(row.title + w.continued)) for row in rows)
        yield from (said for said in read_rows(rows, state, procedure, around) if not said.private)


def _all_of(procedure: Procedure, possession: Possession) -> RoadMap:
    def of(section: Section) -> tuple[RoadMapLine, ...]:
        return tuple(line for line in procedure.road_map if line.section is section)

    def tasks(section: Section) -> tuple[Task, ...]:
        return tuple(Task(line.text, line.pictogram) for line in of(section))

    def visits(section: Section) -> tuple[Visit, ...]:
        return tuple(Visit(line.text, line.pictogram, line.place) for line in of(section))

    asked = [(d.name, d.pictogram, d.where) for step in procedure.steps.values() for d in step.documents]
    named = [(line.text, line.pictogram, ()) for line in of(Section.BRING)]
    late = tuple(Task(line.late or line.text, line.pictogram) for line in of(Section.DEADLINE))
    return RoadMap(
        procedure=procedure.id,
        title=procedure.title,
        pictogram=procedure.pictogram,
        do=tasks(Section.DO),
        bring=tuple(DocumentToBring(name, picture, possession, where) for name, picture, where in (*asked, *named)),
        where=visits(Section.WHERE),
        when=(*late, *tasks(Section.WHEN)),
        cost=tasks(Section.COST),
        deadlines=(),
        contacts=visits(Section.CONTACT),
        checked_on=min(source.checked_on for source in procedure.sources),
        source=general(procedure),
    )


def moments(around: Surroundings, language: str = "fr") -> tuple[Said, ...]:
    """The sentences in ``language`` of the welcome, of the choice of a procedure, and of what may come over a step."""
    return tuple(dict.fromkeys(line for view in _moments(around, language) for line in view.speech))


def _moments(around: Surroundings, language: str) -> list[StepView]:
    over = SessionState(phase=Phase.OVER, language=language)
    states = [
        *(SessionState(phase=phase, language=language) for phase in (Phase.WELCOME, Phase.CHOOSING, Phase.RATING)),
        *(
            SessionState(phase=Phase.CHOOSING, overlay=overlay, language=language)
            for overlay in Overlay
            if overlay is not Overlay.NONE
        ),
        over,
        *(replace(over, ending=Ending.DONE, prints=prints) for prints in (0, 1)),
    ]
    return [present(state, around) for state in states] + list(_helped(around, language))


def _helped(around: Surroundings, language: str) -> Iterator[StepView]:
    """The page that "Aide" opens: somebody hears the call, nobody came, somebody is there. But names and minutes."""
    somebody = replace(around, desk=DeskState(reachable=True, people=1))
    page = SessionState(phase=Phase.CHOOSING, overlay=Overlay.HELP, language=language)
    for stage in (HelpStage.CALLED, HelpStage.UNANSWERED):
        for there in (around, somebody):
            yield present(replace(page, help=Help(stage)), there)
    for consent in (Consent.NONE, Consent.GIVEN):
        yield present(replace(page, help=Help(HelpStage.JOINED, consent)), around)


def passing(language: str, around: Surroundings | None = None) -> tuple[Said, ...]:
    """What may be said over any screen, in ``language``: what was noted or printed, a control that a key reaches,
    what was heard, the small screens.

    All the kiosk's own words are here, but the ways of saying that it only hears and those still to be filled in.
    """
    from kiosk.screens.rehearsed import said_on, said_over, suggestions

    parts = (
        words_in(language),
        hearing_words_in(language),
        mode_words_in(language),
        helping_words_in(language),
        signing_words_in(language),
    )
    named = ((field.name, getattr(words, field.name)) for words in parts for field in fields(words))
    texts = (
        text
        for name, value in named
        if not name.endswith("_also") and name not in _HEARD_ONLY
        for text in _texts(value)
        if "{" not in text and not text.startswith(" ")
    )
    w = words_in(language)
    last_paper = f"{w.print_outcomes[PrintStatus.DONE]} {w.another_paper}"
    views = _moments(around or Surroundings(Catalogue({})), language)
    choosing = views[1]
    screens = (
        *map(said_on, views),
        said_over(choosing),
        suggestions(tuple(option for option in choosing.options if option.theme), language),
    )
    said = (*(Said(sentence(text)) for text in (*texts, last_paper)), *(line for lines in screens for line in lines))
    return tuple(dict.fromkeys(replace(line, about="") for line in dict.fromkeys(said)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from cast("Mapping[object, str]", value).values()
    elif isinstance(value, tuple):
        yield from cast("tuple[str, ...]", value)
