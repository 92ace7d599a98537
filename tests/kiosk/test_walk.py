# SPDX-License-Identifier: EUPL-1.2
"""``kiosk walk``: the session without a screen, on the real procedures and through the real command."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assist.session.commands import Moment
from assist.session.events import Event
from content.model import AnswerFormat, Procedure
from kiosk.walk import Walk, answers_in, match_option, road_map_json, step_line
from tests.kiosk.in_process import run_here
from tests.our_procedures import CATALOGUE, FOLDER
from tests.sample_procedures import TODAY, sample_procedure

PROCEDURES = CATALOGUE.titles()
NAMES = [procedure.id for procedure in PROCEDURES]

SERVED = ("carte-identite", "carte-vitale", "france-travail", "rsa")
WALKS = 20
"""The least; more until every step was met."""
FUTURE = ("05/12/2026", "15/01/2027", "15/03/2027", "15/09/2027")
"""Two weeks, two months, four months and ten months after today: a delay may change the way."""


class FixedClock:
    """A clock that stands still."""

    def now(self) -> Moment:
        return Moment(datetime(2026, 11, 21, 9, tzinfo=UTC), 0.0, TODAY)


def start(procedure: Procedure, kept: list[Event] | None = None) -> Walk:
    def record(events: Sequence[Event], at: Moment, session: str) -> None:
        if kept is not None:
            kept.extend(events)

    return Walk(procedure, FixedClock(), record)


def typed(walk: Walk, chance: random.Random) -> str:
    question = walk.view.question
    assert question is not None
    if question.format is AnswerFormat.TEXT:
        return "Lyon"
    if question.format is AnswerFormat.NUMBER:
        low = question.at_least if isinstance(question.at_least, int) else 0
        return str(low + chance.randrange(3))
    year = chance.choice((chance.randrange(1950, 2026), TODAY.year))
    past = f"15/0{chance.randrange(1, 10)}/{year}"
    return past if question.past_only or chance.random() < 0.5 else chance.choice(FUTURE)


def some_answer(walk: Walk, chance: random.Random, taken: Counter[tuple[str, str]]) -> str:
    """Any answer; half the time the one least taken at this step, so that the far branches are reached too."""
    options = step_line(walk)["choices"]
    if walk.view.question is not None and (not options or chance.random() < 0.8):
        return typed(walk, chance)
    names = [str(option["id"]) for option in options]
    chance.shuffle(names)
    answer = min(names, key=lambda name: taken[walk.step, name]) if chance.random() < 0.5 else names[0]
    taken[walk.step, answer] += 1
    return answer


@pytest.mark.parametrize("name", NAMES)
def test_every_procedure_ends_whatever_is_answered(name: str) -> None:
    procedure = CATALOGUE.get(name)
    assert procedure is not None
    met: set[str] = set()
    taken: Counter[tuple[str, str]] = Counter()
    for seed in range(1000):
        if seed >= WALKS and met == set(procedure.steps):
            break
        chance = random.Random(seed)  # noqa: S311
        walk = start(procedure)
        for _ in range(60):
            met.add(walk.step)
            if walk.at_end:
                break
            if walk.needs_answer:
                wrong = walk.answer(some_answer(walk, chance, taken))
                assert wrong is None or walk.view.question is not None
            else:
                walk.go_on()
        assert walk.at_end, f"{name}, seed {seed}: still at {walk.step}"
        road_map = road_map_json(walk.finish())
        assert road_map["do"], f"{name}, seed {seed}: nothing to do"
        assert road_map["contacts"], f"{name}, seed {seed}: nobody to ask"
    assert len(met) >= 8
    assert met == set(procedure.steps), f"never met: {set(procedure.steps) - met}"


def test_answers_are_read_by_id_and_by_label_whatever_the_case_and_the_accents() -> None:
    walk = start(sample_procedure())
    walk.go_on()
    options = walk.view.options
    for said in ("abimee", "Abîmée", "ABIMEE", "abimée"):
        found = match_option(options, said)
        assert found is not None
        assert found.id == "abimee"
    for said in ("je ne sais pas", "unknown"):
        found = match_option(options, said)
        assert found is not None
        assert found.id == "unknown"
    assert match_option(options, "autre") is None


def test_empty_lines_and_remarks_are_no_answers() -> None:
    assert list(answers_in(iter(["", "# remarque", " perdue ", "\n"]))) == ["perdue"]


def test_what_is_it_explains_the_document_and_asks_again() -> None:
    walk = start(sample_procedure())
    walk.go_on()
    for answer in ("abimee", "15/03/1950"):
        assert walk.answer(answer) is None
    assert walk.answer("what") is None
    line = step_line(walk)
    assert line["document"] == "photo"
    assert line["say"] == ["C'est une petite photo de votre visage."]


def test_what_is_typed_is_kept_nowhere() -> None:
    kept: list[Event] = []
    walk = start(sample_procedure(), kept)
    walk.go_on()
    walk.answer("abimee")
    walk.answer("23/07/1949")
    assert "1949" not in json.dumps(step_line(walk), ensure_ascii=False)


# The command


def kiosk(tmp_path: Path, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    config = tmp_path / "kiosk.toml"
    if not config.exists():
        for name in SERVED:
            shutil.copytree(FOLDER / name, tmp_path / "procedures" / name)
        config.write_text(f'[content]\npath = "{tmp_path / "procedures"}"\n', encoding="utf-8")
    return run_here(("--config", str(config), *words), tmp_path, {}, given or b"")


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def explore(tmp_path: Path, name: str) -> list[str]:
    """Answers that lead to the end, found as a stranger would: from what the command prints."""
    answers: list[str] = []
    for _ in range(40):
        done = kiosk(tmp_path, "walk", name, "--answers", "-", "--json", "--no-journal", given="\n".join(answers))
        if done.returncode == 0:
            return answers
        assert done.returncode == 3, done.stderr
        last = lines(done)[-1]
        answers.append(last["choices"][0]["id"] if last["choices"] else "15/03/1960")
    raise AssertionError(f"no end after {answers}")


@pytest.mark.parametrize("name", ["carte-vitale", "france-travail"])
def test_a_stranger_finds_the_end_from_what_is_printed(tmp_path: Path, name: str) -> None:
    answers = tmp_path / "answers"
    answers.write_text("\n".join(explore(tmp_path, name)), encoding="utf-8")
    done = kiosk(tmp_path, "walk", name, "--answers", str(answers), "--json")
    assert done.returncode == 0, done.stderr
    last = lines(done)[-1]
    assert last["receipt"] is None
    assert {"do", "bring", "where", "when", "cost", "deadlines", "contacts"} <= set(last["road_map"])
    verified = kiosk(tmp_path, "journal", "verify", "--json")
    verdict = json.loads(verified.stdout)
    assert verdict["intact"] is True
    assert verdict["events"] > 5


def test_answers_that_end_early_stop_there_and_show_the_choices(tmp_path: Path) -> None:
    done = kiosk(tmp_path, "walk", "carte-identite", "--answers", "/dev/null", "--json")
    assert done.returncode == 3
    assert [choice["id"] for choice in lines(done)[-1]["choices"]] == ["adulte", "enfant"]
    assert "adulte (Un adulte)" in done.stderr


def test_a_wrong_answer_says_which_are_possible(tmp_path: Path) -> None:
    done = kiosk(tmp_path, "walk", "carte-identite", "--answers", "-", given="bébé\n")
    assert done.returncode == 4
    assert "« bébé »" in done.stderr
    assert "adulte (Un adulte), enfant (Un enfant)" in done.stderr


def test_at_the_keyboard_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    done = kiosk(tmp_path, "walk", "carte-identite", "--json", given="bébé\nadulte\n")
    assert done.returncode == 3
    assert lines(done)[-1]["step"] != "pour-qui"


def test_an_unknown_procedure_names_those_that_exist(tmp_path: Path) -> None:
    done = kiosk(tmp_path, "walk", "permis")
    assert done.returncode == 1
    assert "carte-identite" in done.stderr


def test_an_unreadable_answers_file_is_said(tmp_path: Path) -> None:
    done = kiosk(tmp_path, "walk", "rsa", "--answers", str(tmp_path / "absent"))
    assert done.returncode == 1
    assert "absent" in done.stderr
    assert "Traceback" not in done.stderr
