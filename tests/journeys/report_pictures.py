# SPDX-License-Identifier: EUPL-1.2
"""The picture of a report that wrote itself, for ``docs/mediateurs.md``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from tests.assist.server.report_site import LEA, helped_session, report_app
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, tablets

COLOURS = 64


def take_report(folder: Path) -> None:
    """The draft of a session, as its mediator finds it on a tablet."""
    with tempfile.TemporaryDirectory() as aside, tablets() as browser:
        app = report_app(f"sqlite:///{aside}/site.db", Path(aside))
        with served(app) as port:
            who = {"x-member": LEA.id}
            page = browser.new_context(extra_http_headers=who, viewport=TABLET, locale="fr-FR").new_page()
            page.goto(f"http://127.0.0.1:{port}/reports")
            with app.state.database.begin() as transaction:
                helped_session(transaction, "s1", LEA)
            page.goto(f"http://127.0.0.1:{port}/reports/session/s1")
            shot = folder / "compte-rendu.png"
            page.screenshot(path=shot)
    with Image.open(shot) as picture:
        picture.convert("RGB").quantize(COLOURS).save(shot, optimize=True)
