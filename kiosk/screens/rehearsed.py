# SPDX-License-Identifier: EUPL-1.2
"""What the screens say by themselves, beside what a view reads: the control that a key reaches, what was understood
and is said back, "Vous avez dit … ?", a page that one turns to. The same code as on the screen makes the sentences.

Nothing that a person gives is among it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from accessibility.comfort import Comfort
from assist.session.commands import SetLanguage
from kiosk.config import ScreenSettings
from kiosk.layout import Box, Glass
from kiosk.screens.ask import AskScene
from kiosk.screens.cast import scene_class
from kiosk.screens.confirm import ConfirmScene
from kiosk.screens.frame_focus import named
from kiosk.screens.frame_painting import COMFORT
from kiosk.screens.items import (
    Action,
    Button,
    Confirm,
    OpenDetails,
    OpenKeyboard,
    OpenTheme,
    Page,
    Refuse,
    SetComfort,
    SwitchKeyboard,
    Target,
    Tone,
)
from kiosk.screens.modes import Mode, ModesScene, changes, switched
from kiosk.screens.prompts import Room
from kiosk.screens.read_aloud import as_said, heard
from kiosk.screens.sayable import Scenery, what_can_be_said
from kiosk.screens.scene import Scene
from kiosk.screens.spoken import HARMLESS
from kiosk.screens.themes import MOST_TYPED, SUGGESTIONS, ThemesScene
from kiosk.screens.typing import refusals
from kiosk.screens.voice import VoiceScene
from kiosk.view import Found, Option, Said, StepView, ViewKind
from kiosk.words import sentence, words_in
from kiosk.words.hearing import hearing_words_in
from kiosk.words.modes import mode_words_in

_COLUMNS, _ROWS = 100, 32
"""The usual screen; on another one, what is cut into pages elsewhere is said by the plain voice."""


@dataclass(slots=True)
class _Stage:
    """A view and nobody before it."""

    view: StepView
    comfort: Comfort
    listens: bool = True

    def repaint(self) -> None: ...

    def act(self, action: Action) -> None: ...

    def search(self, text: str) -> None: ...


def said_on(view: StepView) -> Iterator[Said]:
    """All that may be said while ``view`` is shown, beside its own speech."""
    for scene, over in _scenes(_Stage(view, Comfort())):
        pages = scene.pages(_room(view.language))
        for page in pages:
            if over or len(pages) > 1:
                yield from as_said(heard(page, view.language), view.details_speech if over else view.speech)
            yield from _names(page, view.language)
        yield from _said_back(view, pages, inside=over)
    if view.question is not None:
        yield from map(Said, refusals(view.question, words_in(view.language)))


def said_over(view: StepView) -> Iterator[Said]:
    """What the small screens say, whatever view they stand over: ``view`` gives them languages and tools."""
    for comfort in _comforts():
        stage = _Stage(view, comfort)
        for scene in (ModesScene(stage), VoiceScene(stage), ConfirmScene(stage, "…", Refuse())):
            pages = scene.pages(_room(view.language))
            for page in pages:
                yield from (said for said in heard(page, view.language) if "…" not in said.text)
                yield from _names(page, view.language)
            yield from _said_back(view, pages, inside=True)
    yield from map(Said, _of_comfort(view.language))
    yield from (Said(sentence(tool.label)) for tool in view.tools)


def suggestions(options: tuple[Option, ...], language: str) -> Iterator[Said]:
    """The procedures that a request may mean, each at each of its places."""
    w = words_in(language)
    for number, option in product(range(1, SUGGESTIONS + 1), options):
        yield Said(w.answer_read.format(number=number, label=option.label))


def _scenes(stage: _Stage) -> Iterator[tuple[Scene, bool]]:
    """The scene of the view in each state that it may take; True where it is a page of its own within the view."""
    view = stage.view

    def scene(*done: object) -> Scene:
        new = scene_class(view.kind)(stage)
        for action in done:
            new.do(action)  # type: ignore[arg-type]
        return new

    yield scene(), False
    if view.kind is ViewKind.THEMES:
        yield from ((scene(OpenTheme(theme.id)), True) for theme in view.themes)
        yield from ((scene(OpenKeyboard(), *more), True) for more in ((), (SwitchKeyboard(),)))
        answers = (*(Found(view.options[:count]) for count in range(SUGGESTIONS + 1)), Found(someone=True))
        for answer in answers:
            found = scene()
            assert isinstance(found, ThemesScene)
            found.suggest(answer)
            yield found, True
    if view.details:
        yield scene(OpenDetails()), True
    if isinstance(scene(), AskScene):
        yield scene(SwitchKeyboard()), False


def _room(language: str) -> Room:
    screen = ScreenSettings()
    glass = Glass(_COLUMNS, _ROWS, screen.width_mm, screen.height_mm)
    return Room(Box(glass.margin, 4, _COLUMNS - 2 * glass.margin, _ROWS - 11), glass, language=language)


def _names(page: Page, language: str) -> Iterator[Said]:
    """Each control that a key may reach, chosen and not."""
    for button in (item.button for item in page if isinstance(item, Target)):
        yield Said(named(button, language))
        if isinstance(button.action, SetComfort) or button.id.startswith("language-"):
            yield Said(named(replace(button, tone=Tone.CHOSEN), language))
            yield Said(named(replace(button, tone=Tone.CARD), language))


def _said_back(view: StepView, pages: tuple[Page, ...], *, inside: bool) -> Iterator[Said]:
    """What was understood, and the question about what was not sure."""
    asks = hearing_words_in(view.language).did_you_say
    tools = tuple(Button(tool.id, tool.label, tool.intent, tone=Tone.TOOL) for tool in view.tools)
    says = what_can_be_said(Scenery(view, pages, tools, Comfort(), inside=inside, undoable=True))
    for sayable in says.sayables:
        if sayable.label:
            yield Said(sentence(sayable.label))
            deed = says.deeds[sayable.id]
            if isinstance(deed, SetLanguage):  # Asked about in the language that is asked for.
                asked = hearing_words_in(deed.language).did_you_say.format(label=sayable.label)
                yield Said(asked, language=deed.language)
            elif not isinstance(deed, (*HARMLESS, Confirm)):
                yield Said(asks.format(label=sayable.label))


def _comforts() -> Iterator[Comfort]:
    """Enough of them for every button of the small screens to be met, chosen and not."""
    yield Comfort()
    yield Comfort(voice=False, scanning=True, slow=True, headphones=True, listening=False)


def _of_comfort(language: str) -> Iterator[str]:
    w, more = words_in(language), mode_words_in(language)
    for before, mode in product(_comforts(), Mode):
        after = switched(before, mode)
        yield from changes(before, after, language)
        yield from changes(after, before, language)
    yield from (sentence(name) for name in (w.letters, w.colours, w.voice)[: len(COMFORT)])
    yield from (more.typed_none, more.typed_one)
    yield from (more.typed_so_far.format(count=count) for count in range(2, MOST_TYPED + 1))
