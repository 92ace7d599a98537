# SPDX-License-Identifier: EUPL-1.2
"""The templates of every paper: escaped, and cleaned of whatever is invisible."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import cast

import jinja2
from markupsafe import Markup, escape

from printouts.receipt_code import grouped
from printouts.typography import address_parts, clean, full_date, group_phone, hour, sentences

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
    filters.update(
        grouped=grouped, sentences=sentences, full_date=full_date, hour=hour, phone=group_phone, address=_breakable
    )
    return environment


def _breakable(text: str) -> Markup:
    """A narrow paper may turn the line after the dots of an address, which it would cut within a word otherwise."""
    return Markup("<wbr>").join(map(escape, address_parts(clean(text))))


def _ink(value: object) -> object:
    # Every value printed by a template passes here: no text can forget to be cleaned.
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
