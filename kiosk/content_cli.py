# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content``: what authors do with procedures.

Each command of the group has a module of its own: it is light to import, what is heavy comes when the command runs.
"""

from __future__ import annotations

import click

from kiosk.content_ask import ask
from kiosk.content_check import check
from kiosk.content_import import import_vosdroits
from kiosk.content_lab import difficulties, lab
from kiosk.content_new import new
from kiosk.content_prepare import prepare
from kiosk.content_preview import preview
from kiosk.french_click import FrenchGroup


@click.group(cls=FrenchGroup)
def content() -> None:
    """Les démarches : les écrire, les voir, les vérifier, les essayer, importer les fiches officielles."""


for _command in (new, preview, check, ask, prepare, lab, difficulties, import_vosdroits):
    content.add_command(_command)
