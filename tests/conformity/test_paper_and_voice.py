# SPDX-License-Identifier: EUPL-1.2
"""What the paper says is also said: each receipt is read back from its PDF, and looked for in what the voice reads."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from accessibility.speaking.pronounce import for_the_ear
from assist.session import commands as c
from assist.session.machine import run
from assist.session.state import Phase, SessionState
from content.model import AnswerFormat, AnswerValue, Procedure, Question
from kiosk.config import SiteSettings
from kiosk.presenter import Surroundings, present
from kiosk.receipts import receipt_of
from kiosk.view import Said, StepView, ViewKind
from kiosk.words import words_in
from printouts.model import Paper, Receipt
from printouts.receipt_code import new_receipt_code
from printouts.render import render
from printouts.words import words as paper_words_in
from tests.our_procedures import CATALOGUE
from tests.printouts.reading import reader
from tests.sample_procedures import TODAY

BILINGUAL = [(name, code) for name, known in CATALOGUE.procedures.items() if len(known) > 1 for code in known]
PATHS = 2
MORE_PATHS = 6
SITE = SiteSettings(
    "France Services de Souillac", ("12 avenue Gambetta, 46200 Souillac", "Du lundi au vendredi, de 9 h à 12 h.")
)
NUMBER = new_receipt_code()
AT_HOME = Surroundings(CATALOGUE, site=SITE.name, site_details=SITE.details)
IN_HEADPHONES = replace(AT_HOME, headphones=True, paper_number=NUMBER)
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)

every_bilingual_procedure = pytest.mark.parametrize(("name", "language"), BILINGUAL)


# Paths through a procedure


def road_map_met(procedure: Procedure, seed: int) -> SessionState | None:
    """A session that came to its road map by chance; None when it went round."""
    by = random.Random(seed)  # noqa: S311 - answers, no secrets
    state = SessionState(phase=Phase.CHOOSING, session="s", language=procedure.language, today=TODAY)
    state = _then(state, c.Pick(procedure))
    for _ in range(120):
        view = present(state, AT_HOME)
        if view.kind is ViewKind.ROAD_MAP:
            return state
        if view.question is not None and by.random() < 0.8:
            state = _then(state, c.Answer(_answer(view.question, by)))
        else:
            state = _then(state, by.choice(view.options).intent)
    return None


def _then(state: SessionState, intent: c.Intent) -> SessionState:
    return run(state, c.Command(intent, c.Moment(NOW, 0.0, TODAY), c.Origin.TOUCH))[0]


def _answer(question: Question, by: random.Random) -> AnswerValue:
    if question.format is AnswerFormat.DATE:
        return TODAY + timedelta(days=by.choice((-4000, -40, -3, 3, 40)))
    return by.choice((0, 1, 3, 12)) if question.format is AnswerFormat.NUMBER else "Rennes"


def paths(name: str, language: str, most: int = PATHS) -> tuple[SessionState, ...]:
    """Sessions whose papers differ, those that say the most first."""
    return _all_paths(name, language)[:most]


@cache
def _all_paths(name: str, language: str) -> tuple[SessionState, ...]:
    procedure = CATALOGUE.procedures[name][language]
    found: dict[Receipt, SessionState] = {}
    for seed in range(40):
        state = road_map_met(procedure, seed)
        if state is not None:
            found.setdefault(paper(state), state)
    longest = sorted(found, key=lambda made: len(repr(made)), reverse=True)
    return tuple(found[made] for made in longest)


def paper(state: SessionState, *, duplicate: bool = False) -> Receipt:
    made = receipt_of(state, CATALOGUE, NUMBER, SITE, duplicate=duplicate)
    assert made is not None
    return made


# What the paper holds, and what is said of it


@cache
def printed(receipt: Receipt, size: Paper) -> tuple[str, ...]:
    """Every line that ink makes on the person's own part of the paper."""
    return tuple(_lines_printed(receipt, size))


def _lines_printed(receipt: Receipt, size: Paper) -> Iterator[str]:
    counter = letters(paper_words_in("fr").counter)
    for page in reader(render(receipt, size)).pages:
        for line in page.extract_text().splitlines():
            if letters(line) == counter and receipt.french is not None:
                return  # The same again in French: see UNSAID.
            if letters(line):
                yield line.replace("\u00a0", " ").strip()


def letters(text: str) -> str:
    """Its letters and digits alone: a line may be cut anywhere, and a sign said or not."""
    return re.sub(r"[\W_]+", "", text).casefold()


UNSAID: dict[str, Callable[[str], bool]] = {
    "The number of a page: the voice has no pages.": lambda line: (
        re.fullmatch(r"Page \d+ (sur|of) \d+", line) is not None
    ),
}
"""Why a line of the paper need not be said. Beside these: pictures and codes, which are no text (their reminders are
said as dates, the number of the paper as a number); and the part in French of a paper in English, for the counter: it
says again what the person's own part says, and she hears that it is there."""


def said_otherwise(language: str) -> dict[str, str]:
    """A heading of the paper -> what the kiosk says in its place, in rows that are cut another way."""
    paper, w = paper_words_in(language), words_in(language)
    return {
        paper.where: w.row_where,
        paper.when: w.row_where,
        paper.contact: w.row_contact,
        paper.have: w.has_it.format(name=""),
        paper.missing: w.lacks_it.format(name=""),
    }


def never_said(receipt: Receipt, size: Paper, said: tuple[Said, ...]) -> list[str]:
    """The lines of the paper that no sentence holds."""
    heard = "".join(letters(one.text) for one in said)
    headings = {letters(one): letters(other) for one, other in said_otherwise(receipt.language).items()}
    return [
        line
        for line in printed(receipt, size)
        if letters(line) not in heard
        and not any(excused(line) for excused in UNSAID.values())
        and headings.get(letters(line), "\n") not in heard
    ]


def all_said(view: StepView) -> tuple[Said, ...]:
    """On the road map, and behind "Plus de détails"."""
    return (*view.speech, *view.details_speech)


# The tests


@pytest.mark.clause("EN 5.1.3.16")
@pytest.mark.parametrize("most", [PATHS, pytest.param(MORE_PATHS, marks=pytest.mark.long)])
@every_bilingual_procedure
def test_all_that_the_paper_says_is_said_to_headphones(name: str, language: str, most: int) -> None:
    """The PDF of several paths through each procedure that is written in two languages, in each of them."""
    met = paths(name, language, most)
    assert len(met) >= PATHS
    for state in met:
        view = present(replace(state, prints=1), IN_HEADPHONES)
        assert len(printed(paper(state), Paper.A4)) > 20, "the paper was read"
        assert never_said(paper(state), Paper.A4, all_said(view)) == []


@pytest.mark.clause("EN 5.1.3.16")
def test_a_ticket_a_second_paper_and_one_of_a_trial_are_said_too() -> None:
    state = paths("carte-identite", "fr")[0]
    ticket = present(replace(state, prints=1), IN_HEADPHONES)
    assert never_said(paper(state), Paper.TICKET, all_said(ticket)) == []
    again = present(replace(state, prints=2), IN_HEADPHONES)
    assert never_said(paper(state, duplicate=True), Paper.A4, all_said(again)) == []
    trial = replace(state, mode=c.Mode.LAB, prints=1)
    assert never_said(paper(trial), Paper.A4, all_said(present(trial, IN_HEADPHONES))) == []


@pytest.mark.clause("EN 5.1.3.9")
@every_bilingual_procedure
def test_without_headphones_the_number_alone_is_not_said(name: str, language: str) -> None:
    """Before the paper is printed too: it has no number yet. Whoever hears it could open what the session left."""
    state = paths(name, language)[0]
    view = present(state, AT_HOME)
    unsaid = " ".join(never_said(paper(state), Paper.A4, all_said(view)))
    assert letters(unsaid) == letters(paper_words_in(language).code + NUMBER)
    assert letters(NUMBER) not in letters(repr(view))
    assert words_in(language).number_on_paper in [said.text for said in view.details_speech]


@pytest.mark.clause("EN 5.1.3.16")
@every_bilingual_procedure
def test_each_address_of_the_paper_is_dictated_to_its_end(name: str, language: str) -> None:
    stroke = {"fr": "barre", "en": "slash"}[language]
    for state in paths(name, language):
        made, said = paper(state), present(state, AT_HOME).details_speech
        urls = {made.source_url, *(place.url for place in (*made.where, *made.contacts))} - {""}
        for url in urls:
            bare = url.removeprefix("https://").rstrip("/")
            found = [one.text for one in said if letters(one.text).endswith(letters(bare))]
            assert found, url
            assert for_the_ear(found[0], language).split().count(stroke) == bare.count("/"), found


@every_bilingual_procedure
def test_the_details_are_short_rows_the_most_useful_first(name: str, language: str) -> None:
    for state in paths(name, language):
        view = present(state, AT_HOME)
        ids = [row.id for row in view.details]
        assert ids == [id for id in ("find", "places", "paper", "here", "words") if id in ids]
        assert ids[-3:] == ["paper", "here", "words"]
        assert all(row.lines for row in view.details)
        assert max(len(said.text.split()) for said in view.details_speech) < 40
