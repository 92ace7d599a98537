# SPDX-License-Identifier: EUPL-1.2
"""What a person meets while somebody is called, comes and helps: the truth, in few words, and a way out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accessibility.comfort import TextSize
from assist.link.messages import HelpStage
from assist.session import commands as c
from assist.session.state import Overlay, Phase
from kiosk.layout import fits, wrap
from kiosk.passing import help_ended, passing_words, pointing_words
from kiosk.presenter import present
from kiosk.screens.frame_band import beside_band
from kiosk.screens.frame_painting import COMFORT
from kiosk.screens.frame_plan import frame
from kiosk.screens.items import Button, Target, density
from kiosk.screens.read_aloud import as_said, heard
from kiosk.screens.sayable import Scenery, plain, what_can_be_said
from kiosk.view import Said, StepView, ViewKind
from kiosk.words import words_in
from kiosk.words.helping import FRENCH as H
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.helped import (
    ALONE,
    AROUND,
    CALLED,
    EMPTY,
    GIVEN,
    LEA,
    LONGEST,
    MESSAGE,
    NOBODY,
    TOLD,
    asked,
    helped,
    helped_views,
    page,
    private,
)  # fmt: skip
from tests.kiosk.scripted_dialogue import ScriptedDialogue
from tests.kiosk.test_every_size import NAMED_SIZES, StageDouble, check, cut, glass, laid_out, scenes

w = words_in("fr")
VIEWS = helped_views()


# The truth about who comes


def test_somebody_at_the_desk_hears_the_call() -> None:
    view = present(page(CALLED), AROUND)
    assert (view.title, view.sentences) == (H.comes, (H.heard, "L’attente est d’environ 5 minutes."))
    assert view.card is None
    one = present(page(CALLED), replace(AROUND, desk=replace(AROUND.desk, wait_minutes=1)))
    assert one.sentences == (H.heard, H.wait_one)
    unknown = present(page(CALLED), replace(AROUND, desk=replace(AROUND.desk, wait_minutes=0)))
    assert unknown.sentences == (H.heard, H.wait_unknown)


@pytest.mark.parametrize("around", [ALONE, EMPTY])
def test_where_nobody_hears_the_kiosk_says_at_once_whom_to_ask(around: object) -> None:
    view = present(page(CALLED), around)  # type: ignore[arg-type]
    assert (view.title, view.sentences[0]) == (w.help, "Demandez Nadia à l’accueil.")
    assert view.card is not None
    assert view.card.phone == "01 23 45 67 89"


def test_the_truth_changes_while_the_person_waits_and_is_said() -> None:
    assert present(page(CALLED), AROUND).key != present(page(CALLED), ALONE).key
    assert present(page(CALLED), AROUND).key == present(
        page(CALLED), replace(AROUND, desk=replace(AROUND.desk, wait_minutes=7))
    ).key  # fmt: skip


def test_nobody_came_gives_a_number_an_estimate_and_whom_to_ask() -> None:
    view = present(page(NOBODY), AROUND)
    assert view.title == H.nobody
    assert view.sentences == (
        "Votre numéro est le 12.", H.ticket_say, "L’attente est d’environ 5 minutes.", "Demandez Nadia à l’accueil.",
    )  # fmt: skip
    assert view.card is not None
    assert present(helped(NOBODY), AROUND).waiting == H.ticket_notice.format(ticket="12")
    assert present(helped(replace(NOBODY, ticket="")), AROUND).waiting == H.nobody_notice
    assert present(helped(CALLED), AROUND).waiting == w.help_coming


@pytest.mark.parametrize(
    ("more", "notice"),
    [
        ({"difficulties": frozenset({("essai", "fin")})}, w.difficulty_noted),
        ({"phase": Phase.RATING, "difficulties": frozenset({("essai", "fin")})}, w.difficulty_noted),
        ({"printing": True}, w.printing),
        ({"print_status": c.PrintStatus.DONE}, w.print_outcomes[c.PrintStatus.DONE]),
    ],
)
def test_a_passing_word_does_not_hide_that_help_was_asked_for(more: dict[str, Any], notice: str) -> None:
    before = present(helped(CALLED, "fin"), AROUND)
    view = present(replace(helped(CALLED, "fin"), **more), AROUND)
    assert view.notices == f"{notice} {w.help_coming}"
    assert [said.text for said in passing_words(before, view)] == [notice], "what stood there is not said again"
    assert passing_words(view, before) == ()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 32)], ids=str)
async def test_both_are_seen(kiosk: KioskMaker, size: tuple[int, int]) -> None:
    async with kiosk(ScriptedDialogue(helped(CALLED), AROUND), size) as k:
        await k.press("d")
        assert f"{w.difficulty_noted} {w.help_coming}" in " ".join(k.text.split(" "))


# Together


def test_a_band_says_who_sees_the_screen_on_every_view() -> None:
    for state in (helped(), asked(), page(LEA), helped(step="fin"), replace(helped(), phase=Phase.RATING)):
        view = present(state, AROUND)
        assert view.band == "Léa voit cet écran."
        assert view.helping[0].intent == c.LeaveHelp()
    assert present(helped(GIVEN), AROUND).band == "Léa peut répondre pour vous."
    assert present(helped(replace(LEA, mediator="")), AROUND).band == "Une personne voit cet écran."
    assert present(helped(CALLED), AROUND).band == ""


def test_what_the_mediator_wrote_comes_first_is_spoken_and_its_sound_is_not_kept() -> None:
    view = present(helped(TOLD), AROUND)
    assert view.title == f"Léa\u00a0: {MESSAGE}"
    assert view.sentences[0] == "Pourquoi la refaire\u00a0?"
    assert view.speech[0] == Said(f"Léa\u00a0: {MESSAGE}", "title", private=True)
    assert [said.about for said in view.speech[1:4]] == ["sentence:0", "sentence:1", "sentence:2"]
    assert view.key != present(helped(), AROUND).key
    assert view.key != present(helped(replace(TOLD, messages=2)), AROUND).key
    assert view.options == present(helped(), AROUND).options


def test_no_sound_is_kept_of_a_message_cut_into_pages() -> None:
    view = present(helped(LONGEST), AROUND)
    scene = next(iter(scenes(view)))
    _, _, pages = laid_out(view, scene, 60, 20, density(TextSize.LARGEST, sized_by_display=False))
    assert len(pages) > 1
    said = [said for each in pages for said in as_said(heard(each, "fr"), view.speech)]
    assert all(part.private for part in said if part.about == "title")
    assert not any("portefeuille" in part.text for part in said if not part.private)


def test_the_name_of_a_document_is_not_written_twice_under_a_message() -> None:
    view = present(helped(TOLD, "pieces"), AROUND)
    scene = next(iter(scenes(view)))
    _, _, pages = laid_out(view, scene, 100, 32)
    written = [line.text for item in pages[0] if hasattr(item, "lines") for line in item.lines if hasattr(line, "text")]
    assert written.count("Une photo d'identité") == 1


def test_a_card_is_pointed_at_only_while_it_is_there() -> None:
    view = present(helped(replace(LEA, pointed="abimee")), AROUND)
    assert (view.pointed, view.pointed_tag, view.pointed_said) == ("abimee", "Léa montre", "Léa montre\u00a0: Abîmée.")
    assert view.speech[-1] == Said("Léa montre\u00a0: Abîmée.", private=True)
    assert view.key == present(helped(), AROUND).key
    assert present(helped(replace(LEA, pointed="autre")), AROUND).pointed == ""
    assert present(asked(replace(LEA, pointed="abimee")), AROUND).pointed == ""


def test_consent_is_asked_in_so_many_words() -> None:
    view = present(asked(), AROUND)
    assert (view.kind, view.title) == (ViewKind.CONSENT, "Léa veut répondre à votre place")
    assert view.sentences[0] == "Êtes-vous d’accord\u00a0?"
    assert [option.intent for option in view.options] == [c.GiveConsent(), c.RefuseConsent()]


def test_the_page_of_the_help_takes_everything_back() -> None:
    assert [o.intent for o in present(page(LEA), AROUND).options] == [c.Continue(), c.LeaveHelp()]
    assert [o.intent for o in present(page(GIVEN), AROUND).options] == [
        c.Continue(), c.TakeBackConsent(), c.LeaveHelp(),
    ]  # fmt: skip
    view = present(private(GIVEN, overlay=Overlay.HELP), AROUND)
    assert c.ShowAnswers() in [option.intent for option in view.options]
    assert "Léa ne voit pas vos réponses ici." in view.sentences


def test_answers_are_shown_on_a_private_step_and_hidden_again() -> None:
    assert present(private(), AROUND).options[-1].intent == c.ShowAnswers()
    assert present(private(replace(LEA, shown=True)), AROUND).options[-1].intent == c.HideAnswers()
    assert all(o.intent != c.ShowAnswers() for o in present(helped(), AROUND).options)
    assert all(o.intent != c.ShowAnswers() for o in present(helped(step="naissance"), AROUND).options)


# What is said as it appears


def test_who_comes_and_goes_is_told_once() -> None:
    before, there = present(helped(CALLED), AROUND), present(helped(), AROUND)
    assert passing_words(before, there) == (Said("Léa voit cet écran.", private=True),)
    assert passing_words(there, there) == ()
    after = present(helped(replace(LEA, stage=HelpStage.NONE)), AROUND)
    assert help_ended(there, after) == H.ended
    assert help_ended(there, replace(after, visit=1)) == ""
    assert help_ended(there, replace(after, kind=ViewKind.GOODBYE)) == ""
    pointed = present(helped(replace(LEA, pointed="abimee")), AROUND)
    assert pointing_words(there, pointed) == (Said("Léa montre\u00a0: Abîmée.", private=True),)
    assert pointing_words(pointed, pointed) == pointing_words(pointed, there) == ()


# By voice


@pytest.mark.parametrize(
    ("view", "words", "intent"),
    [
        (present(helped(), AROUND), "finir l’aide", c.LeaveHelp()),
        (present(helped(GIVEN, "naissance"), AROUND), "arrêtez l’aide", c.LeaveHelp()),
        (present(helped(GIVEN), AROUND), "je réponds moi-même", c.TakeBackConsent()),
        (present(asked(), AROUND), "oui", c.GiveConsent()),
        (present(asked(), AROUND), "non", c.RefuseConsent()),
        (present(asked(), AROUND), "d’accord", c.GiveConsent()),
        (present(private(), AROUND), "montrer mes réponses", c.ShowAnswers()),
    ],
)
def test_everything_of_the_help_can_be_said(view: StepView, words: str, intent: c.Intent) -> None:
    scene = next(iter(scenes(view)))
    _, _, pages = laid_out(view, scene, 100, 32)
    says = what_can_be_said(Scenery(view, pages, (), StageDouble(view).comfort))
    meant = next(s.id for s in says.sayables if plain(words) in map(plain, s.ways))
    assert says.deeds[meant] == intent


# In every size


@pytest.mark.parametrize("size", NAMED_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_and_a_finger_finds_everything(size: tuple[int, int]) -> None:
    assert check(VIEWS, [size]) == []
    assert check(VIEWS, [size], large_titles=True) == []


@pytest.mark.parametrize("text_size", ["larger", "largest"])
def test_with_larger_letters(text_size: str) -> None:
    how = density(TextSize(text_size), sized_by_display=False)
    assert check(VIEWS, [(60, 20), (100, 32)], how) == []
    assert check(helped_views("en"), [(60, 20), (100, 32)]) == []


@pytest.mark.clause("PAP 11", "WCAG 2.5.8")
@pytest.mark.parametrize("size", NAMED_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_button_of_the_band_is_as_large_as_a_finger_and_apart(size: tuple[int, int]) -> None:
    screen = glass(*size)
    assert fits(screen) == ()
    for view in VIEWS.values():
        tools = [(tool.symbol, tool.label) for tool in view.tools]
        plan = frame(screen, tools, [label for _, label in COMFORT], view.notice)
        button = Button("end-help", H.end, c.LeaveHelp())
        item = beside_band(button, plan)
        assert screen.touchable(item.box)
        assert cut(item) == []
        for scene in scenes(view):
            _, _, pages = laid_out(view, scene, *size)
            boxes = [other.box for page in pages for other in page if isinstance(other, Target)]
            assert all(screen.apart(item.box, box) for box in boxes), size


def test_the_longest_band_is_whole_beside_its_button() -> None:
    for size in NAMED_SIZES:
        screen = glass(*size)
        plan = frame(screen, [("◀", "Retour")], ["Aa"])
        button = beside_band(Button("end-help", H.end, c.LeaveHelp()), plan)
        margin = 2 if screen.columns >= 76 else 1
        room = screen.columns - 2 * margin - max(button.box.width, 12)
        band = present(helped(LONGEST), AROUND).band
        assert len(wrap(band, room - 1)) <= plan.header.height, size
