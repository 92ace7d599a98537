# SPDX-License-Identifier: EUPL-1.2
"""The procedures of Pas à pas, read once: many tests look at all of them."""

from __future__ import annotations

from content.loader import load_catalogue
from kiosk.config import ContentSettings

FOLDER = ContentSettings().path
CATALOGUE = load_catalogue(FOLDER)
