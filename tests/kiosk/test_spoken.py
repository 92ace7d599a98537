# SPDX-License-Identifier: EUPL-1.2
"""What is said to the screens: done by the same path as a touch, asked when it is not sure, shown, taken back."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import date

import pytest
from textual import events

from accessibility.comfort import Comfort, TextSize
from accessibility.listening.protocol import Expected
from assist.session import commands as c
from assist.session.state import Overlay, Phase, SessionState
from content.model import UNKNOWN
from kiosk.app import KioskApp
from kiosk.conversation import Sayable, Spoken
from kiosk.presenter import Surroundings, present
from kiosk.screens.frame import Frame
from kiosk.screens.items import Band
from kiosk.screens.sayable import plain
from kiosk.view import EarSign, EarState, Found, ViewKind
from kiosk.widgets.target import TargetView
from kiosk.words.hearing import ENGLISH, FRENCH
from tests.english_sample import bilingual_catalogue
from tests.kiosk.conftest import SETTINGS, Kiosk, KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue, catalogue, walking
from tests.sample_procedures import sample_procedure

PROCEDURE = sample_procedure()
AROUND = Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89")


def at(step: str, document: str = "", **more: object) -> ScriptedDialogue:
    return ScriptedDialogue(walking(PROCEDURE, step, document, **more), AROUND)


def choosing() -> ScriptedDialogue:
    return ScriptedDialogue(SessionState(phase=Phase.CHOOSING, session="s"), AROUND)


def sayable(kiosk: Kiosk, words: str) -> Sayable:
    """What may be said now in these words."""
    return next(s for s in kiosk.dialogue.sayables if plain(words) in map(plain, s.ways))


async def say(kiosk: Kiosk, words: str, *, sure: bool = True) -> None:
    """Say ``words``, as the ear would understand them: what is grave is never sure enough."""
    said, hearer = sayable(kiosk, words), kiosk.dialogue.hearer
    assert hearer is not None
    if sure and not said.grave:
        hearer.heard(Spoken(said.id))
    else:
        kiosk.heard = hearer.doubtful(said, "")  # type: ignore[attr-defined]
    await kiosk.settle()


async def give(kiosk: Kiosk, value: str) -> None:
    hearer = kiosk.dialogue.hearer
    assert hearer is not None
    if kiosk.dialogue.expected is Expected.REQUEST:
        hearer.heard(Spoken("", value))
    else:
        hearer.doubtful(Sayable("", value, ()), value)
    await kiosk.settle()


async def test_a_word_does_what_a_touch_does_and_is_shown(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "Perdue")
        assert k.dialogue.sent == [(c.Choose("perdue"), c.Origin.VOICE)]
        assert "J’ai compris\u00a0: Perdue" in k.text
        await k.tap("undo")
        assert k.dialogue.sent[-1] == (c.Back(), c.Origin.TOUCH)
        assert k.dialogue.view.kind is ViewKind.CHOOSE


@pytest.mark.clause("PAP 18", "WCAG 3.3.4")
async def test_the_words_take_it_back_too(kiosk: KioskMaker) -> None:
    for words in ("annuler", "c'est pas ça", "retour"):
        async with kiosk(at("besoin")) as k:
            await say(k, "Abîmée")
            await say(k, words)
            assert k.dialogue.sent[-1] == (c.Back(), c.Origin.VOICE), words


@pytest.mark.clause("PAP 18")
@pytest.mark.parametrize("by", ["touch", "key", "page"])
async def test_what_was_done_pages_ago_is_not_taken_back(kiosk: KioskMaker, by: str) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "aide")
        assert k.dialogue.view.kind is ViewKind.HELP
        if by == "page":  # Whatever brought it.
            await k.dialogue.send(c.Continue(), c.Origin.TIMER)
            await k.settle()
        else:
            await (k.tap("continue") if by == "touch" else k.press("1"))
        assert k.dialogue.view.kind is ViewKind.CHOOSE
        assert "undo" not in {t.item.button.id for t in k.targets if t.item}
        await k.tap("perdue")
        await say(k, "je me suis trompé")
        assert k.dialogue.sent[-1] == (c.Back(), c.Origin.VOICE)
        assert k.dialogue.state.help.waiting


@pytest.mark.clause("PAP 18")
async def test_a_touch_leaves_nothing_to_take_back_but_retour(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "plus fort")
        louder = k.dialogue.comfort
        await k.tap("size")
        assert "undo" not in {t.item.button.id for t in k.targets if t.item}
        await say(k, "annuler")
        assert k.dialogue.comfort == louder.bigger()
        assert k.dialogue.sent == [(c.Back(), c.Origin.VOICE)]


@pytest.mark.clause("PAP 18")
@pytest.mark.parametrize(("speaking", "late", "undone"), [(False, 0, True), (True, 9, True), (False, 9, False)])
async def test_taking_back_has_an_end_which_waits_for_the_voice(
    kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch, speaking: bool, late: float, undone: bool
) -> None:
    async with kiosk(at("besoin")) as k:
        before = k.dialogue.comfort
        await say(k, "plus fort")
        k.dialogue.speaking = speaking
        now = time.monotonic
        monkeypatch.setattr("kiosk.screens.spoken.time.monotonic", lambda: now() + late)
        await say(k, "annuler")
        assert (k.dialogue.comfort == before) == undone
        assert k.dialogue.sent == ([] if undone else [(c.Back(), c.Origin.VOICE)])


async def test_the_end_of_the_voice_gives_the_time_again(kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "aide")
        now = time.monotonic
        monkeypatch.setattr("kiosk.screens.spoken.time.monotonic", lambda: now() + 9)
        for watcher in k.dialogue.word_watchers:
            watcher(None)
        await say(k, "je me suis trompé")
        assert k.dialogue.sent[-1] == (c.CancelHelp(), c.Origin.VOICE)


async def test_what_is_not_taken_is_not_told_as_understood(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        k.app._sending = asyncio.ensure_future(asyncio.Event().wait())  # An act is under way.
        hearer = k.dialogue.hearer
        assert hearer is not None
        assert not hearer.heard(Spoken(sayable(k, "Perdue").id))
        k.app._sending.cancel()
        await k.settle()
        assert k.dialogue.sent == []
        assert "J’ai compris" not in k.text
        assert "undo" not in {s.id for s in k.dialogue.sayables}


@pytest.mark.clause("PAP 18")
async def test_what_is_not_sure_is_asked_then_done_or_not(kiosk: KioskMaker) -> None:
    for answer, sent in (("oui", [c.Choose("perdue")]), ("non", [])):
        async with kiosk(at("besoin")) as k:
            await say(k, "Perdue", sure=False)
            assert k.dialogue.sent == []
            assert FRENCH.did_you_say.format(label="Perdue") in k.text
            assert k.dialogue.read_aloud[-1][0] == FRENCH.did_you_say.format(label="Perdue")
            await say(k, answer)
            assert [intent for intent, _ in k.dialogue.sent] == sent
            if not sent:
                assert "Pourquoi la refaire" in k.text


@pytest.mark.clause("EN 5.1.7")
async def test_the_question_is_answered_by_touch_and_by_key(kiosk: KioskMaker) -> None:
    for press in ("confirm", "1", "refuse", "2", "back"):
        async with kiosk(at("besoin")) as k:
            await say(k, "Perdue", sure=False)
            k.app.frame._new_at -= 1  # It has been read.
            await (k.press(press) if len(press) == 1 else k.tap(press))
            assert bool(k.dialogue.sent) == (press in ("confirm", "1")), press
            assert k.app.frame.small is None


@pytest.mark.clause("PAP 18")
@pytest.mark.parametrize(("after", "done"), [(-0.01, False), (0.3, False), (0.5, True)])
async def test_a_touch_that_meant_the_former_page_is_no_yes(kiosk: KioskMaker, after: float, done: bool) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "Perdue", sure=False)
        view = next(t for t in k.targets if t.item and t.item.button.id == "confirm")
        box = k.target("confirm").box
        finger = events.Click(view, 1, 1, 0, 0, 1, False, False, False, screen_x=box.x + 1, screen_y=box.y + 1)
        finger.time = k.app.frame._new_at + after
        k.app.frame.post_message(TargetView.Pressed(k.target("confirm").button, finger))
        await k.settle()
        assert bool(k.dialogue.sent) == done
        assert (k.app.frame.small is None) == done


async def test_an_unsure_yes_is_no_answer(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "Perdue", sure=False)
        await say(k, "oui", sure=False)
        assert not k.heard  # type: ignore[attr-defined]
        assert k.dialogue.sent == []
        await say(k, "non", sure=False)
        assert k.app.frame.small is None


async def test_an_unsure_undo_is_asked_then_done(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "Perdue")
        await say(k, "annuler", sure=False)
        assert FRENCH.did_you_say.format(label=FRENCH.undo) in k.text
        await say(k, "oui")
        assert k.dialogue.sent[-1] == (c.Back(), c.Origin.VOICE)


async def test_an_unsure_yes_said_again_is_one(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "Perdue", sure=False)
        await say(k, "oui", sure=False)
        await say(k, "oui", sure=False)
        assert k.dialogue.sent == [(c.Choose("perdue"), c.Origin.VOICE)]


@pytest.mark.clause("PAP 18")
async def test_only_the_whole_words_heard_clearly_erase(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "tout effacer")
        assert k.dialogue.view.kind is ViewKind.ERASE
        await say(k, "oui")
        assert FRENCH.erase_aloud in k.dialogue.told
        await say(k, "oui, tout effacer", sure=False)
        assert k.dialogue.view.kind is ViewKind.ERASE
        await say(k, "oui, tout effacer")
        assert k.dialogue.view.kind is ViewKind.GOODBYE


@pytest.mark.clause("PAP 18", "WCAG 3.3.4")
async def test_printing_and_the_faces_are_asked(kiosk: KioskMaker) -> None:
    async with kiosk(at("fin")) as k:
        await say(k, "imprimer")
        assert k.dialogue.sent == []
        await say(k, "oui")
        assert k.dialogue.sent == [(c.Print(), c.Origin.VOICE)]
        await say(k, "c'est fini")
        assert k.dialogue.view.kind is ViewKind.RATE
        await say(k, "très bien")
        assert k.dialogue.view.kind is ViewKind.RATE
        await say(k, "oui")
        assert k.dialogue.view.kind is ViewKind.GOODBYE


@pytest.mark.clause("EN 5.1.3.9", "PAP 8")
async def test_a_date_is_shown_and_asked_about(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance")) as k:
        assert k.dialogue.expected is Expected.DATE
        await give(k, "1950-03-12")
        assert "12\u00a0/\u00a003\u00a0/\u00a01950" in k.text
        assert k.dialogue.sent == []
        assert "1950" not in str(k.dialogue.read_aloud), "not said aloud where others hear"
        await say(k, "oui")
        assert k.dialogue.sent == [(c.Answer(date(1950, 3, 12)), c.Origin.VOICE)]


async def test_a_date_that_is_not_right_leaves_the_keys(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance")) as k:
        await give(k, "1950-03-12")
        await say(k, "non")
        assert "1950" not in k.text
        assert FRENCH.write_it in k.dialogue.told
        assert k.target("key-1")
        assert k.dialogue.sent == []


async def test_a_day_that_cannot_be_is_told_without_blame(kiosk: KioskMaker) -> None:
    async with kiosk(at("naissance")) as k:
        await give(k, "2090-01-01")
        assert k.app.frame.small is None
        assert "déjà passé" in k.dialogue.told[-1]


@pytest.mark.clause("EN 5.1.3.9")
async def test_what_was_given_is_said_to_who_wears_headphones(kiosk: KioskMaker) -> None:
    dialogue = at("enfants")
    dialogue.comfort = Comfort(headphones=True)
    async with kiosk(dialogue) as k:
        await give(k, "4")
        assert "4" in k.dialogue.read_aloud[-1][0]
        assert k.dialogue.read_private[-1]


def sensitive(step: str) -> ScriptedDialogue:
    """At ``step``, whose answer is sensitive."""
    steps = {**PROCEDURE.steps, step: replace(PROCEDURE.steps[step], sensitive=True)}
    return ScriptedDialogue(walking(replace(PROCEDURE, steps=steps), step))


@pytest.mark.clause("EN 5.1.3.9")
@pytest.mark.parametrize("headphones", [True, False])
@pytest.mark.parametrize("screen", [True, False])
async def test_what_was_given_is_read_back_to_who_cannot_check_it_otherwise(
    kiosk: KioskMaker, screen: bool, headphones: bool
) -> None:
    dialogue = at("enfants")
    dialogue.comfort = Comfort(screen=screen, headphones=headphones)
    async with kiosk(dialogue) as k:
        await give(k, "17")
        assert ("17" in "".join(k.dialogue.read_aloud[-1])) is (headphones or not screen)
        assert FRENCH.confirm_say[0] in k.dialogue.read_aloud[-1]


@pytest.mark.clause("EN 5.1.3.9")
@pytest.mark.parametrize("headphones", [True, False])
@pytest.mark.parametrize("screen", [True, False])
async def test_a_sensitive_value_is_never_read_back(kiosk: KioskMaker, screen: bool, headphones: bool) -> None:
    dialogue = sensitive("enfants")
    dialogue.comfort = Comfort(screen=screen, headphones=headphones)
    async with kiosk(dialogue) as k:
        await give(k, "17")
        said = k.dialogue.read_aloud[-1]
        assert "17" not in "".join(said)
        assert FRENCH.number_shown in said
        assert ("2 signes." in said) is (not screen)


@pytest.mark.clause("PAP 17")
async def test_the_question_about_an_answer_leaves_no_trace(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "perdue", sure=False)
        question = k.dialogue.read_said[-1][0]
        assert "Perdue" in question.text
        assert question.private


def asked_for(dialogue: ScriptedDialogue) -> Found:
    options = tuple(option for option in dialogue.view.options if option.id == PROCEDURE.id)
    return Found(options, "Vous avez dit\u00a0: ma carte.")


async def test_a_request_shows_suggestions_and_opens_nothing(kiosk: KioskMaker) -> None:
    dialogue = choosing()
    dialogue.found = asked_for(dialogue)
    async with kiosk(dialogue) as k:
        await give(k, "j'ai perdu ma carte")
        assert dialogue.searched == ["heard | j'ai perdu ma carte"]
        assert FRENCH.found in k.text
        assert k.dialogue.sent == []
        assert dialogue.requests_found == [True]
        await say(k, "le premier")
        assert k.dialogue.sent == [(c.Pick(PROCEDURE), c.Origin.VOICE)]


@pytest.mark.parametrize("words", ["Autre chose", "Quelqu’un"])
async def test_what_was_found_and_not_meant_is_left_aloud(kiosk: KioskMaker, words: str) -> None:
    dialogue = choosing()
    dialogue.found = asked_for(dialogue)
    async with kiosk(dialogue) as k:
        await give(k, "j'ai perdu ma carte")
        assert {"other", "someone"} <= {t.item.button.id for t in k.targets if t.item}
        await say(k, words)
        assert FRENCH.found not in k.text
        assert k.dialogue.sent == ([(c.CallHelp(), c.Origin.VOICE)] if words == "Quelqu’un" else [])


async def test_a_request_tells_why_it_was_understood_so(kiosk: KioskMaker) -> None:
    dialogue = choosing()
    dialogue.found = asked_for(dialogue)
    async with kiosk(dialogue) as k:
        await give(k, "j'ai perdu ma carte")
        assert "Vous avez dit\u00a0: ma carte." in k.text
        assert "Vous avez dit\u00a0: ma carte." in k.dialogue.read_aloud[-1]


async def test_a_request_that_means_nothing_counts_as_not_understood_and_shows_what_is_done_here(
    kiosk: KioskMaker,
) -> None:
    async with kiosk(choosing()) as k:
        await give(k, "xyzzy")
        assert k.dialogue.requests_found == [False]
        assert k.dialogue.sent == []
        assert FRENCH.not_found in k.text
        assert FRENCH.what_i_do in k.text
        assert {f"theme-{PROCEDURE.theme}", "someone"} <= {t.item.button.id for t in k.targets if t.item}
        assert k.dialogue.expected is Expected.REQUEST, "it may be said otherwise"


async def test_who_asks_for_somebody_is_offered_somebody_first(kiosk: KioskMaker) -> None:
    dialogue = choosing()
    dialogue.found = Found(someone=True)
    async with kiosk(dialogue) as k:
        await give(k, "je ne sais pas lire")
        assert k.dialogue.requests_found == [True]
        assert k.dialogue.sent == []
        await k.press("1")
        assert [sent for sent, _ in k.dialogue.sent] == [c.CallHelp()]


async def test_what_is_muttered_inside_a_theme_is_not_looked_up(kiosk: KioskMaker) -> None:
    dialogue = choosing()
    dialogue.found = asked_for(dialogue)
    async with kiosk(dialogue) as k:
        await k.tap(f"theme-{PROCEDURE.theme}")
        assert dialogue.expected is Expected.NOTHING
        assert dialogue.hearer is not None
        assert not dialogue.hearer.heard(Spoken("", "ma carte"))
        await k.tap("back")
        assert dialogue.expected is Expected.REQUEST
        await give(k, "ma carte")
        assert dialogue.expected is Expected.NOTHING, "what was found is chosen, not said anew"
        assert dialogue.searched == ["heard | ma carte"]


async def test_an_open_theme_is_said_again_and_not_the_themes(kiosk: KioskMaker) -> None:
    async with kiosk(choosing()) as k:
        await k.tap(f"theme-{PROCEDURE.theme}")
        await k.tap("repeat")
        opened, again = k.dialogue.read_aloud[-2:]
        assert again == opened
        assert PROCEDURE.title in " ".join(again)
        assert k.dialogue.sent == []
        await k.tap("back")
        await k.tap("repeat")
        assert [sent for sent, _ in k.dialogue.sent] == [c.Repeat()]


async def test_everything_is_reached_by_voice_the_small_screens_and_the_pages(kiosk: KioskMaker) -> None:
    async with kiosk(at("fin"), size=(60, 20)) as k:
        first = k.text
        await say(k, "suivant")
        assert k.text != first
        await say(k, "la voix")
        await say(k, "plus lentement")
        assert k.dialogue.comfort.rate == 0.75
        await say(k, "retour")
        assert k.app.frame.small is None
        await say(k, "plus grand")
        assert k.dialogue.comfort.text_size is TextSize.LARGE
        await say(k, "prenez le temps")
        assert k.dialogue.comfort.slow


async def test_i_do_not_know_is_an_answer_where_it_is_offered(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "j'en sais rien")
        assert k.dialogue.sent == [(c.Choose(UNKNOWN), c.Origin.VOICE)]
    async with kiosk(at("accueil")) as k:
        await say(k, "j'en sais rien")
        assert k.dialogue.sent == []
        assert FRENCH.not_known_here in k.dialogue.told


async def test_are_you_there_is_answered_by_yes(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin", overlay=Overlay.IDLE)) as k:
        await say(k, "oui")
        assert k.dialogue.sent == [(c.StillHere(), c.Origin.VOICE)]


@pytest.mark.clause("WCAG 2.2.1")
@pytest.mark.parametrize("words", ["plus fort", "répéter", "retour", "lentement", "je ne sais pas", "plus grand"])
async def test_are_you_there_is_answered_by_whatever_is_understood(kiosk: KioskMaker, words: str) -> None:
    for sure in (True, False):
        async with kiosk(at("besoin", overlay=Overlay.IDLE)) as k:
            await say(k, words, sure=sure)
            assert [intent for intent, _ in k.dialogue.sent] == [c.StillHere()]
            assert k.app.frame.small is None
            assert k.dialogue.comfort == Comfort()
            assert k.dialogue.view.kind is ViewKind.CHOOSE


async def test_are_you_there_still_offers_a_pause_and_to_erase(kiosk: KioskMaker) -> None:
    for words, kind in (("une pause", ViewKind.PAUSE), ("tout effacer", ViewKind.ERASE)):
        async with kiosk(at("besoin", overlay=Overlay.IDLE)) as k:
            await say(k, words)
            assert k.dialogue.view.kind is kind


@pytest.mark.clause("PAP 18")
async def test_a_language_heard_wrongly_is_taken_back(kiosk: KioskMaker) -> None:
    around = Surroundings(bilingual_catalogue(), "Nadia", 10, "01 23 45 67 89")
    for state in (SessionState(), SessionState(phase=Phase.CHOOSING, session="s")):
        async with kiosk(ScriptedDialogue(state, around)) as k:
            await say(k, "English")
            assert k.dialogue.sent == [(c.SetLanguage("en"), c.Origin.VOICE)]
            if state.phase is Phase.WELCOME:  # The real conversation does it by itself.
                await k.show(present(replace(state, language="en"), around))
            assert k.dialogue.view.language == "en"
            await k.tap("undo")
            assert k.dialogue.sent[-1] == (c.SetLanguage("fr"), c.Origin.TOUCH)


async def test_bonjour_is_greeted_and_commencer_begins(kiosk: KioskMaker) -> None:
    async with kiosk() as k:
        await say(k, "bonjour")
        assert k.dialogue.touches == 1
        assert k.dialogue.sent == []
        await say(k, "commencer")
        assert k.dialogue.state.phase is Phase.CHOOSING


@pytest.mark.clause("EN 5.1.3.9", "PAP 18")
async def test_headphones_and_the_microphone_are_set_by_voice_once_it_is_confirmed(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "j'ai un casque")
        assert FRENCH.did_you_say.format(label="J’ai un casque") in k.text
        assert not k.dialogue.comfort.headphones
        await say(k, "oui")
        assert k.dialogue.comfort.headphones
        await say(k, "sans casque")
        assert not k.dialogue.comfort.headphones
        await say(k, "sans le micro")
        assert k.dialogue.comfort.listening
        await say(k, "oui")
        assert not k.dialogue.comfort.listening


# The sign and the band


def ear(kiosk: Kiosk, sign: EarSign) -> None:
    for watcher in kiosk.dialogue.ear_watchers:
        watcher(sign)


@pytest.mark.clause("EN 5.1.5", "PAP 13")
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 32)], ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_sign_of_the_ear(kiosk: KioskMaker, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    async with kiosk(at("besoin"), size=size) as k:
        laid_out: list[object] = []
        monkeypatch.setattr(k.app.frame, "_lay_out", laid_out.append)
        ear(k, EarSign(EarState.LISTENING, 0.6))
        await k.settle()
        assert "▮▮▮▯▯" in k.text.splitlines()[min(2, 0 if size[1] < 28 else 2)]
        assert FRENCH.listening in k.text or size == (60, 20)
        ear(k, EarSign(EarState.THINKING))
        await k.settle()
        assert FRENCH.thinking in k.text or size == (60, 20)
        ear(k, EarSign(EarState.OFF))
        await k.settle()
        assert FRENCH.listening not in k.text
        assert laid_out == [], "only the sign is painted again"


@pytest.mark.clause("EN 5.1.5")
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 32)], ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_sign_of_the_ear_stands_beside_a_passing_line(kiosk: KioskMaker, size: tuple[int, int]) -> None:
    async with kiosk(at("besoin"), size=size) as k:
        ear(k, EarSign(EarState.LISTENING, 0.6, message=FRENCH.touch_or_ask))
        await k.settle()
        top = " ".join(" ".join(line[: size[0] - 12] for line in k.text.splitlines()[:3]).split())
        assert "Touchez une image, ou demandez une" in top
        assert "▮▮▮▯▯" in top or size == (60, 20), "the words come first where there is no room for both"


def test_signs_that_come_after_the_screen_has_gone_are_left() -> None:
    """The ear and the voice are ended after the screen."""

    async def visit() -> Frame:
        app = KioskApp(at("besoin"), SETTINGS)
        async with app.run_test(size=(100, 32)):
            return app.frame

    frame = asyncio.run(visit())
    frame._ear_changed(EarSign(EarState.LISTENING, 0.6))
    frame._ear_changed(EarSign(EarState.LISTENING, message=FRENCH.touch_or_ask))
    frame.mark_word(None)


async def test_a_partial_of_a_streaming_engine_is_shown(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        ear(k, EarSign(EarState.LISTENING, 0.6, "je l'ai per"))
        await k.settle()
        assert "je l'ai per" in k.text


@pytest.mark.clause("PAP 24")
async def test_after_two_failures_a_person_is_one_touch_away(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        ear(k, EarSign(EarState.RESTING, message=FRENCH.touch_or_ask))
        await k.settle()
        assert "demandez une personne" in k.text
        await k.tap("ask-help")
        assert k.dialogue.sent == [(c.CallHelp(), c.Origin.TOUCH)]
        ear(k, EarSign(EarState.RESTING))
        await k.settle()
        assert "demandez une personne" not in k.text


@pytest.mark.clause("PAP 17")
async def test_the_next_person_sees_nothing_of_what_was_understood(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        await say(k, "Perdue")
        await k.press("f5")
        await k.tap("erase")
        assert "Perdue" not in k.text
        assert "undo" not in {s.id for s in k.dialogue.sayables}


@pytest.mark.clause("PAP 17", "PAP 18")
async def test_a_question_left_on_the_welcome_is_not_asked_of_the_next_person(kiosk: KioskMaker) -> None:
    async with kiosk() as k:
        await say(k, "commencer", sure=False)
        assert k.app.frame.small is not None
        ear(k, EarSign(EarState.RESTING, message=FRENCH.not_understood))
        k.app.frame.show_band(Band(FRENCH.nothing_to_undo))
        await k.show(replace(k.dialogue.view, visit=1))
        assert k.app.frame.small is None
        assert FRENCH.nothing_to_undo not in k.text
        await say(k, "oui")
        assert k.dialogue.sent == []
        assert "undo" not in {s.id for s in k.dialogue.sayables}


async def test_a_kiosk_without_a_voice_shows_no_sign_of_one(kiosk: KioskMaker) -> None:
    settings = replace(SETTINGS, voice=replace(SETTINGS.voice, engine="none"))
    async with kiosk(at("besoin"), settings=settings) as k:
        assert "▮" not in k.text
        await k.tap("voice")
        assert "Que préférez-vous" in k.text


@pytest.mark.parametrize("line", [FRENCH.noise, FRENCH.deaf, FRENCH.never_heard])
async def test_the_sign_does_not_claim_to_listen_beside_a_line_that_says_it_does_not(
    kiosk: KioskMaker, line: str
) -> None:
    async with kiosk(at("besoin"), size=(120, 40)) as k:
        ear(k, EarSign(EarState.LISTENING, message=line))
        await k.settle()
        assert line in k.text
        assert FRENCH.listening not in k.text
        assert k.dialogue.view.heading in k.text.split("\n")[0]


@pytest.mark.parametrize("yes", ["yes", "oui"])
async def test_a_language_heard_unsurely_is_asked_about_in_that_language(kiosk: KioskMaker, yes: str) -> None:
    dialogue = ScriptedDialogue()
    dialogue.show(replace(dialogue.view, languages=("fr", "en")))
    async with kiosk(dialogue) as k:
        await say(k, "English", sure=False)
        question = k.dialogue.read_said[-1][0]
        assert (question.text, question.language) == (ENGLISH.did_you_say.format(label="English"), "en")
        assert "Did you say" in k.text
        await say(k, yes)
        assert k.dialogue.sent == [(c.SetLanguage("en"), c.Origin.VOICE)]
