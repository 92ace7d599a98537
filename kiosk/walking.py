# SPDX-License-Identifier: EUPL-1.2
"""Runs ``kiosk walk``: reads answers, prints steps, writes the receipt, keeps the journal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from assist.session.state import SessionState
from content.loader import load_catalogue, load_procedure
from content.model import Catalogue, Procedure
from content.typed_reader import is_identifier
from kiosk.catalogue import and_official, named
from kiosk.clock import Clock, SystemClock
from kiosk.config import Settings
from kiosk.files_given import UnreadableAnswers, reason, shown, unwritable
from kiosk.walk import (
    Record,
    Walk,
    WalkExit,
    answers_in,
    as_text,
    end_line,
    road_map_text,
    step_line,
    to_json,
)

_STEPS_WITHOUT_ANSWER = 500


@dataclass(frozen=True, slots=True)
class WalkOptions:
    """What was asked on the command line."""

    procedure: str
    language: str
    receipt: Path | None
    paper: str
    journal: bool
    as_json: bool


def run_walk(settings: Settings, options: WalkOptions, lines: Iterable[str], *, strict: bool) -> WalkExit:
    """Walk through one procedure. ``strict``: a wrong answer ends the walk; otherwise it is asked again."""
    catalogue = _catalogue(settings, options.procedure)
    procedure = _procedure(catalogue, options)
    if procedure is None:
        if is_identifier(options.procedure) and (settings.content.drafts / options.procedure).is_dir():
            click.echo(f"C'est un brouillon. Voyez-le : kiosk content preview {options.procedure}", err=True)
        return WalkExit.UNAVAILABLE
    if options.receipt is not None and (fault := unwritable(options.receipt)):
        click.echo(f"{shown(str(options.receipt), 200)} : le papier ne pourra pas être écrit : {fault}.", err=True)
        return WalkExit.UNAVAILABLE
    clock = SystemClock()
    if not options.journal:
        return _walk(
            settings, options, catalogue, procedure, clock, lambda events, at, session: None, lines, strict=strict
        )
    from kiosk.wiring import journal_for_walk

    with journal_for_walk(settings, lambda message: click.echo(message, err=True)) as record:
        return _walk(settings, options, catalogue, procedure, clock, record, lines, strict=strict)


def _catalogue(settings: Settings, procedure: str) -> Catalogue:
    """``procedure`` alone where it is one that we wrote; else all of them, to find it, or to say what there is."""
    texts, _ = load_procedure(settings.content.path / procedure) if is_identifier(procedure) else ({}, ())
    if texts:
        return Catalogue({procedure: texts, **{one.id: texts for one in texts.values()}})
    return and_official(load_catalogue(settings.content.path), settings)


def _procedure(catalogue: Catalogue, options: WalkOptions) -> Procedure | None:
    """The procedure that was asked for, in the language that was asked for; None once it was said what there is."""
    languages = catalogue.procedures.get(named(catalogue, options.procedure))
    if languages is None:
        known = _known(catalogue)
        click.echo(f"Démarche inconnue : « {shown(options.procedure)} ». Démarches possibles : {known}.", err=True)
        return None
    if options.language not in languages:
        asked, known = shown(options.language), ", ".join(sorted(languages))
        click.echo(f"Langue inconnue pour cette démarche : « {asked} ». Langues possibles : {known}.", err=True)
        return None
    return languages[options.language]


def _known(catalogue: Catalogue) -> str:
    """Every procedure we wrote; the official ones are too many to be named here."""
    official = sorted(name for name, of in catalogue.procedures.items() if any(p.official for p in of.values()))
    ours = ", ".join(sorted(catalogue.procedures.keys() - official)) or "aucune"
    return f"{ours}, et {len(official)} fiches officielles (« kiosk list »)" if official else ours


def _walk(
    settings: Settings,
    options: WalkOptions,
    catalogue: Catalogue,
    procedure: Procedure,
    clock: Clock,
    record: Record,
    lines: Iterable[str],
    *,
    strict: bool,
) -> WalkExit:
    walk = Walk(procedure, clock, record)
    answers = answers_in(iter(lines))
    _print_step(walk, options)
    try:
        outcome = _advance(walk, answers, options, strict=strict)
        if strict and outcome is WalkExit.REACHED_END and next(answers, None) is not None:
            click.echo("La fin est atteinte : les réponses qui restent sont ignorées.", err=True)
    except UnreadableAnswers as unreadable:
        click.echo(str(unreadable), err=True)
        outcome = WalkExit.UNAVAILABLE
    if outcome is not WalkExit.REACHED_END:
        walk.abandon()
        return outcome
    return _finish(walk, settings, options, catalogue, procedure)


def _advance(walk: Walk, answers: Iterator[str], options: WalkOptions, *, strict: bool) -> WalkExit:
    silent = 0
    while not walk.at_end:
        if not walk.needs_answer:
            silent += 1
            if silent > _STEPS_WITHOUT_ANSWER:
                click.echo(f"L'étape « {walk.step} » tourne en rond.", err=True)
                return WalkExit.UNAVAILABLE
            walk.go_on()
            _print_step(walk, options)
            continue
        silent = 0
        answer = next(answers, None)
        if answer is None:
            possible = ", ".join(f"{ch['id']} ({ch['label']})" for ch in step_line(walk)["choices"])
            hint = f"Réponses possibles : {possible}" if possible else "Une réponse est attendue."
            click.echo(f"Les réponses s'arrêtent à l'étape « {walk.step} ». {hint}", err=True)
            return WalkExit.ANSWERS_ENDED
        wrong = walk.answer(answer)
        if wrong is None:
            _print_step(walk, options)
            continue
        # What was typed at a question is private: it is not repeated.
        said = "Cette réponse" if walk.view.question else f"La réponse « {shown(wrong.answer)} »"
        click.echo(f"{said} n'est pas possible à l'étape « {wrong.step} ». {wrong.sentence}", err=True)
        if strict:
            return WalkExit.WRONG_ANSWER
    return WalkExit.REACHED_END


def _print_step(walk: Walk, options: WalkOptions) -> None:
    line = step_line(walk)
    click.echo(to_json(line) if options.as_json else as_text(line))
    sys.stdout.flush()


def _finish(
    walk: Walk, settings: Settings, options: WalkOptions, catalogue: Catalogue, procedure: Procedure
) -> WalkExit:
    step, today, state = walk.step, walk.state.today, walk.state
    road_map = walk.finish()
    written: str | None = None
    if options.receipt is not None:
        fault = _write_receipt(state, catalogue, settings, options, options.receipt)
        if fault:
            click.echo(f"{shown(str(options.receipt), 200)} : le papier n'a pas pu être écrit ({fault}).", err=True)
        else:
            written = str(options.receipt)
    if options.as_json:
        click.echo(to_json(end_line(step, procedure, road_map, written, today)))
    else:
        click.echo(road_map_text(road_map, options.language))
        if written:
            click.echo(f"\nPapier : {written}")
    return WalkExit.REACHED_END if written or options.receipt is None else WalkExit.UNAVAILABLE


def _write_receipt(
    state: SessionState, catalogue: Catalogue, settings: Settings, options: WalkOptions, out: Path
) -> str:
    """Write the PDF; the reason when it could not be written, "" when it was."""
    from kiosk.receipts import receipt_of
    from printouts.model import Paper
    from printouts.receipt_code import new_receipt_code
    from printouts.render import render

    receipt = receipt_of(state, catalogue, new_receipt_code(), settings.site)
    assert receipt is not None, "the walk stands on its road map"
    try:
        out.write_bytes(render(receipt, Paper(options.paper)))
    except OSError as error:
        return reason(error)
    return ""
