# SPDX-License-Identifier: EUPL-1.2
"""Behind "Plus de détails": all that the paper says, a part at a time; heard, passed over, said again, left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assist.session import commands as c
from content.model import Catalogue, Place, Possession, RoadMapLine, Section
from kiosk.conversation import Spoken
from kiosk.presenter import Surroundings, present
from kiosk.screens.sayable import plain
from kiosk.view import StepView
from kiosk.words import words_in
from tests.kiosk.conftest import Kiosk, KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue, catalogue, walking
from tests.sample_procedures import sample_procedure

PROCEDURE = sample_procedure()
AROUND = Surroundings(catalogue(), site="La médiathèque", site_details=("Ouvert le mardi.",))
w = words_in("fr")


def road_map(**more: object) -> ScriptedDialogue:
    state = walking(PROCEDURE, "fin", answers={"besoin": "perdue", "pieces": {"photo": Possession.MISSING}})
    return ScriptedDialogue(replace(state, **more), AROUND)  # type: ignore[arg-type]


def lines(view: StepView, row: str) -> tuple[str, ...]:
    return next((row_.lines for row_ in view.details if row_.id == row), ())


def last_read(k: Kiosk) -> str:
    return " ".join(k.dialogue.read_aloud[-1])


@pytest.mark.clause("EN 5.1.3.1", "EN 5.1.3.16")
async def test_each_part_of_the_paper_is_read_and_the_next_is_one_key_away(kiosk: KioskMaker) -> None:
    async with kiosk(road_map()) as k:
        assert k.dialogue.view.speech[-1].text == f"4\u00a0: {w.details_more}."
        await k.press("4")
        assert k.dialogue.read_aloud[-1][0] == f"{w.details}."
        told = [k.dialogue.read_aloud[-1]]
        while any(t.item and t.item.button.id == "next-page" for t in k.targets):
            await k.tap("next-page")
            assert not last_read(k).startswith(w.details), "the title is said once"
            assert w.next not in last_read(k)
            told.append(k.dialogue.read_aloud[-1])
        assert len(told) >= len(k.dialogue.view.details) > 3
        heard = {sentence for page in told for sentence in page}
        assert [one.text for one in k.dialogue.view.details_speech if one.text not in heard] == []
        assert k.dialogue.sent == [], "the session, hence the journal, knows nothing of it"


@pytest.mark.clause("EN 5.1.3.4")
async def test_a_part_is_stopped_and_said_again_and_left(kiosk: KioskMaker) -> None:
    async with kiosk(road_map()) as k:
        await k.tap("details")
        await k.tap("next-page")
        second, stopped = last_read(k), k.dialogue.touches
        await k.tap("repeat")
        assert last_read(k) == second, "this part, not the road map"
        assert k.dialogue.touches > stopped, "the voice stops at any touch"
        await k.press("f2")
        await k.tap("back")
        assert last_read(k).startswith(w.details)
        await k.tap("back")
        assert k.dialogue.read_said[-1][0] == k.dialogue.view.speech[0]
        assert {"print", "listen", "finish", "details"} <= {t.item.button.id for t in k.targets if t.item}


async def test_on_the_last_part_one_prints_finishes_hears_it_again_or_goes_back(kiosk: KioskMaker) -> None:
    async with kiosk(road_map()) as k:
        await k.tap("details")
        first = last_read(k)
        while any(t.item and t.item.button.id == "next-page" for t in k.targets):
            await k.tap("next-page")
        assert last_read(k).endswith(f"3\u00a0: {w.finish}. 4\u00a0: {w.details_less}.")
        await k.tap("print")
        assert k.dialogue.sent == [(c.Print(), c.Origin.TOUCH)]
        assert k.target("details").button.label == w.details_less, "the part that is read stays"
        await k.tap("listen")
        assert last_read(k) == first, "from the beginning of the details"
        await k.press("4")
        assert k.target("details").button.label == w.details_more


async def test_the_details_are_asked_for_by_voice_and_left_by_voice(kiosk: KioskMaker) -> None:
    async with kiosk(road_map()) as k:

        def says(words: str) -> bool:
            said = next(one for one in k.dialogue.sayables if plain(words) in map(plain, one.ways))
            assert k.dialogue.hearer is not None
            return k.dialogue.hearer.heard(Spoken(said.id))

        assert says("les adresses")
        await k.settle()
        assert last_read(k).startswith(w.details)
        assert says("suite")
        await k.settle()
        assert not last_read(k).startswith(w.details)
        assert says("retour")
        await k.settle()
        assert last_read(k).startswith(w.details)


# What the rows hold


def test_only_what_is_missing_is_looked_for() -> None:
    missing = present(road_map().state, AROUND)
    assert any("photo" in line for line in lines(missing, "find"))
    had = road_map(answers={"pieces": {"photo": Possession.HAVE, "declaration": Possession.HAVE}})
    assert not any("photo" in line for line in lines(present(had.state, AROUND), "find"))


def test_a_place_that_the_road_map_named_and_that_has_no_more_is_left() -> None:
    line = RoadMapLine("vol", Section.CONTACT, "Pour déclarer le vol", "police", place=Place("La police", "police"))
    state = walking(sample_procedure(road_map=(line,)), "fin")
    assert present(state, AROUND).rows[-1].lines == ("Pour déclarer le vol\u00a0: la police.",)
    assert lines(present(state, AROUND), "places") == ()


@pytest.mark.clause("EN 5.1.3.9")
def test_the_number_of_the_paper_is_for_headphones_and_leaves_no_sound() -> None:
    state = road_map(prints=1).state
    silent = present(state, AROUND)
    assert w.number_on_paper in lines(silent, "paper")
    view = present(state, replace(AROUND, headphones=True, paper_number="K7RMX42A59BCDEFG"))
    assert w.number_on_paper not in lines(view, "paper")
    said = next(said for said in view.details_speech if "K 7 R M" in said.text)
    assert said.private
    assert said.text.endswith("K 7 R M, X 4 2 A, 5 9 B C, D E F G"), "sign by sign"


def test_the_words_of_the_site_are_in_the_language_of_the_counter() -> None:
    state = replace(road_map().state, language="en")
    spoken = {said.text: said.language for said in present(state, AROUND).details_speech}
    assert spoken["Ouvert le mardi."] == "fr"
    assert spoken[f"{words_in('en').row_here}:"] == ""


def test_only_a_road_map_has_details() -> None:
    view = present(walking(PROCEDURE, "besoin"), Surroundings(Catalogue({})))
    assert (view.details, view.details_speech) == ((), ())
