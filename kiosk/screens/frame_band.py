# SPDX-License-Identifier: EUPL-1.2
"""The band over the header: a passing line, or who sees this screen, and what may be pressed beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.screen import Screen

from accessibility.comfort import Comfort
from kiosk.layout import Box
from kiosk.screens.frame_plan import FramePlan
from kiosk.screens.items import Band, Button, Target, Tone
from kiosk.view import StepView
from kiosk.widgets.boxes import Boxes
from kiosk.widgets.target import TargetView

if TYPE_CHECKING:
    from textual.timer import Timer

    from kiosk.app import KioskApp

BAND_SECONDS = 3.0
"""How long what was understood stays on the screen, with its undo; three times as long for who is slow."""


class FrameBand(Screen[None], inherit_bindings=False):
    """What passes comes before what stays: the help that goes on is told again after it."""

    app: KioskApp
    _boxes: Boxes
    _moved: bool

    def __init__(self) -> None:
        super().__init__()
        self._told: Band | None = None
        self._told_timer: Timer | None = None
        self._told_button: TargetView | None = None
        self._beside = 0
        """Columns of the button beside the line."""

    @property
    def band(self) -> Band | None:
        """What is told now."""
        if self._told is not None or not self.view.band:
            return self._told
        end = self.view.helping[0]
        return Band(self.view.band, Button(end.id, end.label, end.intent, tone=Tone.BAND))

    def show_band(self, band: Band, *, stays: bool = False) -> None:
        """A passing line; its button takes back what the voice has done, or calls somebody. ``stays``: until it is
        taken away."""
        self.end_band()
        self._told = band
        if not stays:
            self._told_timer = self.set_timer(BAND_SECONDS * self.comfort.patience, self._end_band)
        self.repaint()

    def end_band(self) -> None:
        """Take the passing line away; whoever calls it paints."""
        self._told = None
        if self._told_timer is not None:
            self._told_timer.stop()
            self._told_timer = None

    def _end_band(self) -> None:
        self.end_band()
        self.repaint()

    def _show_told(self, plan: FramePlan) -> tuple[list[TargetView], list[TargetView]]:
        """The button beside the line; and it again when it is not yet on the screen."""
        band = self.band
        button = band.button if band else None
        widget, fresh = self._told_button, list[TargetView]()
        if button is None:
            self._beside = 0
            if widget is not None and widget.display:
                widget.display = False
                widget.show(None)
                self._moved = True
            return [], []
        if widget is None:
            widget = self._told_button = TargetView(self.app.pictures)
            fresh.append(widget)
        item = beside_band(button, plan)
        self._beside = item.box.width
        self._moved |= not widget.display or self._boxes.boxes.get(widget) != item.box
        widget.display = True
        self._boxes.boxes[widget] = item.box
        if widget.item != item:
            widget.show(item)
        return [widget], fresh

    # What the frame adds

    @property
    def view(self) -> StepView:
        raise NotImplementedError

    @property
    def comfort(self) -> Comfort:
        raise NotImplementedError

    def repaint(self) -> None:
        raise NotImplementedError


def beside_band(button: Button, plan: FramePlan) -> Target:
    """``button`` at the right end of the header, as high as a finger needs and the header leaves."""
    glass, header = plan.glass, plan.header
    width = max(glass.target.width, cell_len(button.label) + 4)
    box = Box(header.right - width, 0, width, min(max(header.height, glass.target.height), plan.body.y))
    return Target(box, button, (button.label,), None, box.height >= 3)
