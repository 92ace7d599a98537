# SPDX-License-Identifier: EUPL-1.2
"""The card that a mediator shows: it glows, and says who shows it. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.screens.items import Page, Target
from kiosk.view import StepView


def pointed(page: Page, view: StepView) -> Page:
    """``page``, its card that is shown marked as such."""
    if not view.pointed:
        return page
    return tuple(replace(item, tag=view.pointed_tag) if _is(item, view.pointed) else item for item in page)


def page_of(pages: Sequence[Page], option: str) -> int | None:
    """The page where the card of ``option`` stands."""
    return next((number for number, page in enumerate(pages) if any(_is(item, option) for item in page)), None)


def _is(item: object, option: str) -> bool:
    return isinstance(item, Target) and item.button.id == option
