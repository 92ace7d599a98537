# SPDX-License-Identifier: EUPL-1.2
"""Which scene plays which kind of view. Each is imported when it is first needed: the welcome must not wait."""

from __future__ import annotations

from kiosk.screens.scene import Scene
from kiosk.view import ViewKind


def scene_class(kind: ViewKind) -> type[Scene]:
    """The scene of a kind of view; a step of a procedure unless it is something else."""
    if kind is ViewKind.WELCOME:
        from kiosk.screens.welcome import WelcomeScene

        return WelcomeScene
    return _others().get(kind) or _step()


def _step() -> type[Scene]:
    from kiosk.screens.step import StepScene

    return StepScene


def _others() -> dict[ViewKind, type[Scene]]:
    from kiosk.screens.ask import AskScene
    from kiosk.screens.mandate import MandateScene
    from kiosk.screens.road_map import RoadMapScene
    from kiosk.screens.themes import ThemesScene

    return {
        ViewKind.THEMES: ThemesScene,
        ViewKind.ASK: AskScene,
        ViewKind.IDENTITY: AskScene,
        ViewKind.MANDATE: MandateScene,
        ViewKind.ROAD_MAP: RoadMapScene,
    }


def rehearse() -> None:
    """Import every scene, once the first one is on the screen."""
    _others()
    _step()
