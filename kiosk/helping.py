# SPDX-License-Identifier: EUPL-1.2
"""What the person meets while she waits for somebody, and while a mediator is beside her. Pure.

What a mediator wrote, and the name, are said by the plain voice and their sound is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assist.link.messages import Consent, HelpStage
from assist.session import commands as c
from assist.session.helping import private
from assist.session.state import Overlay, SessionState
from content.model import StepKind
from kiosk.moments import Surroundings, moment
from kiosk.place_cards import with_card, with_contact
from kiosk.view import Card, Option, Said, StepView, ViewKind
from kiosk.words import words_in
from kiosk.words.helping import HelpingWords, helping_words_in
from kiosk.words.signing import signing_words_in

_SHOWABLE = frozenset({StepKind.CHOOSE, StepKind.CHECKLIST, StepKind.ACT, StepKind.END})
"""Steps whose answers can be shown to a mediator: what is typed never can."""


def name_of(state: SessionState) -> str:
    """The mediator's first name."""
    return state.help.mediator or helping_words_in(state.language).somebody


# Waiting


def help_page(state: SessionState, around: Surroundings) -> StepView:
    """ "Aide": who comes and how long it takes; whom to ask or to call when nobody does; the helper, once there."""
    if state.help.joined:
        return _with_helper(state, around)
    w, h = words_in(state.language), helping_words_in(state.language)
    options = (
        Option("continue", w.help_continue, "next", c.Continue(), w.help_continue_also),
        Option("cancel", w.help_cancel, "cross", c.CancelHelp(), w.help_cancel_also),
    )
    comes = around.comes
    if state.help.stage is HelpStage.UNANSWERED:
        title, sentences = h.nobody, (*_ticket(state, h), *_wait(around, h, comes), _whom(state, around))
    elif comes:
        title, sentences = h.comes, (h.heard, *(_wait(around, h, comes) or (h.wait_unknown,)))
    else:
        wait = w.help_wait.format(minutes=around.help_wait_minutes) if around.help_wait_minutes else w.help_stays
        title, sentences = w.help, (_whom(state, around), wait)
    view = moment(state, ViewKind.HELP, title, sentences, options, pictogram="mediator")
    if comes and state.help.stage is not HelpStage.UNANSWERED:
        return view
    if not around.help_phone:
        return with_contact(view, state)
    read = (Said(w.help_phone, "card"), Said(f"{around.help_phone}.", "card"))
    card = Card(w.help_phone, "telephone-call", phone=around.help_phone)
    return with_card(view, card, read)


def _whom(state: SessionState, around: Surroundings) -> str:
    """Whom to ask in the room."""
    w = words_in(state.language)
    return w.help_known.format(person=around.help_person) if around.help_person else w.help_someone


def _ticket(state: SessionState, h: HelpingWords) -> tuple[str, ...]:
    return (h.ticket.format(ticket=state.help.ticket), h.ticket_say) if state.help.ticket else ()


def _wait(around: Surroundings, h: HelpingWords, comes: bool) -> tuple[str, ...]:
    """How long it takes, when somebody is at the desk and the desk knows."""
    minutes = around.desk.wait_minutes if comes else 0
    if minutes == 1:
        return (h.wait_one,)
    return (h.wait.format(minutes=minutes),) if minutes else ()


def waiting_notice(state: SessionState) -> str:
    """On the steps meanwhile."""
    h = helping_words_in(state.language)
    if state.help.stage is HelpStage.UNANSWERED:
        return h.ticket_notice.format(ticket=state.help.ticket) if state.help.ticket else h.nobody_notice
    return words_in(state.language).help_coming


# Together


def acted_notice(state: SessionState, acted: c.Acted) -> str:
    """What the mediator has just done here: the screen never changes without a word."""
    h = helping_words_in(state.language)
    texts = {c.Acted.EXPLAIN: h.explains, c.Acted.BACK: h.goes_back, c.Acted.JUMP: h.goes_back}
    return texts.get(acted, h.has_answered).format(name=name_of(state))


def _with_helper(state: SessionState, around: Surroundings) -> StepView:
    """The page of the help: what the mediator sees and may do, and how each of it is taken back."""
    h, name = helping_words_in(state.language), name_of(state)
    told = [h.page_sees]
    if state.help.consent is Consent.GIVEN:
        told.append(h.page_answers)
    if _showable(state):
        told.append(h.page_shown if state.help.shown else h.page_hidden)
    go_on = Option("continue", h.go_on, "next", c.Continue(), h.go_on_also)
    options = (go_on, *_showing(state), *_helping(state)[::-1])
    view = moment(
        state,
        ViewKind.HELP,
        h.page.format(name=name),
        tuple(text.format(name=name) for text in told),
        options,
        pictogram="mediator",
    )
    return replace(view, speech=_naming(view.speech, len(told)))


def consent(state: SessionState, around: Surroundings) -> StepView:
    """May the mediator answer in the person's place?"""
    h = helping_words_in(state.language)
    options = (
        Option("agree", h.agree, "yes", c.GiveConsent(), h.agree_also),
        Option("disagree", h.disagree, "no", c.RefuseConsent(), h.disagree_also),
    )
    title = h.consent.format(name=name_of(state))
    view = moment(state, ViewKind.CONSENT, title, h.consent_say, options, pictogram="mediator")
    return replace(view, speech=_naming(view.speech, 0))


def _naming(speech: Sequence[Said], sentences: int) -> tuple[Said, ...]:
    """The title and the first ``sentences`` hold a name."""
    named = {"title", *(f"sentence:{n}" for n in range(sentences))}
    return tuple(replace(said, private=True) if said.about in named else said for said in speech)


def _showable(state: SessionState) -> bool:
    return state.signing is None and state.step is not None and state.step.kind in _SHOWABLE and private(state)


def _showing(state: SessionState) -> tuple[Option, ...]:
    """On a private step: show its answers to the mediator, or hide them again."""
    if not _showable(state):
        return ()
    h = helping_words_in(state.language)
    if state.help.shown:
        return (Option("hide-answers", h.hide, "lock", c.HideAnswers(), h.hide_also),)
    return (Option("show-answers", h.show, "eye", c.ShowAnswers(), h.show_also),)


def _helping(state: SessionState) -> tuple[Option, ...]:
    """What the person may say and press at any time: end the help, and take her consent back."""
    h = helping_words_in(state.language)
    end = Option("end-help", h.end, "goodbye", c.LeaveHelp(), h.end_also)
    if state.help.consent is not Consent.GIVEN:
        return (end,)
    return (end, Option("take-back", h.take_back, "person", c.TakeBackConsent(), h.take_back_also))


def _band(state: SessionState) -> str:
    """What the mediator sees and may do here; nothing is ever answered for anybody on a mandate."""
    h = helping_words_in(state.language)
    if state.signing is not None:
        return signing_words_in(state.language).unseen if state.signing.private else h.sees
    return h.answers if state.help.consent is Consent.GIVEN else h.sees


def beside(view: StepView, state: SessionState) -> StepView:
    """``view`` with a mediator there: the band, what was written, the card that glows, what may be shown."""
    h, name = helping_words_in(state.language), name_of(state)
    view = replace(view, band=_band(state).format(name=name), helping=_helping(state))
    if state.overlay is not Overlay.NONE or state.signing is not None:
        return view
    if showing := _showing(state):
        number = len(view.options) + 1
        w = words_in(state.language)
        read = Said(w.answer_read.format(number=number, label=showing[0].label), f"option:{showing[0].id}")
        view = replace(view, options=(*view.options, *showing), speech=(*view.speech, read))
    pointed = next((option for option in view.options if option.id == state.help.pointed), None)
    if pointed is not None:
        said = h.points.format(name=name, label=pointed.said or pointed.label)
        view = replace(view, pointed=pointed.id, pointed_tag=h.tag.format(name=name), pointed_said=said)
        view = replace(view, speech=(*view.speech, Said(said, private=True)))
    return _told(view, h.says.format(name=name, text=state.help.message)) if state.help.message else view


def _told(view: StepView, message: str) -> StepView:
    """What the mediator wrote stands where the title was, in its large letters; the title is read after it."""
    moved: list[Said] = [Said(message, "title", private=True)]
    for said in view.speech:
        where, _, number = said.about.partition(":")
        if said.about == "title":
            said = replace(said, about="sentence:0")
        elif where == "sentence":
            said = replace(said, about=f"sentence:{int(number) + 1}")
        moved.append(said)
    return replace(view, title=message, sentences=(view.title, *view.sentences), speech=tuple(moved))
