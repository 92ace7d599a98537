# SPDX-License-Identifier: EUPL-1.2
"""What a person meets, from where the session stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assist.link.messages import HelpStage
from assist.session import commands as c
from assist.session.events import Ending
from assist.session.state import MOST_PAPERS, Crumb, Help, Overlay, Phase, SessionState
from assist.sync.protocol import DeskState
from content.model import UNKNOWN, Catalogue, Place, Possession, RoadMapLine, Section, Step, StepKind
from kiosk.presenter import Surroundings, present
from kiosk.rehearsal import moments, sentences_of
from kiosk.view import ViewKind
from kiosk.words import words_in
from tests.sample_procedures import MAIRIE, TODAY, sample_procedure

PROCEDURE = sample_procedure()
w = words_in("fr")
AROUND = Surroundings(Catalogue({PROCEDURE.id: {"fr": PROCEDURE}}))


def on(step: str, document: str = "", **changes: object) -> SessionState:
    state = SessionState(phase=Phase.WALKING, session="s", procedure=PROCEDURE, here=Crumb(step, document), today=TODAY)
    return replace(state, **changes)  # type: ignore[arg-type]


def test_the_welcome_offers_one_thing() -> None:
    view = present(SessionState(), AROUND)
    assert view.kind is ViewKind.WELCOME
    assert [option.label for option in view.options] == ["Commencer"]
    assert view.tools == ()
    assert "OpenMoji (CC BY-SA 4.0)" in view.heading
    assert not any("OpenMoji" in said.text for said in view.speech)


def test_the_choice_of_a_procedure_shows_only_themes_that_have_one_and_a_person() -> None:
    view = present(SessionState(phase=Phase.CHOOSING), AROUND)
    assert [theme.id for theme in view.themes] == [PROCEDURE.theme]
    assert [option.id for option in view.options] == [PROCEDURE.id, "someone"]
    assert view.options[-1].intent == c.CallHelp()


def test_i_do_not_know_is_always_last() -> None:
    view = present(on("besoin"), AROUND)
    assert [option.id for option in view.options] == ["perdue", "abimee", UNKNOWN]
    assert view.speech[-1].text == f"3\u00a0: {w.unknown}."


def test_a_checklist_shows_one_document_and_says_what_it_is_when_asked() -> None:
    view = present(on("pieces", "photo"), AROUND)
    assert view.title == "Une photo d'identité"
    assert [option.id for option in view.options] == ["have", "missing", "what"]
    asked = present(on("pieces", "photo", explaining=True), AROUND)
    assert asked.sentences == ("C'est une petite photo de votre visage.",)


@pytest.mark.clause("EN 5.1.3.9", "PAP 8")
def test_what_was_typed_is_neither_shown_nor_spoken() -> None:
    secret = date(1949, 7, 23)
    view = present(on("pieces", "photo", answers={"naissance": secret}), AROUND)
    assert "1949" not in repr(view)


@pytest.mark.clause("EN 5.1.3.1")
def test_a_place_is_shown_and_spoken_with_its_number() -> None:
    view = present(on("mairie"), AROUND)
    assert view.card is not None
    assert view.card.phone == "01 23 45 67 89"
    assert "Téléphone\u00a0: 01 23 45 67 89." in [said.text for said in view.speech]


@pytest.mark.clause("EN 5.1.3.16")
def test_the_road_map_is_read_aloud_row_by_row() -> None:
    answers = {"besoin": "perdue", "pieces": {"photo": Possession.MISSING, "declaration": Possession.HAVE}}
    trail = (Crumb("besoin"), Crumb("pieces", "photo"), Crumb("pieces", "declaration"))
    view = present(on("fin", trail=trail, answers=answers), AROUND)
    assert [row.id for row in view.rows] == ["do", "bring", "where", "deadline", "cost", "contact"]
    assert view.rows[1].lines == (
        w.lacks_it.format(name="Une photo d'identité"),
        w.has_it.format(name="La déclaration de perte"),
    )
    assert "dimanche 6\u00a0décembre\u00a02026" in view.rows[3].lines[0]
    heard = {said.text for said in view.speech}
    assert all(line in heard for row in view.rows for line in row.lines)


def test_where_and_whom_name_the_place_and_say_a_number_once() -> None:
    mairie = Place("La mairie", "town-hall", phone="34 00")
    visits = {
        "Pour le vote": "Pour le vote\u00a0: la mairie, 34\u00a000.",
        "Appelez la mairie.": "Appelez la mairie. 34\u00a000",
        "Appelez le 3400.": "Appelez le 3400. La mairie.",
    }
    lines = tuple(RoadMapLine(text, Section.CONTACT, text, "town-hall", place=mairie) for text in visits)
    view = present(replace(on("fin"), procedure=sample_procedure(road_map=lines)), AROUND)
    assert view.rows[0].lines == tuple(visits.values())


def test_the_print_button_says_encore_once_printed_and_the_outcome_is_told() -> None:
    view = present(on("fin", prints=1, print_status=c.PrintStatus.DONE), AROUND)
    assert view.options[0].label == w.print_again
    assert view.notice == w.print_outcomes[c.PrintStatus.DONE]
    assert present(on("fin", printing=True), AROUND).notice == w.printing


def test_after_a_few_papers_no_other_is_offered_and_a_sentence_says_whom_to_ask() -> None:
    many = on("fin", prints=MOST_PAPERS, papers=MOST_PAPERS, print_status=c.PrintStatus.DONE)
    view = present(many, AROUND)
    assert [option.id for option in view.options] == ["listen", "finish"]
    assert view.notice == f"{w.print_outcomes[c.PrintStatus.DONE]} {w.another_paper}"
    answered_again = replace(many, prints=0, print_status=None)
    assert present(answered_again, AROUND).notice == w.another_paper
    assert present(on("besoin", papers=MOST_PAPERS), AROUND).notice == ""


@pytest.mark.parametrize("overlay", [overlay for overlay in Overlay if overlay is not Overlay.NONE])
def test_whatever_stands_before_a_step_has_its_own_view_and_a_way_on(overlay: Overlay) -> None:
    view = present(on("besoin", overlay=overlay), AROUND)
    assert view.kind.value == overlay.value
    assert view.options


def test_the_help_screen_says_who_comes_only_when_it_is_known() -> None:
    nobody = present(on("besoin", overlay=Overlay.HELP), AROUND)
    assert nobody.sentences == (w.help_someone, w.help_stays)
    known = replace(AROUND, help_person="Samira", help_wait_minutes=5, help_phone="01 02 03 04 05")
    view = present(on("besoin", overlay=Overlay.HELP), known)
    assert view.sentences == ("Demandez Samira à l’accueil.", w.help_wait.format(minutes=5))
    assert view.card is not None
    assert view.card.phone == "01 02 03 04 05"


def test_when_nobody_comes_the_help_screen_names_who_answers_for_the_procedure() -> None:
    page = on("besoin", overlay=Overlay.HELP)
    alone = present(page, AROUND)
    assert alone.card is not None
    assert (alone.card.name, alone.card.phone, alone.card.url) == (MAIRIE.name, MAIRIE.phone, "")
    assert alone.card.lines[0] == "Appelez la mairie."
    number = MAIRIE.phone.replace(" ", "\u00a0")
    assert next(said.text for said in alone.speech if said.about == "card") == f"Appelez la mairie. {number}"
    somebody = replace(AROUND, desk=DeskState(reachable=True, people=1))
    assert present(page, somebody).card is None
    assert present(replace(page, help=Help(HelpStage.UNANSWERED)), somebody).card == alone.card
    assert present(SessionState(phase=Phase.CHOOSING, overlay=Overlay.HELP), AROUND).card is None


def test_who_answers_is_named_in_the_language_of_the_procedure() -> None:
    view = present(on("besoin", overlay=Overlay.HELP, language="en"), AROUND)
    assert {said.language for said in view.speech if said.about == "card"} == {"fr"}


def test_the_goodbye_says_that_nothing_is_left() -> None:
    done = present(SessionState(phase=Phase.OVER, ending=Ending.DONE), AROUND)
    assert done.sentences == w.goodbye_done
    printed = present(SessionState(phase=Phase.OVER, ending=Ending.DONE, prints=1), AROUND)
    assert printed.sentences == (w.goodbye_paper, *w.goodbye_done)
    assert present(SessionState(phase=Phase.OVER, ending=Ending.ERASED), AROUND).sentences == w.goodbye_wiped


def test_progress_never_goes_down_on_the_way() -> None:
    trail: tuple[Crumb, ...] = ()
    shown = []
    for step in ("accueil", "besoin", "perte", "naissance", "enfants", "mairie", "demande", "surnom", "fin"):
        view = present(on(step, trail=trail), AROUND)
        shown.append((view.done, view.total))
        trail = (*trail, Crumb(step))
    assert [done for done, _ in shown] == sorted(done for done, _ in shown)
    assert all(done < total for done, total in shown)
    assert shown[-1][0] == shown[-1][1] - 1


def test_the_key_changes_when_the_person_meets_something_new_and_only_then() -> None:
    key = present(on("besoin"), AROUND).key
    assert present(on("besoin", help=Help(HelpStage.CALLED)), AROUND).key == key
    changes = ({"repeats": 1}, {"explaining": True}, {"overlay": Overlay.HELP}, {"language": "en"})
    assert all(present(on("besoin", **change), AROUND).key != key for change in changes)


def test_every_sentence_of_a_procedure_is_rehearsed() -> None:
    rehearsed = set(sentences_of(PROCEDURE, "fr"))
    assert set(present(on("besoin"), AROUND).speech) <= rehearsed
    assert "C'est une petite photo de votre visage." in {said.text for said in rehearsed}
    assert set(present(SessionState(phase=Phase.CHOOSING), AROUND).speech) <= set(moments(AROUND))


def test_a_kind_of_step_that_nobody_paints_cannot_be_forgotten() -> None:
    for kind in StepKind:
        step = next(step for step in PROCEDURE.steps.values() if step.kind is kind)
        assert isinstance(step, Step)
        document = step.documents[0].id if step.documents else ""
        assert present(on(step.id, document), AROUND).title
