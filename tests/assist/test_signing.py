# SPDX-License-Identifier: EUPL-1.2
"""A mandate at the kiosk: what makes it one, what ends it, and what is left of who the person is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.desk.mandate_text import Part
from assist.journal.serialise import payload_of
from assist.link.messages import MandateOffer
from assist.session import commands as c
from assist.session import events as e
from assist.session.signing import not_hurried
from assist.session.state import Overlay, SessionState, SigningEnd, SigningStage
from tests.assist.test_helping import MEDIATOR, PERSON, TIMER, do, helped

PARTS = (Part("Ce que vous donnez", ("Un accord.",)), Part("Vos droits", ("Vous lisez.",)), Part("Votre accord", ()))
MANDATE = MandateOffer("ABCD2345", "f" * 64, "Léa", "Ici", ("papiers",), "MONTH", "demain", (), "00" * 32)
OFFER = (c.OfferMandate(MANDATE, "Mandat", PARTS), MEDIATOR)
READ = ((c.Continue(), PERSON),) * 2
BORN = date(1946, 3, 12)
WRITE = tuple((c.Answer(value), PERSON) for value in ("Vaillant", "Huguette", BORN))
SEAL = ((c.SealIdentity("c2VhbGVk"), PERSON),)
AGREE = ((c.AgreeMandate(), PERSON), (c.GiveMandate(), PERSON))
CLEAR = ("Vaillant", "Huguette", "1946", "c2VhbGVk", "papiers", "ABCD2345", "Léa")
"""What no journal may hold."""


def offered(*acts: tuple[c.Intent, c.Origin]) -> SessionState:
    return do(helped(), OFFER, *acts)[0]


def stage(state: SessionState) -> SigningStage:
    assert state.signing is not None
    return state.signing.stage


def outcome(state: SessionState) -> SigningEnd | None:
    assert state.signing is not None
    return state.signing.outcome


def test_it_is_read_written_sealed_agreed_to_twice_and_sent() -> None:
    state, happened = do(helped(), OFFER, *READ, *WRITE, *SEAL, *AGREE, (c.MandateSettled("ABCD2345", True), TIMER))
    assert outcome(state) is SigningEnd.GIVEN
    assert [event.description.type for event in happened] == [
        "mandate.offered", "mandate.page", "mandate.page", *["mandate.written"] * 3, "mandate.sealed", "mandate.page",
        "mandate.agreed", "mandate.ended",
    ]  # fmt: skip
    assert not any(word.encode() in payload_of(event) for event in happened for word in CLEAR)
    state, _ = do(state, (c.Continue(), PERSON))
    assert state == replace(helped(), help=state.help), "the step is found as it was"


def test_what_was_written_is_gone_once_it_is_sealed() -> None:
    assert stage(offered(*READ, *WRITE)) is SigningStage.CHECKING
    signing = offered(*READ, *WRITE, *SEAL).signing
    assert signing is not None
    assert (signing.stage, signing.typed, signing.sealed) == (SigningStage.AGREEING, (), "c2VhbGVk")
    assert not any(word in repr(offered(*READ, *WRITE)) for word in ("Vaillant", "1946"))


def test_nothing_is_sealed_before_all_of_it_is_written_and_read_again() -> None:
    for before in ((), READ, (*READ, *WRITE[:2])):
        assert do(offered(*before), *SEAL)[1] == []
    assert do(offered(*READ, *WRITE), (c.SealIdentity(""), PERSON))[1] == []


@pytest.mark.parametrize("value", ["", "   ", "x" * 81, 12, BORN, "\u202e"])
def test_a_name_is_a_short_text(value: str | int | date) -> None:
    assert do(offered(*READ), (c.Answer(value), PERSON))[1] == []


@pytest.mark.parametrize("value", ["1946", date(1899, 12, 31), date(2030, 1, 1)])
def test_a_birth_is_a_day_of_a_life(value: str | date) -> None:
    assert do(offered(*READ, *WRITE[:2]), (c.Answer(value), PERSON))[1] == []


def test_back_goes_page_by_page_and_takes_what_was_written() -> None:
    back = (c.Back(), PERSON)
    assert do(offered(), back)[1] == [], "nothing lies before the first page"
    state, _ = do(offered(*READ, *WRITE[:2]), back)
    assert state.signing is not None
    assert (state.signing.page, state.signing.typed) == (1, ("Vaillant",))
    state, _ = do(state, back, back)
    assert (stage(state), state.signing and state.signing.typed) == (SigningStage.READING, ())
    read_again, _ = do(offered(*READ, *WRITE, *SEAL), back, (c.Continue(), PERSON))
    assert stage(read_again) is SigningStage.AGREEING, "what is sealed has not to be written again"


@pytest.mark.parametrize("origin", [MEDIATOR, TIMER])
def test_nobody_gives_it_for_her(origin: c.Origin) -> None:
    sealed = offered(*READ, *WRITE, *SEAL)
    agreed, _ = do(sealed, (c.AgreeMandate(), PERSON))
    refused = [(offered(), c.Continue()), (offered(*READ), c.Answer("Vaillant")), (sealed, c.AgreeMandate())]
    for state, intent in (*refused, (agreed, c.GiveMandate())):
        assert do(state, (intent, origin)) == (state, [])


def test_one_word_alone_gives_nothing() -> None:
    sealed = offered(*READ, *WRITE, *SEAL)
    assert do(sealed, (c.GiveMandate(), c.Origin.VOICE))[1] == []
    assert outcome(do(sealed, (c.AgreeMandate(), c.Origin.VOICE))[0]) is None


def test_she_says_no_or_stops_and_nothing_is_kept() -> None:
    sealed = (*READ, *WRITE, *SEAL)
    no, stop = (c.RefuseMandate(), PERSON), (c.StopMandate(), PERSON)
    ways = [(*sealed, no), (*sealed, AGREE[0], no)]
    ways += [(*(*sealed, AGREE[0])[:done], stop) for done in range(8)]
    for acts in ways:
        signing = offered(*acts).signing
        assert signing is not None
        assert (signing.outcome, signing.typed, signing.sealed) == (SigningEnd.DECLINED, (), "")


def test_silence_ends_the_mandate_and_not_the_help() -> None:
    reading, idle = offered(*READ, *WRITE[:1]), (c.WarnIdle(), TIMER)
    assert not_hurried(helped())
    assert not not_hurried(reading)
    assert do(do(reading, idle)[0], (c.StillHere(), PERSON))[0] == reading, "what was written is still there"
    state, _ = do(reading, idle, (c.TimeOut(), TIMER))
    assert (outcome(state), state.overlay, state.help.joined) == (SigningEnd.DECLINED, Overlay.NONE, True)
    assert state.signing is not None
    assert state.signing.typed == ()


def test_the_mediator_offers_another_takes_it_away_or_leaves() -> None:
    typed = offered(*READ, *WRITE[:2])
    again, _ = do(typed, OFFER)
    assert (stage(again), again.signing and again.signing.typed) == (SigningStage.READING, ())
    assert outcome(do(typed, (c.WithdrawMandate(), MEDIATOR))[0]) is SigningEnd.DECLINED
    for leaves in ((c.LeaveHelp(), MEDIATOR), (c.HandOver(), MEDIATOR), (c.MediatorJoins("Karim"), MEDIATOR)):
        assert do(typed, leaves)[0].signing is None
    assert do(typed, (c.WithdrawMandate(), PERSON))[1] == []
    assert do(helped(), (OFFER[0], PERSON))[1] == []


def test_what_was_sent_waits_for_its_answer_also_without_the_mediator() -> None:
    sent = offered(*READ, *WRITE, *SEAL, *AGREE)
    assert stage(sent) is SigningStage.SENT
    assert do(sent, OFFER)[1] == []
    assert do(sent, (c.WithdrawMandate(), MEDIATOR))[1] == []
    alone, _ = do(sent, (c.LeaveHelp(), TIMER))
    assert stage(alone) is SigningStage.SENT
    assert do(alone, (c.MandateSettled("OTHER234", True), TIMER))[1] == []
    assert do(alone, (c.MandateSettled("ABCD2345", True), PERSON))[1] == []
    for made, told in ((True, SigningEnd.GIVEN), (False, SigningEnd.NOT_MADE)):
        assert outcome(do(alone, (c.MandateSettled("ABCD2345", made), TIMER))[0]) is told
    for unsent, told in ((True, SigningEnd.NOT_MADE), (False, SigningEnd.UNKNOWN)):
        assert outcome(do(alone, (c.StopMandate(unsent), PERSON))[0]) is told


def test_the_mediator_does_nothing_else_meanwhile() -> None:
    state = offered()
    for intent in (c.MediatorSays("Dites oui"), c.MediatorPoints("accept"), c.AskConsent(), c.Back(), c.Explain()):
        assert do(state, (intent, MEDIATOR)) == (state, [])


acts = st.sampled_from(
    [
        OFFER, *READ, *WRITE, *SEAL, *AGREE, *((c.Continue(), PERSON),) * 3, (c.Back(), PERSON),
        (c.RefuseMandate(), PERSON), (c.StopMandate(), PERSON), (c.WithdrawMandate(), MEDIATOR),
        (c.MandateSettled("ABCD2345", True), TIMER), (c.MandateSettled("ABCD2345", False), TIMER),
        (c.WarnIdle(), TIMER), (c.TimeOut(), TIMER), (c.StillHere(), PERSON), (c.AskErase(), PERSON),
        (c.KeepAll(), PERSON), (c.CallHelp(), PERSON), (c.LeaveHelp(), PERSON), (c.GiveMandate(), MEDIATOR),
        (c.GiveMandate(), c.Origin.VOICE), (c.AgreeMandate(), c.Origin.VOICE),
    ]
)  # fmt: skip


@given(st.lists(acts, max_size=40))
@settings(max_examples=200)
def test_whatever_happens_it_is_given_by_her_or_not_at_all(done: list[tuple[c.Intent, c.Origin]]) -> None:
    """She agrees after everything was sealed, by two acts; nothing in clear outlives the sealing."""
    state, twice = helped(), False
    for act in done:
        before = state
        state, events = do(state, act)
        assert not any(word.encode() in payload_of(event) for event in events for word in CLEAR)
        if any(isinstance(event, e.MandateAgreed) for event in events):
            assert twice, "asked once more"
            assert act[1] not in (MEDIATOR, TIMER)
            assert before.signing is not None
            assert before.signing.sealed
        signing = state.signing
        twice = signing is not None and signing.stage is SigningStage.CONFIRMING
        if signing is not None and not signing.private:
            assert signing.typed == ()
        if signing is not None and signing.outcome is not None:
            assert signing.sealed == ""
        if signing is not None and signing.open:
            assert state.help.joined, "an offer never stays without who made it"
