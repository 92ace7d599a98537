# SPDX-License-Identifier: EUPL-1.2
"""A public key, as it is given on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from kiosk.files_given import reason, shown

MOST = 4096
"""Bytes of a small file."""
_KEY = re.compile(r"[0-9a-f]{64}")


class BadKey(ValueError):
    """This is no public key; its text says why, in French."""


def public_key(given: str) -> bytes:
    """The key itself, a file that holds it, or what the site's address /api/site-key answers, kept in a file.

    Raises BadKey.
    """
    text = given.strip()
    if not _KEY.fullmatch(text.lower()):
        try:
            text = head(Path(given)).decode("utf-8", "replace").strip()
        except OSError as error:
            raise BadKey(
                f"{shown(given)} : ni une clé de 64 signes, ni un fichier qui se lit : {reason(error)}."
            ) from error
        if text.startswith("{"):
            text = _in_json(text)
    if not _KEY.fullmatch(text.lower()):
        raise BadKey(f"{shown(given)} : cette clé publique n'en est pas une. Elle a 64 signes, de 0 à 9 et de a à f.")
    return bytes.fromhex(text)


def head(path: Path) -> bytes:
    """The beginning of a small file. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MOST)


def _in_json(text: str) -> str:
    try:
        known: Any = json.loads(text)
    except ValueError:
        return ""
    return str(known.get("sign", ""))
