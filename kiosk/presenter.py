# SPDX-License-Identifier: EUPL-1.2
"""From where a session stands to what the person meets. Pure: the same state gives the same view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assist.session import commands as c
from assist.session.state import Overlay, Phase, SessionState
from content.model import UNKNOWN, AnswerFormat, Outcome, Possession, Procedure, Step, StepKind
from content.routing import remaining
from kiosk import helping, moments
from kiosk.moments import Surroundings, spoken, tools
from kiosk.official import dressed
from kiosk.paper_rows import with_paper
from kiosk.place_cards import place_card
from kiosk.road_map import road_map_of, rows_of
from kiosk.signing import key_of, signing
from kiosk.view import Card, Option, Row, Said, StepView, ViewKind
from kiosk.words import Words, words_in


def present(state: SessionState, around: Surroundings) -> StepView:
    """The view of ``state``."""
    overlay = _OVERLAYS.get(state.overlay)
    page = overlay or (signing if state.signing is not None else _PHASES[state.phase])
    view = page(state, around)
    view = replace(
        view,
        key=_key(state, around),
        notice=view.notice or _notice(state, around),
        waiting=_waiting(state),
        language=state.language,
        languages=around.languages,
    )
    return helping.beside(view, state) if state.help.joined else view


def _key(state: SessionState, around: Surroundings) -> str:
    here = f"{state.here.step}/{state.here.document}/{len(state.trail)}" if state.here else ""
    parts = (state.phase, state.overlay, here, state.language, state.explaining, state.repeats, state.session)
    if state.signing is not None:
        parts = (*parts, key_of(state, around))
    if state.help.joined:
        parts = (*parts, state.help.messages, state.help.shown)
    elif state.overlay is Overlay.HELP:
        parts = (*parts, state.help.stage, around.comes)
    return ":".join(str(part) for part in parts)


def _notice(state: SessionState, around: Surroundings) -> str:
    w = words_in(state.language)
    if state.signing is not None and state.overlay is Overlay.NONE:
        return ""
    if state.printing:
        return w.printing
    if state.step is not None and state.step.kind is StepKind.END and (told := _papers_told(w, state)):
        return told
    if state.help.joined and around.acted is not None:
        return helping.acted_notice(state, around.acted)
    if state.overlay is Overlay.NONE and state.phase is not Phase.OVER and state.difficulty_noted:
        return w.difficulty_noted
    if around.journal_failing and state.phase is not Phase.WELCOME:
        return w.no_journal
    return w.lab if around.lab else ""


def _waiting(state: SessionState) -> str:
    quiet = state.signing is not None or state.overlay is not Overlay.NONE
    return helping.waiting_notice(state) if state.help.waiting and not quiet else ""


def _papers_told(w: Words, state: SessionState) -> str:
    """How the last print ended, and whom to ask for another paper once no more is offered."""
    ended = w.print_outcomes[state.print_status] if state.print_status is not None else ""
    return " ".join(filter(None, (ended, "" if state.may_print else w.another_paper)))


# The steps


def _walking(state: SessionState, around: Surroundings) -> StepView:
    procedure, step = state.procedure, state.step
    if procedure is None or step is None:
        return moments.themes(state, around)
    done = len({crumb.step for crumb in state.trail} - {step.id})
    base = StepView(
        kind=ViewKind.ROAD_MAP if step.kind is StepKind.END else ViewKind(step.kind.value),
        key="",
        heading=procedure.title,
        heading_pictogram=procedure.pictogram,
        done=done,
        # The longest way through an official sheet says nothing: its chapters may be passed over.
        total=-1 if step.sheet else done + 1 + remaining(procedure, step.id),
        title=step.title,
        sentences=step.explain if state.explaining and step.explain else step.say,
        tools=tools(state),
        pictogram=step.pictogram,
        sensitive=step.sensitive,
    )
    view = _STEPS[step.kind](base, state, procedure, step)
    own = view if procedure.language == state.language else _in_its_own_language(view, procedure, state)
    return with_paper(dressed(own, state, procedure, step), state, procedure, around)


def _in_its_own_language(view: StepView, procedure: Procedure, state: SessionState) -> StepView:
    """A procedure that is not written in the person's language: its words are read by a voice that knows theirs."""
    w = words_in(state.language)
    ours = {w.document_say, w.road_map, w.date_order}
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
    speech = spoken(w, view.title, view.sentences, options)
    if step.place is not None:
        place = step.place
        card = place_card(place)
        phone = (f"{w.phone.format(phone=place.phone)}.",) if place.phone else ()
        speech = (*speech, *(Said(line, "card") for line in (f"{place.name}.", *phone, *card.lines)))
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
    return replace(view, options=options, speech=spoken(w, view.title, view.sentences, options))


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
        speech=spoken(w, f"{document.name}.", sentences, options),
    )


def _ask(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    options = _unknown(w, step, c.Answer(UNKNOWN))
    dated = step.question is not None and step.question.format is AnswerFormat.DATE and not state.explaining
    sentences = (*view.sentences, w.date_order) if dated else view.sentences
    speech = (
        *spoken(w, view.title, sentences, ()),
        *(Said(f"{option.label}.", f"option:{option.id}") for option in options),
    )
    return replace(view, sentences=sentences, options=options, question=step.question, speech=speech)


def _act(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    options = (
        Option("done", w.done, "yes", c.Report(Outcome.DONE), w.done_also),
        Option("stuck", w.stuck, "stuck", c.Report(Outcome.STUCK), w.stuck_also),
    )
    card = Card(step.title, step.pictogram, url=step.url) if step.url else None
    title, *said = spoken(w, view.title, view.sentences, options)
    count = len(view.sentences)
    address = _address_read((title, *said[:count]), step.url)
    return replace(view, options=options, card=card, speech=(title, *said[:count], *address, *said[count:]))


def _end(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    w = words_in(state.language)
    road_map = road_map_of(state)
    paper = Option("print", w.print_again if state.prints else w.print, "printer", c.Print(), w.print_also)
    options = (
        *((paper,) if state.may_print else ()),
        Option("listen", w.listen_again, "speaker", c.Repeat(), w.listen_again_also),
        Option("finish", w.finish, "goodbye", c.Finish(), w.finish_also),
    )
    rows = tuple(rows_of(road_map, state.language)) if road_map else ()
    read = tuple(line for row in rows for line in _row_read(w, row))
    opening = w.road_map if view.title.casefold() in w.road_map.casefold() else view.title
    title, *said = spoken(w, opening, view.sentences, ())
    answers = spoken(w, "", (), options)[1:]
    return replace(
        view,
        options=options,
        rows=rows,
        road_map=road_map,
        today=state.today,
        speech=(title, *said, *read, *answers),
        entry="finish" if state.prints else "",  # Enter upon Enter would print again.
    )


def _row_read(w: Words, row: Row) -> tuple[Said, ...]:
    lines = (Said(line, f"row:{row.id}:{n}") for n, line in enumerate(row.lines))
    return (Said(w.named.format(name=row.title), f"row:{row.id}"), *lines)


_PHASES: Mapping[Phase, Callable[[SessionState, Surroundings], StepView]] = {
    Phase.WELCOME: moments.welcome,
    Phase.CHOOSING: moments.themes,
    Phase.WALKING: _walking,
    Phase.RATING: moments.rating,
    Phase.OVER: moments.goodbye,
}
_OVERLAYS: Mapping[Overlay, Callable[[SessionState, Surroundings], StepView]] = {
    Overlay.HELP: helping.help_page,
    Overlay.CONSENT: helping.consent,
    Overlay.ERASE: moments.erasing,
    Overlay.IDLE: moments.idle,
    Overlay.PAUSE: moments.pause,
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
