# SPDX-License-Identifier: EUPL-1.2
"""All the pages of papers that come back."""

from __future__ import annotations

from fastapi import APIRouter

from assist.server.follow_up import appointment_pages, opening_pages, paper_pages

router = APIRouter(tags=["follow-up"])
for _each in (opening_pages, paper_pages, appointment_pages):
    router.include_router(_each.router)
