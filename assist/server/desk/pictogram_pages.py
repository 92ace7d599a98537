# SPDX-License-Identifier: EUPL-1.2
"""The pictograms of the procedures, for the pages."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

from content.pictograms import UnknownPictogram, path

router = APIRouter(prefix="/pictograms", tags=["pages"])


@router.get("/{name}.svg", response_class=FileResponse)
def pictogram(name: str) -> FileResponse:
    """One drawing (OpenMoji, CC BY-SA 4.0). They are no secret: no login is asked."""
    try:
        file = path(name, "svg")
    except UnknownPictogram:
        raise HTTPException(404, "Ce dessin n'existe pas.") from None
    return FileResponse(file, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})
