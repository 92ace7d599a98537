# SPDX-License-Identifier: EUPL-1.2
"""The templates of every paper: escaped, and cleaned of whatever is invisible."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import cast

import jinja2
from markupsafe import Markup

from printouts.typography import clean, full_date, group_phone, sentences

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=8)
def template(name: str) -> jinja2.Template:
    """A file of the templates folder."""
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_ink,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = cast(dict[str, Callable[..., object]], environment.filters)  # pyright: ignore[reportUnknownMemberType]
    filters.update(sentences=sentences, full_date=full_date, phone=group_phone)
    return environment


def _ink(value: object) -> object:
    # Every value printed by a template passes here: no text can forget to be cleaned.
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
