# SPDX-License-Identifier: EUPL-1.2
"""The pictures of who calls, and of the page beside the person, for ``docs/mediateurs.md``."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

from assist.server.calls import CallState
from tests.assist.server.desk_site import NADIA, DeskSite, add_staff, make_desk_site
from tests.assist.server.serving import served
from tests.journeys.tablet import TABLET, tablets

COLOURS = 64


def take_desk(folder: Path) -> None:
    """A morning at the counter, as Nadia sees it on her tablet."""
    with tempfile.TemporaryDirectory() as aside, tablets() as browser:
        desk = make_desk_site(Path(aside), lambda: datetime.now(UTC))
        with served(desk.app) as port:
            add_staff(desk)
            _a_morning(desk)
            page = browser.new_context(extra_http_headers={"who": NADIA.id}, viewport=TABLET).new_page()
            page.goto(f"http://127.0.0.1:{port}/")
            page.screenshot(path=folder / "appels.png")
            page.click("#take-c1")
            page.fill("#message", "Regardez votre carte.")
            page.click("#send")
            page.click("#point-1")
            page.wait_for_selector(".option.pointed")
            page.wait_for_selector("#answer .notice")
            page.screenshot(path=folder / "a-cote.png")
    for name in ("appels", "a-cote"):
        with Image.open(folder / f"{name}.png") as picture:
            picture.convert("RGB").quantize(COLOURS).save(folder / f"{name}.png", optimize=True)


def _a_morning(desk: DeskSite) -> None:
    desk.kiosk().show(options=desk.wires["accueil"].shown.seen.options[:2])
    desk.call("c1", waited=25)
    english = {"procedure": "rsa", "step": "", "language": "en", "modes": ["no_screen", "slow"]}
    desk.call("c2", "entrée", waited=40, meant_for=NADIA.id, note="Il manque la photo.", **english)
    later = desk.now() - timedelta(minutes=20)
    desk.call("c3", "salle", waited=1300, procedure="passeport", state=CallState.CALLBACK, ticket=3, ticket_at=later)
    over = {"state": CallState.OVER, "taken_by": "rose", "taken_at": desk.now() - timedelta(minutes=40)}
    desk.call("c4", "accueil", waited=2500, procedure="permis-conduire", **over)
