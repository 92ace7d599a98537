# SPDX-License-Identifier: EUPL-1.2
"""What the journal may say of a document: its name would tell a sensitive answer when only that answer asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from content.model import AllOf, AnyOf, Condition, Document, Not, Procedure


def recorded_document(procedure: Procedure, document: Document) -> str:
    """The document's id as the journal keeps it: "" when it is asked for because of a sensitive answer."""
    asking = _steps_in(document.when) if document.when else ()
    return "" if any(procedure.steps[step].sensitive for step in asking) else document.id


def _steps_in(condition: Condition) -> Iterator[str]:
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            for inner in conditions:
                yield from _steps_in(inner)
        case Not(inner):
            yield from _steps_in(inner)
        case _:
            yield condition.step
