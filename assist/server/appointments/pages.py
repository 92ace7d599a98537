# SPDX-License-Identifier: EUPL-1.2
"""Every page of appointments, in the order in which addresses are tried: fixed ones before ``/rendez-vous/{code}``."""

from __future__ import annotations

from fastapi import APIRouter

from assist.server.appointments import appointment_pages, diary_pages, hours_pages

router = APIRouter(tags=["appointments"])
for _each in (diary_pages, hours_pages, appointment_pages):
    router.include_router(_each.router)
