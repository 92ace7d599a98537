# SPDX-License-Identifier: EUPL-1.2
"""What is added to a screen whose words are an official sheet's: where they come from, whether they are old, and each
long answer in full. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assist.session.state import SessionState
from content.model import OFFICIAL_CREDIT, OfficialSheet, Procedure, Step, StepKind
from kiosk.view import Row, Said, StepView
from kiosk.words import words_in
from kiosk.words.official import official_words_in
from printouts.typography import full_date


def credit(sheet: OfficialSheet, language: str) -> str:
    """What is said of where a text comes from: who publishes it, under which licence, its number and its date."""
    w = official_words_in(language)
    if sheet.modified is None:
        return w.credit_undated.format(credit=OFFICIAL_CREDIT, number=sheet.number)
    day = full_date(sheet.modified, language).split(" ", 1)[-1]  # The day of the week says nothing of a sheet.
    return w.credit.format(credit=OFFICIAL_CREDIT, number=sheet.number, day=day)


def credits_row(sheets: Sequence[OfficialSheet], language: str) -> Row:
    """The sources of a road map."""
    return Row("source", official_words_in(language).row, "information", tuple(credit(s, language) for s in sheets))


def dressed(view: StepView, state: SessionState, procedure: Procedure, step: Step) -> StepView:
    """``view``, with what an official sheet needs; the same view for what we wrote."""
    if step.sheet is None:
        return view
    view = replace(view, credit=credit(step.sheet, state.language))
    if step.kind is StepKind.CHOOSE and not state.explaining:
        view = _in_full(view, procedure)
    return _warned(view, state, step, step.sheet)


def _in_full(view: StepView, procedure: Procedure) -> StepView:
    """When a card shows only the first words of its answer, all the answers are shown whole above, under the numbers
    of their cards: a list that left out the short ones would seem to offer fewer."""
    if not any(option.said for option in view.options):
        return view
    read = words_in(procedure.language).answer_read
    whole = (
        read.format(number=number, label=(option.said or option.label).rstrip("."))
        for number, option in enumerate(view.options, 1)
    )
    return replace(view, sentences=(*view.sentences, *whole))


def _warned(view: StepView, state: SessionState, step: Step, sheet: OfficialSheet) -> StepView:
    """On the first screen of a sheet: that it is in French, and that it is old."""
    before = state.procedure.steps.get(state.trail[-1].step) if state.procedure and state.trail else None
    if step.kind is StepKind.END or (before is not None and before.sheet == sheet):
        return view
    w = official_words_in(state.language)
    added = [w.in_french] if w.in_french else []
    if sheet.is_old(state.today):
        added += w.old
    start = len(view.sentences)
    said = [Said(text, f"sentence:{start + n}") for n, text in enumerate(added)]
    # After the words of the sheet, before what can be answered.
    at = next((n for n, one in enumerate(view.speech) if one.about.startswith(("option:", "card"))), len(view.speech))
    speech = (*view.speech[:at], *said, *view.speech[at:])
    return replace(view, sentences=(*view.sentences, *added), speech=speech)
