# SPDX-License-Identifier: EUPL-1.2
"""Every screen in English: no French on it, nothing cut; and how a language is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from accessibility.comfort import Comfort
from assist.session import commands as c
from assist.session.state import Crumb, Phase, SessionState
from content.model import Catalogue, Possession, Procedure, StepKind
from kiosk.config import ContentSettings, HelpSettings
from kiosk.presenter import Surroundings, present
from kiosk.screens.items import OpenKeyboard, OpenModes, Submit, SwitchKeyboard, Target, Words
from kiosk.screens.keyboards import Keyboard, keyboards_of, other
from kiosk.screens.sayable import Scenery, what_can_be_said
from kiosk.screens.trouble import painting, sentences
from kiosk.themes.palettes import PALETTES
from kiosk.view import StepView, ViewKind
from kiosk.words import LANGUAGES, words_in
from tests.english_sample import bilingual_catalogue, bilingual_sample
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.french import NAMES, french_in, without_glosses
from tests.kiosk.scripted_dialogue import ScriptedDialogue, views_of, walking
from tests.kiosk.test_every_size import check, laid_out, scenes
from tests.our_procedures import CATALOGUE
from tests.sample_procedures import TODAY, sample_procedure

SIZES = [(100, 32), (80, 24), (60, 20)]
AROUND = Surroundings(bilingual_catalogue(), "Nadia", 10, "01 23 45 67 89")
VIEWS = views_of(bilingual_sample()["en"], AROUND)
SERVED = CATALOGUE
TRANSLATED = [by_language["en"] for by_language in SERVED.procedures.values() if "en" in by_language]
PROPER = (*NAMES, "Allô Service Public", "La Poste", "Caisse d’allocations familiales", "Pôle emploi")
"""What has no other name in English."""


def texts_of(view: StepView) -> Iterator[str]:
    """Everything that ``view`` says or shows."""
    yield from (view.heading, view.title, view.notice, *view.sentences)
    for option in view.options:
        if not isinstance(option.intent, c.SetLanguage):
            yield option.label
    yield from (tool.label for tool in view.tools)
    yield from (theme.label for theme in view.themes)
    if view.card:
        yield from (view.card.name, *view.card.lines)
    for row in view.rows:
        yield from (row.title, *row.lines)
    yield from (said.text for said in view.speech if said.language in ("", "en"))


def painted(view: StepView, size: tuple[int, int]) -> Iterator[str]:
    """Everything on the pages of ``view``, in each state of its scene."""
    for scene in scenes(view):
        for page in laid_out(view, scene, *size)[2]:
            for item in page:
                if isinstance(item, Words):
                    yield " ".join(line.text for line in item.lines)
                elif isinstance(item, Target):
                    yield item.button.label


@pytest.mark.clause("PAP 9")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_is_in_english(kiosk: KioskMaker, size: tuple[int, int]) -> None:
    dialogue = ScriptedDialogue(SessionState(language="en"), AROUND)
    async with kiosk(dialogue, size) as k:
        for name, view in VIEWS.items():
            await k.show(view)
            screen = " ".join(k.text.split())
            assert not french_in(screen), f"{name}: {screen}"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_in_english(size: tuple[int, int]) -> None:
    assert check(VIEWS, [size]) == []


def test_pages_that_the_screen_makes_by_itself_are_in_english() -> None:
    pages = tuple(source.title for source in bilingual_sample()["en"].sources)  # Official pages keep their names.
    found = [text for view in VIEWS.values() for text in painted(view, (60, 20)) if french_in(text, NAMES + pages)]
    assert [text for text in found if len(text) > 1 and "Carte d’identité▁" not in text] == [], (
        "but keys and what is typed"
    )


def test_every_translated_procedure_is_served_in_english() -> None:
    assert len(TRANSLATED) == len(list(ContentSettings().path.glob("*/en.toml"))) >= 6


@pytest.mark.parametrize("procedure", TRANSLATED, ids=lambda p: p.id)
def test_what_is_served_in_english_holds_no_french(procedure: Procedure) -> None:
    views = views_of(procedure, Surroundings(SERVED))
    del views["themes"]  # Titles of all procedures: those of the others are looked at with them.
    found = {text for view in views.values() for text in texts_of(view) if french_in(without_glosses(text), PROPER)}
    assert found == set()


@pytest.mark.parametrize("procedure", TRANSLATED, ids=lambda p: p.id)
def test_what_is_served_in_english_is_not_cut(procedure: Procedure) -> None:
    assert check(views_of(procedure, Surroundings(SERVED)), SIZES) == []


# Choosing


@pytest.mark.clause("WCAG 3.1.2")
def test_the_welcome_offers_each_language_by_its_own_name_said_in_it() -> None:
    for language in LANGUAGES:
        view = present(SessionState(language=language), AROUND)
        assert [o.label for o in view.options[1:]] == ["Français", "English"]
        assert [(s.text, s.language) for s in view.speech[-2:]] == [("Français.", "fr"), ("English.", "en")]
        assert [s.about for s in view.speech[-2:]] == ["option:language-fr", "option:language-en"]
        assert all("in English" in o.also for o in view.options if o.intent == c.SetLanguage("en"))
        assert view.languages == ("fr", "en")
        assert view.language == language


def test_a_kiosk_of_one_language_offers_no_choice() -> None:
    view = present(SessionState(), Surroundings(Catalogue({"essai": {"fr": sample_procedure()}})))
    assert len(view.options) == 1
    assert view.languages == ()


def test_a_language_that_the_interface_does_not_speak_is_not_offered() -> None:
    spanish = sample_procedure(language="es")
    around = Surroundings(Catalogue({"essai": {**bilingual_sample(), "es": spanish}}))
    assert around.languages == ("fr", "en")


@pytest.mark.clause("EN 5.6.2")
async def test_the_language_chosen_on_the_screen_is_painted_at_once(kiosk: KioskMaker) -> None:
    dialogue = ScriptedDialogue(SessionState(), AROUND)
    async with kiosk(dialogue) as k:
        assert k.target("language-fr").button.label == "✓ Français"
        await k.tap("language-en")
        assert dialogue.sent[-1][0] == c.SetLanguage("en")
        await k.show(present(SessionState(language="en"), AROUND))
        assert "Hello." in k.text
        assert k.target("language-en").button.label == "✓ English"
        assert k.target("start").button.label == "Start"


def test_the_step_is_kept_when_the_language_changes() -> None:
    french = walking(bilingual_sample()["fr"], "pieces", "photo")
    english = walking(bilingual_sample()["en"], "pieces", "photo", language="en")
    one, two = present(french, AROUND), present(english, AROUND)
    assert (one.done, one.total, [o.id for o in one.options]) == (two.done, two.total, [o.id for o in two.options])
    assert two.title == "An identity photo"
    assert one.key != two.key


@pytest.mark.clause("EN 5.1.3.14", "WCAG 3.1.2")
@pytest.mark.parametrize(
    ("step", "theirs"),
    [
        ("besoin", {"title", "sentence:0", "sentence:1", "option:perdue", "option:abimee"}),
        ("mairie", {"title", "card"}),
    ],
)
def test_a_procedure_without_english_is_read_by_a_french_voice(step: str, theirs: set[str]) -> None:
    state = walking(sample_procedure(), step, language="en")
    view = present(state, Surroundings(Catalogue({"essai": {"fr": sample_procedure()}})))
    assert theirs <= {said.about for said in view.speech if said.language == "fr"}
    assert {said.about for said in view.speech if said.language == ""} <= {"option:unknown", "option:next"}


def test_the_road_map_is_read_with_english_dates() -> None:
    procedure = bilingual_sample()["en"]
    trail = tuple(Crumb(step) for step in ("accueil", "besoin", "naissance", "pieces", "mairie", "demande"))
    answers = {"pieces": {"photo": Possession.MISSING}}
    state = SessionState(phase=Phase.WALKING, session="s", language="en", procedure=procedure, today=TODAY)
    state = replace(state, here=Crumb("fin"), trail=trail, answers=answers)
    view = present(state, AROUND)
    (row,) = (row for row in view.rows if row.id == "deadline")
    assert row.title == "Before"
    assert row.lines == ("Sunday 6\u00a0December\u00a02026: Have the photo taken before this date.",)


# Typing


def test_the_keyboards_of_english() -> None:
    assert keyboards_of("en") == (Keyboard.ALPHABET, Keyboard.QWERTY)
    assert keyboards_of("fr") == (Keyboard.AZERTY, Keyboard.ALPHABET)
    assert other(Keyboard.ALPHABET, "en") is Keyboard.QWERTY
    assert other(Keyboard.QWERTY, "en") is Keyboard.ALPHABET


async def test_typing_in_english(kiosk: KioskMaker) -> None:
    async with kiosk(ScriptedDialogue(SessionState(language="en"), AROUND)) as k:
        await k.show(next(v for v in VIEWS.values() if v.kind is ViewKind.THEMES))
        k.app.frame.act(OpenKeyboard())
        await k.settle()
        assert "What are you looking for?" in k.text
        assert "QWERTY" in k.text
        k.app.frame.act(SwitchKeyboard())
        await k.settle()
        assert [t.item.button.label for t in k.targets if t.item and t.item.button.id == "key-q"] == ["Q"]
        assert "A B C" in k.text


async def test_what_is_missing_is_asked_in_english(kiosk: KioskMaker) -> None:
    view = present(walking(bilingual_sample()["en"], "naissance", language="en"), AROUND)
    async with kiosk(ScriptedDialogue(SessionState(language="en"), AROUND)) as k:
        await k.show(view)
        assert view.question is not None
        k.app.frame.act(Submit(view.question))
        await k.settle()
        assert "eight digits" in k.text


# Trouble


def test_trouble_is_told_in_english() -> None:
    help_ = HelpSettings(person="Nadia", phone="01 23")
    assert not french_in(" ".join(sentences(help_, "en")))
    palette = next(iter(PALETTES.values()))
    screen = painting(help_, palette, 100, 32, "en")
    assert words_in("en").trouble in screen
    assert "ask Nadia" in screen


def test_every_kind_of_screen_was_looked_at() -> None:
    mandate = {ViewKind.MANDATE, ViewKind.IDENTITY}  # Its text is French: test_signed_screens.py looks at it.
    assert {view.kind for view in VIEWS.values()} == set(ViewKind) - mandate
    assert {step.kind for step in bilingual_sample()["en"].steps.values()} == set(StepKind)


# In the middle of a visit


def test_another_language_can_be_asked_for_aloud_on_any_step() -> None:
    for language, wanted, way in (("fr", "en", "anglais"), ("en", "fr", "French")):
        view = present(walking(bilingual_sample()[language], "mairie", language=language), AROUND)
        says = what_can_be_said(Scenery(view, (), (), Comfort()))
        (asked,) = (sayable for sayable in says.sayables if sayable.id == f"language:{wanted}")
        assert way in asked.ways
        assert asked.label == LANGUAGES[wanted]
        assert says.deeds[asked.id] == c.SetLanguage(wanted)


async def test_another_language_can_be_touched_on_any_step(kiosk: KioskMaker) -> None:
    state = walking(bilingual_sample()["fr"], "mairie")
    async with kiosk(ScriptedDialogue(state, AROUND)) as k:
        k.app.frame.act(OpenModes())
        await k.settle()
        await k.tap("language-en")
        assert k.dialogue.sent[-1][0] == c.SetLanguage("en")
