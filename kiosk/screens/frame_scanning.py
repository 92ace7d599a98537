# SPDX-License-Identifier: EUPL-1.2
"""The frame for who has one switch: what is lit, when the next one is, and what any key or any touch takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assist.session.commands import Origin
from kiosk.screens.frame_hearing import FrameHearing
from kiosk.screens.scanning import SECONDS, Scan, rows_of
from kiosk.view import Said, StepView
from kiosk.widgets.target import TargetView
from kiosk.words import sentence

if TYPE_CHECKING:
    from textual.timer import Timer


class FrameScanning(FrameHearing):
    """Lights controls in turn while :attr:`Comfort.scanning` is on."""

    def __init__(self) -> None:
        super().__init__()
        self._scan: Scan[TargetView] | None = None
        self._scanned: tuple[TargetView, ...] = ()
        self._scan_timer: Timer | None = None
        self._scan_page = -1.0
        """When the page that is scanned came."""

    @property
    def scanning(self) -> bool:
        """True while any key and any touch take what is lit."""
        return self.comfort.scanning

    async def paint(self, view: StepView) -> None:
        await super().paint(view)
        self._follow_scanning()

    def repaint(self) -> None:
        super().repaint()
        self._follow_scanning()

    def _follow_scanning(self) -> None:
        """Start, stop, or begin again for the controls that are now on the page."""
        if not self.scanning:
            if self._scan_timer is not None:
                self._scan_timer.stop()
                self._scan_timer = None
                self._light(())
            self._scan, self._scanned = None, ()
            return
        self._by_key = False
        if self.focused is not None:  # Only what is lit looks chosen.
            self.set_focus(None)
        offered = tuple(self._targets)
        if self._scan is None or offered != self._scanned or self._scan_is_old:
            self._scanned = offered
            self._scan = Scan(rows_of([(t, self._boxes.boxes[t]) for t in offered]))
            self._scan_page = self._new_at
            self._light(())
            self._restart_timer()
        if self._scan_timer is None:
            self._scan_timer = self.set_interval(SECONDS * self.comfort.patience, self._next_lit)

    @property
    def _scan_is_old(self) -> bool:
        return self._scan_page != self._new_at

    def _next_lit(self) -> None:
        """Light the next, once the voice has finished with the one before."""
        if self._scan is None or self.app.dialogue.speaking:
            return
        if self._scan_is_old:
            self._follow_scanning()
        self._scan.advance()
        self._light(self._scan.lit)
        names = [t.item.button.name for t in self._scan.lit if t.item]
        if names:
            said = names if len(names) < 3 else [names[0], names[-1]]
            self.app.dialogue.tell(*(Said(sentence(name)) for name in said))

    def _light(self, lit: tuple[TargetView, ...]) -> None:
        for target in self._scanned or self._targets:
            target.light(target in lit)

    def take_lit(self, origin: Origin) -> None:
        """Any key, any touch: what is lit is pressed."""
        if self._scan is None:
            return
        if self._scan_is_old:  # It meant the former page.
            self._follow_scanning()
            return
        taken = self._scan.press()
        if taken is None:
            if self._scan.lit:
                self._light(self._scan.lit)
                self._restart_timer()
            return
        button = taken.item.button if taken.item is not None else None
        self._restart_timer()
        if button is not None:
            self._pressed_at = max(self._pressed_at, self._new_at)
            self._do(button.action, origin)

    def _restart_timer(self) -> None:
        """What has just been lit stays as long as any other."""
        if self._scan_timer is not None:
            self._scan_timer.stop()
            self._scan_timer = self.set_interval(SECONDS * self.comfort.patience, self._next_lit)
