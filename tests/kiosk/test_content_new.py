# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content new``: what it writes lacks only what is left to its author, and overwrites nothing."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from content.loader import load_procedure
from content.model import THEMES
from kiosk.cli import cli
from kiosk.config import ContentSettings
from kiosk.content_preview import folder_of
from kiosk.content_review import review_content

GIVEN = ("--title", "Refaire mon permis", "--theme", "transports_mobilite", "--pictogram", "form")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "kiosk.toml").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAS_A_PAS_CONFIG", str(tmp_path / "kiosk.toml"))
    return tmp_path


def new(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["content", "new", *words], input=typed)


def test_a_new_procedure_passes_the_check_but_for_unfinished_and_is_a_draft(site: Path) -> None:
    done = new("permis", *GIVEN)
    assert done.exit_code == 0, done.output
    folder = site / "var" / "drafts" / "permis"
    found = review_content(folder, date.today()).problems
    assert {(p.code, p.warning) for p in found} == {
        ("unfinished", False),
        ("nobody-to-ask", True),
        ("few-ways", True),
    }
    texts, _ = load_procedure(folder)
    assert (texts["fr"].title, texts["fr"].theme) == ("Refaire mon permis", "transports_mobilite")
    assert "kiosk content preview permis" in done.output
    assert folder_of("permis", ContentSettings(drafts=site / "var" / "drafts")) == folder
    assert [entry.name for entry in folder.parent.iterdir()] == ["permis"]


def test_the_schema_is_named_in_the_first_line_and_is_there(site: Path) -> None:
    new("permis", *GIVEN)
    for file in (site / "var" / "drafts" / "permis").iterdir():
        first = file.read_text("utf-8").splitlines()[0]
        assert first.startswith("#:schema ")
        assert (file.parent / first.removeprefix("#:schema ")).resolve().is_file()


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_will_do(theme: str, site: Path) -> None:
    assert new("essai", "--title", 'L’aide « "simple" »', "--theme", theme, "--pictogram", "euro").exit_code == 0
    words = tomllib.loads((site / "var/drafts/essai/fr.toml").read_text("utf-8"))
    assert words["title"] == 'L’aide « "simple" »'


def test_what_is_missing_is_asked(site: Path) -> None:
    done = new("permis", typed="Refaire mon permis\nhabiter\nlogement\n\n")
    assert done.exit_code == 0, done.output
    assert "Titre" in done.output
    assert "Valeurs possibles" in done.output, "a theme that does not exist is asked again"
    assert load_procedure(site / "var/drafts/permis")[0]["fr"].theme == "logement"


def test_a_wrong_name_is_said_before_anything_is_asked(site: Path) -> None:
    done = new("Permis B")
    assert done.exit_code == 2
    assert "Titre" not in done.output


def test_a_draft_is_not_walked_through_but_seen(site: Path) -> None:
    new("permis", *GIVEN)
    done = CliRunner().invoke(cli, ["walk", "permis"])
    assert done.exit_code == 1
    assert "kiosk content preview permis" in done.output


def test_nothing_is_overwritten(site: Path) -> None:
    new("permis", *GIVEN)
    words = site / "var/drafts/permis/fr.toml"
    words.write_text("à moi", "utf-8")
    done = new("permis", *GIVEN)
    assert done.exit_code == 1
    assert "existe déjà" in done.output
    assert words.read_text("utf-8") == "à moi"


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("Permis B", *GIVEN), "ne convient pas comme nom", 2),
        (("../permis", *GIVEN), "ne convient pas comme nom", 2),
        (("permis", *GIVEN[:-1], "frm"), "Vouliez-vous dire", 2),
        (("permis", "--title", "REFAIRE le permis, etc.", *GIVEN[2:]), "capitales", 1),
        (("permis", "--title", " ", *GIVEN[2:]), "Titre", 1),
    ],
)
def test_what_the_check_refuses_is_said_and_nothing_is_written(
    words: tuple[str, ...], said: str, code: int, site: Path
) -> None:
    done = new(*words)
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert not list(site.rglob("*.toml")) or list(site.rglob("*.toml")) == [site / "kiosk.toml"]


def test_a_place_that_cannot_be_written_is_said(site: Path) -> None:
    (site / "file").write_text("", "utf-8")
    done = new("permis", *GIVEN, "--into", "file")
    assert done.exit_code == 1
    assert "ne peut pas être écrit" in done.output
