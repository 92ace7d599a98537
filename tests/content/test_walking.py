# SPDX-License-Identifier: EUPL-1.2
"""Conditions, routes, documents asked, distance to the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.conditions import holds, whole_years
from content.graph_check import check_graph, targets
from content.model import (
    UNKNOWN,
    AllOf,
    AnswerIs,
    Answers,
    AnswerValue,
    AnyOf,
    Choice,
    Condition,
    DaysSince,
    Lacks,
    Not,
    NumberIs,
    Outcome,
    Possession,
    Procedure,
    Route,
    Step,
    StepKind,
    YearsSince,
)
from content.road_map import build
from content.routing import NoWayOut, documents_asked, next_step, remaining
from tests.random_procedures import answers_to, procedures
from tests.sample_procedures import TODAY, sample_procedure

# Conditions

CASES: list[tuple[Condition, Answers, bool]] = [
    (AnswerIs("s", ("a", "b")), {"s": "b"}, True),
    (AnswerIs("s", ("a", "b")), {"s": "c"}, False),
    (AnswerIs("s", (UNKNOWN,)), {"s": UNKNOWN}, True),
    (AnswerIs("s", ("stuck",)), {"s": Outcome.STUCK}, True),
    (AnswerIs("s", ("a",)), {}, False),
    (AnswerIs("s", ("1",)), {"s": 1}, False),
    (NumberIs("s", at_least=2, at_most=4), {"s": 2}, True),
    (NumberIs("s", at_least=2, at_most=4), {"s": 4}, True),
    (NumberIs("s", at_least=2, at_most=4), {"s": 5}, False),
    (NumberIs("s", at_least=0), {"s": UNKNOWN}, False),
    (NumberIs("s", at_most=9), {}, False),
    (YearsSince("s", at_least=18), {"s": date(2008, 11, 21)}, True),
    (YearsSince("s", at_least=18), {"s": date(2008, 11, 22)}, False),
    (YearsSince("s", at_most=17), {"s": date(2008, 11, 22)}, True),
    (YearsSince("s", at_most=17), {"s": 2008}, False),
    (YearsSince("s", at_most=17), {}, False),
    (DaysSince("s", at_most=-1), {"s": date(2026, 11, 22)}, True),
    (DaysSince("s", at_most=-1), {"s": date(2026, 11, 21)}, False),
    (DaysSince("s", at_least=0, at_most=0), {"s": date(2026, 11, 21)}, True),
    (DaysSince("s", at_least=1), {"s": date(2026, 11, 20)}, True),
    (DaysSince("s", at_most=0), {"s": "unknown"}, False),
    (Lacks("s", "d"), {"s": {"d": Possession.MISSING}}, True),
    (Lacks("s", "d"), {"s": {"d": Possession.HAVE}}, False),
    (Lacks("s", "d"), {"s": {}}, False),
    (Lacks("s", "d"), {"s": "d"}, False),
    (Not(AnswerIs("s", ("a",))), {}, True),
    (Not(NumberIs("s", at_least=0)), {"s": UNKNOWN}, True),
    (AllOf((AnswerIs("s", ("a",)), NumberIs("n", at_least=1))), {"s": "a", "n": 1}, True),
    (AllOf((AnswerIs("s", ("a",)), NumberIs("n", at_least=1))), {"s": "a"}, False),
    (AnyOf((AnswerIs("s", ("a",)), NumberIs("n", at_least=1))), {"n": 1}, True),
    (AnyOf((AnswerIs("s", ("a",)), NumberIs("n", at_least=1))), {}, False),
    (AnyOf(()), {}, False),
    (AllOf(()), {}, True),
]


@pytest.mark.parametrize(("condition", "answers", "expected"), CASES)
def test_a_condition(condition: Condition, answers: Answers, expected: bool) -> None:
    assert holds(condition, answers, TODAY) is expected
    assert holds(Not(condition), answers, TODAY) is not expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {}, TODAY)


NAMES = st.sampled_from(["s", "t", "u"])
BOUND = st.none() | st.integers(-3, 40)
ANSWERS = st.dictionaries(
    NAMES,
    st.sampled_from(["a", "b", UNKNOWN])
    | st.integers(-3, 40)
    | st.dates(date(1900, 1, 1), date(2100, 1, 1))
    | st.dictionaries(st.sampled_from(["d", "e"]), st.sampled_from(Possession)),
)
CONDITIONS = st.recursive(
    st.builds(AnswerIs, NAMES, st.tuples(st.sampled_from(["a", "b", UNKNOWN])))
    | st.builds(NumberIs, NAMES, BOUND, BOUND)
    | st.builds(YearsSince, NAMES, BOUND, BOUND)
    | st.builds(DaysSince, NAMES, BOUND, BOUND)
    | st.builds(Lacks, NAMES, st.sampled_from(["d", "e"])),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(AllOf, st.lists(inner, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@given(CONDITIONS, CONDITIONS, ANSWERS)
def test_conditions_obey_logic(one: Condition, two: Condition, answers: Answers) -> None:
    def true(condition: Condition) -> bool:
        return holds(condition, answers, TODAY)

    assert true(Not(AllOf((one, two)))) == true(AnyOf((Not(one), Not(two))))
    assert true(AllOf((one, two))) == (true(one) and true(two))
    assert true(AnyOf((one, two))) == (true(one) or true(two))
    assert true(Not(Not(one))) == true(one)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_years_grow_by_one_on_the_birthday(born: date, today: date) -> None:
    years = whole_years(born, today)
    tomorrow = whole_years(born, today + timedelta(days=1))
    assert tomorrow - years in (0, 1)
    day = today + timedelta(days=1)
    if tomorrow > years:
        assert (day.month, day.day) == (born.month, born.day) or (born.month, born.day) == (2, 29)


# Routes

SAMPLE = sample_procedure()
ADULT, CHILD = date(1980, 1, 1), date(2020, 1, 1)
ROUTES: list[tuple[str, Answers, str]] = [
    ("accueil", {}, "besoin"),
    ("besoin", {"besoin": "perdue"}, "perte"),
    ("besoin", {"besoin": "abimee"}, "naissance"),
    ("besoin", {"besoin": UNKNOWN}, "explication"),
    ("naissance", {"naissance": ADULT}, "pieces"),
    ("naissance", {"naissance": CHILD}, "enfants"),
    ("naissance", {"naissance": UNKNOWN}, "pieces"),
    ("enfants", {"enfants": 3}, "pieces"),
    ("pieces", {"pieces": {"photo": Possession.HAVE}}, "mairie"),
    ("mairie", {}, "demande"),
    ("demande", {"demande": Outcome.DONE}, "fin"),
    ("demande", {"demande": Outcome.STUCK}, "surnom"),
    ("surnom", {"surnom": "mot"}, "fin"),
]


@pytest.mark.parametrize(("step", "answers", "expected"), ROUTES)
def test_where_each_kind_of_step_leads(step: str, answers: Answers, expected: str) -> None:
    assert next_step(SAMPLE, SAMPLE.steps[step], answers, TODAY) == expected


def test_an_end_leads_nowhere() -> None:
    with pytest.raises(NoWayOut):
        next_step(SAMPLE, SAMPLE.steps["fin"], {}, TODAY)


def test_the_choice_goes_before_the_routes_and_not_knowing_before_them_too() -> None:
    step = replace(
        SAMPLE.steps["besoin"],
        routes=(Route("fin", AnswerIs("besoin", ("perdue", UNKNOWN))), Route("naissance")),
    )
    assert next_step(SAMPLE, step, {"besoin": "perdue"}, TODAY) == "perte"
    assert next_step(SAMPLE, step, {"besoin": UNKNOWN}, TODAY) == "explication"
    assert next_step(SAMPLE, replace(step, unknown_to=None), {"besoin": UNKNOWN}, TODAY) == "fin"


def test_a_typed_word_is_never_taken_for_not_knowing() -> None:
    step = replace(SAMPLE.steps["surnom"], unknown_to="perte")
    assert next_step(SAMPLE, step, {"surnom": UNKNOWN}, TODAY) == "fin"


def test_documents_depend_on_the_answers() -> None:
    pieces = SAMPLE.steps["pieces"]
    assert [d.id for d in documents_asked(pieces, {"besoin": "perdue"}, TODAY)] == ["photo", "declaration"]
    assert [d.id for d in documents_asked(pieces, {"besoin": "abimee"}, TODAY)] == ["photo"]
    assert documents_asked(SAMPLE.steps["fin"], {}, TODAY) == ()


# Distance


def say(name: str, *to: str) -> Step:
    """A step that leads to each of ``to``; an end when there is none."""
    kind = StepKind.SAY if to else StepKind.END
    always = AnswerIs("x", ("y",))
    return Step(name, kind, "key", name, ("Bonjour.",), routes=tuple(Route(t, always) for t in to))


def graph(**to: tuple[str, ...]) -> Procedure:
    return sample_procedure(
        start=next(iter(to)), steps=MappingProxyType({n: say(n, *t) for n, t in to.items()}), road_map=()
    )


def test_the_distance_is_that_of_the_longest_way() -> None:
    assert remaining(SAMPLE, "fin") == 0
    assert remaining(SAMPLE, "surnom") == 1
    assert remaining(SAMPLE, "demande") == 2
    # accueil besoin perte naissance enfants pieces mairie demande surnom fin
    assert remaining(SAMPLE, "accueil") == 9


def test_a_circle_counts_its_steps_once() -> None:
    found = graph(a=("b",), b=("c", "d"), c=("b",), d=("e",), e=())
    assert [remaining(found, name) for name in "abcde"] == [4, 3, 3, 1, 0]
    alone = graph(a=("a", "b"), b=())
    assert remaining(alone, "a") == 1


GRAPHS = st.integers(1, 9).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, size - 1), max_size=3, unique=True), min_size=size, max_size=size)
)


@given(GRAPHS)
def test_the_distance_never_grows_and_ends_at_zero(ways: list[list[int]]) -> None:
    found = graph(**{f"s{n}": tuple(f"s{to}" for to in tos) for n, tos in enumerate(ways)})
    for name, step in found.steps.items():
        here = remaining(found, name)
        assert 0 <= here < len(found.steps)
        assert all(remaining(found, to) <= here for to in targets(step))
        if not targets(step):
            assert here == 0


@given(GRAPHS)
def test_a_graph_without_finding_leads_everybody_to_an_end(ways: list[list[int]]) -> None:
    """An independent, slow judgement of the same: walk everywhere, then ask whether an end can be reached."""
    found = graph(**{f"s{n}": tuple(f"s{to}" for to in tos) for n, tos in enumerate(ways)})

    def walk(start: str) -> set[str]:
        seen = {start}
        while True:
            more = {to for name in seen for to in targets(found.steps[name])} - seen
            if not more:
                return seen
            seen |= more

    reached = walk("s0")
    lost = {name for name in reached if not any(found.steps[n].kind is StepKind.END for n in walk(name))}
    findings = list(check_graph(found))
    assert {f.locus[1] for f in findings if f.code == "unreachable-step"} == found.steps.keys() - reached
    assert {f.locus[1] for f in findings if f.code == "endless-loop"} == lost


def test_a_finding_of_the_graph_needs_no_file() -> None:
    steps = dict(SAMPLE.steps)
    steps["besoin"] = replace(steps["besoin"], choices=(Choice("perdue", "Perdue", "key", to="nulle-part"),))
    findings = list(check_graph(sample_procedure(steps=steps)))
    assert ("steps", "besoin", "choices", "perdue", "to") in {f.locus for f in findings if f.code == "unknown-step"}


# Random procedures


@given(procedures())
def test_a_random_procedure_is_without_fault(procedure: Procedure) -> None:
    assert list(check_graph(procedure)) == []


@given(st.data(), procedures())
def test_every_walk_ends_and_comes_nearer_at_each_step(data: st.DataObject, procedure: Procedure) -> None:
    answers: dict[str, AnswerValue] = {}
    here, trail = procedure.start, [procedure.start]
    while procedure.steps[here].kind is not StepKind.END:
        step = procedure.steps[here]
        answer = data.draw(answers_to(step))
        if answer is not None:
            answers[here] = answer
        there = next_step(procedure, step, answers, TODAY)
        assert there in targets(step)
        assert remaining(procedure, there) < remaining(procedure, here)
        here = there
        trail.append(here)
    assert len(trail) <= len(procedure.steps)
    road_map = build(procedure, trail, answers, TODAY)
    met = [d.name for name in trail for d in procedure.steps[name].documents]
    assert [d.name for d in road_map.bring] == list(dict.fromkeys(met))
