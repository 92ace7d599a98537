# SPDX-License-Identifier: EUPL-1.2
"""``kiosk.toml``: it runs as it is, and whatever is wrong in it is named with its line."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.config import Settings, load_settings

SHIPPED = Path(__file__).resolve().parents[2] / "kiosk.toml"


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    loaded = load_settings(path)
    assert isinstance(loaded, list)
    return [f"{problem.line} {problem.key} {problem.message}" for problem in loaded]


def test_the_shipped_file_runs_as_it_is_and_shows_every_setting() -> None:
    loaded = load_settings(SHIPPED)
    assert isinstance(loaded, Settings)
    written = SHIPPED.read_text(encoding="utf-8")
    for section in fields(Settings):
        assert f"[{section.name}]" in written
        for setting in fields(getattr(loaded, section.name)):
            assert f"\n{setting.name} = " in written


def test_the_shipped_values_are_the_defaults() -> None:
    loaded = load_settings(SHIPPED)
    assert isinstance(loaded, Settings)
    assert loaded.session == Settings().session
    assert loaded.printer.folder == SHIPPED.parent / "var/receipts"
    assert loaded.content.path == Settings().content.path


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("", encoding="utf-8")
    loaded = load_settings(tmp_path / "kiosk.toml")
    assert isinstance(loaded, Settings)
    assert loaded.journal.path == tmp_path / "var/journal.db"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "absent.toml")
    assert isinstance(loaded, list)
    assert str(tmp_path / "absent.toml") in str(loaded[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[site]\nname = 3\n", '2 site.name un texte entre guillemets est attendu : "…"'),
        ("[site]\n\nnmae = 'x'\n", "3 site.nmae réglage inconnu ; vouliez-vous écrire « name » ? "),
        ("[sit]\n", "1 sit réglage inconnu ; vouliez-vous écrire « site » ? "),
        ("[printer]\nkind = 'laser'\n", '2 printer.kind valeurs possibles : "folder", "cups", "none"'),
        ("[session]\nanswer_seconds = 5\n", "2 session.answer_seconds un nombre entier de 20 à 600 est attendu"),
        ("[page]\nport = true\n", "2 page.port un nombre entier de 1024 à 65535 est attendu"),
        ("[site]\ndetails = 'x'\n", '2 site.details une liste de textes est attendue : ["…", "…"]'),
        ("[journal]\npath = ''\n", '2 journal.path un chemin est attendu : "…"'),
        ("site = 3\n", "1 site une table est attendue : [site]"),
        ("[site]\nname = 'a\u202eb'\n", "2 site.name Il y a un changement de sens d'écriture (U+202E)"),
        ('[site]\nkiosk = "\\u001b[31m"\n', "2 site.kiosk Il y a un caractère de commande (U+001B)"),
        ('[site]\ndetails = ["x", "a\\u0007"]\n', "2 site.details Il y a un caractère de commande (U+0007)"),
        ('[help]\nphone = "1\\n2"\n', "2 help.phone Il y a un caractère de commande (U+000A)"),
        ('[printer]\nfolder = "a\\u0000b"\n', "2 printer.folder Il y a un caractère de commande (U+0000)"),
        ('[site]\n"\\u001b[31m" = 1\n', "2 site.\\u001b[31m réglage inconnu"),
        ("[session]\nlanguage = 'zz'\n", '2 session.language valeurs possibles : "fr", "en"'),
    ],
)
def test_whatever_is_wrong_is_named_with_its_line_and_what_is_accepted(
    tmp_path: Path, text: str, expected: str
) -> None:
    found = problems(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "[site]\nname = 3\n[page]\nport = 1\n[voice]\nengine = 'x'\n")) == 3


def test_a_broken_file_says_the_line(tmp_path: Path) -> None:
    assert problems(tmp_path, "[site]\nname = \n")[0].startswith("2 ")
