# SPDX-License-Identifier: EUPL-1.2
"""Every page of mandates, in the order in which addresses are tried: fixed ones before ``/mandats/{number}``."""

from __future__ import annotations

from fastapi import APIRouter

from assist.server.mandates import (
    clock_pages,
    giving,
    kiosk_pages,
    list_pages,
    mandate_pages,
    moving_pages,
    papers,
    rights_pages,
)

router = APIRouter(tags=["mandates"])
for _each in (list_pages, giving, kiosk_pages, clock_pages, moving_pages, papers, rights_pages, mandate_pages):
    router.include_router(_each.router)
