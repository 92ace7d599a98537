# SPDX-License-Identifier: EUPL-1.2
"""The page of accessibility says what the markers say, and never more than a test shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.conformity.__main__ import Results
from tests.conformity.clauses import Clause, Group, groups, marked
from tests.conformity.report import PAGE, Result, State, links_of, on, page, run_again, state_of, told

CLAUSES = {clause.id: clause for group in groups() for clause in group.clauses}
MARKED = marked()


def rows() -> dict[str, list[str]]:
    """The cells of each clause's row of the page, as it stands."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    return {row[0]: row for row in cells if row[0] in CLAUSES}


def test_every_marker_names_a_clause_that_asks_something() -> None:
    assert sorted(set(MARKED) - set(CLAUSES)) == []
    assert [name for name in MARKED if CLAUSES[name].not_applicable] == []


def test_no_clause_is_there_twice_and_each_says_why_it_asks_nothing() -> None:
    every = [clause for group in groups() for clause in group.clauses]
    assert len(every) == len(CLAUSES)
    for clause in every:
        assert sum(map(bool, (clause.not_applicable, clause.reference))) <= 1, clause.id
        for text in (clause.title, clause.remains, clause.not_applicable, clause.reference):
            assert "|" not in text, clause.id


def test_the_page_is_what_the_markers_say_now() -> None:
    there = rows()
    assert sorted(there) == sorted(CLAUSES), "run script/conformity"
    for name, row in there.items():
        assert row[3] == links_of(MARKED.get(name, ())), f"{name}: run script/conformity"


def test_the_page_never_says_more_than_the_tests() -> None:
    for name, row in rows().items():
        clause = CLAUSES[name]
        state = State(row[2].removeprefix("**").partition("**")[0])
        if clause.not_applicable:
            assert state is State.NOT_APPLICABLE, name
        elif clause.reference:
            assert state in (State.REFERENCE, State.FAILS), name
        elif name not in MARKED:
            assert state is State.OPEN, name
        elif clause.remains:
            assert state is not State.SHOWN, name
        else:
            assert state is not State.OPEN, name


def test_all_of_the_standard_is_there() -> None:
    """EN 301 549 V3.2.1, 4.2 and 5.1.2 to 5.9 (clauses with requirements), and the 55 criteria A and AA of WCAG 2.2."""
    named = [name.removeprefix("EN ") for name in CLAUSES if name.startswith("EN 5")]
    assert [name for name in CLAUSES if name.startswith("EN 4")] == [f"EN 4.2.{n}" for n in range(1, 12)]
    assert [n for n in named if n.startswith("5.1.3.")] == [f"5.1.3.{n}" for n in range(1, 17)]
    others = [n for n in named if not n.startswith("5.1.3.")]
    first = [n for n in others if n.startswith("5.1.")]
    assert first == ["5.1.2.1", "5.1.2.2", "5.1.4", "5.1.5", "5.1.6.1", "5.1.6.2", "5.1.7"]
    assert others[7:] == ["5.2", "5.3", "5.4", "5.5.1", "5.5.2", "5.6.1", "5.6.2", "5.7", "5.8", "5.9"]
    assert len([name for name in CLAUSES if name.startswith("WCAG ")]) == 55


PLAIN, PARTLY = Clause("X 1", "Un"), Clause("X 2", "Deux", remains="le reste")
AWAY, ELSEWHERE = Clause("X 3", "Trois", not_applicable="rien"), Clause("X 4", "Quatre", reference="là")


@pytest.mark.parametrize(
    ("clause", "ended", "state"),
    [
        (PLAIN, [], State.OPEN),
        (PARTLY, [], State.OPEN),
        (PLAIN, [Result.PASSED, Result.PASSED], State.SHOWN),
        (PARTLY, [Result.PASSED], State.IN_PART),
        (PLAIN, [Result.PASSED, Result.FAILED], State.FAILS),
        (PARTLY, [Result.FAILED, Result.NOT_RUN], State.FAILS),
        (PLAIN, [Result.PASSED, Result.NOT_RUN], State.NOT_RUN),
        (AWAY, [], State.NOT_APPLICABLE),
        (ELSEWHERE, [], State.REFERENCE),
        (ELSEWHERE, [Result.FAILED], State.FAILS),
    ],
)
def test_what_can_be_said_of_a_clause(clause: Clause, ended: list[Result], state: State) -> None:
    tests = [f"t{n}" for n in range(len(ended))]
    assert state_of(clause, tests, dict(zip(tests, ended, strict=True))) is state
    if ended and clause.to_be_shown:
        assert state_of(clause, [*tests, "another that was not run"], {}) is State.NOT_RUN


def test_a_clause_without_a_test_is_written_as_open() -> None:
    written = page(
        [Group("Un", "", (PLAIN, PARTLY))], {"X 2": ("tests/test_house.py::test_x",)}, {}, on(date(2026, 1, 2))
    )
    assert "| X 1 | Un | **ouvert** | — |" in written
    assert "| X 2 | Deux | **non lancé**. le reste | [x](../tests/test_house.py) |" in written
    assert "02/01/2026" in written


def test_files_that_are_run_again_change_nothing_of_the_others() -> None:
    group, marks = Group("Un", "", (PLAIN, PARTLY)), {"X 1": ("tests/test_a.py::test_a_b",), "X 2": ("t.py::test_c",)}
    first = page([group], marks, {"tests/test_a.py::test_a_b": Result.PASSED}, on(date(2026, 1, 2)))
    assert told(first) == {"tests/test_a.py::test_a_b": Result.PASSED}, "X 2 was not run"
    when = run_again(first, ["t.py"], date(2026, 1, 3))
    second = page([group], marks, told(first) | {"t.py::test_c": Result.PASSED}, when)
    assert told(second) == {test: Result.PASSED for tests in marks.values() for test in tests}
    assert "lancés le 02/01/2026, puis le 03/01/2026 pour une partie (t).\n" in second
    again = run_again(second, ["tests/test_a.py"], date(2026, 1, 4))
    assert again.endswith("(t), puis le 04/01/2026 pour une partie (a)"), "no day is lost"
    fails = page([group], marks, {"t.py::test_c": Result.FAILED}, when)
    assert told(fails) == {}


def test_only_a_decorator_of_a_test_carries_a_clause(tmp_path: Path) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    mark = "pytest.mark.cl" + "ause"
    (tests / "test_a.py").write_text(f'@{mark}("X 1", "X 2")\nasync def test_one(): ...\n')
    assert marked(tests) == {"X 1": ("tests/test_a.py::test_one",), "X 2": ("tests/test_a.py::test_one",)}
    (tests / "test_b.py").write_text(f'pytestmark = {mark}("X 1")\n')
    with pytest.raises(ValueError, match="decorator"):
        marked(tests)
    (tests / "test_b.py").write_text(f"@{mark}(NAME)\ndef test_two(): ...\n")
    with pytest.raises(ValueError, match="in full"):
        marked(tests)


@pytest.mark.parametrize(
    ("reports", "result"),
    [
        ([("[a]", "call", "passed"), ("[b]", "call", "passed")], Result.PASSED),
        ([("[a]", "call", "failed"), ("[b]", "call", "passed")], Result.FAILED),
        ([("", "call", "rerun"), ("", "call", "passed")], Result.PASSED),
        ([("", "setup", "failed")], Result.FAILED),
        ([("", "call", "passed"), ("", "teardown", "failed")], Result.FAILED),
        ([("[a]", "setup", "skipped"), ("[b]", "call", "passed")], Result.NOT_RUN),
        ([("", "setup", "passed"), ("", "teardown", "passed")], None),
    ],
)
def test_the_cases_of_a_test_are_taken_together(reports: list[tuple[str, str, str]], result: Result | None) -> None:
    results = Results()
    for case, when, outcome in reports:
        report = pytest.TestReport(f"t{case}", ("t", 0, "t"), {}, outcome, None, when)  # type: ignore[arg-type]
        results.pytest_runtest_logreport(report)
    assert results.by_test.get("t") == result
