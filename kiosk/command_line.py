# SPDX-License-Identifier: EUPL-1.2
"""What every command shares: where the settings are, and how JSON is written."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NoReturn

import click

from kiosk.config import Settings, load_settings

CONFIG_VARIABLE = "PAS_A_PAS_CONFIG"
_BESIDE_THE_CODE = Path(__file__).resolve().parent.parent / "kiosk.toml"

json_option = click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")


def config_path(given: Path | None) -> Path:
    """The settings file: ``--config``, else the variable, else ``kiosk.toml`` here, else the one beside the code."""
    if given is not None:
        return given
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    here = Path("kiosk.toml")
    return here if here.exists() else _BESIDE_THE_CODE


def settings_of(context: click.Context) -> Settings:
    """The settings of the kiosk; what is wrong with them is said, and the command ends with 1."""
    loaded = load_settings(context.obj)
    if isinstance(loaded, Settings):
        return loaded
    for problem in loaded:
        click.echo(str(problem), err=True)
    raise click.exceptions.Exit(1)


def count_of(number: int, one: str, many: str) -> str:
    """ "0 fiche", "1 fiche", "2 fiches"."""
    return f"{number} {many if number > 1 else one}"


def print_json(value: object) -> None:
    """One line of JSON, on the standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


def refuse(why: str) -> NoReturn:
    """Say why nothing was done, on the error output; the command ends with 1."""
    click.echo(why, err=True)
    raise click.exceptions.Exit(1)
