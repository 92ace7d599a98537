# SPDX-License-Identifier: EUPL-1.2
"""The procedures as this server has them: for their titles, and for what may help."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import content
from assist.server.site import Site
from content.loader import load_catalogue
from content.model import Catalogue


def catalogue_of(site: Site) -> Catalogue:
    """The procedures of ``site``, read once. A kiosk may serve others: what is not here is told by its own words."""
    return _read(site.content or Path(content.__file__).parent / "procedures")


@cache
def _read(folder: Path) -> Catalogue:
    return load_catalogue(folder)
