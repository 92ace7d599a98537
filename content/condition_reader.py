# SPDX-License-Identifier: EUPL-1.2
"""Reads the declarative conditions of ``procedure.toml``."""

from __future__ import annotations

from datetime import date

from content.model import AllOf, AnswerIs, AnyOf, Condition, DaysSince, Lacks, Not, NumberIs, YearsSince
from content.typed_reader import TableReader

MAX_DEPTH = 6
MAX_ITEMS = 12
FAR = 10**9
KINDS = ("answer", "number", "years_since", "days_since", "lacks", "all", "any", "not")
BETWEEN = {"number": NumberIs, "years_since": YearsSince, "days_since": DaysSince}
UNREADABLE = AnyOf(())
"""Stands for a condition that was written wrongly: never true, and no further reproach is made to it."""


def read_condition(reader: TableReader, key: str, depth: int = 0) -> Condition | None:
    """The condition at ``key``; None when there is none, UNREADABLE when it is wrong."""
    if key not in reader:
        reader.table(key)  # says that the key is known here
        return None
    item = reader.table(key)
    return UNREADABLE if item is None else _condition_of(item, depth)


def reversed_bounds(low: int | date | None, high: int | date | None) -> bool:
    """True when both bounds are given and nothing can be between them."""
    if isinstance(low, date):
        return isinstance(high, date) and low > high
    return low is not None and isinstance(high, int) and low > high


def _condition_of(item: TableReader, depth: int) -> Condition:
    if depth >= MAX_DEPTH:
        item.wrong("bad-condition", f"Trop de conditions les unes dans les autres ({MAX_DEPTH} au plus).")
        return UNREADABLE
    present = [name for name in KINDS if name in item]
    if len(present) != 1:
        item.wrong("bad-condition", f"Une condition porte un seul de ces noms : {', '.join(KINDS)}.")
        return UNREADABLE
    kind = present[0]
    if kind in ("all", "any"):
        found = _several(item, kind, depth)
    elif kind == "not":
        inner = read_condition(item, "not", depth + 1) or UNREADABLE
        found = inner if inner is UNREADABLE else Not(inner)
    else:
        found = _simple(item, kind)
    item.finish()
    return found


def _simple(item: TableReader, kind: str) -> Condition:
    step = item.identifier(kind)
    if kind == "answer":
        values = tuple(text for _, text in item.texts("is", MAX_ITEMS, required=True))
        return AnswerIs(step, values) if step and values else UNREADABLE
    if kind == "lacks":
        document = item.identifier("document")
        return Lacks(step, document) if step and document else UNREADABLE
    low, high = item.whole("at_least", -FAR, FAR), item.whole("at_most", -FAR, FAR)
    if low is None and high is None:
        item.wrong("bad-condition", "Il manque « at_least » ou « at_most ».")
    elif reversed_bounds(low, high):
        item.wrong("bad-condition", "« at_least » est plus grand que « at_most ». Échangez-les.")
    elif step:
        return BETWEEN[kind](step, low, high)
    return UNREADABLE


def _several(item: TableReader, kind: str, depth: int) -> Condition:
    readers = item.tables(kind, MAX_ITEMS)
    conditions = tuple(_condition_of(reader, depth + 1) for reader in readers)
    if not conditions:
        item.wrong("bad-condition", f"« {kind} » est vide. Mettez au moins une condition.", kind)
    if not conditions or UNREADABLE in conditions:
        return UNREADABLE
    return AllOf(conditions) if kind == "all" else AnyOf(conditions)
