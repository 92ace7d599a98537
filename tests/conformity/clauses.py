# SPDX-License-Identifier: EUPL-1.2
"""The clauses, and the tests that carry them: both read without running anything."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
CLAUSES = Path(__file__).parent / "clauses.toml"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is asked. At most one of the three last texts says why no test carries it."""

    id: str
    title: str
    remains: str = ""
    not_applicable: str = ""
    reference: str = ""

    @property
    def to_be_shown(self) -> bool:
        """False when nothing is asked of this kiosk."""
        return not (self.not_applicable or self.reference)


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses of one document."""

    name: str
    about: str
    clauses: tuple[Clause, ...]


def groups(path: Path = CLAUSES) -> tuple[Group, ...]:
    """Every group of ``clauses.toml``, in its order."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Group(group["name"], group["about"], tuple(Clause(**clause) for clause in group["clauses"]))
        for group in data["group"]
    )


def marked(folder: Path = TESTS) -> Mapping[str, tuple[str, ...]]:
    """For each clause that a marker names, the tests that carry it: "tests/…/test_x.py::test_y", sorted."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if ".clause" not in text:
            continue
        name = path.relative_to(folder.parent).as_posix()
        for test, clause in _markers(ast.parse(text), name):
            found.setdefault(clause, set()).add(f"{name}::{test}")
    return {clause: tuple(sorted(tests)) for clause, tests in found.items()}


def _markers(module: ast.Module, name: str) -> Iterator[tuple[str, str]]:
    """Each test with each clause that a decorator of its own names. Raises ValueError for a marker anywhere else."""
    inside: set[ast.AST] = set()
    for function in module.body:
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and _is_clause(decorator.func):
                inside.add(decorator.func)
                for argument in decorator.args:
                    if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                        raise ValueError(f"{name}:{decorator.lineno}: a clause is written in full")
                    yield function.name, argument.value
    for node in ast.walk(module):
        if _is_clause(node) and node not in inside:
            raise ValueError(f"{name}: a clause is carried by a test, as a decorator, and by nothing else")


def _is_clause(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "clause" and ast.unparse(node) == "pytest.mark.clause"
