# SPDX-License-Identifier: EUPL-1.2
"""Publications to JSON and back. Each piece carries the name of its type; what is at its default is left out.

Nothing but the types of :mod:`.publications` is ever made from a file: a store is data, not code.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, cast

from content.importers.vosdroits import publications as p

_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        p.IsTrue, p.IsFalse, p.IsUnset, p.All, p.Some, p.Negation,
        p.Paragraph, p.Item, p.Items, p.Table, p.Note, p.Chapter, p.Case, p.Cases, p.Fragment, p.Service, p.Office,
        p.Branch, p.Question, p.Term, p.Related, p.Publication,
    )
}  # fmt: skip
_KIND = "_"


class NotOurs(ValueError):
    """A file that this version did not write."""


def to_json(publication: p.Publication) -> bytes:
    """The publication in UTF-8 JSON, on one line."""
    return json.dumps(_out(publication), ensure_ascii=False, separators=(",", ":")).encode()


def from_json(data: bytes) -> p.Publication:
    """The publication that :func:`to_json` wrote.

    Raises:
        NotOurs: the file is damaged, or was written by another version.
    """
    try:
        made = _in(json.loads(data))
    except (ValueError, TypeError, KeyError, RecursionError) as wrong:
        raise NotOurs(str(wrong)) from None
    if not isinstance(made, p.Publication):
        raise NotOurs("not a publication")
    return made


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in fields(kind))


def _out(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_out(item) for item in cast("tuple[Any, ...]", value)]
    if value is None:
        return None
    kind = cast("type[object]", value.__class__)
    made: dict[str, Any] = {_KIND: kind.__name__}
    for name, default in _fields(kind):
        held = getattr(value, name)
        if default is MISSING or held != default:
            made[name] = _out(held)
    return made


def _in(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_in(item) for item in cast("list[Any]", value)])
    if isinstance(value, dict):
        held = cast("dict[str, Any]", value)
        kind = _KINDS[held[_KIND]]
        return kind(**{name: _in(inner) for name, inner in held.items() if name != _KIND})
    if value is None or isinstance(value, str):
        return value
    raise TypeError(type(value).__name__)
