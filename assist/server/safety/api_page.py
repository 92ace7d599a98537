# SPDX-License-Identifier: EUPL-1.2
"""``/docs``: the OpenAPI description as a page of our own. The usual viewers ask another site for their scripts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assist.server.pages import page

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def describe(request: Request) -> HTMLResponse:
    """What programs may ask of this server."""
    description: dict[str, Any] = request.app.openapi()
    routes = [
        {"path": path, "method": method.upper(), **operation}
        for path, operations in description.get("paths", {}).items()
        for method, operation in operations.items()
    ]
    return page(request, "api.html", routes=routes)
