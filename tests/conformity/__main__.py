# SPDX-License-Identifier: EUPL-1.2
"""Run the tests that carry a clause, and write ``docs/accessibilite.md``. Words after the command go to pytest.

``--again FILE…``, last, runs those of these files alone: the page keeps what it says of the others, and both days.
"""

from __future__ import annotations

import sys
from datetime import date

import pytest

from tests.conformity.clauses import groups, marked
from tests.conformity.report import PAGE, Result, on, page, run_again, told, write

_AGAIN = "--again"


class Results:
    """How each test ended, its cases taken together: one left out leaves it unshown."""

    def __init__(self) -> None:
        self.by_test: dict[str, Result] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Each phase of each case, from every worker. A second try is no end."""
        if report.outcome == "rerun" or (report.outcome == "passed" and report.when != "call"):
            return
        name = report.nodeid.partition("[")[0]
        ended = {"passed": Result.PASSED, "failed": Result.FAILED}.get(report.outcome, Result.NOT_RUN)
        order = (Result.PASSED, Result.NOT_RUN, Result.FAILED)
        self.by_test[name] = max(self.by_test.get(name, ended), ended, key=order.index)


def main(words: list[str]) -> int:
    """0 when every test that carries a clause passed."""
    words, files = (words[: words.index(_AGAIN)], words[words.index(_AGAIN) + 1 :]) if _AGAIN in words else (words, [])
    carried = marked()
    tests = sorted({test for tests in carried.values() for test in tests})
    when, known = on(date.today()), dict[str, Result]()
    if files:
        before = PAGE.read_text(encoding="utf-8")
        when, known = run_again(before, files, date.today()), told(before)
        tests = [test for test in tests if test.partition("::")[0] in files]
    results = Results()
    code = pytest.main(["-q", "-n", "2", "--dist", "worksteal", *words, *tests], plugins=[results])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return int(code)
    write(page(groups(), carried, known | results.by_test, when))
    print(f"{PAGE} : {len(tests)} essais.")  # noqa: T201 - a command says what it did
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
