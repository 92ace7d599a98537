# SPDX-License-Identifier: EUPL-1.2
"""Any tree, any conditions: a part is met exactly when its conditions hold for the branches that were chosen."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.importers.vosdroits import publications as p
from content.importers.vosdroits.compiling import compile_procedure
from content.importers.vosdroits.logic import variables_of
from content.model import Procedure, Step
from tests.content.importers.walker import begin, down, paths, reading, to_the_end

VARIABLES = ("A", "B", "C", "D", "E")
SHEET = "F2"

_leaves = st.builds(
    lambda sets: p.Branch("?", sets=tuple(sets), links=(SHEET,)), st.lists(st.sampled_from(VARIABLES), max_size=2)
)
_branches = st.recursive(
    _leaves,
    lambda inner: st.builds(
        lambda sets, branches: p.Branch("?", sets=tuple(sets), branches=tuple(branches)),
        st.lists(st.sampled_from(VARIABLES), max_size=1),
        st.lists(inner, min_size=2, max_size=7),
    ),
    max_leaves=12,
)
_tests = st.recursive(
    st.one_of(st.builds(p.IsTrue, st.sampled_from(VARIABLES)), st.builds(p.IsUnset, st.sampled_from(VARIABLES))),
    lambda inner: st.one_of(
        st.builds(lambda tests: p.Some(tuple(tests)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda tests: p.All(tuple(tests)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(p.Negation, inner),
    ),
    max_leaves=5,
)


def named(branch: p.Branch, name: str) -> p.Branch:
    """The same branch, each title its own."""
    inner = tuple(named(one, f"{name}{n}") for n, one in enumerate(branch.branches, 1))
    return p.Branch(f"Réponse {name}", (), branch.sets, (), inner, branch.links)


def holds(test: p.Test, true: set[str], spoken: set[str]) -> bool:
    """The meaning of a test, straight from the branches that were chosen."""
    match test:
        case p.IsTrue(name):
            return name in true
        case p.IsFalse(name):
            return name in spoken and name not in true
        case p.IsUnset(name):
            return name not in spoken
        case p.All(tests):
            return all(holds(one, true, spoken) for one in tests)
        case p.Some(tests):
            return any(holds(one, true, spoken) for one in tests)
        case p.Negation(inner):
            return not holds(inner, true, spoken)


def every(branches: tuple[p.Branch, ...]) -> set[str]:
    return {name for branch in branches for name in (*branch.sets, *every(branch.branches))}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(_branches, min_size=2, max_size=7), st.lists(st.tuples(_tests, _tests), min_size=1, max_size=6))
def test_a_part_is_met_when_its_conditions_hold(top: list[p.Branch], pairs: list[tuple[p.Test, p.Test]]) -> None:
    branches = tuple(named(branch, str(n)) for n, branch in enumerate(top, 1))
    blocks: list[p.Block] = []
    wanted: list[tuple[str, tuple[p.Test, ...]]] = []
    for n, (outer, inner) in enumerate(pairs):
        blocks.append(
            p.Chapter(
                f"Chapitre {n}",
                "",
                (p.Paragraph(f"Dehors {n}."), p.Fragment((p.Paragraph(f"Dedans {n}."),), inner)),
                outer,
            )
        )
        wanted += [(f"Dehors {n}.", (outer,)), (f"Dedans {n}.", (outer, inner))]
    tree = p.Publication("F1", "Recherche guidée", "Arbre", "", "", branches=branches)
    sheet = p.Publication(SHEET, "Fiche", "Fiche", "", "", body=tuple(blocks))
    made = compile_procedure(tree, lambda number: sheet if number == SHEET else None, lambda number: "")
    procedure = Procedure(
        "sp-f1", "fr", ("fr",), "justice", "document", "Arbre", "", (), "debut", made.steps, made.road_map, (), ""
    )
    spoken = every(branches)
    for path in paths(branches):
        met: list[Step] = []
        to_the_end(down(begin(procedure), path), reading, met)
        said = {line for step in met for line in step.say}
        true = {name for branch in path for name in branch.sets}
        for text, tests in wanted:
            assert (text in said) is all(holds(test, true, spoken) for test in tests), (text, tests, true)


def test_what_a_test_looks_at() -> None:
    test = p.All((p.IsTrue("A"), p.Some((p.IsFalse("B"), p.Negation(p.IsUnset("C"))))))
    assert variables_of(test) == {"A", "B", "C"}
