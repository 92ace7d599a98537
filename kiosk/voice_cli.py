# SPDX-License-Identifier: EUPL-1.2
"""``kiosk voice``: what the kiosk says, hears, and the models it needs for that.

Each command of the group has a module of its own: it is light to import, what is heavy comes when the command runs.
"""

from __future__ import annotations

import click

from kiosk.french_click import FrenchGroup
from kiosk.voice_hear import hear
from kiosk.voice_install import install, list_
from kiosk.voice_render import render
from kiosk.voice_say import say


@click.group(cls=FrenchGroup)
def voice() -> None:
    """La voix et l'écoute de la borne."""


for _command in (say, render, install, list_, hear):
    voice.add_command(_command)
