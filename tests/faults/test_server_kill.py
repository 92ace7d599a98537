# SPDX-License-Identifier: EUPL-1.2
"""The server of the site is killed at any instant: what it acknowledged is there, and the rest comes again, once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from assist.link.device_key import key_file
from tests.assist.sync.kiosks import Kiosk, kept, site_app, until, written
from tests.kiosk.test_serve import Site


async def test_rows_survive_a_server_that_is_killed(tmp_path: Path) -> None:
    site = Site(tmp_path)
    assert site.run("device", "add", "borne-1").returncode == 0
    kiosk = Kiosk(tmp_path, key_file(tmp_path / "var/keys", "borne-1"))
    async with kiosk.linked(site.port) as link:
        for n in range(3):
            process = await asyncio.to_thread(site.start)
            await until(lambda: link.state.reachable)
            for visit in range(5):
                kiosk.visit(f"s{n}-{visit}", helped=False)
                await asyncio.sleep(0)
            process.kill()
            await asyncio.to_thread(process.communicate)
        with site.served():
            kiosk.visit("last")
            app = site_app(f"sqlite:///{tmp_path / 'var/site.db'}", tmp_path)
            await until(lambda: kept(app) == written(kiosk.path))
            app.state.database.close()
