# SPDX-License-Identifier: EUPL-1.2
"""How a page is made: Jinja2 templates, escaped, with what every page needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

import printouts
from assist.server.staff_member import somebody
from printouts.typography import bound

STATIC = Path(__file__).parent / "static"
FONTS = Path(printouts.__file__).parent / "fonts"
"""The letters of the papers, for the pages too."""
_TEMPLATES = Jinja2Templates(directory=Path(__file__).parent / "templates")
_TEMPLATES.env.trim_blocks = _TEMPLATES.env.lstrip_blocks = True
_TEMPLATES.env.filters["bound"] = bound  # pyright: ignore[reportUnknownMemberType] - Jinja leaves it open


def kiosk_named(name: str) -> str:
    """What a person calls a kiosk: "Borne accueil", but "Borne-1" for the one named "borne-1"."""
    return name[:1].upper() + name[1:] if name.casefold().startswith("borne") else f"Borne {name}"


def page(request: Request, template: str, *, status: int = 200, **known: object) -> HTMLResponse:
    """The page ``template``, a file name of the templates folder. It knows ``me``, ``site``, ``token`` (CSRF)
    and ``alerts_new``, how many alerts nobody has seen.

    The answer to a form that was refused says so in its title, and gives the focus to what is wrong.
    """
    refused = status >= 400 and request.method == "POST"
    around = {**_around(request, known), "refused_form": refused}
    return _TEMPLATES.TemplateResponse(request, template, {**around, **known}, status)


def part(request: Request, template: str, **known: object) -> str:
    """The text of a part of a page, with what the page knows: it replaces that part while the page stays open."""
    return _TEMPLATES.get_template(template).render({"request": request, **_around(request, known), **known})


def _around(request: Request, known: Mapping[str, object]) -> dict[str, object]:
    return {
        "me": known["me"] if "me" in known else somebody(request),
        "site": request.app.state.site.name,
        "token": getattr(request.state, "token", ""),
        "kiosk_named": kiosk_named,
        "alerts_new": request.app.state.alerts.new,
    }
