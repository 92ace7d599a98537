# SPDX-License-Identifier: EUPL-1.2
"""Imported official sheets at the kiosk: what is shown, read, listed, walked and printed of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assist.session import commands as c
from assist.session.state import Phase, SessionState
from content.importers.vosdroits.importing import import_feed
from content.importers.vosdroits.serving import official_procedures, with_official
from content.model import OfficialSheet, Procedure
from kiosk.cli import cli
from kiosk.config import SiteSettings
from kiosk.official import credit
from kiosk.official_diagnosis import official_check
from kiosk.presenter import Surroundings, present
from kiosk.receipts import receipt_of
from kiosk.rehearsal import sentences_of
from kiosk.view import StepView
from kiosk.widgets.header import progress
from kiosk.words import words_in
from printouts.model import Paper
from printouts.render import render
from tests.content.importers.feed import branch, document, write_feed
from tests.content.importers.walker import begin, current, first_card, send, to_the_end
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.scripted_kiosk import make
from tests.our_procedures import CATALOGUE, FOLDER
from tests.printouts.reading import text as text_of

OURS = CATALOGUE
CREDIT = "Source : Service-Public.fr / DILA, Licence Ouverte 2.0. Fiche F9001 du 4 mai 2026."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settings file beside an imported feed."""
    folder = tmp_path_factory.mktemp("site")
    feed = write_feed(folder / "feed")
    import_feed(str(feed), folder / "official", datetime(2026, 11, 28), downloading=_nothing, reading=_nothing)
    _one_of_ours(folder)
    (folder / "kiosk.toml").write_text(
        '[content]\npath = "procedures"\nofficial = "official"\n'
        '[journal]\npath = "journal.db"\n[printer]\nkind = "none"\n',
        encoding="utf-8",
    )
    return folder


def _one_of_ours(folder: Path) -> None:
    """To read and judge all of them takes a second at each command."""
    shutil.copytree(FOLDER / "carte-identite", folder / "procedures" / "carte-identite")


def _nothing(done: int, whole: int) -> None: ...


@pytest.fixture
def boat(site: Path) -> Procedure:
    return official_procedures(site / "official")["sp-f9001"]["fr"]


def loose(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def view(state: SessionState) -> StepView:
    return present(state, Surroundings(OURS))


def at_the_choice(boat: Procedure) -> SessionState:
    state = send(begin(boat), c.Continue())
    return send(state, c.Choose("r1"))


def test_every_screen_says_where_its_words_come_from_and_does_not_read_it(boat: Procedure) -> None:
    state = begin(boat)
    for _ in range(30):
        shown = view(state)
        assert "Service-Public.fr / DILA, Licence Ouverte 2.0" in shown.credit
        assert not any("Licence" in said.text for said in shown.speech if not said.about.startswith("row:"))
        step = current(state)
        if step.kind.value == "end":
            return
        state = send(state, c.Choose(first_card(step)) if step.choices else c.Continue())
    raise AssertionError("no end")


def test_the_sheet_reached_gives_its_own_number(boat: Procedure) -> None:
    tree = view(begin(boat))
    assert loose(tree.credit) == CREDIT
    state = send(send(at_the_choice(boat), c.Choose("r1")), c.Choose("r1"))
    assert loose(view(state).credit).endswith("Fiche F9002 du 4 mai 2026.")


def test_where_one_is_in_a_sheet_is_told_and_not_how_much_is_left(boat: Procedure) -> None:
    state = begin(boat)
    assert progress(view(state).done, view(state).total, 40, words_in("fr")) == "Étape\u00a01"
    state = send(state, c.Continue())
    assert progress(view(state).done, view(state).total, 40, words_in("fr")) == "Étape\u00a02"


@pytest.mark.parametrize(("today", "old"), [(date(2027, 11, 4), False), (date(2027, 11, 5), True)])
def test_an_old_sheet_says_so_on_its_first_screen_only(boat: Procedure, today: date, old: bool) -> None:
    first = replace(begin(boat), today=today)
    assert ("Attention, ce texte est ancien." in view(first).sentences) is old
    assert ("Attention, ce texte est ancien." in [said.text for said in view(first).speech]) is old
    assert "Attention, ce texte est ancien." not in view(send(first, c.Continue())).sentences


def test_a_sheet_without_a_date_is_old() -> None:
    sheet = OfficialSheet("F1", "x", "", None)
    assert sheet.is_old(date(2026, 1, 1))
    assert loose(credit(sheet, "fr")) == "Source : Service-Public.fr / DILA, Licence Ouverte 2.0. Fiche F1."


def test_a_long_answer_is_shown_and_read_whole(boat: Procedure) -> None:
    shown = view(at_the_choice(boat))
    whole = "Il s'agit d'un canoë (ou d'un kayak) que vous gardez toute l'année chez vous"
    assert shown.options[1].label == "Canoë que vous gardez toute l'année…"
    read = [loose(said.text) for said in shown.speech if said.about.startswith("option:")]
    assert read == ["1 : Il est à moteur.", f"2 : {whole}.", "3 : Je ne sais pas."]
    assert [loose(sentence) for sentence in shown.sentences][-3:] == read


def test_what_the_feed_explains_is_given_to_who_finds_it_difficult(boat: Procedure) -> None:
    state = send(send(at_the_choice(boat), c.Explain()), c.Repeat())
    assert "Un canoë est un petit bateau." in view(state).sentences


def test_who_reads_english_is_told_that_the_sheet_is_in_french(boat: Procedure) -> None:
    shown = view(replace(begin(boat), language="en"))
    assert "This official text is in French only." in shown.sentences
    said = {said.text: said.language for said in shown.speech}
    assert said["This official text is in French only."] == ""
    assert said["Mon bateau"] == "fr"


def walked(boat: Procedure) -> SessionState:
    state = send(send(at_the_choice(boat), c.Choose("r1")), c.Choose("r2"))
    return to_the_end(state)


def test_the_road_map_gathers_what_the_sheet_says_for_these_answers(boat: Procedure) -> None:
    rows = {row.id: [loose(line) for line in row.lines] for row in view(walked(boat)).rows}
    assert rows["bring"][:2] == ["Votre pièce d'identité : à trouver.", "Deux photos : à trouver."]
    assert not any("facture" in line for line in rows["bring"])
    assert any("Ancien titre" in line for line in rows["bring"])
    assert "Sur place : Mairie." in rows["where"]
    assert "Formulaire Cerfa n° 12345*06 : Demande de titre." in rows["where"]
    assert "En ligne : Déclarer un moteur." in rows["where"]
    assert "Fiche officielle F9002 : Papiers d'un bateau." in rows["where"]
    assert "Comptez 15 jours." in rows["where"]
    assert rows["cost"] == ["Le titre coûte 38 €."]
    assert rows["contact"] == ["Pour vous renseigner : Allô bateau, 01 23 45 67 89."]
    assert "Attention : L'été, c'est plus long." in rows["do"]
    assert [line.split("Fiche ")[1] for line in rows["source"]] == ["F9001 du 4 mai 2026.", "F9002 du 4 mai 2026."]


@pytest.mark.parametrize("paper", list(Paper))
def test_the_paper_carries_the_attribution(boat: Procedure, site: Path, paper: Paper) -> None:
    receipt = receipt_of(walked(boat), with_official(OURS, site / "official"), "ABCDEFGH", SiteSettings())
    assert receipt is not None
    read = loose(text_of(render(receipt, paper)))
    assert CREDIT in read
    assert "Fiche F9002 du 4 mai 2026" in read
    assert "Nous les avons vérifiées" not in read
    for said in ("Deux photos", "Le titre coûte 38 €", "01 23 45 67 89", "12345*06", "Mairie"):
        assert said in read, said
    assert "vosdroits/F9002" in read.replace(" ", "")


def test_nothing_of_hundreds_of_screens_is_prepared_aloud(boat: Procedure) -> None:
    assert sentences_of(boat, "fr") == ()


def test_official_ones_come_after_ours_and_cost_nothing_until_picked(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from content.importers.vosdroits import serving

    def never(*_: object) -> None:
        raise AssertionError("made before anybody picked it")

    monkeypatch.setattr(serving, "compile_procedure", never)
    catalogue = with_official(OURS, site / "official")
    titles = catalogue.titles()
    official = [procedure.official is not None for procedure in titles]
    assert official == sorted(official)
    assert sum(official) == 2
    present(replace(SessionState(), phase=Phase.CHOOSING), Surroundings(catalogue))


def test_without_a_store_nothing_changes(tmp_path: Path) -> None:
    assert with_official(OURS, None) is OURS
    assert with_official(OURS, tmp_path) is OURS


# The commands


def run(site: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["--config", str(site / "kiosk.toml"), *words], input=typed)


def test_they_are_listed(site: Path) -> None:
    rows = {row["id"]: row for row in json.loads(run(site, "list", "--json").stdout)}
    assert rows["sp-f9001"]["official"] == "F9001"
    assert rows["carte-identite"]["official"] is None
    assert "(fiche officielle du 04/05/2026)" in run(site, "list").stdout


@pytest.mark.parametrize("name", ["sp-f9001", "F9001", "f9001"])
def test_they_are_walked_by_identifier_or_number_to_a_paper(site: Path, name: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    answers = "r1\nr1\nr1\nresume\n"
    done = run(site, "walk", name, "--no-journal", "--answers", "-", "--receipt", str(paper), "--json", typed=answers)
    assert done.exit_code == 0, done.output
    end = json.loads(done.stdout.splitlines()[-1])
    assert end["procedure"] == "sp-f9001"
    assert "Votre pièce d'identité" in [document["name"] for document in end["road_map"]["bring"]]
    assert [sheet["number"] for sheet in end["road_map"]["official"]] == ["F9001", "F9002"]
    assert CREDIT in loose(text_of(paper.read_bytes()))


def test_titles_that_are_alike_are_told_apart(site: Path) -> None:
    twin = replace(next(iter(OURS.procedures["carte-identite"].values())), title="Mon bateau")
    catalogue = with_official(replace(OURS, procedures={"mien": {"fr": twin}}), site / "official")
    assert [procedure.title for procedure in catalogue.titles()] == [
        "Mon bateau",
        "Je pars en mer",
        "Mon bateau (fiche F9001)",
    ]


def test_the_doctor_counts_them(site: Path) -> None:
    told = [(check.ok, check.message) for check in official_check(site / "official", date(2026, 11, 28))]
    assert told == [(True, "2 démarches officielles, importées le 2026-11-28.")]
    assert list(official_check(None, date(2026, 11, 28))) == []


def test_the_doctor_says_how_many_are_old_and_it_is_advice(site: Path) -> None:
    _, old = official_check(site / "official", date(2028, 11, 28))
    assert (old.ok, old.blocking) == (True, False)
    assert re.match(r"\d fiches officielles ont plus de 18 mois, sur \d : ", old.message)
    assert "import-vosdroits" in old.fix


def test_the_doctor_says_what_to_do_when_they_cannot_be_served(tmp_path: Path) -> None:
    def told(folder: Path) -> str:
        (check,) = official_check(folder, date(2026, 11, 28))
        assert (check.ok, check.blocking, bool(check.fix)) == (False, False, True)
        return check.message

    (absent,) = official_check(tmp_path / "absent", date(2026, 11, 28))
    assert absent.ok, "nobody has to import them"
    assert "n'existe pas" in absent.message
    assert "est vide" in told(tmp_path)
    (tmp_path / "index.json").write_text("{", encoding="utf-8")
    assert "ne se lisent pas" in told(tmp_path)
    assert "n'est pas un dossier" in told(tmp_path / "index.json")


def test_the_list_says_that_they_cannot_be_read(tmp_path: Path) -> None:
    _one_of_ours(tmp_path)
    (tmp_path / "kiosk.toml").write_text('[content]\npath = "procedures"\nofficial = "official"\n', encoding="utf-8")
    assert run(tmp_path, "list").stderr == ""
    (tmp_path / "official").mkdir()
    assert run(tmp_path, "list").stderr == ""
    (tmp_path / "official" / "index.json").write_text("{", encoding="utf-8")
    done = run(tmp_path, "list", "--json")
    assert "ne se lisent pas" in done.stderr
    assert "import-vosdroits" in done.stderr
    assert json.loads(done.stdout)


def test_a_tree_that_leads_to_one_sheet_is_called_as_that_sheet(tmp_path: Path) -> None:
    inner = "".join(branch(text, link="F9002", tag="Problematique") for text in ("Oui", "Non"))
    inner = f"<Problematiques>{inner}</Problematiques>"
    inside = document("F7", "Recherche guidée", "**CNI -Perte", inner)
    feed = write_feed(tmp_path / "feed", F7=inside)
    import_feed(str(feed), tmp_path / "official", datetime(2026, 11, 28), downloading=_nothing, reading=_nothing)
    found = official_procedures(tmp_path / "official")["sp-f7"]["fr"]
    assert found.title == "Papiers d'un bateau"
    assert found.official is not None
    assert (found.official.title, found.steps["debut"].title) == ("CNI -Perte", "CNI -Perte")


def test_an_unknown_one_is_told_without_naming_them_all(site: Path) -> None:
    done = run(site, "walk", "F1", "--no-journal")
    assert done.exit_code == 1
    assert "et 2 fiches officielles" in done.output


def test_the_check_gives_advice_on_official_text_and_refuses_nothing(site: Path) -> None:
    done = run(site, "content", "check", str(site / "official"), "--json")
    assert done.exit_code == 0
    problems = json.loads(done.stdout)
    assert problems
    assert all(problem["warning"] and problem["message"].startswith("Texte officiel.") for problem in problems)


def test_the_import_command(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed", F8=b"<Publication>")
    done = CliRunner().invoke(cli, ["content", "import-vosdroits", str(feed), "--into", str(tmp_path / "official")])
    assert done.exit_code == 3
    assert "5 publications" in done.output
    assert "F8.xml:1 : " in done.output
    assert "2 démarches officielles" in done.output
    assert "NouveauBloc (1)" in done.output
    done = CliRunner().invoke(
        cli, ["content", "import-vosdroits", str(feed), "--into", str(tmp_path / "official"), "--json"]
    )
    summary = json.loads(done.stdout)
    assert (summary["publications"], summary["read"], summary["unchanged"], summary["broken"]) == (5, 0, 5, 1)
    absent = CliRunner().invoke(
        cli, ["content", "import-vosdroits", str(tmp_path / "x"), "--into", str(tmp_path / "y")]
    )
    assert absent.exit_code == 1
    assert "n'existe pas" in absent.output


def test_the_import_command_names_what_is_no_sheet_and_refuses_to_empty_the_kiosk(tmp_path: Path) -> None:
    def imported(feed: Path, *options: str) -> Result:
        command = ["content", "import-vosdroits", str(feed), "--into", str(tmp_path / "official"), *options]
        return CliRunner().invoke(cli, command)

    assert "5 nouvelles ou changées" in imported(write_feed(tmp_path / "feed")).output
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "F1.xml").write_bytes(document("F1", "Fiche", "x", ""))
    (tmp_path / "other" / "menu.xml").write_bytes(b"<Arborescence/>")
    refused = imported(tmp_path / "other")
    assert refused.exit_code == 1
    assert "5 fiches s'en iraient, sur 5" in loose(refused.output)
    assert "--accept-removals" in refused.output
    assert json.loads(imported(tmp_path / "other", "--json").stdout)["imported"] is False
    done = imported(tmp_path / "other", "--accept-removals")
    assert done.exit_code == 0
    assert "1 fichier qui n'est pas une publication : menu.xml." in done.output
    assert "1 nouvelle ou changée, 0 sans changement, 5 retirées." in done.output


async def test_the_screen_shows_the_credit_below_the_words(kiosk: KioskMaker, boat: Procedure) -> None:
    async with kiosk() as screen:
        await screen.show(view(begin(boat)))
        text = loose(screen.text)
        assert CREDIT in text
        assert text.index("Mon bateau") < text.index(CREDIT) < text.index("Suite")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_every_long_answer_fits_every_screen(kiosk: KioskMaker, boat: Procedure, size: tuple[int, int]) -> None:
    async with kiosk(size=size) as screen:
        await screen.show(view(at_the_choice(boat)))
        seen = screen.text
        while any(target.item and target.item.button.id == "next-page" for target in screen.targets):
            before = screen.text
            await screen.tap("next-page")
            seen += screen.text
            if screen.text == before:
                break
        assert "kayak" in loose(seen)
        assert "r2" in [target.item.button.id for target in screen.targets if target.item]


def test_importing_nothing_of_it_when_there_is_no_store() -> None:
    code = "import sys, kiosk.catalogue, kiosk.wiring; sys.exit('content.importers.vosdroits.compiling' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_a_person_walks_one_through_the_whole_conversation(site: Path) -> None:
    """Picked, read aloud, printed with its source, journalled under its own name, and nothing left of it."""
    kiosk = make(catalogue=with_official(OURS, site / "official"))
    await kiosk.dialogue.start()
    try:
        boat = official_procedures(site / "official")["sp-f9001"]["fr"]
        await kiosk.do(c.Begin(""), c.Pick(boat), c.Continue(), c.Choose("r1"), c.Choose("r1"), c.Choose("r1"))
        assert kiosk.dialogue.view.title == "Papiers d'un bateau"
        assert "Papiers d'un bateau" in [said.text for said in kiosk.dialogue.view.speech]
        await kiosk.do(c.Continue(), c.Continue(), c.Choose("resume"), c.Print())
        await kiosk.until(lambda: bool(kiosk.maker.made))
        credits = [loose(line).split("Fiche ")[1] for line in kiosk.maker.made[0].credits]
        assert credits == ["F9001 du 4 mai 2026.", "F9002 du 4 mai 2026."]
    finally:
        await kiosk.dialogue.close()
