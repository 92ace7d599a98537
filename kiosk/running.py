# SPDX-License-Identifier: EUPL-1.2
"""``kiosk run``: the app in this terminal, begun again after trouble."""

from __future__ import annotations

import logging
import os
import resource
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.app import TROUBLE_EXIT, KioskApp
from kiosk.config import Settings
from kiosk.opening import Opening, welcome_view
from kiosk.trouble_log import FallsOfParts, note_trouble

if TYPE_CHECKING:
    from kiosk.conversation import Conversation

_FALLS = "PAS_A_PAS_FALLS"
_MOST_FALLS = 5
_SHORT_LIFE = 60.0
"""Seconds; a kiosk that falls more than ``_MOST_FALLS`` times in a row after so short a life stays down."""


def run_kiosk(settings: Settings, *, lab: bool = False) -> int:
    """Run the kiosk in this terminal until it is told to stop; the exit code. In the ``lab``, drafts are tried.

    After trouble the whole program begins again, so that nothing of what was wrong, or of the person, is left.
    """
    begun = time.monotonic()
    # However it falls, it leaves no picture of its memory on the disk: answers are in it.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    troubles = settings.journal.path.parent
    handler = FallsOfParts(troubles)
    for room in ("accessibility", "printouts", "kiosk"):
        logging.getLogger(room).addHandler(handler)
    app = make_app(settings, lab=lab)
    app.run()
    if app.trouble is not None:
        note_trouble(troubles, app.trouble, datetime.now(UTC))
    if app.return_code != TROUBLE_EXIT:
        return app.return_code or 0
    falls = 1 + (_falls_before() if time.monotonic() - begun < _SHORT_LIFE else 0)
    if falls > _MOST_FALLS:
        print("La borne ne tient pas. Lancez « kiosk doctor ».", file=sys.stderr)  # noqa: T201
        return 1
    os.environ[_FALLS] = str(falls)
    return os.execv(sys.executable, [sys.executable, "-m", "kiosk", *sys.argv[1:]])  # noqa: S606


def _falls_before() -> int:
    """Falls in a row before this one; none when the variable holds anything but a small number."""
    said = os.environ.get(_FALLS, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0


def make_app(settings: Settings, *, lab: bool = False) -> KioskApp:
    """The app with its real parts; all but the first screen comes once that screen is painted."""

    def load() -> Conversation:
        from kiosk.wiring import make_dialogue

        return make_dialogue(settings, lab=lab)

    opening = Opening(welcome_view(settings.session.language, settings.help.wait_minutes, lab=lab), load)
    return KioskApp(opening, settings)
