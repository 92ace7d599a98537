# SPDX-License-Identifier: EUPL-1.2
"""A mandate at the kiosk, page after page: its text, who gives it, the agreement, what became of it. Pure.

Its text tells what one person gives to another: it is said by the plain voice, and its sound is not kept. What she
writes of herself is said to who wears headphones, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assist.session import commands as c
from assist.session.signing import LONGEST, OLDEST
from assist.session.state import IDENTITY_FIELDS, SessionState, Signing, SigningEnd, SigningStage
from content.model import AnswerFormat, Question
from kiosk.moments import Surroundings, spoken, tools
from kiosk.view import Card, Option, Said, StepView, ViewKind
from kiosk.words import words_in
from kiosk.words.signing import SigningWords, signing_words_in
from printouts.typography import full_date

TEXT_LANGUAGE = "fr"
"""That of the mandate itself, whatever the person's is."""
_NAME = Question(AnswerFormat.TEXT, max_length=LONGEST)
_BORN = Question(AnswerFormat.DATE, past_only=True, at_least=OLDEST)

Page = Callable[[SessionState, Signing, Surroundings], StepView]


def signing(state: SessionState, around: Surroundings) -> StepView:
    """The present page."""
    if state.signing is None:
        raise ValueError("no mandate is offered")
    view = _PAGES[state.signing.stage](state, state.signing, around)
    return replace(view, speech=tuple(replace(said, private=True) for said in view.speech))


def key_of(state: SessionState, around: Surroundings) -> str:
    """What makes another page of it."""
    now = state.signing
    if now is None:
        return ""
    reached = around.desk.reachable if now.stage is SigningStage.SENT else ""
    return f"{now.offered.offer.number}/{now.stage}/{now.page}/{now.outcome or ''}/{reached}"


# The pages


def _reading(state: SessionState, now: Signing, around: Surroundings) -> StepView:
    w = words_in(state.language)
    part = now.offered.parts[now.page]
    where = w.page_of.format(page=now.page + 1, count=len(now.offered.parts) - 1)
    options = (Option("next", f"{w.next}\u00a0({where})", "next", c.Continue(), (w.next, *w.next_also)), _stop(state))
    view = _page(state, now, part.title, part.sentences, options, lines=part.lines, back=now.page > 0)
    return _in_its_language(view, state)


def _writing(state: SessionState, now: Signing, around: Surroundings) -> StepView:
    s, w = signing_words_in(state.language), words_in(state.language)
    field = IDENTITY_FIELDS[now.page]
    titles = {"last_name": s.last_name, "first_name": s.first_name, "born": s.born}
    stop = replace(_stop(state), label=s.stop_short, also=(s.stop, *s.stop_also))
    how = w.write_date if field == "born" else s.write
    view = _page(state, now, titles[field], (how,), (stop,), kind=ViewKind.IDENTITY, back=True)
    question = _BORN if field == "born" else _NAME
    speech = (*view.speech, Said(f"{stop.label}.", "option:stop"))
    return replace(view, question=question, today=state.today, sensitive=True, speech=speech)


def _checking(state: SessionState, now: Signing, around: Surroundings) -> StepView:
    s = signing_words_in(state.language)
    written = (full_date(value) if isinstance(value, date) else value for value in now.typed)
    lines = tuple(line.format(value=value) for line, value in zip(s.lines, written, strict=False))
    options = (
        Option("right", s.right, "yes", c.SealIdentity(), s.right_also),
        Option("again", s.again, "back", c.Back(), s.again_also),
        _stop(state),
    )
    view = _page(state, now, s.check, s.check_say, options, lines=lines, back=True)
    if not around.headphones:
        view = replace(view, speech=tuple(said for said in view.speech if said.about != "card"))
    return replace(view, sensitive=True)


def _agreeing(state: SessionState, now: Signing, around: Surroundings) -> StepView:
    s = signing_words_in(state.language)
    part = now.offered.parts[-1]
    options = (
        Option("accept", s.accept, "yes", c.AgreeMandate(), s.accept_also),
        Option("refuse", s.refuse, "no", c.RefuseMandate(), s.refuse_also),
    )
    return _in_its_language(_page(state, now, part.title, part.sentences, options, back=True), state)


def _confirming(state: SessionState, now: Signing, around: Surroundings) -> StepView:
    s = signing_words_in(state.language)
    options = (
        Option("give", s.give, "signature", c.GiveMandate(), s.give_also),
        Option("keep", s.keep, "no", c.RefuseMandate(), s.keep_also),
    )
    title = s.confirm.format(name=_name(now))
    return _page(state, now, title, s.confirm_say, options, back=True)


def _sent(state: SessionState, now: Signing, around: Surroundings) -> StepView:
    s = signing_words_in(state.language)
    title, say = (s.sending, s.sending_say) if around.desk.reachable else (s.cut, s.cut_say)
    options = (Option("leave", s.leave, "no", c.StopMandate(), s.leave_also),)
    return _page(state, now, title, say, options, pictogram="hourglass")


def _ended(state: SessionState, now: Signing, around: Surroundings) -> StepView:
    s, w = signing_words_in(state.language), words_in(state.language)
    title, say, pictogram = _END[now.outcome or SigningEnd.DECLINED](s)
    say = tuple(sentence.format(name=_name(now)) for sentence in say)
    options = (Option("next", w.next, "next", c.Continue(), w.next_also),)
    return _page(state, now, title, say, options, pictogram=pictogram)


_PAGES: Mapping[SigningStage, Page] = {
    SigningStage.READING: _reading,
    SigningStage.WRITING: _writing,
    SigningStage.CHECKING: _checking,
    SigningStage.AGREEING: _agreeing,
    SigningStage.CONFIRMING: _confirming,
    SigningStage.SENT: _sent,
    SigningStage.ENDED: _ended,
}
_END: Mapping[SigningEnd, Callable[[SigningWords], tuple[str, tuple[str, ...], str]]] = {
    SigningEnd.GIVEN: lambda s: (s.given, s.given_say, "signature"),
    SigningEnd.DECLINED: lambda s: (s.declined, s.declined_say, "no"),
    SigningEnd.NOT_MADE: lambda s: (s.not_made, s.not_made_say, "warning"),
    SigningEnd.UNKNOWN: lambda s: (s.unknown, s.unknown_say, "question"),
}


def _name(now: Signing) -> str:
    """The mediator's, also once the help is over."""
    return now.offered.offer.mediator


def _stop(state: SessionState) -> Option:
    s = signing_words_in(state.language)
    return Option("stop", s.stop, "no", c.StopMandate(), s.stop_also)


def _page(
    state: SessionState,
    now: Signing,
    title: str,
    sentences: tuple[str, ...],
    options: tuple[Option, ...],
    *,
    kind: ViewKind = ViewKind.MANDATE,
    lines: tuple[str, ...] = (),
    pictogram: str = "",
    back: bool = False,
) -> StepView:
    w = words_in(state.language)
    done, total = _how_far(now)
    usable = {"back": c.Back() if back else None, "difficulty": None}
    read = spoken(w, title, sentences, () if kind is ViewKind.IDENTITY else options)
    return StepView(
        kind=kind,
        key="",
        heading=now.offered.title,
        heading_pictogram="signature",
        done=done,
        total=total,
        title=title,
        sentences=sentences,
        options=options,
        tools=tuple(replace(tool, intent=usable.get(tool.id, tool.intent)) for tool in tools(state)),
        pictogram=pictogram,
        card=Card(title, "", lines) if lines else None,
        speech=_with_lines(read, lines, len(sentences) + 1),
    )


def _with_lines(read: Sequence[Said], lines: Sequence[str], before: int) -> tuple[Said, ...]:
    """What is listed under the sentences, read after them."""
    return (*read[:before], *(Said(line, "card") for line in lines), *read[before:])


def _how_far(now: Signing) -> tuple[int, int]:
    """Pages behind, and all of them: the parts of the text, what is written, the agreement and its question."""
    parts, fields = len(now.offered.parts) - 1, len(IDENTITY_FIELDS)
    behind = {
        SigningStage.READING: now.page,
        SigningStage.WRITING: parts + now.page,
        SigningStage.CHECKING: parts + fields,
        SigningStage.AGREEING: parts + fields + 1,
        SigningStage.CONFIRMING: parts + fields + 2,
    }
    return behind.get(now.stage, 0), parts + fields + 3 if now.stage in behind else 0


def _in_its_language(view: StepView, state: SessionState) -> StepView:
    """The words of the mandate are read by a voice that knows theirs."""
    if state.language == TEXT_LANGUAGE:
        return view
    theirs = ("title", "sentence:", "card")
    return replace(
        view,
        speech=tuple(
            replace(said, language=TEXT_LANGUAGE) if said.about.startswith(theirs) else said for said in view.speech
        ),
    )
