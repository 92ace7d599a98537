# SPDX-License-Identifier: EUPL-1.2
"""The views that are no step of a procedure: the welcome, the choice, the calm questions, the end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assist.session import commands as c
from assist.session.commands import Acted
from assist.session.events import Ending
from assist.session.state import Phase, SessionState
from assist.sync.protocol import DeskState
from content.model import Catalogue
from kiosk.opening import welcome_view
from kiosk.view import Option, Said, StepView, Theme, Tool, ViewKind
from kiosk.words import LANGUAGES, Words, words_in
from kiosk.words.hearing import hearing_words_in

_THEMES: Mapping[str, str] = {
    "papiers_elections_citoyennete": "identity-card",
    "famille_scolarite": "family",
    "social_sante": "health",
    "travail_formation": "work",
    "logement": "housing",
    "transports_mobilite": "transport",
    "argent_impots": "money",
    "justice": "justice",
    "etrangers_europe": "globe",
    "loisirs_sports_culture": "culture",
    "associations": "people",
}
"""Theme code -> its pictogram, in the order in which themes are shown."""


_STANDS_ALONE = DeskState()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the view needs to know beside the session: the catalogue, and who can come to help."""

    catalogue: Catalogue
    help_person: str = ""
    help_wait_minutes: int = 0
    help_phone: str = ""
    journal_failing: bool = False
    lab: bool = False
    """Drafts are tried: it is said on every page."""
    hears: bool = False
    desk: DeskState = _STANDS_ALONE
    """Whether a call would be heard now."""
    headphones: bool = False
    """What is the person's alone may be read to her."""
    site: str = ""
    site_details: tuple[str, ...] = ()
    """The name of this place, and its address, hours and telephone, as papers say them."""
    paper_number: str = ""
    """That of the printed paper, for who wears headphones; "" for everybody else: it opens what a session left."""
    acted: Acted | None = None
    """What a mediator has just done in this session; None once anybody else does something."""

    @property
    def comes(self) -> bool:
        """Somebody at the desk hears a call now."""
        return self.desk.reachable and self.desk.people > 0

    @property
    def languages(self) -> tuple[str, ...]:
        """What may be chosen: the languages of the interface in which a procedure is written, when they are several.

        All of them as long as no procedure is known (:func:`kiosk.opening.welcome_view`).
        """
        if not self.catalogue.procedures:
            return tuple(LANGUAGES)
        written = tuple(code for code in self.catalogue.languages() if code in LANGUAGES)
        return written if len(written) > 1 else ()


# The five controls that never move


def tools(state: SessionState, *, resting: bool = False) -> tuple[Tool, ...]:
    """Back, again, help, difficulty, erase: where nothing is under way, back, help and difficulty rest."""
    w = words_in(state.language)
    can_go_back = state.phase in (Phase.WALKING, Phase.RATING)
    return (
        Tool("back", w.tool_back, "◀", c.Back() if can_go_back and not resting else None),
        Tool("repeat", w.tool_repeat, "↻", c.Repeat()),
        Tool("help", w.tool_help, "☺", None if resting else c.CallHelp()),
        Tool("difficulty", w.tool_difficulty, "!", None if resting else c.ReportDifficulty()),
        Tool("erase", w.tool_erase, "✖", c.AskErase()),
    )


def spoken(w: Words, title: str, sentences: Sequence[str], options: Sequence[Option]) -> tuple[Said, ...]:
    """The screen for the ear: its title, its sentences, then each answer with the number that is its key."""
    read = (Said(title, "title"), *(Said(text, f"sentence:{n}") for n, text in enumerate(sentences)))
    labels = ((f"option:{option.id}", option.said or option.label) for option in options)
    return read if len(options) == 1 else (*read, *_answers(w, labels))


def _answers(w: Words, labels: Iterable[tuple[str, str]]) -> Iterator[Said]:
    """Labels as they are read, each after the number that is its key."""
    return (Said(w.answer_read.format(number=n, label=label), about) for n, (about, label) in enumerate(labels, 1))


def moment(
    state: SessionState,
    kind: ViewKind,
    title: str,
    sentences: tuple[str, ...],
    options: tuple[Option, ...] = (),
    *,
    pictogram: str = "",
    resting: bool = True,
) -> StepView:
    """A view that is not a step of a procedure. Its tools rest unless said otherwise."""
    procedure = state.procedure
    return StepView(
        kind=kind,
        key="",
        heading=procedure.title if procedure else "Pas à pas",
        heading_pictogram=procedure.pictogram if procedure else "walk",
        done=0,
        total=0,
        title=title,
        sentences=sentences,
        options=options,
        tools=tools(state, resting=resting) if kind is not ViewKind.GOODBYE else (),
        pictogram=pictogram,
        speech=spoken(words_in(state.language), title, sentences, options),
    )


# The moments


def welcome(state: SessionState, around: Surroundings) -> StepView:
    """What stands between two people."""
    return welcome_view(state.language, around.help_wait_minutes, lab=around.lab, languages=around.languages)


def themes(state: SessionState, around: Surroundings) -> StepView:
    """What the person comes to do: every procedure, by theme, and somebody."""
    w = words_in(state.language)
    procedures = around.catalogue.titles(state.language)
    options = tuple(Option(p.id, p.title, p.pictogram, c.Pick(p), theme=p.theme) for p in procedures)
    present_themes = {p.theme for p in procedures}
    themes = tuple(Theme(code, w.themes[code], picture) for code, picture in _THEMES.items() if code in present_themes)
    someone = Option("someone", w.someone, "mediator", c.CallHelp(), w.someone_also)
    say = hearing_words_in(state.language).what_say if around.hears else w.what_say
    view = moment(state, ViewKind.THEMES, w.what, say, (*options, someone), resting=False)
    heard = (*((f"theme:{theme.id}", theme.label) for theme in themes), ("option:someone", w.someone))
    return replace(view, themes=themes, speech=(*spoken(w, w.what, say, ()), *_answers(w, heard)))


def rating(state: SessionState, around: Surroundings) -> StepView:
    """Three faces, or none."""
    w = words_in(state.language)
    faces = (
        Option("happy", w.happy, "happy", c.Rate(c.Face.HAPPY), w.happy_also),
        Option("neutral", w.neutral, "neutral", c.Rate(c.Face.NEUTRAL), w.neutral_also),
        Option("unhappy", w.unhappy, "unhappy", c.Rate(c.Face.UNHAPPY), w.unhappy_also),
        Option("skipped", w.skip, "next", c.Rate(c.Face.SKIPPED), w.skip_also),
    )
    return moment(state, ViewKind.RATE, w.rate, w.rate_say, faces, resting=False)


def goodbye(state: SessionState, around: Surroundings) -> StepView:
    """The end, whatever it was."""
    w = words_in(state.language)
    say = w.goodbye_done if state.ending is Ending.DONE else w.goodbye_wiped
    if state.ending is Ending.DONE and state.prints:
        say = (w.goodbye_paper, *say)
    return moment(state, ViewKind.GOODBYE, w.goodbye, say, pictogram="goodbye")


def erasing(state: SessionState, around: Surroundings) -> StepView:
    """ "Tout effacer" is asked once more."""
    w = words_in(state.language)
    options = (
        Option("erase", w.erase_yes, "erase", c.EraseAll()),
        Option("keep", w.erase_no, "next", c.KeepAll(), w.erase_no_also),
    )
    return moment(state, ViewKind.ERASE, w.erase, w.erase_say, options, pictogram="erase")


def idle(state: SessionState, around: Surroundings) -> StepView:
    """Nobody has touched anything for long."""
    w = words_in(state.language)
    options = (
        Option("here", w.idle_yes, "hand", c.StillHere(), w.idle_yes_also),
        Option("more", w.idle_more, "pause", c.Pause(), w.idle_more_also),
    )
    return moment(state, ViewKind.IDLE, w.idle, w.idle_say, options, pictogram="question")


def pause(state: SessionState, around: Surroundings) -> StepView:
    """The person rests: time stands still."""
    w = words_in(state.language)
    options = (Option("resume", w.resume, "next", c.Resume(), w.resume_also),)
    return moment(state, ViewKind.PAUSE, w.pause, w.pause_say, options, pictogram="rest")
