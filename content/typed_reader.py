# SPDX-License-Identifier: EUPL-1.2
"""Reads typed values out of a TOML document and notes everything that is wrong, with its line, in one pass.

A :class:`TableReader` gives a value or a harmless default, never an exception, so that one mistake does not hide the
next one. A key that nobody asked for is unknown: the keys asked for are the accepted ones.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from content.model import Problem
from content.text_rules import shown
from content.toml_source import TomlDocument, TomlFault, TomlPath

ID_PATTERN = re.compile(r"[a-z0-9-]+")
MAX_ID = 48
MAX_PROBLEMS = 500
"""Enough to mend a file; a hostile one is not described to its end."""
_KINDS = {dict: "un tableau", list: "une liste", str: "un texte", bool: "true ou false", int: "un nombre entier"}


@dataclass(slots=True)
class Report:
    """Every problem met so far."""

    problems: list[Problem] = field(default_factory=list[Problem])

    def add(self, document: TomlDocument, path: TomlPath, code: str, message: str, *, warning: bool = False) -> None:
        """Note a problem at the line of ``path``."""
        self.problems.append(Problem(document.file, document.line(path), code, message, warning))

    def fault(self, fault: TomlFault) -> None:
        """Note a file that could not be read."""
        self.problems.append(Problem(fault.file, fault.line, fault.code, fault.message))

    @property
    def errors(self) -> bool:
        """True when something that stops a procedure was met."""
        return any(not problem.warning for problem in self.problems)


def suggestion(wrong: str, accepted: Iterable[str]) -> str:
    """ " Vouliez-vous dire « x » ?" when something accepted is close to what was written, else ""."""
    close = difflib.get_close_matches(wrong[:MAX_ID], list(accepted), n=1, cutoff=0.7)
    return f" Vouliez-vous dire « {close[0]} » ?" if close else ""


def listed(accepted: Iterable[str], limit: int = 12) -> str:
    """The accepted values as a French list, cut when it is long."""
    names = list(accepted)
    more = "…" if len(names) > limit else "."
    return ", ".join(names[:limit]) + more


class TableReader:
    """One TOML table being read. Every method notes what is wrong and returns a default instead."""

    def __init__(self, document: TomlDocument, path: TomlPath, data: dict[str, Any], report: Report) -> None:
        self.document = document
        self.path = path
        self._data = data
        self._report = report
        self._asked: list[str] = []

    def wrong(self, code: str, message: str, *below: str | int, warning: bool = False) -> None:
        """Note a problem at ``below`` inside this table."""
        self._report.add(self.document, (*self.path, *below), code, message, warning=warning)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def finish(self, code: str = "unknown-key") -> None:
        """Note the keys that nobody asked for. Call it last."""
        for key in self._data:
            if key not in self._asked:
                hint = suggestion(key, self._asked) or f" Noms acceptés ici : {listed(self._asked)}"
                self.wrong(code, f"« {shown(key)} » n'est pas un nom connu ici.{hint}", key)

    def text(self, key: str, *, required: bool = False, code: str = "missing-key") -> str:
        """A text, "" by default. ``code`` is the problem's when it is missing."""
        value = self._value(key, str, required, code)
        if value is not None and required and not value.strip():
            empty = "missing-text" if code == "missing-key" else code
            self.wrong(empty, f"« {key} » est vide. Écrivez un texte.", key)
        return value or ""

    def identifier(self, key: str, *, required: bool = True, code: str = "missing-key") -> str:
        """A name made of a-z, 0-9 and "-", "" when missing or wrong. ``code`` is the problem's when it is missing."""
        value = self._value(key, str, required, code)
        if value is None:
            return ""
        if not is_identifier(value):
            self.wrong("bad-id", bad_identifier(value), key)
            return ""
        return value

    def one_of(self, key: str, accepted: Sequence[str], *, required: bool = True) -> str:
        """One of the accepted values, "" when missing or wrong."""
        value = self._value(key, str, required)
        if value is None:
            return ""
        if value not in accepted:
            hint = suggestion(value, accepted)
            self.wrong(
                "unknown-value", f"« {shown(value)} » n'est pas possible.{hint} Possible : {listed(accepted)}", key
            )
            return ""
        return value

    def flag(self, key: str) -> bool:
        """true or false, false by default."""
        return bool(self._value(key, bool, False))

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number within the bounds, None by default."""
        value = self._value(key, int, False)
        if value is not None and not low <= value <= high:
            self.wrong("out-of-range", f"« {key} » doit être entre {low} et {high}.", key)
            return None
        return value

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date without a time, None by default."""
        self._asked.append(key)
        value = self._data.get(key)
        if value is None:
            if required:
                self._missing(key)
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.wrong("wrong-type", f"« {key} » doit être une date, sans guillemets : 2026-11-21.", key)
            return None
        return value

    def texts(
        self, key: str, limit: int, *, required: bool = False, code: str = "missing-key"
    ) -> tuple[tuple[int, str], ...]:
        """(index, text) for each text of a list, empty by default. ``code`` is the problem's when it is missing."""
        found = self._value(key, list, required, code)
        if found is None:
            return ()
        if len(found) > limit:
            self.wrong("too-many", f"« {key} » a {len(found)} éléments ({limit} au plus). Retirez-en.", key)
            return ()
        if required and not found:
            self.wrong("missing-text", f"« {key} » est vide. Écrivez au moins une phrase.", key)
        kept: list[tuple[int, str]] = []
        for index, item in enumerate(found):
            if not isinstance(item, str):
                self.wrong("wrong-type", f"« {key} » doit contenir des textes entre guillemets.", key, index)
            elif not item.strip():
                self.wrong("missing-text", "Ce texte est vide. Écrivez une phrase, ou retirez-le.", key, index)
            else:
                kept.append((index, item))
        return tuple(kept)

    def table(self, key: str, *, required: bool = False) -> TableReader | None:
        """The table at ``key``, None by default."""
        found = self._value(key, dict, required)
        return None if found is None else TableReader(self.document, (*self.path, key), found, self._report)

    def tables(self, key: str, limit: int, *, required: bool = False) -> list[TableReader]:
        """A list of tables, empty by default."""
        found = self._value(key, list, required)
        if found is None:
            return []
        if len(found) > limit:
            self.wrong("too-many", f"« {key} » a {len(found)} éléments ({limit} au plus). Retirez-en.", key)
            return []
        readers: list[TableReader] = []
        for index, item in enumerate(found):
            if isinstance(item, dict):
                path = (*self.path, key, index)
                readers.append(TableReader(self.document, path, cast(dict[str, Any], item), self._report))
            else:
                self.wrong("wrong-type", f"« {key} » doit contenir des tableaux : {{ … }}.", key, index)
        return readers

    def named_tables(self) -> Iterator[tuple[str, TableReader]]:
        """(name, table) for each key of this table; a value that is not a table is noted."""
        for key in self._data:
            found = self.table(key)
            if found is not None:
                yield key, found

    def is_list(self, key: str) -> bool:
        """True when a list is written at ``key``."""
        return isinstance(self._data.get(key), list)

    def _value(self, key: str, kind: type, required: bool, code: str = "missing-key") -> Any:
        self._asked.append(key)
        if key not in self._data:
            if required:
                self._missing(key, code)
            return None
        value = self._data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.wrong("wrong-type", f"« {key} » doit être {_KINDS[kind]}.", key)
            return None
        return value

    def _missing(self, key: str, code: str = "missing-key") -> None:
        self.wrong(code, f"Il manque « {key} ». Ajoutez-le.")


def is_identifier(text: str) -> bool:
    """True for a-z, 0-9 and "-", at most 48 signs: safe as a file name, a key and an address."""
    return len(text) <= MAX_ID and ID_PATTERN.fullmatch(text) is not None


def bad_identifier(text: str) -> str:
    """What to say of an identifier that is not one."""
    rule = f"Prenez des lettres a à z sans accent, des chiffres et « - », {MAX_ID} signes au plus."
    return f"« {shown(text)} » ne convient pas comme nom. {rule}"
