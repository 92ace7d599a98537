# SPDX-License-Identifier: EUPL-1.2
"""The picture of a morning with alerts, for ``docs/responsables.md``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from assist.server.database import Database
from tests.assist.server.mail_server import free_port, mail_to
from tests.assist.server.morning import Morning, left, tell
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, tablets

COLOURS = 64


def bad_morning(folder: Path) -> Morning:
    """The printer of the kiosk has no paper, and people leave at a step."""
    address = f"sqlite:///{folder / 'site.db'}"
    database = Database(address)
    database.upgrade()
    database.close()
    morning = Morning(address, folder, mail_to(free_port()))
    morning.plug()
    left(morning)
    tell(morning, printer="no_paper", said="L'imprimante n'a plus de papier. Remettez du papier.")
    morning.turn(6)
    return morning


def take_alerts(folder: Path) -> None:
    """As the manager finds it on a tablet."""
    with tempfile.TemporaryDirectory() as aside, tablets() as browser:
        morning = bad_morning(Path(aside))
        with served(morning.app) as port:
            page = browser.new_context(viewport=TABLET, locale="fr-FR").new_page()
            page.goto(f"http://127.0.0.1:{port}/alertes")
            shot = folder / "alertes.png"
            page.screenshot(path=shot)
    with Image.open(shot) as picture:
        picture.convert("RGB").quantize(COLOURS).save(shot, optimize=True)
