# SPDX-License-Identifier: EUPL-1.2
"""``docs/accessibilite.md``, from the clauses, the markers and the results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

from tests.conformity.clauses import TESTS, Clause, Group

PAGE = TESTS.parent / "docs/accessibilite.md"
NO_TEST = "—"
_RUN = "lancés "
_LINK = re.compile(r"\[([^]]+)\]\(\.\./([^)]+)\)")


class Result(StrEnum):
    """How a test ended, all its cases together."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run"


class State(StrEnum):
    """What can be said of a clause, in French."""

    SHOWN = "montré"
    IN_PART = "en partie"
    OPEN = "ouvert"
    FAILS = "échec"
    NOT_RUN = "non lancé"
    NOT_APPLICABLE = "sans objet"
    REFERENCE = "renvoi"


def state_of(clause: Clause, tests: Iterable[str], results: Mapping[str, Result]) -> State:
    """What the tests say of ``clause``. Without a test it is open, whatever else is known."""
    if clause.not_applicable:
        return State.NOT_APPLICABLE
    ended = {results.get(test, Result.NOT_RUN) for test in tests}
    if Result.FAILED in ended:
        return State.FAILS
    if clause.reference:
        return State.REFERENCE
    if not ended:
        return State.OPEN
    if Result.NOT_RUN in ended:
        return State.NOT_RUN
    return State.IN_PART if clause.remains else State.SHOWN


def page(
    groups: Iterable[Group], marked: Mapping[str, tuple[str, ...]], results: Mapping[str, Result], when: str
) -> str:
    """The whole page; ``when`` says on which day its tests were run (:func:`on`, :func:`run_again`)."""
    groups = tuple(groups)
    states = {c.id: state_of(c, marked.get(c.id, ()), results) for group in groups for c in group.clauses}
    head = f"""# Accessibilité : ce que les essais montrent

<!-- Page écrite par script/conformity. À changer dans les essais, ou dans tests/conformity/clauses.toml. -->

Cette page relie ce qui est demandé à une borne aux essais qui le montrent, {_RUN}{when}.
Ce n'est pas une déclaration de conformité : un essai ne remplace ni une personne concernée, ni un audit.

- **montré** : chaque essai nommé a réussi, et échouerait si ce n'était pas tenu.
- **en partie** : de même, mais quelque chose reste à montrer ; la ligne le dit.
- **ouvert** : aucun essai ne le montre. Ce n'est pas tenu pour acquis.
- **échec**, **non lancé** : un essai au moins a échoué, ou n'a pas pu être lancé.
- **sans objet**, **renvoi** : rien n'est demandé ici ; la ligne dit pourquoi.

{_counts(groups, states)}
"""
    return head + "".join(_group(group, marked, states) for group in groups)


def _counts(groups: Iterable[Group], states: Mapping[str, State]) -> str:
    lines = ["| | " + " | ".join(State) + " |", "|---|" + "---:|" * len(State)]
    for group in groups:
        count = Counter(states[clause.id] for clause in group.clauses)
        lines.append(f"| {group.name} | " + " | ".join(str(count[state] or "") for state in State) + " |")
    return "\n".join(lines)


def _group(group: Group, marked: Mapping[str, tuple[str, ...]], states: Mapping[str, State]) -> str:
    lines = [
        f"\n## {group.name}\n",
        f"{group.about}\n",
        "| | Ce qui est demandé | État | Essais |",
        "|---|---|---|---|",
    ]
    for clause in group.clauses:
        lines.append(row(clause, marked.get(clause.id, ()), states[clause.id]))
    return "\n".join(lines) + "\n"


def row(clause: Clause, tests: Iterable[str], state: State) -> str:
    """The row of ``clause``."""
    note = clause.not_applicable or clause.reference or clause.remains
    said = f"**{state}**" + (f". {note}" if note else "")
    return f"| {clause.id} | {clause.title} | {said} | {links_of(tests)} |"


def links_of(tests: Iterable[str]) -> str:
    """Each test, with a link to its file."""
    links: list[str] = []
    for test in tests:
        path, _, name = test.partition("::")
        links.append(f"[{name.removeprefix('test_').replace('_', ' ')}](../{path})")
    return "<br>".join(links) or NO_TEST


# When, and what an earlier page tells


def on(day: date) -> str:
    """ "le 28/11/2026"."""
    return f"le {day:%d/%m/%Y}"


def run_again(text: str, files: Iterable[str], day: date) -> str:
    """The days of the page ``text``, and that only ``files`` were run on ``day``."""
    before = text.partition(_RUN)[2].partition(".\n")[0]
    named = ", ".join(Path(file).stem.removeprefix("test_").replace("_", " ") for file in files)
    return f"{before}, puis {on(day)} pour une partie ({named})"


def told(text: str) -> dict[str, Result]:
    """The tests that the page ``text`` says have passed: those of a line that is shown, wholly or in part."""
    shown = tuple(f"**{state}**" for state in (State.SHOWN, State.IN_PART))
    passed: dict[str, Result] = {}
    for line in text.splitlines():
        cells = line.strip("|").split(" | ")
        if len(cells) == 4 and cells[2].startswith(shown):
            for name, path in _LINK.findall(cells[3]):
                passed[f"{path}::test_{name.replace(' ', '_')}"] = Result.PASSED
    return passed


def write(text: str, path: Path = PAGE) -> None:
    """Put the page in its place."""
    path.write_text(text, encoding="utf-8")
