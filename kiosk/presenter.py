# SPDX-License-Identifier: EUPL-1.2
"""From where a session stands to what the person meets. Pure: the same state gives the same view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assist.session import commands as c
from assist.session.events import Ending
from assist.session.state import Overlay, Phase, SessionState
from content.model import UNKNOWN, Catalogue, Outcome, Possession, Procedure, Step, StepKind
from content.routing import remaining
from kiosk.official import dressed
from kiosk.opening import welcome_view
from kiosk.road_map import road_map_of, rows_of
from kiosk.view import Card, Option, Row, Said, StepView, Theme, Tool, ViewKind
from kiosk.words import ASKING_FOR, LANGUAGES, Words, words_in
from kiosk.words.hearing import hearing_words_in


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

    @property
    def languages(self) -> tuple[str, ...]:
        """What may be chosen: the languages of the interface in which a procedure is written, when they are several."""
        written = tuple(code for code in self.catalogue.languages() if code in LANGUAGES)
        return written if len(written) > 1 else ()


def present(state: SessionState, around: Surroundings) -> StepView:
    """The view of ``state``."""
    overlay = _OVERLAYS.get(state.overlay)
    view = overlay(state, around) if overlay else _PHASES[state.phase](state, around)
    return replace(
        view,
        key=_key(state),
        notice=view.notice or _notice(state, around),
        language=state.language,
        languages=around.languages,
    )


def _key(state: SessionState) -> str:
    here = f"{state.here.step}/{state.here.document}/{len(state.trail)}" if state.here else ""
    parts = (state.phase, state.overlay, here, state.language, state.explaining, state.repeats, state.session)
    return ":".join(str(part) for part in parts)


def _notice(state: SessionState, around: Surroundings) -> str:
    w = words_in(state.language)
    if state.printing:
        return w.printing
    if state.print_status is not None and state.step is not None and state.step.kind is StepKind.END:
        return w.print_outcomes[state.print_status]
    if state.overlay is Overlay.NONE and state.phase is not Phase.OVER and state.difficulty_noted:
        return w.difficulty_noted
    if state.help_called and state.overlay is Overlay.NONE:
        return w.help_coming
    if around.journal_failing and state.phase is not Phase.WELCOME:
        return w.no_journal
    return w.lab if around.lab else ""


# The five controls that never move


def _tools(state: SessionState, *, resting: bool = False) -> tuple[Tool, ...]:
    w = words_in(state.language)
    can_go_back = state.phase in (Phase.WALKING, Phase.RATING)
    return (
        Tool("back", w.tool_back, "◀", c.Back() if can_go_back and not resting else None),
        Tool("repeat", w.tool_repeat, "↻", c.Repeat()),
        Tool("help", w.tool_help, "☺", None if resting else c.CallHelp()),
        Tool("difficulty", w.tool_difficulty, "!", None if resting else c.ReportDifficulty()),
        Tool("erase", w.tool_erase, "✖", c.AskErase()),
    )


def _spoken(w: Words, title: str, sentences: Sequence[str], options: Sequence[Option]) -> tuple[Said, ...]:
    """The screen for the ear: its title, its sentences, then each answer with the number that is its key."""
    read = (Said(title, "title"), *(Said(text, f"sentence:{n}") for n, text in enumerate(sentences)))
    labels = ((f"option:{option.id}", option.said or option.label) for option in options)
    return read if len(options) == 1 else (*read, *_answers(w, labels))


def _answers(w: Words, labels: Iterable[tuple[str, str]]) -> Iterator[Said]:
    """Labels as they are read, each after the number that is its key."""
    return (Said(w.answer_read.format(number=n, label=label), about) for n, (about, label) in enumerate(labels, 1))


def _moment(
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
        tools=_tools(state, resting=resting) if kind is not ViewKind.GOODBYE else (),
        pictogram=pictogram,
        speech=_spoken(words_in(state.language), title, sentences, options),
    )


# The moments


def _welcome(state: SessionState, around: Surroundings) -> StepView:
    """The languages are offered, each by its own name, as soon as there is more than one."""
    view = welcome_view(state.language, around.help_wait_minutes, lab=around.lab)
    offered = tuple(
        Option(f"language-{code}", LANGUAGES[code], "", c.SetLanguage(code), ASKING_FOR[code])
        for code in around.languages
    )
    named = tuple(Said(f"{LANGUAGES[code]}.", f"option:language-{code}", code) for code in around.languages)
    return replace(view, options=(*view.options, *offered), speech=(*view.speech, *named))


def _themes(state: SessionState, around: Surroundings) -> StepView:
    w = words_in(state.language)
    procedures = around.catalogue.titles(state.language)
    options = tuple(Option(p.id, p.title, p.pictogram, c.Pick(p), theme=p.theme) for p in procedures)
    present_themes = {p.theme for p in procedures}
    themes = tuple(Theme(code, w.themes[code], picture) for code, picture in _THEMES.items() if code in present_themes)
    someone = Option("someone", w.someone, "mediator", c.CallHelp(), w.someone_also)
    say = hearing_words_in(state.language).what_say if around.hears else w.what_say
    view = _moment(state, ViewKind.THEMES, w.what, say, (*options, someone), resting=False)
    heard = (*((f"theme:{theme.id}", theme.label) for theme in themes), ("option:someone", w.someone))
    return replace(view, themes=themes, speech=(*_spoken(w, w.what, say, ()), *_answers(w, heard)))


def _rating(state: SessionState, around: Surroundings) -> StepView:
    w = words_in(state.language)
    faces = (
        Option("happy", w.happy, "happy", c.Rate(c.Face.HAPPY), w.happy_also),
        Option("neutral", w.neutral, "neutral", c.Rate(c.Face.NEUTRAL), w.neutral_also),
        Option("unhappy", w.unhappy, "unhappy", c.Rate(c.Face.UNHAPPY), w.unhappy_also),
        Option("skipped", w.skip, "next", c.Rate(c.Face.SKIPPED), w.skip_also),
    )
    return _moment(state, ViewKind.RATE, w.rate, w.rate_say, faces, resting=False)


def _goodbye(state: SessionState, around: Surroundings) -> StepView:
    w = words_in(state.language)
    say = w.goodbye_done if state.ending is Ending.DONE else w.goodbye_wiped
    if state.ending is Ending.DONE and state.prints:
        say = (w.goodbye_paper, *say)
    return _moment(state, ViewKind.GOODBYE, w.goodbye, say, pictogram="goodbye")


def _help(state: SessionState, around: Surroundings) -> StepView:
    w = words_in(state.language)
    who = w.help_known.format(person=around.help_person) if around.help_person else w.help_someone
    wait = w.help_wait.format(minutes=around.help_wait_minutes) if around.help_wait_minutes else w.help_stays
    options = (
        Option("continue", w.help_continue, "next", c.Continue(), w.help_continue_also),
        Option("cancel", w.help_cancel, "cross", c.CancelHelp(), w.help_cancel_also),
    )
    view = _moment(state, ViewKind.HELP, w.help, (who, wait), options, pictogram="mediator")
    if around.help_phone:
        read = (Said(w.help_phone, "card"), Said(f"{around.help_phone}.", "card"))
        view = replace(view, card=Card(w.help_phone, "telephone-call", phone=around.help_phone))
        view = replace(view, speech=(*view.speech, *read))
    return view


def _erase(state: SessionState, around: Surroundings) -> StepView:
    w = words_in(state.language)
    options = (
        Option("erase", w.erase_yes, "erase", c.EraseAll()),
        Option("keep", w.erase_no, "next", c.KeepAll(), w.erase_no_also),
    )
    return _moment(state, ViewKind.ERASE, w.erase, w.erase_say, options, pictogram="erase")


def _idle(state: SessionState, around: Surroundings) -> StepView:
    w = words_in(state.language)
    options = (
        Option("here", w.idle_yes, "hand", c.StillHere(), w.idle_yes_also),
        Option("more", w.idle_more, "pause", c.Pause(), w.idle_more_also),
    )
    return _moment(state, ViewKind.IDLE, w.idle, w.idle_say, options, pictogram="question")


def _pause(state: SessionState, around: Surroundings) -> StepView:
    w = words_in(state.language)
    options = (Option("resume", w.resume, "next", c.Resume(), w.resume_also),)
    return _moment(state, ViewKind.PAUSE, w.pause, w.pause_say, options, pictogram="rest")


# The steps


def _walking(state: SessionState, around: Surroundings) -> StepView:
    procedure, step = state.procedure, state.step
    if procedure is None or step is None:
        return _themes(state, around)
    done = len({crumb.step for crumb in state.trail} - {step.id})
    base = StepView(
        kind=ViewKind.ROAD_MAP if step.kind is StepKind.END else ViewKind(step.kind.value),
        key="",
        heading=procedure.title,
        heading_pictogram=procedure.pictogram,
        done=done,
        total=0 if step.sheet else done + 1 + remaining(procedure, step.id),
        title=step.title,
        sentences=step.explain if state.explaining and step.explain else step.say,
        tools=_tools(state),
        pictogram=step.pictogram,
        sensitive=step.sensitive,
    )
    view = _STEPS[step.kind](base, state, procedure, step)
    own = view if procedure.language == state.language else _in_its_own_language(view, procedure, state)
    return dressed(own, state, procedure, step)


def _in_its_own_language(view: StepView, procedure: Procedure, state: SessionState) -> StepView:
    """A procedure that is not written in the person's language: its words are read by a voice that knows theirs."""
    w = words_in(state.language)
    ours = {w.document_say, w.road_map}
    theirs = ("title", "sentence:", "card") + (("option:",) if view.kind is ViewKind.CHOOSE else ())
    rows = tuple(f"row:{row.id}:" for row in view.rows)
    return replace(
        view,
        speech=tuple(
            replace(said, language=procedure.language)
            if said.about.startswith((*theirs, *rows)) and said.text not in ours and said.about != f"option:{UNKNOWN}"
            else said
            for said in view.speech
        ),
    )


def _say(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    options = (Option("next", w.next, "next", c.Continue(), w.next_also),)
    card = None
    speech = _spoken(w, view.title, view.sentences, options)
    if step.place is not None:
        place = step.place
        lines = tuple(line for line in (place.hours, place.phone_note) if line)
        card = Card(place.name, place.pictogram, lines, place.phone, place.url)
        phone = (f"{w.phone.format(phone=place.phone)}.",) if place.phone else ()
        speech = (*speech, *(Said(line, "card") for line in (f"{place.name}.", *phone, *lines)))
        speech = (*speech, *_address_read(speech, place.url))
    return replace(view, options=options, card=card, speech=speech)


def _address_read(speech: Sequence[Said], url: str) -> tuple[Said, ...]:
    """The address of a site, which the screen shows as letters and as a code, unless a sentence has said it."""
    bare = url.removeprefix("https://").removeprefix("www.").rstrip("/")
    return (Said(url, "card"),) if url and not any(bare in said.text for said in speech) else ()


def _unknown(w: Words, step: Step, intent: c.Intent) -> tuple[Option, ...]:
    return (Option(UNKNOWN, w.unknown, "unknown", intent, w.unknown_also),) if step.may_not_know else ()


def _choose(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    given = (Option(o.id, o.label, o.pictogram, c.Choose(o.id), o.also, o.whole) for o in step.choices)
    options = (*given, *_unknown(w, step, c.Choose(UNKNOWN)))
    return replace(view, options=options, speech=_spoken(w, view.title, view.sentences, options))


def _checklist(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    document = state.document
    if document is None:
        return view
    options = (
        Option("have", w.have, "yes", c.Tick(document.id, Possession.HAVE), w.have_also),
        Option("missing", w.missing, "no", c.Tick(document.id, Possession.MISSING), w.missing_also),
        Option("what", w.what_is_it, "question", c.Explain(), w.what_is_it_also),
    )
    sentences = document.what if state.explaining else (w.document_say,)
    return replace(
        view,
        title=document.name,
        sentences=sentences,
        options=options,
        pictogram=document.pictogram,
        card=Card(document.name, document.pictogram),
        speech=_spoken(w, f"{document.name}.", sentences, options),
    )


def _ask(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    options = _unknown(w, step, c.Answer(UNKNOWN))
    speech = (
        *_spoken(w, view.title, view.sentences, ()),
        *(Said(f"{option.label}.", f"option:{option.id}") for option in options),
    )
    return replace(view, options=options, question=step.question, speech=speech)


def _act(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    options = (
        Option("done", w.done, "yes", c.Report(Outcome.DONE), w.done_also),
        Option("stuck", w.stuck, "stuck", c.Report(Outcome.STUCK), w.stuck_also),
    )
    card = Card(step.title, step.pictogram, url=step.url) if step.url else None
    title, *said = _spoken(w, view.title, view.sentences, options)
    count = len(view.sentences)
    address = _address_read((title, *said[:count]), step.url)
    return replace(view, options=options, card=card, speech=(title, *said[:count], *address, *said[count:]))


def _end(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    road_map = road_map_of(state)
    options = (
        Option("print", w.print_again if state.prints else w.print, "printer", c.Print(), w.print_also),
        Option("listen", w.listen_again, "speaker", c.Repeat(), w.listen_again_also),
        Option("finish", w.finish, "goodbye", c.Finish(), w.finish_also),
    )
    rows = tuple(rows_of(road_map, state.language)) if road_map else ()
    read = tuple(line for row in rows for line in _row_read(w, row))
    opening = w.road_map if view.title.casefold() in w.road_map.casefold() else view.title
    title, *said = _spoken(w, opening, view.sentences, ())
    answers = _spoken(w, "", (), options)[1:]
    return replace(
        view,
        options=options,
        rows=rows,
        road_map=road_map,
        today=state.today,
        speech=(title, *said, *read, *answers),
    )


def _row_read(w: Words, row: Row) -> tuple[Said, ...]:
    lines = (Said(line, f"row:{row.id}:{n}") for n, line in enumerate(row.lines))
    return (Said(w.named.format(name=row.title), f"row:{row.id}"), *lines)


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
_PHASES: Mapping[Phase, Callable[[SessionState, Surroundings], StepView]] = {
    Phase.WELCOME: _welcome,
    Phase.CHOOSING: _themes,
    Phase.WALKING: _walking,
    Phase.RATING: _rating,
    Phase.OVER: _goodbye,
}
_OVERLAYS: Mapping[Overlay, Callable[[SessionState, Surroundings], StepView]] = {
    Overlay.HELP: _help,
    Overlay.ERASE: _erase,
    Overlay.IDLE: _idle,
    Overlay.PAUSE: _pause,
}
_STEPS: Mapping[StepKind, Callable[[StepView, SessionState, Procedure, Step], StepView]] = {
    StepKind.SAY: _say,
    StepKind.PLACE: _say,
    StepKind.CHOOSE: _choose,
    StepKind.CHECKLIST: _checklist,
    StepKind.ASK: _ask,
    StepKind.ACT: _act,
    StepKind.END: _end,
}
