# SPDX-License-Identifier: EUPL-1.2
"""The site's sealing key as a kiosk knows it: the first one it was ever given, and no other without a technician."""

from __future__ import annotations

import os
import re
from pathlib import Path

_KEY = re.compile(r"[0-9a-f]{64}")
NOT_THE_SAME = (
    "La clé du lieu n’est plus celle que cette borne connaît. Prévenez le technicien. "
    "Vous pouvez faire le mandat sur la tablette."
)
NOT_KEPT = (
    "La borne ne peut pas garder la clé du lieu sur son disque. Prévenez le technicien. "
    "Vous pouvez faire le mandat sur la tablette."
)


def site_key_file(journal: Path) -> Path:
    """Where a kiosk keeps it: beside its journal, which it can always write."""
    return journal.with_name("site-seal.pub")


def why_not(file: Path, key: str) -> str:
    """Why nothing is sealed with ``key`` here, for the mediator; "" when it is the site's. The first one is kept."""
    if not _KEY.fullmatch(key):
        return NOT_THE_SAME
    try:
        try:
            return "" if file.read_text(encoding="ascii", errors="replace").strip() == key else NOT_THE_SAME
        except FileNotFoundError:
            _keep(file, key)
            return ""
    except OSError:
        return NOT_KEPT


def _keep(file: Path, key: str) -> None:
    """Whole or not at all, also at a power cut."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(file.name + ".new")
    with draft.open("w", encoding="ascii") as opened:
        opened.write(key + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
