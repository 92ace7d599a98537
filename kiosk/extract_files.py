# SPDX-License-Identifier: EUPL-1.2
"""The files of an extract that a kiosk makes of its own journal: both whole, or what was there before."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assist.journal.extract.of_kiosk import Period, extract
from assist.journal.extract.writing import Written
from assist.server.site import HERE


class NothingNoted(Exception):
    """The journal has no row of these days."""


def make(journal: Path, files: tuple[Path, Path], days: tuple[date, date], site: str, now: datetime) -> Written:
    """Write the extract and its signature, in this order. Raises NothingNoted, StorageError kinds."""
    # Beside, on the same disk: a new name takes the place of the old one at once.
    with TemporaryDirectory(prefix=".pas-a-pas-", dir=files[0].parent) as folder:
        content, signature = Path(folder) / "extract", Path(folder) / "signature"
        with content.open("wb") as file:
            written = extract(journal, file, Period(*days, HERE), site, now)
        if written is None:
            raise NothingNoted
        signature.write_bytes(written.signature)
        for whole, place in zip((content, signature), files, strict=True):
            whole.replace(place)
    return written
