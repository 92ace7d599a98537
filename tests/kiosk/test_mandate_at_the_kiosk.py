# SPDX-License-Identifier: EUPL-1.2
"""A mandate given at a kiosk, with the real conversation, link and server: made once and whole, or not at all."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from assist.desk.mandate_text import current
from assist.link.messages import Agreement
from assist.server.calls import Call
from assist.server.mandates.agreeing import LEFT, agree
from assist.server.mandates.keys import keys_of_site
from assist.server.mandates.tables import MandateRow
from assist.server.staff.tables import Account
from assist.session import commands as c
from assist.session.state import SigningEnd, SigningStage
from kiosk.dialogue import Dialogue
from tests.assist.server.desk_site import NADIA, DeskSite, add_staff, make_desk_site
from tests.assist.server.serving import served
from tests.assist.sync.kiosks import pair, until
from tests.kiosk.scripted_kiosk import PROCEDURE
from tests.kiosk.test_helped_through_the_server import NAME, kiosk_at

WRITTEN = ("Vaillant", "Huguette", date(1946, 3, 12))


@dataclass
class Both:
    """Somebody at a kiosk, and Nadia, who has taken her call."""

    dialogue: Dialogue
    site: DeskSite
    stack: ExitStack
    folder: Path
    port: int

    @property
    def nadia(self) -> TestClient:
        return self.site.as_(NADIA)

    async def offers(self, **changed: Any) -> Any:
        """Nadia presses « Faire signer sur la borne »."""
        fields = {"kiosk": NAME, "domains": ["papiers", "logement"], "duration": "MONTH"} | changed
        return await asyncio.to_thread(self.nadia.post, "/mandats/borne", data=fields)

    async def do(self, *intents: c.Intent) -> None:
        for intent in intents:
            await self.dialogue.send(intent, c.Origin.TOUCH)

    async def reads_and_writes(self) -> None:
        await self.do(*(c.Continue() for _ in current().parts))
        await self.do(*map(c.Answer, WRITTEN))

    async def gives(self) -> None:
        await self.reads_and_writes()
        await self.do(c.SealIdentity(), c.AgreeMandate(), c.GiveMandate())

    async def told(self) -> SigningEnd:
        """What the person is told in the end."""
        await until(lambda: self.stage is SigningStage.ENDED)
        assert self.dialogue.state.signing is not None
        assert self.dialogue.state.signing.outcome is not None
        return self.dialogue.state.signing.outcome

    @property
    def stage(self) -> SigningStage | None:
        return self.dialogue.state.signing.stage if self.dialogue.state.signing else None

    def mandates(self) -> list[MandateRow]:
        with self.site.app.state.database.begin() as transaction:
            return list(transaction.scalars(select(MandateRow)))

    @property
    def shown_at_the_desk(self) -> str:
        return repr(self.site.hub.seen(NAME))


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    site = make_desk_site(tmp_path, lambda: datetime.now(UTC))
    with ExitStack() as stack:
        port = stack.enter_context(served(site.app))
        add_staff(site)
        key = pair(site.app, tmp_path, NAME)
        async with kiosk_at(port, tmp_path / "journal.db", key) as dialogue:
            one = Both(dialogue, site, stack, tmp_path, port)
            site.hub.present(NADIA.id)
            await until(lambda: dialogue.around.desk.people == 1)
            await one.do(c.Begin(""), c.Pick(PROCEDURE), c.Continue(), c.CallHelp())
            await until(lambda: bool(calls(site)))
            await asyncio.to_thread(one.nadia.post, f"/calls/{calls(site)[0]}/take")
            await until(lambda: dialogue.state.help.joined)
            yield one
            await asyncio.to_thread(stack.close)


def calls(site: DeskSite) -> list[str]:
    with site.app.state.database.begin() as transaction:
        return list(transaction.scalars(select(Call.id)))


async def test_it_is_given_at_the_kiosk_and_made_as_on_a_tablet(both: Both) -> None:
    answer = await both.offers()
    assert answer.status_code == 303, answer.text
    page = answer.headers["location"]
    assert both.dialogue.view.title == "Ce que vous donnez"
    await both.reads_and_writes()
    assert both.dialogue.view.title == "Est-ce bien vous\u00a0?"
    await until(lambda: "La personne écrit ses coordonnées" in both.shown_at_the_desk)
    assert "Vaillant" not in both.shown_at_the_desk
    assert "La personne écrit ses coordonnées" in (await asyncio.to_thread(both.nadia.get, page)).text
    await both.do(c.SealIdentity(), c.AgreeMandate())
    await refuses_what_was_not_offered(both)
    await both.do(c.GiveMandate())
    assert await both.told() is SigningEnd.GIVEN
    assert both.dialogue.view.title == "Votre mandat est enregistré"

    (row,) = both.mandates()
    assert (row.mediator, row.mediator_name, row.agreed_on, row.duration) == ("nadia", "Nadia", "kiosk", "MONTH")
    assert [a.domain for a in row.authorizations] == ["papiers", "logement"]
    assert row.template == current().digest
    person = keys_of_site(both.site.app.state).open(row.sealed, row.number)
    assert (person.last_name, person.first_name, person.born) == WRITTEN
    told = (await asyncio.to_thread(both.nadia.get, page)).text
    assert f"/mandats/{row.number}" in told
    acts = (await asyncio.to_thread(both.nadia.get, f"/mandats/{row.number}")).text
    assert "sur la borne" in acts

    makes_it_once(both, row)
    agreement = both.dialogue.state.signing
    assert agreement is not None
    assert agreement.sealed == "", "the kiosk keeps nothing of it"
    await both.do(c.Continue())
    assert both.dialogue.view.title != "Votre mandat est enregistré"


async def refuses_what_was_not_offered(both: Both) -> None:
    """Whatever else a kiosk sends under this number makes nothing."""
    signing = both.dialogue.state.signing
    assert signing is not None
    offer = signing.offered.offer
    sent = Agreement(offer.number, both.dialogue.state.session, offer.text, offer.domains, offer.duration, "AAAA")
    others = (
        sent,
        replace(sent, session="other"),
        replace(sent, domains=("papiers", "logement", "argent")),
        replace(sent, duration="LONG"),
        replace(sent, text="0" * 64),
        replace(sent, sealed="é"),
        replace(sent, number="ZZZZ2222"),
    )
    for each in others:
        settled = agree(both.site.app.state, NAME, each)
        assert not settled.made
        assert settled.why
    assert not agree(both.site.app.state, "ailleurs", sent).made
    with both.site.app.state.database.begin() as transaction:
        transaction.get_one(Account, NADIA.id).disabled = True
    assert agree(both.site.app.state, NAME, sent).why == LEFT
    with both.site.app.state.database.begin() as transaction:
        transaction.get_one(Account, NADIA.id).disabled = False
    assert both.mandates() == []


def makes_it_once(both: Both, row: MandateRow) -> None:
    """Sent again it is the same mandate; another box under its number is none."""
    box, session = b64encode(row.sealed).decode(), both.dialogue.state.session
    sent = Agreement(row.number, session, row.template, ("papiers", "logement"), row.duration, box)
    assert agree(both.site.app.state, NAME, sent).made
    assert not agree(both.site.app.state, NAME, replace(sent, sealed=b64encode(b"x").decode())).made
    assert len(both.mandates()) == 1


async def test_a_cut_delays_the_answer_and_makes_one_mandate(both: Both) -> None:
    """The server is stopped before she agrees, and comes back: it still knows what was offered."""
    await both.offers()
    await both.reads_and_writes()
    await both.do(c.SealIdentity(), c.AgreeMandate())
    await asyncio.to_thread(both.stack.close)
    await until(lambda: not both.dialogue.around.desk.reachable)
    await both.do(c.GiveMandate())
    assert both.dialogue.view.title == "L’enregistrement attend"
    both.stack.enter_context(served(both.site.app, both.port))
    assert await both.told() is SigningEnd.GIVEN
    assert len(both.mandates()) == 1


async def test_a_server_that_starts_again_has_nothing_of_it_and_the_kiosk_says_so(both: Both) -> None:
    await both.offers()
    await both.reads_and_writes()
    await both.do(c.SealIdentity(), c.AgreeMandate())
    await asyncio.to_thread(both.stack.close)
    again = make_desk_site(both.folder, lambda: datetime.now(UTC))
    both.stack.enter_context(served(again.app, both.port))
    await both.do(c.GiveMandate())
    assert await both.told() is SigningEnd.NOT_MADE
    assert both.mandates() == []


async def test_who_stops_waiting_is_told_what_is_known(both: Both) -> None:
    await both.offers()
    await both.reads_and_writes()
    await both.do(c.SealIdentity(), c.AgreeMandate())
    await asyncio.to_thread(both.stack.close)
    await until(lambda: not both.dialogue.around.desk.reachable)
    await both.do(c.GiveMandate(), c.StopMandate())
    assert await both.told() is SigningEnd.NOT_MADE, "it has never left the kiosk"
    both.stack.enter_context(served(both.site.app, both.port))
    await until(lambda: both.dialogue.around.desk.reachable)
    assert both.mandates() == []


async def test_why_it_cannot_be_offered_is_said_and_it_can_be_taken_away(both: Both) -> None:
    refused = await both.offers(domains=[], duration="")
    assert "Choisissez au moins un domaine." in refused.text
    assert "Choisissez une durée." in refused.text
    nobody = await both.offers(kiosk="ailleurs")
    assert "Vous n’aidez plus personne à cette borne." in nobody.text
    await both.do(c.AskErase())
    busy = await both.offers()
    assert "La personne répond à une autre question." in busy.text
    assert both.stage is None
    await both.do(c.KeepAll())

    page = (await both.offers()).headers["location"]
    await both.reads_and_writes()
    await asyncio.to_thread(both.nadia.post, f"{page}/annuler")
    assert await both.told() is SigningEnd.DECLINED
    assert both.dialogue.view.title == "Pas de mandat"
    gone = await asyncio.to_thread(both.nadia.get, page)
    assert gone.status_code == 404
