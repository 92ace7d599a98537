# SPDX-License-Identifier: EUPL-1.2
"""What may be said on a page, and what each of it does. Pure functions.

Whatever can be touched can be said: by its words, by its number, by the other ways of saying it. No way means two
things: what stands on the page comes first, then what can always be said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from accessibility.comfort import Comfort, TextSize
from accessibility.listening.commands import commands
from accessibility.listening.numbering import with_numbers
from accessibility.listening.protocol import Expected, Phrase
from assist.session import commands as c
from content.model import AnswerFormat
from kiosk.conversation import Sayable
from kiosk.screens.items import (
    Action,
    Button,
    Close,
    Confirm,
    Greet,
    Hush,
    OpenDetails,
    OpenModes,
    OpenVoice,
    Page,
    ReadAgain,
    Remark,
    SetComfort,
    Target,
    Tone,
    Undo,
)
from kiosk.screens.modes import Mode, label, mode_of, turned, ways
from kiosk.view import StepView, ViewKind
from kiosk.words import ASKING_FOR, LANGUAGES, words_in
from kiosk.words.hearing import hearing_words_in
from kiosk.words.modes import mode_words_in

GRAVE = (c.Print, c.Rate, c.GiveMandate, c.StopMandate)
"""What cannot be undone: always asked, even when it was heard clearly."""
NEXT_PAGE = "next-page"
_MEANT = ("yes", "no", "unknown", "next", "repeat", "print")
"""Commands that mean an answer of the page where there is one that shares a way of saying it."""
_SAFE = ("refuse", "disagree", "keep", "cancel", "resume", "here", "close")
"""Where "Retour" rests, the answer that leads back, by the id of its button."""


@dataclass(frozen=True, slots=True)
class Says:
    """What may be said now, what each does, and what else is waited for."""

    sayables: tuple[Sayable, ...]
    deeds: Mapping[str, Action]
    expected: Expected = Expected.NOTHING


@dataclass(frozen=True, slots=True)
class Scenery:
    """All that decides what may be said."""

    view: StepView
    pages: tuple[Page, ...]
    tools: tuple[Button, ...]
    comfort: Comfort
    page: int = 0
    """Which of the pages is shown."""
    inside: bool = False
    """A small screen stands over the view, or a page of its own within it."""
    confirming: bool = False
    """ "Vous avez dit … ?" is asked."""
    undoable: bool = False
    requests: bool = True
    """What is wanted may be said in one's own words where the view takes it."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """``text`` as it is compared: letters and digits alone, without accents or capitals."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return " ".join(
        "".join(sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign)).split()
    )


@dataclass(slots=True)
class _Claims:
    """Who has which way of saying it: the first who asked."""

    comfort: Comfort
    taken: dict[str, str] = field(default_factory=dict[str, str])
    labels: dict[str, str] = field(default_factory=dict[str, str])
    said: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])
    deeds: dict[str, Action] = field(default_factory=dict[str, "Action"])

    def claim(self, id: str, label: str, ways: Iterable[str], action: Action | None = None) -> None:
        """Give ``id`` those of ``ways`` that nobody has. What ends up with none cannot be said."""
        if action is not None:
            self.deeds.setdefault(id, action)
        self.labels.setdefault(id, label)
        mine = self.said.setdefault(id, [])
        for way in ways:
            if (key := plain(way)) and key not in self.taken:
                self.taken[key] = id
                mine.append(way)

    def who_says(self, ways: Iterable[str]) -> str:
        """Who has one of ``ways``; "" when nobody has."""
        return next((self.taken[key] for way in ways if (key := plain(way)) in self.taken), "")

    def sayables(self) -> tuple[Sayable, ...]:
        return tuple(
            Sayable(id, self.labels[id], tuple(ways), _is_grave(self.deeds[id], self.comfort), id.startswith("page:"))
            for id, ways in self.said.items()
            if ways and id in self.deeds
        )


def what_can_be_said(scenery: Scenery) -> Says:
    """Everything that may be said on this page."""
    claims = _Claims(scenery.comfort)
    language = scenery.view.language
    if scenery.view.kind is ViewKind.WELCOME and not scenery.inside:
        claims.claim("greet", "", hearing_words_in(language).greet, Greet())
    _page(claims, scenery)
    if scenery.undoable:
        w = hearing_words_in(language)
        claims.claim("undo", w.undo, (w.undo, *w.undo_also), Undo())
    if not scenery.confirming:
        for option in scenery.view.helping:
            claims.claim(f"page:{option.id}", option.label, (option.label, *option.also), option.intent)
    _commands(claims, scenery)
    if not scenery.confirming:
        _settings(claims, scenery)
        if scenery.view.kind is ViewKind.IDLE:
            _still_here(claims, scenery.view)
    return Says(claims.sayables(), claims.deeds, _expected(scenery))


def _expected(scenery: Scenery) -> Expected:
    view = scenery.view
    if scenery.confirming or (scenery.inside and view.kind is ViewKind.ASK):
        return Expected.NOTHING
    if view.kind is ViewKind.THEMES:
        return Expected.REQUEST if scenery.requests else Expected.NOTHING
    if view.kind is not ViewKind.ASK or view.question is None:
        return Expected.NOTHING
    return {
        AnswerFormat.NUMBER: Expected.NUMBER,
        AnswerFormat.DATE: Expected.DATE,
        AnswerFormat.TEXT: Expected.REQUEST,
    }[view.question.format]


# What stands on the page


def _page(claims: _Claims, scenery: Scenery) -> None:
    """The words of every control first, then the other ways of saying it, then its number."""
    view, language = scenery.view, scenery.view.language
    buttons = _buttons(scenery)
    alone = scenery.inside and view.kind is not ViewKind.THEMES
    options = {} if alone else {option.id: option for option in view.options}
    if any(button.id == NEXT_PAGE for button in buttons):  # "Suite" turns the page as long as there is one.
        labels = _turning(scenery)
        claims.claim(f"page:{NEXT_PAGE}", words_in(language).next, (*_ways_of("next", language), *labels))
    for button in buttons:
        mode = mode_of(button.id)
        if mode is not None:  # Its number presses it; its name means one state.
            _claim_mode(claims, mode, scenery, "page:")
        names = () if mode else (button.name, button.label)
        claims.claim(f"page:{button.id}", button.name, names, button.action)
    hidden = [option for id, option in options.items() if all(button.id != id for button in buttons)]
    for option in hidden:
        claims.claim(f"page:{option.id}", option.label, (option.label,), option.intent)
    for id, option in options.items():
        if not isinstance(option.intent, c.EraseAll):  # Only its whole words erase.
            claims.claim(f"page:{id}", option.label, option.also)
    for button in buttons:
        if button.action == OpenDetails() and button.id not in options:
            claims.claim(f"page:{button.id}", button.name, words_in(language).details_more_also)
    most = max((button.number for button in buttons), default=0)
    numbered = with_numbers([Phrase(str(number), ()) for number in range(1, most + 1)], language)
    for button in buttons:
        if button.number and not isinstance(button.action, c.EraseAll):
            claims.claim(f"page:{button.id}", button.name, numbered[button.number - 1].ways)
    if scenery.confirming:
        for id, command in (("confirm", "yes"), ("refuse", "no")):
            claims.claim(f"page:{id}", "", _ways_of(command, language))
            for other in view.languages:  # Who is asked about another language may answer in it.
                claims.claim(f"page:{id}", "", _ways_of(command, other))


def _buttons(scenery: Scenery) -> list[Button]:
    """Every control of every page that does something, once; not the letters and digits of a keyboard."""
    found: dict[str, Button] = {}
    for page in scenery.pages:
        for button in (item.button for item in page if isinstance(item, Target)):
            key = button.tone is Tone.KEY and len(button.label) == 1
            turned = button.id == NEXT_PAGE and scenery.page == len(scenery.pages) - 1
            if button.action is not None and not key and not turned:
                found.setdefault(button.id, button)
    return list(found.values())


def _turning(scenery: Scenery) -> Iterator[str]:
    """All that "Suite" is labelled, page after page: "Suite  (2 sur 4)"."""
    for page in scenery.pages:
        for button in (item.button for item in page if isinstance(item, Target)):
            if button.id == NEXT_PAGE:
                yield button.label


# What can always be said


def _ways_of(command: str, language: str) -> tuple[str, ...]:
    return next((phrase.ways for phrase in commands(language) if phrase.id == command), ())


def _commands(claims: _Claims, scenery: Scenery) -> None:
    language = scenery.view.language
    tools = {button.id: button for button in scenery.tools}
    for phrase in commands(language):
        meant = claims.who_says(phrase.ways) if phrase.id in _MEANT else ""
        if phrase.id == "back" and (tools.get("back") is None or tools["back"].action is None):
            meant = next((f"page:{id}" for id in _SAFE if f"page:{id}" in claims.deeds), "")
        if meant in claims.deeds and not isinstance(claims.deeds[meant], (c.EraseAll, Undo, Greet)):
            claims.claim(meant, claims.labels[meant], phrase.ways)
        elif (action := _command(phrase.id, scenery, tools)) is not None:
            claims.claim(phrase.id, phrase.ways[0], phrase.ways, action)


def _command(id: str, scenery: Scenery, tools: Mapping[str, Button]) -> Action | None:
    """What a command does where no answer of the page means it."""
    comfort = scenery.comfort
    if id == "erase" and scenery.view.kind is ViewKind.ERASE:
        return Remark(_kindly(id, scenery))
    match id:
        case "louder" | "softer" | "slower" | "faster":
            return SetComfort(_heard(comfort, id))
        case "bigger" | "smaller":
            return SetComfort(_sized(comfort, 1 if id == "bigger" else -1))
        case "stop":
            return Hush()
        case "repeat":
            return ReadAgain() if scenery.inside or "repeat" not in tools else c.Repeat()
        case "help" | "back" | "difficulty" | "erase" if id in tools and tools[id].action is not None:
            return tools[id].action
        case _:
            return Remark(_kindly(id, scenery))


def _kindly(id: str, scenery: Scenery) -> str:
    """Why it cannot be done here, without blame."""
    w = hearing_words_in(scenery.view.language)
    if id in ("yes", "erase") and scenery.view.kind is ViewKind.ERASE:
        return w.erase_aloud
    if id == "print" and scenery.view.kind is ViewKind.ROAD_MAP:
        return words_in(scenery.view.language).another_paper
    return w.no_paper_here if id == "print" else w.not_known_here


def _heard(comfort: Comfort, id: str) -> Comfort:
    with_voice = replace(comfort, voice=True)
    return {
        "louder": with_voice.louder,
        "softer": with_voice.softer,
        "slower": with_voice.slower,
        "faster": with_voice.faster,
    }[id]()


def _sized(comfort: Comfort, by: int) -> Comfort:
    """Bigger or smaller letters; the largest and the smallest stay."""
    sizes = tuple(TextSize)
    at = min(max(sizes.index(comfort.text_size) + by, 0), len(sizes) - 1)
    return replace(comfort, text_size=sizes[at])


def _settings(claims: _Claims, scenery: Scenery) -> None:
    """Modes, colours, the small screens of the voice and of comfort: anywhere, in what ways are left."""
    language, comfort = scenery.view.language, scenery.comfort
    w = mode_words_in(language)
    for mode in Mode:
        _claim_mode(claims, mode, scenery)
    claims.claim("contrast", w.contrast_also[0].capitalize(), w.contrast_also, SetComfort(comfort.next_contrast()))
    claims.claim("voice", w.voice_also[0].capitalize(), w.voice_also, OpenVoice())
    claims.claim("comfort", w.comfort, (w.comfort, *w.comfort_also), OpenModes())
    for code in scenery.view.languages:
        if code != language:
            name = LANGUAGES[code]
            claims.claim(f"language:{code}", name, (name, *ASKING_FOR[code]), c.SetLanguage(code))


def _still_here(claims: _Claims, view: StepView) -> None:
    """ "Êtes-vous là ?": whatever is understood means yes, but the answers of the page and what erases."""
    label = next((option.label for option in view.options if isinstance(option.intent, c.StillHere)), "")
    for id in claims.deeds:
        if not id.startswith("page:") and id != "erase":
            claims.deeds[id], claims.labels[id] = c.StillHere(), label


def _claim_mode(claims: _Claims, mode: Mode, scenery: Scenery, where: str = "") -> None:
    """What is said of a mode means one state, whatever the present one is. ``where``: "page:" when it stands there."""
    language, comfort = scenery.view.language, scenery.comfort
    for id, on in ((f"{where}mode:{mode}", True), (f"mode:{mode}:not", False)):
        action = SetComfort(turned(comfort, mode, on))
        claims.claim(id, label(mode, language, on), ways(mode, language, on), action)


def _is_grave(action: Action, comfort: Comfort) -> bool:
    """True for what the voice cannot undo, and for headphones, which let the kiosk say what is the person's."""
    if not isinstance(action, SetComfort):
        return isinstance(action, GRAVE)
    then = action.comfort
    return (comfort.listening and not then.listening) or (then.headphones and not comfort.headphones)


def undo_of(action: Action, before: Comfort, language: str) -> Action | None:
    """What takes ``action`` back, once the voice has done it; None where nothing does."""
    match action:
        case SetComfort():
            return SetComfort(before)
        case c.SetLanguage():
            return c.SetLanguage(language)
        case c.CallHelp():
            return c.CancelHelp()
        case c.AskErase():
            return c.KeepAll()
        case c.Pause():
            return c.Resume()
        case OpenModes() | OpenVoice():
            return Close()
        case OpenDetails(open=True):
            return OpenDetails(open=False)
        case c.Choose() | c.Continue() | c.Pick() | c.Tick() | c.Report() | c.Answer() | c.Finish():
            return c.Back()
        case Confirm(action=done):
            return undo_of(done, before, language)
        case _:
            return None
