# SPDX-License-Identifier: EUPL-1.2
"""Pages of whatever words and answers: each answer has its room, whole, and so does an empty line below the title."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from accessibility.comfort import TextSize
from kiosk.layout import fits
from kiosk.screens.frame_painting import COMFORT
from kiosk.screens.frame_plan import FramePlan, frame
from kiosk.screens.items import Button, Close, Page, Target, Words, density
from kiosk.screens.paging import lay_out
from kiosk.screens.prompts import Prompt, Room
from kiosk.view import ViewKind
from tests.kiosk.test_every_size import VIEWS, faults, glass, laid_out, scenes

TOOLS = (("◀", "Retour"), ("↻", "Répéter"), ("☺", "Aide"), ("!", "C’est difficile"), ("✖", "Tout effacer"))
TITLE = "Que voulez-vous faire\u00a0?"
SHORT = st.sampled_from(("Oui", "Papiers", "La carte", "Un enfant arrive"))
LONG = st.sampled_from(("Anticonstitutionnel", "Complémentaire santé solidaire", "Une aide à domicile pour un parent"))


class Screen(NamedTuple):
    columns: int
    rows: int
    text_size: TextSize = TextSize.NORMAL
    large_titles: bool = False

    @property
    def plan(self) -> FramePlan:
        return frame(glass(self.columns, self.rows), TOOLS, [label for _, label in COMFORT])

    def pages(self, sentences: list[str], labels: list[str], pictogram: str = "house") -> tuple[Page, ...]:
        plan = self.plan
        how = density(self.text_size, sized_by_display=False)
        room = Room(plan.body, plan.glass, how, large_titles=self.large_titles)
        buttons = [Button(f"answer-{n}", label, Close(), pictogram, min(n, 9)) for n, label in enumerate(labels, 1)]
        return lay_out(Prompt(TITLE, tuple(sentences)), buttons, room)


SCREENS = st.builds(Screen, st.integers(60, 120), st.integers(20, 40), st.sampled_from(TextSize), st.booleans())


def answers(pages: tuple[Page, ...]) -> list[Target]:
    targets = [item for page in pages for item in page if isinstance(item, Target)]
    return [target for target in targets if target.button.id != "next-page"]


@given(
    SCREENS,
    st.lists(st.sampled_from(("C’est gratuit.", "Le bureau change avec le lieu de naissance.")), max_size=4),
    st.lists(st.one_of(SHORT, SHORT, LONG), min_size=2, max_size=20),
    st.sampled_from(("", "house")),
)
@example(Screen(73, 30), ["C’est gratuit."] * 4, ["Oui"] * 12 + ["Anticonstitutionnel"] * 3, "house")
def test_every_answer_has_its_room_and_no_word_is_cut(
    screen: Screen, sentences: list[str], labels: list[str], pictogram: str
) -> None:
    plan = screen.plan
    assume(fits(plan.glass) == ())
    pages = screen.pages(sentences, labels, pictogram)
    assert faults(plan.body, plan.tools, pages, plan.glass) == []
    assert [" ".join(target.lines) for target in answers(pages)] == [target.button.text for target in answers(pages)]
    assert [target.button.label for target in answers(pages)] == labels


def below_title(page: Page) -> list[str]:
    """The first lines of a page, from the title on."""
    return [line.text for item in page if isinstance(item, Words) for line in item.lines][:3]


@pytest.mark.parametrize("size", [(100, 32), (80, 24), (72, 23)], ids=str)
def test_an_empty_line_parts_the_title_from_the_words_on_the_first_of_several_pages(size: tuple[int, int]) -> None:
    pages = Screen(*size, TextSize.LARGEST).pages(["C’est gratuit.", "Venez demain."], ["Oui", "Non", "Peut-être"])
    assert len(pages) == 2
    assert below_title(pages[0]) == [TITLE, "", "C’est gratuit."]
    assert all(target.picture for target in answers(pages))


def test_no_empty_line_costs_a_page() -> None:
    """Seven sentences leave nine answers just their room; with an empty line, they would go to a page of their own."""
    sentences = [f"Voici la phrase numéro {n}." for n in range(1, 8)]
    pages = Screen(60, 20).pages(sentences, ["Oui", "Non"] * 6, "")
    assert below_title(pages[0]) == [TITLE, *sentences[:2]]
    assert len(answers(pages[:1])) == 9


def test_the_title_of_the_road_map_has_its_empty_line_where_it_costs_no_page() -> None:
    view = next(view for view in VIEWS.values() if view.kind is ViewKind.ROAD_MAP)
    _, _, pages = laid_out(view, next(scenes(view)), 100, 32)
    assert len(pages) == 1
    assert below_title(pages[0]) == [view.title, "", " ".join(view.sentences)]
