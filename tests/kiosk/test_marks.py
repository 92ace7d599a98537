# SPDX-License-Identifier: EUPL-1.2
"""The word that is heard is marked where it stands: title, sentences, answers, road map; legibly in every theme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from accessibility.comfort import Contrast
from kiosk.layout import wrap
from kiosk.presenter import Surroundings
from kiosk.screens.items import Button, Line, Role, Tone
from kiosk.themes.looks import marked_look, target_look, words_look
from kiosk.themes.palettes import PALETTES, contrast
from kiosk.view import Said, SpokenPlace
from kiosk.widgets.marks import marks_of, marks_on
from kiosk.words import words_in
from tests.kiosk.conftest import Kiosk, KioskMaker
from tests.kiosk.scripted_dialogue import ScriptedDialogue, catalogue, walking
from tests.sample_procedures import sample_procedure

PROCEDURE = sample_procedure()
AROUND = Surroundings(catalogue(), "Nadia", 10, "01 23 45 67 89")
WORDS = st.lists(st.sampled_from(["Votre", "carte", "perdue", "ou", "abîmée", "l’été", "à\u00a0Lyon"]), min_size=1)


def at(step: str, **more: object) -> ScriptedDialogue:
    return ScriptedDialogue(walking(PROCEDURE, step, **more), AROUND)


def hear_word(kiosk: Kiosk, said: Said, word: str) -> None:
    """The voice comes to ``word`` of ``said``."""
    start = said.text.index(word)
    for watcher in kiosk.dialogue.word_watchers:
        watcher(SpokenPlace(said.about, start, start + len(word), said.text))


def bright(kiosk: Kiosk) -> str:
    """What is painted as the word that is heard, on the page."""
    looks = {marked_look(kiosk.app.palette, on_accent=on) for on in (True, False)}
    found: list[str] = []
    for strip in kiosk.app.screen._compositor.render_strips()[3:]:
        for segment in strip:
            if isinstance(segment.style, Style) and any(
                (segment.style.color, segment.style.bgcolor) == (look.color, look.bgcolor) for look in looks
            ):
                found.append(segment.text)
    return " ".join(found)


@given(WORDS, st.integers(4, 40), st.data())
def test_a_word_is_found_on_the_lines_that_hold_it(words: list[str], width: int, data: st.DataObject) -> None:
    text = " ".join(words)
    lines = [Line(line, about="sentence:0") for line in wrap(text, width)]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    marks = marks_of(lines, SpokenPlace("sentence:0", start, end, text))
    unique = all(text.find(line.text) == text.rfind(line.text) for line in lines)
    shown = "".join(lines[mark.line].text[mark.start : mark.end] for mark in marks)
    if unique:
        assert shown.replace(" ", "") == text[start:end].replace(" ", "")
    assert marks_of(lines, SpokenPlace("title", start, end, text)) == ()


def test_a_word_is_found_where_its_sentence_stands_beside_another() -> None:
    lines = [Line("C’est noté, merci. Vous avez", about="notice"), Line("demandé de l’aide.", about="notice")]
    for text, word, line in (("C’est noté, merci.", "noté", 0), ("Vous avez demandé de l’aide.", "demandé", 1)):
        start = text.index(word)
        (mark,) = marks_of(lines, SpokenPlace("notice", start, start + len(word), text))
        assert (mark.line, lines[line].text[mark.start : mark.end]) == (line, word)


def test_the_number_then_the_words_of_an_answer() -> None:
    said = words_in("fr").answer_read.format(number=2, label="Je ne sais pas")
    button = Button("unknown", "Je ne sais pas", None, number=2)
    lines = wrap(button.text, 9)
    number = marks_on(button, lines, SpokenPlace("option:unknown", 0, 1, said))
    assert [(m.line, lines[m.line][m.start : m.end]) for m in number] == [(0, "2")]
    start = said.index("sais")
    word = marks_on(button, lines, SpokenPlace("option:unknown", start, start + 4, said))
    assert [lines[m.line][m.start : m.end] for m in word] == ["sais"]
    assert marks_on(button, lines, SpokenPlace("option:other", start, start + 4, said)) == ()


@pytest.mark.clause("PAP 14")
async def test_each_word_of_a_page_is_marked_where_it_stands(kiosk: KioskMaker) -> None:
    async with kiosk(at("besoin")) as k:
        for said in k.dialogue.view.speech:
            for word in (w for w in said.text.replace("\u00a0", " ").split() if w.isalpha()):
                hear_word(k, said, word)
                await k.settle()
                assert word in bright(k), f"{said}: {word}"
        for watcher in k.dialogue.word_watchers:
            watcher(None)
        await k.settle()
        assert "Perdue" not in bright(k)


async def test_the_page_is_not_laid_out_again_for_a_word(kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    async with kiosk(at("besoin")) as k:
        laid_out: list[object] = []
        monkeypatch.setattr(k.app.frame, "_lay_out", laid_out.append)
        hear_word(k, k.dialogue.view.speech[0], "refaire")
        await k.settle()
        assert "refaire" in bright(k)
        assert laid_out == []


async def test_the_screen_turns_to_the_page_that_is_read(kiosk: KioskMaker) -> None:
    async with kiosk(at("fin", answers={"besoin": "perdue"}, trail=()), size=(60, 20)) as k:
        last = next(said for said in k.dialogue.view.speech if said.about == "option:finish")
        hear_word(k, last, "Finir")
        await k.settle()
        assert "Finir" in bright(k)
        assert k.dialogue.read_aloud == [], "it is being read already"


async def test_a_page_that_is_turned_is_read_with_its_places(kiosk: KioskMaker) -> None:
    async with kiosk(at("fin", answers={"besoin": "perdue"}, trail=()), size=(60, 20)) as k:
        await k.tap("next-page")
        assert any(said.about.startswith("row:") for said in k.dialogue.read_said[-1])
        assert any(said.about.startswith("option:") for said in k.dialogue.read_said[-1])


@pytest.mark.clause("PAP 10", "WCAG 1.4.3", "WCAG 1.4.11")
@pytest.mark.parametrize("name", list(Contrast))
def test_the_mark_is_legible_and_seen_in_every_theme(name: Contrast) -> None:
    palette = PALETTES[name]
    grounds = {
        False: [words_look(palette, role) for role in (Role.TITLE, Role.TEXT, Role.STRONG)],
        True: [words_look(palette, Role.TEXT, notice=True)],
    }
    for tone in Tone:
        for focused in (True, False):
            look = target_look(palette, tone, focused=focused, resting=False)
            grounds[look.ground == palette.accent].append(look.words)
    for on_accent, looks in grounds.items():
        mark = marked_look(palette, on_accent=on_accent)
        assert mark.color
        assert mark.bgcolor
        assert contrast(mark.color.name, mark.bgcolor.name) >= 7
        for look in looks:
            assert look.bgcolor
            assert contrast(mark.bgcolor.name, look.bgcolor.name) >= 3
