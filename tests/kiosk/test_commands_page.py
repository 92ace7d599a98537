# SPDX-License-Identifier: EUPL-1.2
"""``docs/commandes.md`` says what ``kiosk voice`` takes: every option, every value, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from kiosk.voice_cli import voice

PAGE = (Path(__file__).resolve().parents[2] / "docs/commandes.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(voice.commands))
def test_the_page_names_every_option_of_the_voice(name: str) -> None:
    [usage] = re.findall(rf"^\| `kiosk voice ({name}\b[^`]*)`", PAGE, re.MULTILINE)
    options = [option for option in voice.commands[name].params if isinstance(option, click.Option)]
    names = {word for option in options for word in option.opts}
    assert set(re.findall(r"--[\w-]+", usage)) == names - {"--json"}
    for option in options:
        if isinstance(option.type, click.Choice):
            values = r"\|".join(option.type.choices)
            assert f"{option.opts[0]} {values}" in usage
        assert option.opts[0] == "--json" or option.multiple is bool(re.search(rf"{option.opts[0]} [^]]*\]…", usage))
