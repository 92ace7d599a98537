# SPDX-License-Identifier: EUPL-1.2
"""From a step to where it is written, with what the check says of those lines and of no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.authoring import FilesOfProcedures
from tests.journeys.short_procedure import write_short_procedure

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
LONG = "Choisissez une réponse parmi toutes celles qui sont là, devant vous, sur cet écran, au doigt ou à la voix."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_short_procedure(tmp_path)
    words = tmp_path / "essai" / "fr.toml"
    words.write_text(words.read_text(encoding="utf-8").replace("Choisissez une réponse.", LONG), encoding="utf-8")
    return tmp_path


def test_a_step_is_found_with_what_is_wrong_in_it(folder: Path) -> None:
    found = FilesOfProcedures(folder)("essai", "besoin", NOW)
    assert found is not None
    structure, words = found.places
    for place, begins in ((structure, "[[steps]]"), (words, "[steps.besoin]")):
        assert Path(place.file).read_text(encoding="utf-8").splitlines()[place.line - 1] == begins
    assert {problem.code for problem in found.problems} & {"long", "long-sentence"}
    assert {Path(problem.file).name for problem in found.problems} == {"fr.toml"}


def test_another_step_is_not_reproached_with_it(folder: Path) -> None:
    found = FilesOfProcedures(folder)("essai", "pieces", NOW)
    assert found is not None
    assert not [problem for problem in found.problems if "Choisissez" in problem.message]


@pytest.mark.parametrize(("procedure", "step"), [("essai", "nulle-part"), ("nulle", "besoin"), ("essai", "")])
def test_what_is_not_there_is_not_invented(folder: Path, procedure: str, step: str) -> None:
    assert FilesOfProcedures(folder)(procedure, step, NOW) is None


def test_files_that_are_broken_break_nothing(folder: Path) -> None:
    (folder / "essai" / "procedure.toml").write_text("steps = 3", encoding="utf-8")
    (folder / "essai" / "fr.toml").write_text("steps = [", encoding="utf-8")
    assert FilesOfProcedures(folder)("essai", "besoin", NOW) is None
    (folder / "essai" / "fr.toml").write_text("steps = 3", encoding="utf-8")
    assert FilesOfProcedures(folder)("essai", "besoin", NOW) is None
