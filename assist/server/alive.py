# SPDX-License-Identifier: EUPL-1.2
"""Who answers here: for a technician's check, and for a second start on the same machine."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter

from assist.link.messages import PROTOCOL

router = APIRouter()
SERVER = "pas-a-pas"


@router.get("/alive")
def alive() -> dict[str, str | int]:
    """The name of this program, its version, and that of its protocol. Nothing of the site."""
    return {"server": SERVER, "version": version("pas-a-pas"), "protocol": PROTOCOL}
