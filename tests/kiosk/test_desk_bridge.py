# SPDX-License-Identifier: EUPL-1.2
"""The conversation and a mediator's desk, with a scripted link: what goes out, what an order does, what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest

from accessibility.comfort import Comfort, TextSize
from assist.journal.serialise import payload_of
from assist.link.codec import encode, from_kiosk
from assist.link.messages import Act, Agreement, Consent, Done, HelpStage, Now, Order, PathPlace, Seen
from assist.session import commands as c
from assist.session import events as e
from assist.session.state import Overlay
from assist.sync.protocol import DeskState, OnOrder, OnSettled, OnState
from content.model import Outcome, Possession
from kiosk import desk_bridge as bridge
from kiosk.seen import seen_of
from kiosk.view import ViewKind
from kiosk.words.helping import FRENCH as H
from tests.kiosk.helped import AROUND, GIVEN, LEA, PRIVATE, TOLD, helped, page, private
from tests.kiosk.scripted_kiosk import PROCEDURE, Kiosk, make, spin_until

REACHED = DeskState(reachable=True, people=1, wait_minutes=4)


class ScriptedLink:
    """Keeps what goes out; the test sends what comes in."""

    def __init__(self, state: DeskState = REACHED) -> None:
        self.state = state
        self.shown: list[Seen | None] = []
        self.answers: list[Done] = []
        self.writes = 0
        self.agreements: list[Agreement] = []
        self.unsent = False
        self.on_settled: OnSettled | None = None
        self.on_order: OnOrder | None = None
        self.on_state: OnState | None = None
        self.ended = False

    def watch(self, on_order: OnOrder, on_state: OnState) -> None:
        self.on_order, self.on_state = on_order, on_state

    def show(self, seen: Seen | None) -> None:
        self.shown.append(seen)

    def answer(self, done: Done) -> None:
        self.answers.append(done)

    def agree(self, agreement: Agreement, on_settled: OnSettled) -> None:
        self.agreements.append(agreement)
        self.on_settled = on_settled

    def drop_agreement(self) -> bool:
        return self.unsent

    def written(self) -> None:
        self.writes += 1

    async def run(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.ended = True
            if self.on_state:
                self.on_state(DeskState())


class Site:
    """A kiosk, and a mediator called Léa at a desk."""

    def __init__(self, kiosk: Kiosk, link: ScriptedLink) -> None:
        self.kiosk, self.link = kiosk, link

    @property
    def seen(self) -> Seen:
        assert self.link.shown
        seen = self.link.shown[-1]
        assert seen is not None
        return seen

    @property
    def view_title(self) -> str:
        return self.kiosk.dialogue.view.title

    async def order(self, act: Act, value: str = "", *, key: str | None = None, session: str | None = None) -> Done:
        """Send an order for what is seen now, and wait for its answer."""
        assert self.link.on_order is not None
        seen = self.link.shown[-1] if self.link.shown else None
        number = len(self.link.answers)
        known = seen.session if seen else self.kiosk.dialogue.state.session
        made_for = (seen.key if seen else "") if key is None else key
        self.link.on_order(Order(f"o{number}", known if session is None else session, act, value, made_for))
        await spin_until(lambda: len(self.link.answers) > number)
        return self.link.answers[-1]

    async def told(self, act: Act, value: str = "", **more: str) -> str:
        """Why it was refused; "" when it was done."""
        done = await self.order(act, value, **more)
        assert done.done == (not done.why)
        return done.why

    async def helped(self, *, consent: bool = False) -> None:
        """Until Léa is there, at the choice."""
        await self.kiosk.do(c.Begin(""), c.Pick(PROCEDURE), c.Continue(), c.CallHelp())
        assert await self.told(Act.JOIN, "Léa") == ""
        if consent:
            assert await self.told(Act.ASK_CONSENT) == ""
            await self.kiosk.do(c.GiveConsent())


@asynccontextmanager
async def running(link: ScriptedLink | None = None) -> AsyncIterator[Site]:
    link = link or ScriptedLink()
    kiosk = make(make_link=lambda: link)
    await kiosk.dialogue.start()
    await spin_until(lambda: link.on_order is not None)
    yield Site(kiosk, link)
    await kiosk.dialogue.close()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running() as site:
        yield site


def kinds(site: Site) -> list[str]:
    return [type(event).description.type for event in site.kiosk.journal.events]


# What goes out


async def test_nothing_is_seen_of_who_has_not_called(site: Site) -> None:
    await site.kiosk.do(c.Begin(""), c.Pick(PROCEDURE), c.Continue())
    assert set(site.link.shown) <= {None}
    await site.kiosk.do(c.CallHelp())
    assert (site.seen.help, site.seen.kind, site.seen.step) == (HelpStage.CALLED, "help", "besoin")
    await site.kiosk.do(c.Continue())
    assert (site.seen.title, site.seen.key) == ("Pourquoi la refaire\u00a0?", site.kiosk.dialogue.view.key)
    await site.kiosk.do(c.CancelHelp())
    assert site.link.shown[-1] is None


async def test_the_end_of_the_session_is_the_end_of_what_is_seen(site: Site) -> None:
    await site.helped()
    await site.kiosk.do(c.EraseAll())
    assert site.link.shown[-1] is None
    assert await site.told(Act.SAY, "Bonjour", session="autre") == bridge.GONE


async def test_the_link_is_told_of_every_row(site: Site) -> None:
    before = site.link.writes
    await site.kiosk.do(c.Begin(""))
    assert site.link.writes == before + 1


async def test_the_person_is_told_the_truth_at_once(site: Site) -> None:
    await site.kiosk.do(c.Begin(""), c.CallHelp())
    assert site.view_title == H.comes
    assert site.link.on_state is not None
    site.link.on_state(DeskState())
    assert site.kiosk.dialogue.view.sentences[0] == "Allez voir une personne à l’accueil."
    assert "Une personne peut vous aider" in site.kiosk.speaker.said[-1].sentences[0]


def test_what_is_seen_is_the_view_with_its_path_and_what_comes() -> None:
    comfort = Comfort(text_size=TextSize.LARGE, slow=True, screen=False)
    seen = seen_of(replace(helped(TOLD), difficulties=frozenset({(PROCEDURE.id, "accueil")})), AROUND, comfort)
    assert seen.modes == ("no_screen", "large", "slow")
    assert (seen.title, seen.sentences[0]) == ("Pourquoi la refaire\u00a0?", "Regardez les images.")
    assert [(o.id, o.pressable) for o in seen.options] == [("perdue", True), ("abimee", True), ("unknown", True)]
    assert seen.path == (PathPlace("accueil", "Votre carte"),)
    assert seen.asks_next == ("Déclarez la perte", "Ce n'est pas grave", "Votre date de naissance")
    assert (seen.difficulties, seen.message, seen.content_hash) == (
        ("accueil",), TOLD.message, PROCEDURE.content_hash,
    )  # fmt: skip
    assert from_kiosk(encode(Now(seen))) == Now(seen)


def test_what_is_never_pressed_in_the_persons_place() -> None:
    for state in (helped(GIVEN, "fin"), helped(GIVEN, "naissance"), page(GIVEN)):
        assert not any(option.pressable for option in seen_of(state, AROUND, Comfort()).options)


def test_private_answers_stay_hidden_unless_the_person_shows_them() -> None:
    veiled, open_ = (
        seen_of(private(GIVEN), AROUND, Comfort()),
        seen_of(private(replace(GIVEN, shown=True)), AROUND, Comfort()),
    )
    assert (veiled.hidden, open_.hidden) == (True, False)
    assert not any(option.pressable for option in veiled.options)
    assert any(option.pressable for option in open_.options)
    document = replace(private(GIVEN), here=helped(GIVEN, "pieces").here)
    told = replace(document, here=replace(document.here, document="declaration"), answers={"besoin": "perdue"})  # type: ignore[type-var]
    seen = seen_of(told, AROUND, Comfort())
    assert (seen.hidden, seen.title, seen.lines) == (True, "Les papiers à apporter", ())
    assert "déclaration" not in repr(seen)


def test_the_road_map_is_hidden_where_it_tells_what_was_typed() -> None:
    state = replace(helped(GIVEN, "fin"), answers={"naissance": date(1950, 3, 1)})
    assert seen_of(state, AROUND, Comfort()).lines == ()
    assert seen_of(state, AROUND, Comfort()).hidden
    shown = replace(state, help=replace(state.help, shown=True))
    assert seen_of(shown, AROUND, Comfort()).lines
    assert "1950" not in repr(seen_of(shown, AROUND, Comfort()))
    assert PRIVATE.steps["besoin"].sensitive


# Orders


async def test_a_mediator_joins_writes_points_asks_and_answers(site: Site) -> None:
    await site.helped()
    assert site.kiosk.dialogue.view.band == "Léa voit cet écran."
    assert await site.told(Act.SAY, "Touchez la carte perdue.") == ""
    assert site.view_title == "Léa\u00a0: Touchez la carte perdue."
    assert site.kiosk.speaker.said[-1].sentences[0] == site.view_title
    assert (site.seen.message, site.seen.title) == ("Touchez la carte perdue.", "Pourquoi la refaire\u00a0?")
    assert await site.told(Act.POINT, "perdue") == ""
    assert (site.kiosk.dialogue.view.pointed, site.seen.pointed) == ("perdue", "perdue")
    assert site.kiosk.speaker.said[-1].sentences == ("Léa montre\u00a0: Perdue.",)
    assert await site.told(Act.PRESS, "perdue") == bridge.NO_CONSENT
    assert await site.told(Act.ASK_CONSENT) == ""
    assert site.kiosk.dialogue.view.kind is ViewKind.CONSENT
    assert await site.told(Act.PRESS, "agree") == bridge.ELSEWHERE
    await site.kiosk.do(c.GiveConsent())
    assert site.seen.consent is Consent.GIVEN
    assert await site.told(Act.ASK_CONSENT) == bridge.GIVEN_ALREADY
    assert await site.told(Act.PRESS, "perdue") == ""
    assert site.kiosk.dialogue.view.title == "Déclarez la perte"
    assert site.kiosk.dialogue.view.notice == "Léa a répondu pour vous."
    assert site.kiosk.speaker.said[-1].sentences[:2] == ("Léa a répondu pour vous.", "Déclarez la perte")
    assert kinds(site)[-3:] == ["help.acted", "step.chosen", "step.shown"]
    await site.kiosk.do(c.Back())
    assert site.kiosk.dialogue.view.notice == ""
    assert await site.told(Act.LEAVE) == ""
    assert site.link.shown[-1] is None
    kept = b"".join(payload_of(event) for event in site.kiosk.journal.events)
    assert not any(word.encode() in kept for word in ("Léa", "Touchez"))
    assert b"L\\u00e9a" not in kept


async def test_a_mediator_who_hands_over_sees_and_does_nothing_more(site: Site) -> None:
    await site.helped()
    assert await site.told(Act.HAND_OVER) == ""
    assert site.kiosk.dialogue.state.help.waiting
    assert site.seen.consent is Consent.NONE
    assert await site.told(Act.PRESS, "perdue") == bridge.ENDED


async def test_explaining_going_back_and_jumping_need_no_consent(site: Site) -> None:
    await site.helped()
    assert await site.told(Act.EXPLAIN) == ""
    assert kinds(site)[-2:] == ["help.acted", "step.explained"]
    await site.kiosk.do(c.Choose("perdue"))
    assert await site.told(Act.BACK) == ""
    assert site.kiosk.dialogue.view.notice == "Léa revient en arrière."
    await site.kiosk.do(c.Choose("perdue"))
    assert await site.told(Act.JUMP, "accueil") == ""
    assert site.seen.step == "accueil"
    assert await site.told(Act.JUMP, "fin") == bridge.NOT_BEEN_THERE


@pytest.mark.parametrize(
    ("act", "value"), [(Act.POINT, "perdue"), (Act.PRESS, "perdue"), (Act.JUMP, "accueil"), (Act.BACK, "")]
)
async def test_what_was_meant_for_another_moment_is_refused(site: Site, act: Act, value: str) -> None:
    await site.helped(consent=True)
    before = site.kiosk.dialogue.state
    assert await site.told(act, value, key="autre") == bridge.CHANGED
    assert await site.told(act, value, key="") == bridge.CHANGED
    assert site.kiosk.dialogue.state == before


async def test_a_touch_that_comes_first_wins(site: Site) -> None:
    """The order was made for what the person saw; she answers while it travels."""
    await site.helped(consent=True)
    key = site.seen.key
    touch = asyncio.create_task(site.kiosk.dialogue.send(c.Choose("abimee"), c.Origin.TOUCH))
    assert await site.told(Act.PRESS, "perdue", key=key) == bridge.CHANGED
    await touch
    assert site.kiosk.dialogue.state.answers["besoin"] == "abimee"


async def test_what_is_not_there_or_the_persons_alone_is_refused(site: Site) -> None:
    await site.helped(consent=True)
    assert await site.told(Act.PRESS, "rien") == bridge.NOT_THERE
    assert await site.told(Act.POINT, "rien") == bridge.NOT_THERE
    await site.kiosk.do(c.CallHelp())  # Her page of the help.
    assert await site.told(Act.PRESS, "end-help") == bridge.HERS_ALONE
    assert await site.told(Act.PRESS, "continue") == bridge.HERS_ALONE
    await site.kiosk.do(c.Continue(), c.Choose("abimee"))
    assert await site.told(Act.PRESS, "unknown") == bridge.HERS_ALONE
    await site.kiosk.do(
        c.Answer(date(1950, 3, 1)), c.Tick("photo", Possession.HAVE), c.Continue(), c.Report(Outcome.DONE)
    )
    assert site.seen.kind == "road_map"
    for option in ("print", "finish", "listen"):
        assert await site.told(Act.PRESS, option) == bridge.HERS_ALONE
    assert site.kiosk.dialogue.state.prints == 0


async def test_orders_outside_a_help_are_refused(site: Site) -> None:
    await site.kiosk.do(c.Begin(""), c.Pick(PROCEDURE))
    assert await site.told(Act.JOIN, "Léa") == bridge.NOT_CALLING
    assert await site.told(Act.SAY, "Bonjour") == bridge.ENDED
    assert await site.told(Act.UNANSWERED, "12") == bridge.NOT_CALLING
    await site.kiosk.do(c.CallHelp())
    assert await site.told(Act.SAY, "Bonjour") == bridge.ENDED
    assert await site.told(Act.JOIN, "Léa", session="autre") == bridge.GONE


async def test_the_person_is_asked_one_thing_at_a_time(site: Site) -> None:
    await site.helped()
    await site.kiosk.do(c.AskErase())
    assert await site.told(Act.SAY, "Bonjour") == bridge.ELSEWHERE
    assert site.kiosk.dialogue.state.overlay is Overlay.ERASE


async def test_nobody_came_in_time(site: Site) -> None:
    await site.kiosk.do(c.Begin(""), c.CallHelp())
    assert await site.told(Act.UNANSWERED, "12\x1b[31m\u202e") == ""
    assert site.view_title == H.nobody
    assert site.kiosk.dialogue.view.sentences[0] == "Votre numéro est le 12 31m."
    assert site.seen.help is HelpStage.UNANSWERED


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Bonjour\x1b[2J\x07 !", "Bonjour 2J !"),
        ("ligne\r\nautre\tfin", "ligne autre fin"),
        ("a\u202eb\u200bc\u2066d", "abcd"),
        ("<b>gras</b> [red]x[/red]", "b gras /b red x /red"),
        ("e\u0301", "é"),
        ("z\u0300\u0301\u0302\u0303", "z"),
    ],
)
async def test_a_message_holds_nothing_but_words(site: Site, written: str, shown: str) -> None:
    await site.helped()
    assert await site.told(Act.SAY, written) == ""
    assert site.seen.message == shown


async def test_a_message_is_short_and_says_something(site: Site) -> None:
    await site.helped()
    assert await site.told(Act.SAY, "a" * 201) == bridge.TOO_LONG
    assert await site.told(Act.SAY, "\x1b\u200b") == bridge.NO_WORDS
    assert await site.told(Act.SAY, "a" * 200) == ""
    assert await site.told(Act.SAY, "") == ""
    assert site.seen.message == ""


async def test_a_name_is_letters(site: Site) -> None:
    await site.kiosk.do(c.Begin(""), c.CallHelp())
    assert await site.told(Act.JOIN, "Jean-<b>Christophe\x1b[0m d'Artagnan") == ""
    assert site.kiosk.dialogue.state.help.mediator == "Jean- b Christop"
    assert LEA.mediator == "Léa"


async def test_a_mediator_out_of_reach_is_not_there_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "GRACE_SECONDS", 0.01)
    async with running() as site:
        await site.helped()
        assert site.link.on_state is not None
        site.link.on_state(DeskState())
        await spin_until(lambda: not site.kiosk.dialogue.state.help.joined)
        assert site.kiosk.journal.events[-1] == e.HelpEnded("besoin", c.Origin.TIMER)
        assert site.kiosk.speaker.said[-1].sentences[0] == H.ended


async def test_a_short_cut_ends_nothing(site: Site) -> None:
    await site.helped()
    assert site.link.on_state is not None
    site.link.on_state(DeskState())
    site.link.on_state(REACHED)
    assert await site.told(Act.SAY, "Me revoilà") == ""


async def test_nobody_is_hurried_while_a_mediator_is_there_nor_just_after(site: Site) -> None:
    await site.helped()
    site.kiosk.speaker.finish()
    site.kiosk.clock.monotonic += 3600
    reads = site.kiosk.clock.reads
    await spin_until(lambda: site.kiosk.clock.reads > reads + 2)
    assert site.kiosk.dialogue.state.overlay is Overlay.NONE
    assert await site.told(Act.LEAVE) == ""
    reads = site.kiosk.clock.reads
    await spin_until(lambda: site.kiosk.clock.reads > reads + 2)
    assert site.kiosk.dialogue.state.overlay is Overlay.NONE


async def test_closing_ends_the_link_and_shows_nothing_more() -> None:
    async with running() as site:
        await site.helped()
        views: list[object] = []
    site.kiosk.dialogue.subscribe(lambda view, comfort: views.append(view))
    await spin_until(lambda: site.link.ended)
    assert views == []
