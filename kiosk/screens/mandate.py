# SPDX-License-Identifier: EUPL-1.2
"""A page of a mandate. What is said of it leaves no sound; what the person wrote is said to headphones only."""

from __future__ import annotations

from dataclasses import replace

from kiosk.screens.step import StepScene
from kiosk.view import Said


class MandateScene(StepScene):
    """Its text, its questions and its answers, as those of a step."""

    def read(self, said: tuple[Said, ...]) -> tuple[Said, ...]:
        hers = self.stage.view.sensitive and not self.stage.comfort.headphones
        return tuple(replace(one, private=True) for one in said if not (hers and one.about == "card"))
