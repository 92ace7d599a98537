# SPDX-License-Identifier: EUPL-1.2
"""What may be said: everything that may be touched, and no way of saying it that means two things."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from accessibility.comfort import Comfort, TextSize
from accessibility.listening.commands import COMMANDS
from accessibility.listening.protocol import Expected
from assist.session import commands as c
from assist.session.state import MOST_PAPERS
from kiosk.presenter import Surroundings, present
from kiosk.screens.confirm import ConfirmScene
from kiosk.screens.items import Button, Close, Confirm, Greet, Refuse, Remark, SetComfort, Target, Tone, TurnPage
from kiosk.screens.modes import Mode, ModesScene, chosen, switched, turned, ways
from kiosk.screens.sayable import Says, Scenery, plain, what_can_be_said
from kiosk.screens.scene import Scene
from kiosk.screens.voice import VoiceScene
from kiosk.view import StepView, ViewKind
from kiosk.words import words_in
from kiosk.words.hearing import FRENCH
from tests.kiosk.scripted_dialogue import catalogue, views_of, walking
from tests.kiosk.test_every_size import StageDouble, laid_out, scenes
from tests.sample_procedures import sample_procedure

AROUND = Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89")
VIEWS = views_of(sample_procedure(), AROUND)
VIEWS["end-after-papers"] = present(walking(sample_procedure(), "fin", papers=MOST_PAPERS), AROUND)


def scenery(view: StepView, scene: Scene, size: tuple[int, int] = (100, 32)) -> Scenery:
    _, _, pages = laid_out(view, scene, *size)
    tools = tuple(Button(tool.id, tool.label, tool.intent, tone=Tone.TOOL) for tool in view.tools)
    over = isinstance(scene, (VoiceScene, ModesScene, ConfirmScene))
    if over or scene.inside:
        tools = tuple(replace(tool, action=Close(by_pages=True)) if tool.id == "back" else tool for tool in tools)
    return Scenery(
        view, pages, tools, Comfort(), inside=over or scene.inside, confirming=isinstance(scene, ConfirmScene)
    )


def says(name: str, scene: Scene | None = None) -> Says:
    view = VIEWS[name]
    return what_can_be_said(scenery(view, scene or next(iter(scenes(view)))))


def means(said: Says, words: str) -> object:
    """What saying ``words`` does; None when they mean nothing."""
    ids = [s.id for s in said.sayables if plain(words) in map(plain, s.ways)]
    assert len(ids) <= 1, ids
    return said.deeds[ids[0]] if ids else None


def every_scenery() -> list[tuple[str, Scenery]]:
    found = []
    for name, view in VIEWS.items():
        stage = StageDouble(view)
        more = (VoiceScene(stage), ModesScene(stage), ConfirmScene(stage, "Perdue", c.Choose("perdue")))
        for number, scene in enumerate((*scenes(view), *more)):
            for size in ((100, 32), (60, 20)):
                found.append((f"{name} {number} {size}", scenery(view, scene, size)))
    return found


EVERY = every_scenery()


@pytest.mark.clause("EN 5.1.6.1")
def test_whatever_can_be_touched_can_be_said() -> None:
    for name, here in EVERY:
        said = what_can_be_said(here)
        by_id = {s.id: s for s in said.sayables}
        for page in here.pages:
            for button in (item.button for item in page if isinstance(item, Target)):
                key = button.tone is Tone.KEY and len(button.label) == 1
                if button.action is None or key:
                    continue
                assert f"page:{button.id}" in by_id, f"{name}: {button.label}"
                assert said.deeds[f"page:{button.id}"] == button.action, f"{name}: {button.label}"
        for tool in here.tools:
            if tool.action is not None and here.view.kind not in (ViewKind.ERASE, ViewKind.IDLE):  # Any word answers.
                assert tool.action in said.deeds.values() or tool.id == "repeat", f"{name}: {tool.label}"


def test_no_way_of_saying_it_means_two_things() -> None:
    for name, here in EVERY:
        said = what_can_be_said(here)
        ways = Counter(plain(way) for s in said.sayables for way in s.ways)
        assert [way for way, count in ways.items() if count > 1] == [], name
        assert all(s.label and s.ways for s in said.sayables if s.id != "greet"), name
        assert len({s.id for s in said.sayables}) == len(said.sayables), name


def test_every_command_is_understood_on_every_page() -> None:
    from accessibility.listening.commands import commands

    for name, here in EVERY:
        said = what_can_be_said(here)
        known = {plain(way) for s in said.sayables for way in s.ways}
        for phrase in commands(here.view.language):
            assert plain(phrase.ways[0]) in known, f"{name}: {phrase.id}"


@pytest.mark.parametrize(
    ("view", "words", "action"),
    [
        ("choose-besoin", "Perdue", c.Choose("perdue")),
        ("choose-besoin", "je l'ai perdue", c.Choose("perdue")),
        ("choose-besoin", "le premier", c.Choose("perdue")),
        ("choose-besoin", "deux", c.Choose("abimee")),
        ("choose-besoin", "chais pas", c.Choose("unknown")),
        ("choose-besoin", "retour", c.Back()),
        ("choose-besoin", "annuler", c.Back()),
        ("choose-besoin", "aidez-moi", c.CallHelp()),
        ("choose-besoin", "je comprends pas", c.ReportDifficulty()),
        ("choose-besoin", "tout effacer", c.AskErase()),
        ("choose-besoin", "imprimer", Remark(FRENCH.no_paper_here)),
        ("say-accueil", "suivant", c.Continue()),
        ("say-accueil", "d'accord", c.Continue()),
        ("checklist-pieces-photo", "oui", c.Tick("photo", "have")),
        ("checklist-pieces-photo", "non", c.Tick("photo", "missing")),
        ("act-demande", "ouais", c.Report("done")),
        ("end-fin", "imprimez le papier", c.Print()),
        ("end-after-papers", "imprimez le papier", Remark(words_in("fr").another_paper)),
        ("rate", "pas content", c.Rate(c.Face.UNHAPPY)),
        ("over-erase", "oui, tout effacer", c.EraseAll()),
        ("over-erase", "oui", Remark(FRENCH.erase_aloud)),
        ("over-erase", "un", None),
        ("over-erase", "tout effacer", Remark(FRENCH.erase_aloud)),
        ("over-erase", "retour", c.KeepAll()),
        ("over-help", "retour", c.CancelHelp()),
        ("over-help", "je continue", c.Continue()),
        ("over-idle", "oui", c.StillHere()),
        ("over-pause", "retour", c.Resume()),
        ("welcome", "bonjour", Greet()),
    ],
)
def test_what_is_said_does_what_is_meant(view: str, words: str, action: object) -> None:
    assert means(says(view), words) == action


@pytest.mark.clause("PAP 18")
def test_what_cannot_be_undone_is_asked() -> None:
    comfort = {"mode:headphones", "mode:deaf"}
    graves = {s.id for s in says("end-fin").sayables if s.grave}
    assert graves == {"page:print"} | comfort
    faces = {"page:happy", "page:neutral", "page:unhappy", "page:skipped"}
    assert {s.id for s in says("rate").sayables if s.grave} == faces | comfort


@pytest.mark.clause("EN 5.2")
def test_commencer_begins_and_every_mode_may_be_asked_for() -> None:
    said = says("welcome")
    assert isinstance(means(said, "commencer"), c.Begin)
    asked = ((Mode.VOICE_ONLY, "je suis aveugle"), (Mode.SILENT, "sans le son"), (Mode.SCANNING, "un seul bouton"))
    for mode, words in asked:
        assert means(said, words) == SetComfort(turned(Comfort(), mode, True))


def test_a_request_a_number_and_a_date_are_waited_for() -> None:
    assert says("themes").expected is Expected.REQUEST
    assert says("ask-naissance").expected is Expected.DATE
    assert says("ask-enfants").expected is Expected.NUMBER
    assert says("ask-surnom").expected is Expected.REQUEST
    assert says("choose-besoin").expected is Expected.NOTHING


def test_every_procedure_can_be_named_where_the_themes_are() -> None:
    procedure = sample_procedure()
    assert means(says("themes"), procedure.title) == c.Pick(procedure)


def test_a_question_about_what_was_heard_takes_yes_and_no_and_nothing_of_the_page() -> None:
    view = VIEWS["choose-besoin"]
    said = says("choose-besoin", ConfirmScene(StageDouble(view), "Perdue", c.Choose("perdue")))
    assert means(said, "ouais") == Confirm(c.Choose("perdue"))
    assert means(said, "non c'est pas ça") == Refuse()
    assert means(said, "abîmée") is None
    assert said.expected is Expected.NOTHING


def test_suite_turns_the_page_until_the_last_one() -> None:
    view = VIEWS["end-fin"]
    here = scenery(view, next(iter(scenes(view))), (60, 20))
    assert len(here.pages) > 1
    assert means(what_can_be_said(here), "suivant") == TurnPage(1)
    assert means(what_can_be_said(replace(here, page=len(here.pages) - 1)), "suite") != TurnPage(1)


def test_bigger_and_smaller_stay_at_their_ends() -> None:
    view = VIEWS["choose-besoin"]
    here = scenery(view, next(iter(scenes(view))))
    for size, words in ((TextSize.LARGEST, "plus grand"), (TextSize.NORMAL, "plus petit")):
        done = means(what_can_be_said(replace(here, comfort=Comfort(text_size=size))), words)
        assert done == SetComfort(Comfort(text_size=size))


@pytest.mark.clause("EN 5.2", "WCAG 2.5.3")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("mode", list(Mode))
def test_what_is_said_of_a_mode_means_one_state_whatever_the_present_one_is(mode: Mode, language: str) -> None:
    view = replace(VIEWS["choose-besoin"], language=language)
    for comfort in (Comfort(), turned(Comfort(), mode, True)):
        stage = StageDouble(view)
        stage.comfort = comfort
        for scene in (next(iter(scenes(view))), ModesScene(stage)):
            said = what_can_be_said(replace(scenery(view, scene), comfort=comfort))
            for on in (True, False):
                for way in ways(mode, language, on):
                    if way in ("Lentement", "Slowly") and not isinstance(scene, ModesScene):
                        continue  # The voice is asked to speak more slowly.
                    done = means(said, way)
                    assert isinstance(done, SetComfort), way
                    assert chosen(done.comfort, mode) is on, way


def test_on_the_page_of_comfort_a_number_presses_and_a_name_means() -> None:
    view = VIEWS["choose-besoin"]
    stage = StageDouble(view)
    stage.comfort = turned(Comfort(), Mode.SLOW, True)
    said = what_can_be_said(replace(scenery(view, ModesScene(stage)), comfort=stage.comfort))
    assert means(said, "lentement") == SetComfort(stage.comfort)
    assert means(said, "le quatre") == SetComfort(Comfort())


@pytest.mark.clause("PAP 18")
def test_what_shuts_the_ear_or_lets_the_kiosk_read_private_things_is_asked() -> None:
    for name in ("choose-besoin", "welcome"):
        said = says(name)
        graves = {s.label for s in said.sayables if s.grave}
        assert graves == {"J’ai un casque", "Sans le micro"}


@pytest.mark.parametrize("mode", list(Mode))
def test_a_mode_is_taken_and_given_back(mode: Mode) -> None:
    on = switched(Comfort(), mode)
    assert chosen(on, mode)
    assert switched(on, mode) == Comfort()


@pytest.mark.clause("EN 5.2")
def test_nobody_is_left_without_voice_and_screen() -> None:
    for first in Mode:
        for second in Mode:
            comfort = switched(switched(Comfort(), first), second)
            assert comfort.voice or comfort.screen


def test_the_commands_are_those_that_are_measured_from_outside() -> None:
    assert set(COMMANDS) >= {"yes", "no", "unknown", "stop", "print"}
