# SPDX-License-Identifier: EUPL-1.2
"""The screen and the voice say the same, in the same language, on every screen of every procedure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from content.model import AnswerFormat, StepKind
from kiosk.config import Settings
from kiosk.content_review import review_content
from kiosk.presenter import Surroundings, present
from kiosk.receipts import receipt_of
from kiosk.screens.items import Target, Tone
from kiosk.screens.sayable import plain, what_can_be_said
from kiosk.view import StepView, ViewKind
from kiosk.words import words_in
from tests.kiosk.scripted_dialogue import views_of, walking
from tests.kiosk.test_sayable import EVERY
from tests.our_procedures import CATALOGUE

AROUND = Surroundings(CATALOGUE, "Nadia", 10, "01 23 45 67 89")
NAMES = [(name, language) for name, languages in CATALOGUE.procedures.items() for language in languages]

every_procedure = pytest.mark.parametrize("views", NAMES, indirect=True, ids=lambda named: "-".join(named))


@pytest.fixture
def views(request: pytest.FixtureRequest) -> dict[str, StepView]:
    return _views(*request.param)


@cache
def _views(name: str, language: str) -> dict[str, StepView]:
    return views_of(CATALOGUE.procedures[name][language], AROUND)


def letters(text: str) -> str:
    """Its letters and digits alone: a line may be cut, and a sign said or not."""
    return re.sub(r"\W+", "", text.removeprefix("https://").removeprefix("www.")).casefold()


def spoken(view: StepView) -> str:
    return letters(" ".join(said.text for said in (*view.speech, *view.details_speech)))


def written(view: StepView) -> Iterator[tuple[str, str]]:
    """Every text of the screen's body, with its place. On THEMES the procedures are behind their themes."""
    yield "title", view.title
    yield from ((f"sentence {n}", sentence) for n, sentence in enumerate(view.sentences))
    yield from ((f"theme {theme.id}", theme.label) for theme in view.themes)
    for option in view.options:
        if view.kind is not ViewKind.THEMES or not option.theme:
            yield f"answer {option.id}", option.label
    if view.card:
        yield from (("card", text) for text in (view.card.name, view.card.phone, view.card.url, *view.card.lines))
    if view.details:
        yield "answer details", words_in(view.language).details_more
    for row in (*view.rows, *view.details):
        yield from ((f"row {row.id}", text) for text in (row.title, *row.lines))


@pytest.mark.clause("EN 5.1.3.1", "EN 5.1.3.16")
@every_procedure
def test_what_is_written_is_said(views: dict[str, StepView]) -> None:
    """Except the one answer of a screen that has no other: it is said when a key reaches it (test_modes.py)."""
    for name, view in views.items():
        said = spoken(view)
        alone = f"answer {view.options[0].id}" if len(view.options) == 1 else ""
        unsaid = [(place, text) for place, text in written(view) if place != alone and letters(text) not in said]
        assert unsaid == [], name


@pytest.mark.clause("EN 5.1.5", "PAP 13")
@every_procedure
def test_what_is_said_is_written(views: dict[str, StepView]) -> None:
    for name, view in views.items():
        shown = [letters(text) for _, text in written(view)] + [letters(view.notice), letters(view.heading)]
        for said in (*view.speech, *view.details_speech):
            heard = letters(re.sub(r"^\d+\s?:\s", "", said.text))
            # "Voici votre feuille de route", "Téléphone : 3949": what is written, and a word that says what it is.
            named = [text for text in shown if text and heard.endswith(text)]
            assert named or any(heard in text for text in shown), f"{name}: {said.text}"


@pytest.mark.clause("EN 5.1.3.6", "WCAG 1.1.1")
@every_procedure
def test_every_picture_stands_with_words_that_are_said(views: dict[str, StepView]) -> None:
    """A picture never says something that its words do not: each answer, theme, document, place and row has its own."""
    for name, view in views.items():
        pictured = [(option.pictogram, option.label) for option in view.options if not option.theme]
        pictured += [(theme.pictogram, theme.label) for theme in view.themes]
        pictured += [(row.pictogram, row.title) for row in (*view.rows, *view.details)]
        pictured += [(view.card.pictogram, view.card.name)] if view.card else []
        pictured += [(view.heading_pictogram, view.heading), (view.pictogram, view.title)]
        assert all(words.strip() for picture, words in pictured if picture), name
        said = spoken(view)
        alone = len(view.options) == 1
        assert [words for _, words in pictured[:-2] if letters(words) not in said and not alone] == [], name


@pytest.mark.clause("EN 5.1.3.14", "WCAG 3.1.1", "PAP 9")
@every_procedure
def test_every_screen_is_said_in_its_own_language(views: dict[str, StepView], request: pytest.FixtureRequest) -> None:
    language = request.node.callspec.id[-2:]
    for name, view in views.items():
        assert view.language == language, name
        others = [said for said in (*view.speech, *view.details_speech) if said.language not in ("", language)]
        assert others == [] or view.kind is ViewKind.WELCOME, name


@pytest.mark.clause("WCAG 3.1.2")
@every_procedure
def test_on_the_welcome_each_language_is_named_in_itself(views: dict[str, StepView]) -> None:
    named = {said.text.strip("."): said.language for said in views["welcome"].speech if said.language}
    found = {language for words, language in named.items() for name in ("Français", "English") if name in words}
    assert found == {"fr", "en"}
    assert all(("English" in words) == (language == "en") for words, language in named.items())


READ_IN_ORDER = ("title", "sentence", "notice", "card", "row", "theme", "option")
"""From the top of a screen to its foot."""


@pytest.mark.clause("WCAG 2.4.2", "WCAG 1.3.2")
@every_procedure
def test_every_screen_has_a_title_said_first_and_the_rest_in_the_order_of_the_screen(
    views: dict[str, StepView],
) -> None:
    for name, view in views.items():
        assert view.title.strip(), name
        assert view.speech[0].about == "title", name
        told = [said.about for said in view.speech]
        sentences = [place for place in told if place.startswith("sentence:")]
        answers = [place for place in told if place.startswith("option:")]
        rows = [place for place in told if place.startswith("row:")]
        assert sentences == [f"sentence:{n}" for n in range(len(sentences))], name
        options = [*(f"option:{o.id}" for o in view.options), *(["option:details"] if view.details else [])]
        assert answers == [option for option in options if option in answers], name
        assert [place for place in rows if place.count(":") == 1] == [f"row:{row.id}" for row in view.rows], name
        groups = [group for place in told if (group := place.partition(":")[0])]
        assert groups == sorted(groups, key=READ_IN_ORDER.index), name


@pytest.mark.clause("EN 5.1.3.16")
@pytest.mark.parametrize(("name", "language"), NAMES)
def test_the_lines_of_the_paper_are_said(name: str, language: str) -> None:
    """On the road map itself: what to do, bring and pay, where, by when, and whom to call. The rest is asked for."""
    procedure = CATALOGUE.procedures[name][language]
    end = next(id for id, step in procedure.steps.items() if step.kind is StepKind.END)
    state = replace(walking(procedure, end), language=language)
    paper = receipt_of(state, CATALOGUE, "0" * 16, Settings().site)
    assert paper is not None
    printed = [line.text for line in (*paper.do, *paper.when, *paper.cost, *paper.deadlines)]
    printed += [document.name for document in paper.bring]
    printed += [words for place in (*paper.where, *paper.contacts) for words in (place.text, place.phone)]
    said = letters(" ".join(said.text for said in present(state, AROUND).speech))
    assert [words for words in printed if letters(words) not in said] == []
    assert printed


@pytest.mark.clause("WCAG 3.2.4", "WCAG 3.2.6")
@every_procedure
def test_a_control_has_one_name_and_the_help_is_on_every_screen(views: dict[str, StepView]) -> None:
    names: dict[str, set[tuple[str, str]]] = {}
    for view in views.values():
        for tool in view.tools:
            names.setdefault(tool.id, set()).add((tool.label, tool.symbol))
        if view.kind not in (ViewKind.WELCOME, ViewKind.GOODBYE):
            assert [tool.id for tool in view.tools] == ["back", "repeat", "help", "difficulty", "erase"]
    assert all(len(labels) == 1 for labels in names.values()), names


@pytest.mark.clause("WCAG 3.3.2")
@every_procedure
def test_a_date_is_asked_for_with_its_order(views: dict[str, StepView]) -> None:
    """Shown and said before anything is written, in the language of the screen."""
    for name, view in views.items():
        if view.question and view.question.format is AnswerFormat.DATE and not name.endswith("-explained"):
            order = words_in(view.language).date_order
            assert view.sentences[-1] == order, name
            assert any(said.text == order for said in view.speech), name


@pytest.mark.clause("EN 4.2.10")
def test_no_word_nor_sentence_is_refused() -> None:
    """Those of the kiosk's own check: lengths, rare words, acronyms, double negations, in each language."""
    refused = [p for p in review_content(Settings().content.path, date.today()).problems if not p.warning]
    assert refused == []


@pytest.mark.clause("WCAG 2.5.3")
def test_the_name_on_a_button_can_be_said() -> None:
    """Letters of the keyboard apart: words are said, not spelt."""
    for name, here in EVERY:
        said = what_can_be_said(here)
        ways = {plain(way) for s in said.sayables for way in s.ways}
        for page in here.pages:
            for button in (item.button for item in page if isinstance(item, Target)):
                if button.action is not None and not (button.tone is Tone.KEY and len(button.label) == 1):
                    assert plain(button.label) in ways or not plain(button.label), f"{name}: {button.label}"
