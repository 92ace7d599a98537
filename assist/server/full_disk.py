# SPDX-License-Identifier: EUPL-1.2
"""A full or read-only disk, said in plain words: what was asked is not kept, and nothing is half kept."""

from __future__ import annotations

import sqlite3
from typing import Any

from fastapi import Request
from sqlalchemy.exc import DBAPIError
from starlette.responses import Response

from assist.server.safety import errors

_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_POSTGRESQL = {"53100", "25006"}
"""disk_full, read_only_sql_transaction (PostgreSQL, appendix A)."""

WHY = "Le disque du serveur est plein, ou ne peut plus être écrit. Rien n'a été enregistré."
NEXT = "Prévenez le technicien. Ce qui était déjà enregistré est intact, et reste lisible ici."


def is_full(error: DBAPIError) -> bool:
    """Whether the database could not write: the disk is full, read-only or broken."""
    driver: Any = error.orig
    code = getattr(driver, "sqlite_errorcode", None)
    return (code is not None and code & 0xFF in _SQLITE) or getattr(driver, "sqlstate", None) in _POSTGRESQL


def said(request: Request, error: Exception) -> Response:
    """The answer that says it. Any other fault of the database is a bug, and stays one."""
    if not isinstance(error, DBAPIError) or not is_full(error):
        raise error
    return errors.answer(request, 507, f"{WHY} {NEXT}")
