# SPDX-License-Identifier: EUPL-1.2
"""From where a session stands to what the person meets. Pure: the same state gives the same view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assist.session import commands as c
from assist.session.events import Ending
from assist.session.state import Overlay, Phase, SessionState
from content.model import UNKNOWN, Catalogue, Outcome, Possession, Procedure, RoadMap, Step, StepKind, Visit
from content.road_map import build
from content.routing import remaining
from kiosk import words as w
from kiosk.opening import welcome_view
from kiosk.view import Card, Option, Row, Said, StepView, Theme, Tool, ViewKind
from printouts.typography import full_date


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the view needs to know beside the session: the catalogue, and who can come to help."""

    catalogue: Catalogue
    help_person: str = ""
    help_wait_minutes: int = 0
    help_phone: str = ""
    journal_failing: bool = False


def present(state: SessionState, around: Surroundings) -> StepView:
    """The view of ``state``."""
    overlay = _OVERLAYS.get(state.overlay)
    view = overlay(state, around) if overlay else _PHASES[state.phase](state, around)
    return replace(view, key=_key(state), notice=view.notice or _notice(state, around), language=state.language)


def _key(state: SessionState) -> str:
    here = f"{state.here.step}/{state.here.document}/{len(state.trail)}" if state.here else ""
    parts = (state.phase, state.overlay, here, state.language, state.explaining, state.repeats, state.session)
    return ":".join(str(part) for part in parts)


def _notice(state: SessionState, around: Surroundings) -> str:
    if state.printing:
        return w.PRINTING
    if state.print_status is not None and state.step is not None and state.step.kind is StepKind.END:
        return w.PRINT_OUTCOMES[state.print_status]
    if state.overlay is Overlay.NONE and state.phase is not Phase.OVER and state.difficulty_noted:
        return w.DIFFICULTY_NOTED
    if state.help_called and state.overlay is Overlay.NONE:
        return w.HELP_COMING
    return w.NO_JOURNAL if around.journal_failing and state.phase is not Phase.WELCOME else ""


# The five controls that never move


def _tools(state: SessionState, *, resting: bool = False) -> tuple[Tool, ...]:
    can_go_back = state.phase in (Phase.WALKING, Phase.RATING)
    return (
        Tool("back", w.TOOL_BACK, "◀", c.Back() if can_go_back and not resting else None),
        Tool("repeat", w.TOOL_REPEAT, "↻", c.Repeat()),
        Tool("help", w.TOOL_HELP, "☺", None if resting else c.CallHelp()),
        Tool("difficulty", w.TOOL_DIFFICULTY, "!", None if resting else c.ReportDifficulty()),
        Tool("erase", w.TOOL_ERASE, "✖", c.AskErase()),
    )


def _spoken(title: str, sentences: Sequence[str], options: Sequence[Option]) -> tuple[Said, ...]:
    """The screen for the ear: its title, its sentences, then each answer with the number that is its key."""
    read = (Said(title, "title"), *(Said(text, f"sentence:{n}") for n, text in enumerate(sentences)))
    if len(options) == 1:
        return read
    answers = (Said(f"{n}\u00a0: {option.label}.", f"option:{option.id}") for n, option in enumerate(options, 1))
    return (*read, *answers)


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
        speech=_spoken(title, sentences, options),
    )


# The moments


def _welcome(state: SessionState, around: Surroundings) -> StepView:
    """The languages are offered, each by its own name, as soon as there is more than one."""
    view = welcome_view(state.language, around.help_wait_minutes)
    languages = around.catalogue.languages()
    if len(languages) < 2:
        return view
    offered = (Option(f"language-{code}", w.LANGUAGES.get(code, code), "", c.SetLanguage(code)) for code in languages)
    return replace(view, options=(*view.options, *offered))


def _themes(state: SessionState, around: Surroundings) -> StepView:
    procedures = around.catalogue.titles(state.language)
    options = tuple(Option(p.id, p.title, p.pictogram, c.Pick(p), p.also, theme=p.theme) for p in procedures)
    present_themes = {p.theme for p in procedures}
    themes = tuple(Theme(code, *named) for code, named in w.THEMES.items() if code in present_themes)
    someone = Option("someone", w.SOMEONE, "mediator", c.CallHelp(), w.SOMEONE_ALSO)
    view = _moment(state, ViewKind.THEMES, w.WHAT, w.WHAT_SAY, (*options, someone), resting=False)
    heard = (*((f"theme:{theme.id}", theme.label) for theme in themes), ("option:someone", w.SOMEONE))
    spoken = tuple(Said(f"{n}\u00a0: {label}.", about) for n, (about, label) in enumerate(heard, 1))
    return replace(view, themes=themes, speech=(*_spoken(w.WHAT, w.WHAT_SAY, ()), *spoken))


def _rating(state: SessionState, around: Surroundings) -> StepView:
    faces = (
        Option("happy", w.HAPPY, "happy", c.Rate(c.Face.HAPPY), ("oui", "très bien", "content")),
        Option("neutral", w.NEUTRAL, "neutral", c.Rate(c.Face.NEUTRAL), ("moyen", "comme ci comme ça")),
        Option("unhappy", w.UNHAPPY, "unhappy", c.Rate(c.Face.UNHAPPY), ("non", "pas du tout", "pas content")),
        Option("skipped", w.SKIP, "next", c.Rate(c.Face.SKIPPED), ("passer", "je ne veux pas")),
    )
    return _moment(state, ViewKind.RATE, w.RATE, w.RATE_SAY, faces, resting=False)


def _goodbye(state: SessionState, around: Surroundings) -> StepView:
    say = w.GOODBYE_DONE if state.ending is Ending.DONE else w.GOODBYE_WIPED
    if state.ending is Ending.DONE and state.prints:
        say = (w.GOODBYE_PAPER, *say)
    return _moment(state, ViewKind.GOODBYE, w.GOODBYE, say, pictogram="goodbye")


def _help(state: SessionState, around: Surroundings) -> StepView:
    who = w.HELP_KNOWN.format(person=around.help_person) if around.help_person else w.HELP_SOMEONE
    wait = w.HELP_WAIT.format(minutes=around.help_wait_minutes) if around.help_wait_minutes else w.HELP_STAYS
    options = (
        Option("continue", w.HELP_CONTINUE, "next", c.Continue(), ("je continue", "continuer")),
        Option("cancel", w.HELP_CANCEL, "cross", c.CancelHelp(), ("annuler", "non merci")),
    )
    view = _moment(state, ViewKind.HELP, w.HELP, (who, wait), options, pictogram="mediator")
    if around.help_phone:
        view = replace(view, card=Card(w.HELP_PHONE, "telephone-call", phone=around.help_phone))
    return view


def _erase(state: SessionState, around: Surroundings) -> StepView:
    options = (
        Option("erase", w.ERASE_YES, "erase", c.EraseAll()),
        Option("keep", w.ERASE_NO, "next", c.KeepAll(), ("non", "je continue")),
    )
    return _moment(state, ViewKind.ERASE, w.ERASE, w.ERASE_SAY, options, pictogram="erase")


def _idle(state: SessionState, around: Surroundings) -> StepView:
    options = (
        Option("here", w.IDLE_YES, "hand", c.StillHere(), ("oui", "je suis là", "attendez")),
        Option("more", w.IDLE_MORE, "pause", c.Pause(), ("une pause", "j’ai besoin de temps")),
    )
    return _moment(state, ViewKind.IDLE, w.IDLE, w.IDLE_SAY, options, pictogram="question")


def _pause(state: SessionState, around: Surroundings) -> StepView:
    options = (Option("resume", w.RESUME, "next", c.Resume(), ("je continue", "c’est bon", "me revoilà")),)
    return _moment(state, ViewKind.PAUSE, w.PAUSE, w.PAUSE_SAY, options, pictogram="rest")


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
        total=done + 1 + remaining(procedure, step.id),
        title=step.title,
        sentences=step.explain if state.explaining and step.explain else step.say,
        tools=_tools(state),
        pictogram=step.pictogram,
    )
    return _STEPS[step.kind](base, state, procedure, step)


def _say(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    options = (Option("next", w.NEXT, "next", c.Continue(), ("suivant", "après", "continuer", "d’accord")),)
    card = None
    speech = _spoken(view.title, view.sentences, options)
    if step.place is not None:
        place = step.place
        lines = tuple(line for line in (place.hours, place.phone_note) if line)
        card = Card(place.name, place.pictogram, lines, place.phone, place.url)
        phone = (f"Téléphone\u00a0: {place.phone}.",) if place.phone else ()
        speech = (*speech, *(Said(line, "card") for line in (f"{place.name}.", *phone, *lines)))
    return replace(view, options=options, card=card, speech=speech)


def _unknown(step: Step, intent: c.Intent) -> tuple[Option, ...]:
    return (Option(UNKNOWN, w.UNKNOWN, "unknown", intent, w.UNKNOWN_ALSO),) if step.may_not_know else ()


def _choose(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    options = tuple(
        Option(choice.id, choice.label, choice.pictogram, c.Choose(choice.id), choice.also) for choice in step.choices
    ) + _unknown(step, c.Choose(UNKNOWN))
    return replace(view, options=options, speech=_spoken(view.title, view.sentences, options))


def _checklist(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    document = state.document
    if document is None:
        return view
    options = (
        Option("have", w.HAVE, "yes", c.Tick(document.id, Possession.HAVE), w.HAVE_ALSO),
        Option("missing", w.MISSING, "no", c.Tick(document.id, Possession.MISSING), w.MISSING_ALSO),
        Option("what", w.WHAT_IS_IT, "question", c.Explain(), w.WHAT_IS_IT_ALSO),
    )
    sentences = document.what if state.explaining else (w.DOCUMENT_SAY,)
    return replace(
        view,
        title=document.name,
        sentences=sentences,
        options=options,
        pictogram=document.pictogram,
        card=Card(document.name, document.pictogram),
        speech=_spoken(f"{document.name}.", sentences, options),
    )


def _ask(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    options = _unknown(step, c.Answer(UNKNOWN))
    speech = (
        *_spoken(view.title, view.sentences, ()),
        *(Said(f"{option.label}.", f"option:{option.id}") for option in options),
    )
    return replace(view, options=options, question=step.question, speech=speech)


def _act(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    options = (
        Option("done", w.DONE, "yes", c.Report(Outcome.DONE), w.DONE_ALSO),
        Option("stuck", w.STUCK, "stuck", c.Report(Outcome.STUCK), w.STUCK_ALSO),
    )
    card = Card(step.title, step.pictogram, url=step.url) if step.url else None
    return replace(view, options=options, card=card, speech=_spoken(view.title, view.sentences, options))


def _end(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    road_map = road_map_of(state)
    options = (
        Option("print", w.PRINT_AGAIN if state.prints else w.PRINT, "printer", c.Print(), ("le papier", "imprimer")),
        Option("listen", w.LISTEN_AGAIN, "speaker", c.Repeat(), ("répéter", "encore")),
        Option("finish", w.FINISH, "goodbye", c.Finish(), ("c’est fini", "terminer", "au revoir")),
    )
    rows = tuple(rows_of(road_map)) if road_map else ()
    read = tuple(line for row in rows for line in _row_read(row))
    title, *said = _spoken(w.ROAD_MAP, view.sentences, ())
    answers = _spoken("", (), options)[1:]
    return replace(
        view,
        options=options,
        rows=rows,
        road_map=road_map,
        today=state.today,
        speech=(title, *said, *read, *answers),
    )


def _row_read(row: Row) -> tuple[Said, ...]:
    lines = (Said(line, f"row:{row.id}:{n}") for n, line in enumerate(row.lines))
    return (Said(f"{row.title}\u00a0:", f"row:{row.id}"), *lines)


def road_map_of(state: SessionState) -> RoadMap | None:
    """The road map that the answers of ``state`` lead to; None when no procedure is under way."""
    if state.procedure is None or state.here is None:
        return None
    walked = [crumb.step for crumb in (*state.trail, state.here)]
    return build(state.procedure, walked, state.answers, state.today)


def rows_of(road_map: RoadMap) -> list[Row]:
    """The rows of a road map, as they are shown and read; an empty one is left out."""
    bring = tuple(
        w.HAS_IT.format(name=d.name) if d.possession is Possession.HAVE else w.LACKS_IT.format(name=d.name)
        for d in road_map.bring
    )
    where = (*(_visit_line(visit) for visit in road_map.where), *(task.text for task in road_map.when))
    deadlines = tuple(f"{full_date(deadline.due)}\u00a0: {deadline.text}" for deadline in road_map.deadlines)
    contacts = tuple(_visit_line(visit, visit.place.phone if visit.place else "") for visit in road_map.contacts)
    rows = (
        Row("do", w.ROW_DO, "checklist", tuple(task.text for task in road_map.do)),
        Row("bring", w.ROW_BRING, "bag", bring),
        Row("where", w.ROW_WHERE, "place", where),
        Row("deadline", w.ROW_DEADLINE, "calendar", deadlines),
        Row("cost", w.ROW_COST, "euro", tuple(task.text for task in road_map.cost)),
        Row("contact", w.ROW_CONTACT, "telephone-call", contacts),
    )
    return [row for row in rows if row.lines]


def _visit_line(visit: Visit, phone: str = "") -> str:
    """Where to go, or whom to call. "Pour le vote" says nothing without its place; a whole sentence names it."""
    if _digits(phone) in _digits(visit.text):
        phone = ""
    if visit.place is None or visit.text.endswith((".", "!", "?")):
        return " ".join(filter(None, (visit.text, phone)))
    return f"{visit.text}\u00a0: {', '.join(filter(None, (visit.place.name, phone)))}."


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


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
