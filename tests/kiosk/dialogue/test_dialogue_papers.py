# SPDX-License-Identifier: EUPL-1.2
"""The conversation and its paper: followed, refused, killed, and never for the next person."""

from __future__ import annotations

import json
import threading

import pytest

from assist.desk.paper_seal import key_of, open_copy
from assist.session import commands as c
from assist.session import events as e
from kiosk.view import ViewKind
from printouts.model import JobState, Paper, Receipt
from printouts.renderer import RenderFault
from tests.kiosk.scripted_kiosk import Kiosk, spin_until, w


async def test_a_print_is_followed_to_its_end_and_the_second_is_a_duplicate(kiosk: Kiosk) -> None:
    await kiosk.to_the_end()
    await kiosk.do(c.Print())
    await kiosk.until(lambda: kiosk.dialogue.view.notice == w.print_outcomes[c.PrintStatus.DONE])
    await kiosk.do(c.Print())
    await kiosk.until(lambda: len(kiosk.printer.printed) == 2)
    assert [receipt.duplicate for receipt in kiosk.maker.made] == [False, True]
    assert {receipt.code for receipt in kiosk.maker.made} == {"ABCD2345"}
    asked = [json.loads(kept.payload) for kept in kiosk.journal.kept if kept.type == e.PrintRequested.description.type]
    key = key_of("ABCD2345")
    assert "rendez-vous" in open_copy(key, asked[0]["sealed"]).kept.lines, "what only the number opens again"
    assert [(one["paper"], bool(one["sealed"])) for one in asked] == [(key.name, True), (key.name, False)]
    assert b"1949" not in kiosk.printer.printed[0][0]


@pytest.mark.clause("WCAG 4.1.3", "EN 5.1.5")
@pytest.mark.parametrize("fault", [JobState.NO_PRINTER, JobState.NO_PAPER, JobState.OFFLINE, JobState.FAILED])
async def test_what_the_printer_meets_is_said_and_the_walk_goes_on(kiosk: Kiosk, fault: JobState) -> None:
    await kiosk.to_the_end()
    kiosk.printer.fault = fault
    await kiosk.do(c.Print())
    sentence = w.print_outcomes[c.PrintStatus(fault.value)]
    await kiosk.until(lambda: kiosk.dialogue.view.notice == sentence)
    assert sentence in kiosk.speaker.sentences
    await kiosk.do(c.Finish())
    assert kiosk.dialogue.view.kind is ViewKind.RATE


async def test_a_receipt_that_cannot_be_made_is_said(kiosk: Kiosk) -> None:
    await kiosk.to_the_end()
    kiosk.maker.fault = RenderFault.TIMED_OUT
    await kiosk.do(c.Print())
    await kiosk.until(lambda: kiosk.dialogue.view.notice == w.print_outcomes[c.PrintStatus.FAILED])


async def test_erasing_kills_the_job_and_nothing_is_printed_for_the_next_person(kiosk: Kiosk) -> None:
    kiosk.printer.slow = True
    await kiosk.to_the_end()
    await kiosk.do(c.Print())
    await kiosk.until(lambda: bool(kiosk.printer.waiting) or kiosk.dialogue.view.notice == w.printing)
    await kiosk.do(c.AskErase(), c.EraseAll())
    await kiosk.until_welcome()
    await spin_until(lambda: not kiosk.printer.waiting)
    kiosk.printer.finish()
    assert kiosk.printer.printed == []
    assert kiosk.maker.closed


async def test_the_paper_of_who_finishes_at_once_still_comes_out(kiosk: Kiosk) -> None:
    kiosk.printer.slow = True
    await kiosk.to_the_end()
    await kiosk.do(c.Print())
    await kiosk.do(c.Finish(), c.Rate(c.Face.HAPPY))
    await spin_until(lambda: bool(kiosk.printer.waiting))
    kiosk.printer.finish()
    await kiosk.until_welcome()
    assert len(kiosk.printer.printed) == 1


async def test_the_paper_of_a_former_session_never_comes_out_for_the_next(kiosk: Kiosk) -> None:
    let_go = threading.Event()
    render = kiosk.maker.render

    def slow(receipt: Receipt, paper: Paper) -> bytes | RenderFault:
        made = render(receipt, paper)
        let_go.wait(10)
        return made

    kiosk.maker.render = slow  # type: ignore[method-assign]
    kiosk.printer.slow = True
    await kiosk.to_the_end()
    await kiosk.do(c.Print())
    await spin_until(lambda: len(kiosk.maker.made) == 1)
    await kiosk.do(c.EraseAll())
    await kiosk.until_welcome()
    await kiosk.to_the_end()
    await kiosk.do(c.Print())
    await spin_until(lambda: len(kiosk.maker.made) == 2)
    let_go.set()
    await spin_until(lambda: len(kiosk.printer.waiting) == 1)
    kiosk.printer.finish()
    await kiosk.until(lambda: kiosk.dialogue.view.notice == w.print_outcomes[c.PrintStatus.DONE])
    assert len(kiosk.printer.printed) == 1
