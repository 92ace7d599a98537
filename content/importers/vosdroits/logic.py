# SPDX-License-Identifier: EUPL-1.2
"""The variables of the feed become conditions over answers: a variable is true exactly when the person chose one of
the answers that make it true."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from content.importers.vosdroits import publications as p
from content.model import AllOf, AnswerIs, AnyOf, Condition, Not

ALWAYS = AllOf(())
NEVER = AnyOf(())


def any_of(conditions: Iterable[Condition]) -> Condition:
    """True when one is; answers at one step are put together."""
    values: dict[str, list[str]] = {}
    others: list[Condition] = []
    for condition in conditions:
        if condition == ALWAYS:
            return ALWAYS
        if isinstance(condition, AnswerIs):
            values.setdefault(condition.step, []).extend(condition.values)
        elif isinstance(condition, AnyOf):
            for inner in condition.conditions:
                if isinstance(inner, AnswerIs):
                    values.setdefault(inner.step, []).extend(inner.values)
                else:
                    others.append(inner)
        else:
            others.append(condition)
    found = (*(AnswerIs(step, tuple(dict.fromkeys(held))) for step, held in values.items()), *dict.fromkeys(others))
    return found[0] if len(found) == 1 else AnyOf(found)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """True when every one is."""
    found = tuple(dict.fromkeys(condition for condition in conditions if condition != ALWAYS))
    if NEVER in found:
        return NEVER
    return found[0] if len(found) == 1 else AllOf(found)


def negated(condition: Condition) -> Condition:
    """True when it is not."""
    if condition == ALWAYS:
        return NEVER
    if condition == NEVER:
        return ALWAYS
    return condition.condition if isinstance(condition, Not) else Not(condition)


class Variables:
    """Which answers make which variable true or false, and at which steps it is decided."""

    def __init__(self) -> None:
        self._true: dict[str, list[AnswerIs]] = {}
        self._false: dict[str, list[AnswerIs]] = {}
        self._answers: dict[str, tuple[str, ...]] = {}
        self._known: frozenset[str] = frozenset()
        """Those that a whole tree speaks of: whoever walked it left none of them unset."""

    def asked(self, step: str, answers: Iterable[str]) -> None:
        """All the answers of a step."""
        self._answers[step] = tuple(answers)

    def assign(self, answer: AnswerIs, sets: Iterable[str], unsets: Iterable[str] = ()) -> None:
        """``answer`` makes ``sets`` true and ``unsets`` false."""
        for held, names in ((self._true, sets), (self._false, unsets)):
            for name in names:
                held.setdefault(name, []).append(answer)

    def among(self, steps: Collection[str]) -> Variables:
        """The same, for who passed by ``steps`` only: what no answer there can make true is known to be false."""
        seen = Variables()
        for mine, its in ((self._true, seen._true), (self._false, seen._false)):
            for name, answers in mine.items():
                if kept := [answer for answer in answers if answer.step in steps]:
                    its[name] = kept
        seen._answers = dict(self._answers)
        seen._known = frozenset({*self._true, *self._false})
        return seen

    def holds(self, test: p.Test | None) -> Condition:
        """The condition over answers that is ``test``."""
        match test:
            case None:
                return ALWAYS
            case p.IsTrue(name):
                return any_of(self._true.get(name, ()))
            case p.IsFalse(name):
                return negated(any_of((self.holds(p.IsTrue(name)), self.holds(p.IsUnset(name)))))
            case p.IsUnset(name):
                return NEVER if name in self._known else negated(self.decided([test]))
            case p.All(tests):
                return all_of(self.holds(inner) for inner in tests)
            case p.Some(tests):
                return any_of(self.holds(inner) for inner in tests)
            case p.Negation(inner):
                return negated(self.holds(inner))

    def decided(self, tests: Iterable[p.Test]) -> Condition:
        """True once the person has answered a step where one of the variables of ``tests`` could be set."""
        names = {name for test in tests for name in variables_of(test)}
        steps = {
            answer.step: None for held in (self._true, self._false) for name in names for answer in held.get(name, ())
        }
        return any_of(AnswerIs(step, self._answers.get(step, ())) for step in sorted(steps))


def variables_of(test: p.Test) -> frozenset[str]:
    """The variables that a test looks at."""
    match test:
        case p.IsTrue(name) | p.IsFalse(name) | p.IsUnset(name):
            return frozenset({name})
        case p.All(tests) | p.Some(tests):
            return frozenset[str]().union(*(variables_of(inner) for inner in tests))
        case p.Negation(inner):
            return variables_of(inner)
