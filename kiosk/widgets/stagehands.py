# SPDX-License-Identifier: EUPL-1.2
"""The widgets that paint a page's items, kept and used again: nothing is made or destroyed between two steps.

Making widgets is what costs most between a tap and the next step. At the end of a session all of them are thrown
away, with whatever they held.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from textual.widget import Widget

from kiosk.layout import Box
from kiosk.screens.items import Code, Item, Picture, Target, Words
from kiosk.view import SpokenPlace
from kiosk.widgets.boxes import Boxes
from kiosk.widgets.code import CodeView
from kiosk.widgets.pictogram import Pictures, PictureView
from kiosk.widgets.target import TargetView
from kiosk.widgets.words import WordsView


class _Shows(Protocol):
    display: bool

    def show(self, item: object) -> None: ...


W = TypeVar("W", bound=Widget)


class Stagehands:
    """Four pools of widgets, one a kind of item."""

    def __init__(self, boxes: Boxes, pictures: Pictures) -> None:
        self._boxes = boxes
        self._makers: dict[type, Callable[[], Widget]] = {
            Words: lambda: WordsView(pictures),
            Target: lambda: TargetView(pictures),
            Picture: lambda: PictureView(pictures),
            Code: CodeView,
        }
        self._pools: dict[type, list[Widget]] = {kind: [] for kind in self._makers}

    @property
    def widgets(self) -> list[Widget]:
        """All of them, shown or resting."""
        return [widget for pool in self._pools.values() for widget in pool]

    def show(self, items: Sequence[Item]) -> tuple[list[Widget], list[TargetView], bool]:
        """Give each item its widget.

        Returns:
            The widgets that must be mounted, the targets in the order of the page, and whether anything moved.
        """
        fresh: list[Widget] = []
        targets: list[TargetView] = []
        moved = False
        used = dict.fromkeys(self._pools, 0)
        for item in items:
            kind = type(item)
            pool, index = self._pools[kind], used[kind]
            used[kind] += 1
            if index == len(pool):
                pool.append(self._makers[kind]())
                fresh.append(pool[index])
            widget = pool[index]
            moved |= self._place(widget, item.box)
            if widget.item != item or widget in fresh:  # type: ignore[attr-defined]
                widget.show(item)  # type: ignore[attr-defined]
            if isinstance(widget, TargetView):
                targets.append(widget)
        moved |= self._rest(used)
        return fresh, targets, moved

    def _place(self, widget: Widget, box: Box) -> bool:
        moved = self._boxes.boxes.get(widget) != box or not widget.display
        self._boxes.boxes[widget] = box
        if not widget.display:
            widget.display = True
        if moved:
            widget.refresh()  # A sharp picture is painted at a place of the screen: it must follow.
        return moved

    def _rest(self, used: dict[type, int]) -> bool:
        moved = False
        for kind, pool in self._pools.items():
            for widget in pool[used[kind] :]:
                if widget.display:
                    widget.display = False
                    widget.show(None)  # type: ignore[attr-defined]
                    self._boxes.boxes.pop(widget, None)
                    moved = True
        return moved

    def mark(self, place: SpokenPlace | None) -> None:
        """Mark the word that is heard now, wherever it stands on the page."""
        for kind in (Words, Target):
            for widget in self._pools[kind]:
                if widget.display:
                    widget.mark(place)  # type: ignore[attr-defined]

    def dismiss(self) -> list[Widget]:
        """Forget every widget, and what it held; the caller takes them off the screen."""
        gone = self.widgets
        for widget in gone:
            widget.show(None)  # type: ignore[attr-defined]
            self._boxes.boxes.pop(widget, None)
        for pool in self._pools.values():
            pool.clear()
        return gone
