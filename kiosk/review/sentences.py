# SPDX-License-Identifier: EUPL-1.2
"""Sentences of the review: a line never begins with what French binds to the word before: » : ; ? !"""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kiosk.layout import wrap
from printouts.typography import bound


class Sentences(Static):
    """Text without markup. The toolkit's own turns a line at a non-breaking space too."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(text, id=id, classes=classes, markup=False)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n".join(self._lines(self.size.width)))

    def on_resize(self) -> None:
        """Turn the lines elsewhere."""
        self.refresh()

    def _lines(self, width: int) -> list[str]:
        return [line for said in f"{self.content}".split("\n") for line in wrap(bound(said), width) or ("",)]
