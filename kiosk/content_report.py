# SPDX-License-Identifier: EUPL-1.2
"""What ``kiosk content check`` prints: for people, as JSON, and as SARIF 2.1.0 for editors and forges."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from content.model import Problem
from kiosk.content_review import Review, Score
from kiosk.rule_book import Rule, rule_book

_WIDTH = 100
_SHOWN = 40
"""Different messages of one rule shown to people: more is not read."""
_SAID_OTHERWISE = MappingProxyType({"long": "long-sentence"})
"""What the two rooms call by two names."""


def for_people(review: Review) -> Iterator[str]:
    """The lines to print: refusals first, rule by rule, then how each procedure reads, then the count."""
    for warning, label in ((False, "REFUS"), (True, "CONSEIL")):
        chosen = sorted((p for p in review.problems if p.warning is warning), key=lambda p: (_rank(p), p))
        for code, found in groupby(chosen, key=lambda p: p.code):
            yield from _one_rule(label, rule_of(code), list(found))
    yield from _scores(review.scores)
    yield f"{review.refused} refus, {len(review.problems) - review.refused} conseils"


def _rank(problem: Problem) -> int:
    """Rules in the order of the book."""
    name = rule_of(problem.code).name
    return list(rule_book()).index(name) if name in rule_book() else len(rule_book())


def rule_of(code: str) -> Rule:
    """The rule that a problem breaks; the bare name of one that the book does not hold."""
    return rule_book().get(_SAID_OTHERWISE.get(code, code)) or Rule(code, code, "", "")


def _one_rule(label: str, rule: Rule, problems: Sequence[Problem]) -> Iterator[str]:
    times = f"\u00a0: {len(problems)} fois" if len(problems) > 1 else ""
    yield f"{label}  {rule.title} ({rule.name}){times}"
    yield from _about(rule)
    by_message: dict[str, list[Problem]] = {}
    for problem in problems:
        by_message.setdefault(problem.message, []).append(problem)
    for message, found in list(by_message.items())[:_SHOWN]:
        yield from (f"    {shortened(problem.file)}:{problem.line}" for problem in found)
        yield from _wrapped("      ", message)
    if len(by_message) > _SHOWN:
        yield f"    et {len(by_message) - _SHOWN} autres (toutes avec --json)"
    yield ""


def _about(rule: Rule) -> Iterator[str]:
    parts = (("Pourquoi", rule.why), ("Mieux", rule.how), ("Avant", rule.before), ("Après", rule.after))
    for name, text in parts:
        if text:
            yield from _wrapped(f"  {name:<8} : ", text)


def _wrapped(lead: str, text: str) -> list[str]:
    after = " " * len(lead)
    shape = textwrap.TextWrapper(
        _WIDTH, initial_indent=lead, subsequent_indent=after, break_long_words=False, break_on_hyphens=False
    )
    return shape.wrap(text)


def _scores(scores: Iterable[Score]) -> Iterator[str]:
    by_procedure = [
        (folder, sorted(found, key=lambda score: score.language != "fr"))
        for folder, found in groupby(scores, key=lambda score: Path(score.file).parent.name)
    ]
    if by_procedure:
        yield "Note de lecture (100\u00a0: très facile)"
    for folder, found in by_procedure:
        yield f"  {folder:<30} " + "  ".join(f"{s.language} {s.reading.score:.0f}" for s in found)


def all_rules() -> Iterator[str]:
    """The book of rules, for people."""
    for rule in rule_book().values():
        yield f"{rule.title} ({rule.name})"
        yield from _about(rule)
        yield ""


def shortened(file: str) -> str:
    """The file as seen from here, when it is below."""
    path, here = Path(file), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file


def as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """One object a problem. ``rule`` is the stable name of the rule, the same as ``code``."""
    found: list[dict[str, Any]] = []
    for p in problems:
        rule = rule_of(p.code)
        found.append(
            {"file": p.file, "line": p.line, "code": p.code, "message": p.message, "warning": p.warning}
            | {"rule": rule.name, "title": rule.title, "why": rule.why, "how": rule.how}
        )
    return found


def rules_as_json() -> list[dict[str, str]]:
    """The book of rules."""
    return [
        {"rule": r.name, "title": r.title, "why": r.why, "how": r.how, "before": r.before, "after": r.after}
        for r in rule_book().values()
    ]


def as_sarif(review: Review, version: str) -> dict[str, Any]:
    """The review as a SARIF 2.1.0 log (OASIS standard, 2020): every rule with its help, every problem at its line."""
    names = list(dict.fromkeys((*rule_book(), *(p.code for p in review.problems))))
    results = [
        {
            "ruleId": p.code,
            "ruleIndex": names.index(p.code),
            "level": "warning" if p.warning else "error",
            "message": {"text": p.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(p.file)},
                        "region": {"startLine": p.line},
                    }
                }
            ],
        }
        for p in review.problems
    ]
    driver = {"name": "Pas à pas", "version": version, "language": "fr", "rules": [_sarif_rule(n) for n in names]}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _sarif_rule(name: str) -> dict[str, Any]:
    rule = rule_of(name)
    example = f"\n\nAvant\u00a0: {rule.before}\nAprès\u00a0: {rule.after}" if rule.before else ""
    described = {"id": name, "shortDescription": {"text": rule.title}}
    if rule.why:
        described |= {"fullDescription": {"text": rule.why}, "help": {"text": f"{rule.how}{example}"}}
    return described


def _uri(file: str) -> str:
    """Relative to here when it is below: that is how a forge finds the file in its copy."""
    short = Path(shortened(file))
    return short.as_uri() if short.is_absolute() else short.as_posix()
