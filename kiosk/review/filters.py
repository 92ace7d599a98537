# SPDX-License-Identifier: EUPL-1.2
"""What narrows the review: the same choices as on its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Input, Label, Select

from assist.server.pages import kiosk_named
from assist.server.review.asked import ORIGINS, PERIODS, Asked
from kiosk.review.sheets import LANGUAGES
from kiosk.review.view import Overview, clean

_DATES = ""


class Filters(ModalScreen[dict[str, str] | None]):
    """Choose; gives back the names and values of an address, or None when nothing is to change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Annuler", key_display="Échap"),
        Binding("ctrl+s", "show", "Montrer", key_display="Ctrl+S"),
    ]
    AUTO_FOCUS = "#period"

    def __init__(self, overview: Overview, titles: Mapping[str, str]) -> None:
        super().__init__()
        self._overview, self._titles = overview, titles

    def compose(self) -> ComposeResult:
        asked, wanted = self._overview.asked, self._overview.asked.wanted
        with Vertical(id="filters"):
            yield Label("Choisir plus précisément", classes="title")
            with Grid():
                yield from _choice("Période", "period", [*PERIODS.items(), (_DATES, "Deux dates")], asked.period)
                yield from _date("Du", "since", f"{wanted.since}")
                yield from _date("Au", "until", f"{wanted.until}")
                kiosks = [(name, clean(kiosk_named(name))) for name in self._overview.kiosks]
                yield from _choice("Borne", "kiosk", [("", "Toutes"), *kiosks], wanted.kiosk)
                known = [(id_, clean(title)) for id_, title in self._titles.items()]
                yield from _choice("Démarche", "procedure", [("", "Toutes"), *known], wanted.procedure)
                spoken = [(code, clean(LANGUAGES.get(code, code))) for code in self._overview.languages]
                yield from _choice("Langue", "language", [("", "Toutes"), *spoken], wanted.language)
                yield from _choice("Façon de commencer", "origin", [("", "Toutes"), *ORIGINS.items()], wanted.origin)
            with Horizontal():
                yield Button("Montrer", id="show", variant="primary", compact=True)
                yield Button("Annuler", id="leave", compact=True)
        yield Footer(show_command_palette=False, compact=True)

    def on_select_changed(self, event: Select.Changed) -> None:
        if event.select.id == "period":
            for date in self.query(Input):
                date.disabled = event.value != _DATES

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "show":
            self.action_show()
        else:
            self.action_leave()

    def on_input_submitted(self) -> None:
        self.action_show()

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def action_show(self) -> None:
        """Give the choices back."""
        chosen = {f"{select.id}": f"{select.value}" for select in self.query(Select)}
        if not chosen["period"]:
            chosen |= {f"{date.id}": date.value.strip() for date in self.query(Input)}
        self.dismiss(chosen)


def next_period(asked: Asked) -> dict[str, str]:
    """The same question over the next of the usual periods."""
    periods = list(PERIODS)
    place = periods.index(asked.period) + 1 if asked.period else 0
    kept = {name: value for name, value in asked.known.items() if name not in ("period", "since", "until")}
    return kept | {"period": periods[place % len(periods)]}


def _choice(label: str, name: str, options: Iterable[tuple[str, str]], value: str) -> ComposeResult:
    known = dict(options)
    known.setdefault(value, clean(value))
    yield Label(label)
    yield Select([(text, id_) for id_, text in known.items()], id=name, value=value, allow_blank=False, compact=True)


def _date(label: str, name: str, value: str) -> ComposeResult:
    yield Label(label)
    yield Input(value, id=name, placeholder="2026-12-01", compact=True, select_on_focus=True)
