# SPDX-License-Identifier: EUPL-1.2
"""Every view at every size: nothing cut, nothing over anything else, a finger's size everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from accessibility.comfort import Comfort, TextSize
from assist.session.state import Phase, SessionState
from content.model import Catalogue, Procedure
from kiosk.config import ScreenSettings
from kiosk.finding import reason_in
from kiosk.layout import Box, Cell, Glass, fits
from kiosk.presenter import Surroundings, present
from kiosk.screens.ask import MANY
from kiosk.screens.cast import scene_class
from kiosk.screens.frame_painting import COMFORT
from kiosk.screens.frame_plan import frame
from kiosk.screens.items import (
    PLAIN,
    Action,
    Code,
    Density,
    Item,
    OpenDetails,
    OpenKeyboard,
    OpenTheme,
    Page,
    Submit,
    Target,
    TypeText,
    Words,
    density,
)
from kiosk.screens.prompts import Room
from kiosk.screens.scene import Scene
from kiosk.screens.step import StepScene
from kiosk.screens.themes import ThemesScene
from kiosk.screens.voice import VoiceScene
from kiosk.view import Found, StepView, ViewKind
from kiosk.words.hearing import hearing_words_in
from tests.english_sample import bilingual_sample
from tests.kiosk.scripted_dialogue import catalogue, views_of
from tests.our_procedures import CATALOGUE
from tests.sample_procedures import sample_procedure

SCREEN = ScreenSettings()
AROUND = Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89")
VIEWS = views_of(sample_procedure(), AROUND)
NAMED_SIZES = ((60, 20), (80, 24), (100, 32), (200, 60), (60, 60), (200, 20), (84, 27), (72, 23))
WIDTHS, HEIGHTS = range(60, 201, 10), range(20, 61, 3)
STEPPED = [(width, height) for width in WIDTHS for height in HEIGHTS]
ALL = [(width, height) for width in range(60, 201) for height in range(20, 61)]


class StageDouble:
    """A stage without a screen."""

    def __init__(self, view: StepView) -> None:
        self.view = view
        self.comfort = Comfort()
        self.listens = True
        self.acted: list[Action] = []

    def repaint(self) -> None: ...

    def act(self, action: Action) -> None:
        self.acted.append(action)

    def search(self, text: str) -> None: ...


def glass(width: int, height: int) -> Glass:
    return Glass(width, height, SCREEN.width_mm, SCREEN.height_mm)


def scenes(view: StepView) -> Iterator[Scene]:
    """The scene of ``view``, in each of the states it may take."""
    stage = StageDouble(view)
    scene = scene_class(view.kind)(stage)
    yield scene
    if view.kind is ViewKind.THEMES:
        for theme in view.themes:
            opened = scene_class(view.kind)(stage)
            opened.do(OpenTheme(theme.id))
            yield opened
        writing = scene_class(view.kind)(stage)
        writing.do(OpenKeyboard())
        writing.do(TypeText("carte d’identité"))
        writing.found(Found(view.options[:1] * 3))
        yield writing
        words = hearing_words_in(view.language)
        reason = max(reason_in(words.you_said, view.options[0].label), *words.urgent.values(), key=len)
        for answer in (
            Found(view.options[:1] * 3, reason),
            Found(someone=True),
            Found(),
        ):
            asked = scene_class(view.kind)(stage)
            assert isinstance(asked, ThemesScene)
            asked.suggest(answer)
            yield asked
    if view.kind in (ViewKind.ASK, ViewKind.IDENTITY):
        typed = scene_class(view.kind)(stage)
        typed.do(TypeText("1" * 8))
        yield typed
        refused = scene_class(view.kind)(stage)
        for _ in range(MANY):  # An example and a person are offered.
            refused.do(Submit(view.question))
        yield refused
    if view.details:
        detailed = scene_class(view.kind)(stage)
        detailed.do(OpenDetails())
        yield detailed
    if view.kind is ViewKind.SAY:
        yield VoiceScene(stage)


def laid_out(
    view: StepView, scene: Scene, width: int, height: int, how: Density = PLAIN, **more: bool
) -> tuple[Box, tuple[Cell, ...], tuple[Page, ...]]:
    """The body, the tools and the pages."""
    plan = frame(
        glass(width, height), [(t.symbol, t.label) for t in view.tools] or [("◀", "Retour")], [c for _, c in COMFORT]
    )
    tools = plan.tools if view.tools else ()
    body = plan.body if view.tools else Box(plan.body.x, plan.body.y, plan.body.width, height - plan.body.y - 3)
    return body, tools, scene.pages(Room(body, plan.glass, how, language=view.language, **more))


def faults(body: Box, tools: tuple[Cell, ...], pages: tuple[Page, ...], screen: Glass) -> list[str]:
    """What is cut, out of place, too small or too near."""
    found: list[str] = []
    for number, page in enumerate(pages):
        if {item.button.id if isinstance(item, Target) else "" for item in page} <= {"next-page"}:
            found.append(f"page {number}: nothing on it")
        for item in page:
            if not item.box.inside(body):
                found.append(f"page {number}: {item} out of {body}")
            found.extend(f"page {number}: {fault}" for fault in cut(item))
        for i, one in enumerate(page):
            for other in page[i + 1 :]:
                if overlap(one.box, other.box):
                    found.append(f"page {number}: {one} over {other}")
        boxes = [(item.button.id, item.box) for item in page if isinstance(item, Target)]
        boxes += [(f"tool-{i}", tool.box) for i, tool in enumerate(tools)]
        found.extend(f"page {number}: {name} {box} too small" for name, box in boxes if not screen.touchable(box))
        for i, (name, box) in enumerate(boxes):
            found.extend(
                f"page {number}: {name} {box} near {other_name} {other}"
                for other_name, other in boxes[i + 1 :]
                if not screen.apart(box, other)
            )
    return found


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def cut(item: Item) -> list[str]:
    if isinstance(item, Words):
        wide = [line for line in item.lines if cell_len(line.text) > item.box.width]
        return [f"{item} cut"] if wide or len(item.lines) > item.box.height else []
    if isinstance(item, Target):
        edge = 2 if item.bordered else 0
        rows = len(item.lines) + (item.picture.height if item.picture else 0)
        wide = [line for line in item.lines if cell_len(line) > item.box.width - edge]
        too_wide = item.picture is not None and item.picture.width > item.box.width - edge
        return [f"{item} cut"] if wide or too_wide or rows > item.box.height - edge else []
    return []


def shown_words(pages: tuple[Page, ...]) -> str:
    """Every word on the pages, in order, spaces made alike."""
    texts: list[str] = []
    for page in pages:
        for item in page:
            if isinstance(item, Words):
                texts.extend(line.text for line in item.lines)
            elif isinstance(item, Target):
                texts.append(" ".join(item.lines))
    return squeeze(" ".join(texts))


def squeeze(text: str) -> str:
    """Without any space: a long word may be cut between two lines, and none of its letters lost."""
    return re.sub(r"[\s\u00a0•]+", "", text)


def said(view: StepView) -> list[str]:
    """Every text of the view that must be seen."""
    texts = [view.title, *view.sentences]
    if view.kind is not ViewKind.THEMES:
        texts += [option.label for option in view.options]
    if view.card:
        texts += [view.card.name, view.card.phone, *view.card.lines, view.card.url]
    texts += [row.title for row in view.rows]
    return texts


def check(
    procedure_views: dict[str, StepView], sizes: list[tuple[int, int]], how: Density = PLAIN, **more: bool
) -> list[str]:
    found: list[str] = []
    for width, height in sizes:
        screen = glass(width, height)
        small = bool(fits(screen))
        for name, view in procedure_views.items():
            for n, scene in enumerate(scenes(view)):
                body, tools, pages = laid_out(view, scene, width, height, how, **more)
                where = f"{name} {n} at {width}x{height}"
                found.extend(f"{where}: {fault}" for fault in faults(body, tools, pages, screen) if not small)
                words = shown_words(pages)
                if n == 0:
                    found.extend(f"{where}: « {text} » not shown" for text in said(view) if squeeze(text) not in words)
    return found


@pytest.mark.clause("PAP 12", "WCAG 1.4.4", "EN 4.2.2")
@pytest.mark.parametrize("size", NAMED_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("text_size", list(TextSize), ids=str)
def test_with_larger_letters_and_titles(size: tuple[int, int], text_size: TextSize) -> None:
    how = density(text_size, sized_by_display=False)
    assert check(VIEWS, [size], how, large_titles=True) == []
    assert check(VIEWS, [size], how, pictures=False) == []


@pytest.mark.clause("PAP 11", "WCAG 2.5.8", "WCAG 1.3.4", "WCAG 1.4.10", "WCAG 2.4.11")
@pytest.mark.parametrize("size", NAMED_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_and_a_finger_finds_everything(size: tuple[int, int]) -> None:
    assert fits(glass(*size)) == ()
    assert check(VIEWS, [size]) == []


@pytest.mark.clause("WCAG 1.4.10")
def test_between_the_named_sizes() -> None:
    assert check(VIEWS, STEPPED) == []


@pytest.mark.long
@pytest.mark.timeout(900)
def test_at_every_size() -> None:
    assert check(VIEWS, ALL) == []


@pytest.mark.parametrize("size", [(80, 24), (84, 27), (100, 32), (140, 40), (200, 60)])
def test_the_usual_text_needs_one_page(size: tuple[int, int]) -> None:
    for name, view in VIEWS.items():
        _, _, pages = laid_out(view, next(scenes(view)), *size)
        assert len(pages) == 1, f"{name} takes {len(pages)} pages"


@pytest.mark.clause("EN 4.2.2", "PAP 12")
@pytest.mark.parametrize("text_size", list(TextSize), ids=str)
def test_the_welcome_shows_all_its_choices_at_once(text_size: TextSize) -> None:
    """Two languages, "Commencer", comfort: nobody who needs large letters has to turn pages to find them."""
    both = Catalogue({"essai": bilingual_sample()})
    view = present(SessionState(), Surroundings(both, "Nadia", 10))
    how = density(text_size, sized_by_display=False)
    for size in ((80, 24), (100, 32)):
        body, tools, pages = laid_out(view, next(scenes(view)), *size, how)
        assert len(pages) == 1, size
        assert faults(body, tools, pages, glass(*size)) == []


@pytest.mark.parametrize("text_size", list(TextSize), ids=str)
def test_the_themes_and_all_their_procedures(text_size: TextSize) -> None:
    """More of them than in the sample: a theme of five has a title, no sentence, and several pages."""
    view = present(SessionState(phase=Phase.CHOOSING, session="s"), Surroundings(CATALOGUE))
    how = density(text_size, sized_by_display=False)
    assert check({"themes": view}, [(60, 20), (80, 24), (100, 32)], how) == []


@pytest.mark.parametrize("size", NAMED_SIZES, ids=str)
def test_each_theme_and_each_procedure_has_its_picture(size: tuple[int, int]) -> None:
    """ "Touchez une image": where all of them leave no room for one, the cards are shared out more evenly.

    On the smallest screen the many procedures of a theme, where no picture is spoken of, may stand as words.
    """
    view = present(SessionState(phase=Phase.CHOOSING, session="s"), Surroundings(CATALOGUE))
    inside = 0 if size == (60, 20) else len(view.themes)
    for scene in list(scenes(view))[: 1 + inside]:
        _, _, pages = laid_out(view, scene, *size)
        bare = [item for page in pages for item in page if isinstance(item, Target) and not item.picture]
        assert {item.button.id for item in bare} <= {"next-page"}


def test_long_texts_flow_over_several_pages() -> None:
    procedure = sample_procedure()
    long = long_winded(procedure)
    assert check(views_of(long, Surroundings(catalogue(long))), [(60, 20), (80, 24), (100, 32)]) == []


def long_winded(procedure: Procedure) -> Procedure:
    """The same procedure, said in far too many words."""
    from dataclasses import replace

    sentences = tuple(f"Voici la phrase numéro {n}, qui dit encore quelque chose." for n in range(1, 31))
    steps = {
        name: replace(
            step,
            say=sentences,
            title="Une question vraiment très longue à lire, et peut-être trop longue pour un petit écran ?",
        )
        for name, step in procedure.steps.items()
    }
    return replace(procedure, steps=steps)


def test_codes_are_left_out_rather_than_cut() -> None:
    view = next(view for view in VIEWS.values() if view.kind is ViewKind.ACT and view.card)
    for size in NAMED_SIZES:
        _, _, pages = laid_out(view, StepScene(StageDouble(view)), *size)
        codes = [item for page in pages for item in page if isinstance(item, Code)]
        assert all(code.box.height * 2 >= 25 for code in codes)
