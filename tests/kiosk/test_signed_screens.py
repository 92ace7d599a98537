# SPDX-License-Identifier: EUPL-1.2
"""The screens of a mandate: at every size, by every means, without a word of who gives it where it must not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accessibility.comfort import Comfort, TextSize
from assist.session import commands as c
from assist.session.state import Overlay, SessionState, SigningEnd, SigningStage
from kiosk.moments import Surroundings
from kiosk.presenter import present
from kiosk.screens.items import density
from kiosk.seen import WRITES_WHO_SHE_IS, seen_of
from kiosk.view import ViewKind
from tests.kiosk.conftest import Kiosk, KioskMaker
from tests.kiosk.helped import AROUND, dialogue, helped
from tests.kiosk.signed import EVERYTHING, LONGEST_TYPED, TYPED, at, every_state, offer_of, signed_views
from tests.kiosk.test_every_size import check
from tests.kiosk.test_modes import Switch
from tests.kiosk.test_spoken import say

PRIVATE = ("Vaillant", "Huguette", "1946")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 32), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_and_a_finger_finds_everything(size: tuple[int, int]) -> None:
    views = signed_views(offer=EVERYTHING, typed=LONGEST_TYPED)
    assert check(views, [size]) == []
    assert check(views, [size], density(TextSize.LARGEST, sized_by_display=False)) == []
    assert check(signed_views("en", EVERYTHING, LONGEST_TYPED), [size]) == []


def test_what_she_writes_is_neither_shown_at_the_desk_nor_said_aloud() -> None:
    for name, state in every_state():
        seen, hers = seen_of(state, AROUND, Comfort()), name.startswith("write") or name == "check"
        assert not any(word in repr(seen) for word in PRIVATE), name
        assert seen.hidden == hers
        assert (seen.title == WRITES_WHO_SHE_IS) == hers
        assert not any(option.pressable for option in seen.options)
        view = present(state, AROUND)
        assert not any(word in said.text for said in view.speech for word in PRIVATE), name
        assert all(said.private for said in view.speech), "no sound of a mandate is kept"


def test_headphones_hear_what_she_wrote() -> None:
    told = [said.text for said in signed_views(headphones=True)["check"].speech]
    assert told[3:6] == [
        "Nom\u00a0: Vaillant",
        "Prénom\u00a0: Huguette",
        "Naissance\u00a0: mardi 12\u00a0mars\u00a01946",
    ]


def test_the_text_is_read_in_its_own_language() -> None:
    view = signed_views("en")["read-0"]
    languages = {said.about.partition(":")[0]: said.language for said in view.speech}
    assert languages == {"title": "fr", "sentence": "fr", "option": ""}


def test_the_band_tells_what_the_mediator_sees() -> None:
    views = signed_views()
    assert views["read-0"].band == views["confirming"].band == "Ana voit cet écran."
    assert views["write-0"].band == views["check"].band == "Ana ne voit pas cette page."


def stage(k: Kiosk) -> SigningStage:
    assert k.dialogue.state.signing is not None
    return k.dialogue.state.signing.stage


@pytest.mark.parametrize("way", ["touch", "key", "voice", "switch"])
async def test_it_is_given_by_every_means_and_never_by_one_word(kiosk: KioskMaker, way: str) -> None:
    async with kiosk(dialogue(at(SigningStage.AGREEING, sealed="c2VhbGVk"))) as k:
        if way == "touch":
            await k.tap("accept")
            k.app.frame._last_tap = (0.0, -99, -99)  # Not the second tap of a trembling hand.
            await k.tap("give")
        elif way == "key":
            await k.press("1", "1")
        elif way == "voice":
            await say(k, "j’accepte")
            assert stage(k) is SigningStage.CONFIRMING
            await say(k, "oui")
            assert stage(k) is SigningStage.CONFIRMING, "asked: « Vous avez dit… »"
            await say(k, "oui")
        else:
            k.dialogue.set_comfort(Comfort(scanning=True))
            await k.settle()
            await Switch(k).take("accept", "give")
        assert stage(k) is SigningStage.SENT


@pytest.mark.parametrize("way", ["touch", "key", "voice", "switch"])
async def test_it_is_stopped_by_every_means(kiosk: KioskMaker, way: str) -> None:
    async with kiosk(dialogue(at(SigningStage.READING))) as k:
        if way == "touch":
            await k.tap("stop")
        elif way == "key":
            await k.press("2")
        elif way == "voice":
            await say(k, "je ne veux pas de mandat")
            await say(k, "oui")
        else:
            k.dialogue.set_comfort(Comfort(scanning=True))
            await k.settle()
            await Switch(k).take("stop")
        assert k.dialogue.state.signing is not None
        assert k.dialogue.state.signing.outcome is SigningEnd.DECLINED
        assert "Rien n’est gardé." in k.text
        await k.dialogue.send(c.Continue(), c.Origin.TOUCH)
        assert k.dialogue.state.signing is None


async def test_a_name_is_written_with_the_letters_and_waits_behind_are_you_there(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(at(SigningStage.WRITING))) as k:
        for letter in "vail":
            await k.tap(f"key-{letter}")
        await k.dialogue.send(c.WarnIdle(), c.Origin.TIMER)
        await k.settle()
        assert k.dialogue.state.overlay is Overlay.IDLE
        assert "Vail" not in k.text
        await k.tap("here")
        assert "Vail▁" in k.text
        await k.tap("submit")
        assert k.dialogue.state.signing is not None
        assert k.dialogue.state.signing.typed == ("Vail",)
        assert "Votre prénom" in k.text
        assert "Vail" not in k.text
        assert 1 not in k.app.frame._kept, "the page where it was written is gone"


async def test_she_reads_again_what_she_wrote_and_corrects_it(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(at(SigningStage.CHECKING, typed=TYPED))) as k:
        assert "Nom\u00a0: Vaillant" in k.text
        await k.tap("right")
        assert k.dialogue.sent[-1] == (c.SealIdentity(), c.Origin.TOUCH)
        await k.press("2")
        assert stage(k) is SigningStage.WRITING
        assert "Vaillant" not in k.text


async def test_turning_a_page_never_reads_what_she_wrote(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(at(SigningStage.CHECKING, typed=LONGEST_TYPED)), (60, 20)) as k:
        k.dialogue.set_comfort(Comfort(text_size=TextSize.LARGEST))
        await k.settle()
        while "next-page" in {t.item.button.id for t in k.targets if t.item}:
            await k.tap("next-page")
        read = [said for page in k.dialogue.read_said for said in page]
        assert read
        assert not any("Vaillant" in said.text or "Marie" in said.text for said in read)


async def test_what_is_being_typed_at_the_step_is_found_again(kiosk: KioskMaker) -> None:
    async with kiosk(dialogue(helped(step="naissance"))) as k:
        await k.press("1", "2")
        await k.dialogue.send(offer_of(), c.Origin.MEDIATOR)
        await k.settle()
        assert k.dialogue.view.kind is ViewKind.MANDATE
        await k.tap("stop")
        await k.tap("next")
        assert "12 / __ / ____" in k.text.replace("\u00a0", " ")


def test_a_mandate_is_not_a_place_for_difficulties_or_notices() -> None:
    state: SessionState = replace(at(SigningStage.READING), printing=True)
    around = Surroundings(AROUND.catalogue, desk=AROUND.desk, lab=True)
    view = present(state, around)
    assert view.notice == ""
    assert {tool.id for tool in view.tools if tool.intent is None} == {"back", "difficulty"}
