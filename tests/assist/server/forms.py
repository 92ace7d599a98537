# SPDX-License-Identifier: EUPL-1.2
"""The forms of a page as a browser without scripts sees them, and how many taps a wish asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form: what it would send now, and what else it could."""

    action: str
    method: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    ticked: list[tuple[str, str]] = field(default_factory=list)
    """Radio buttons and boxes that are on."""
    tickable: list[tuple[str, str]] = field(default_factory=list)
    radios: set[str] = field(default_factory=set)
    typed: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)

    def sends(self) -> dict[str, list[str]]:
        """What pressing its first button sends."""
        sent: dict[str, list[str]] = {}
        for name, value in (*self.hidden, *self.ticked, *self.typed.items()):
            sent.setdefault(name, []).append(value)
        return sent

    def with_taps(
        self, tap: Sequence[tuple[str, str]] = (), write: Mapping[str, str] | None = None
    ) -> tuple[dict[str, list[str]], int]:
        """What is sent after tapping on ``tap`` and writing ``write``, and how many taps and keys that takes.

        The last tap is the button. A field to write in is tapped once, then takes one key a letter.
        """
        ticked, taps = list(self.ticked), 1
        for name, value in tap:
            assert (name, value) in self.tickable, f"no such button: {name} {value}"
            taps += 1
            if name in self.radios:
                ticked = [one for one in ticked if one[0] != name]
            elif (name, value) in ticked:
                ticked.remove((name, value))
                continue
            ticked.append((name, value))
        typed = dict(self.typed)
        for name, text in (write or {}).items():
            assert name in typed, f"no such field: {name}"
            typed[name] = text
            taps += 1 + len(text)
        return Form(self.action, self.method, self.hidden, ticked, typed=typed).sends(), taps


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside = False
        self._writes = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
            self._inside = True
        elif not self._inside:
            return
        elif tag == "input" and given.get("type") == "hidden":
            self.forms[-1].hidden.append((name, value))
        elif tag == "input" and given.get("type") in ("radio", "checkbox"):
            self.forms[-1].tickable.append((name, value))
            if given["type"] == "radio":
                self.forms[-1].radios.add(name)
            if "checked" in given:
                self.forms[-1].ticked.append((name, value))
        elif tag == "input":
            self.forms[-1].typed[name] = value
        elif tag == "textarea":
            self._writes = name
            self.forms[-1].typed[name] = ""
        elif tag == "button":
            self.forms[-1].buttons.append(name)

    def handle_data(self, data: str) -> None:
        if self._writes:
            self.forms[-1].typed[self._writes] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._writes = ""


def forms(page: str) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
