# SPDX-License-Identifier: EUPL-1.2
"""Writing an extract and its detached signature, row by row: memory stays the same for any length."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any

from assist.journal.chain import Link
from assist.journal.extract.layout import (
    CHECKPOINTS,
    END,
    ROWS,
    SIGNATURE_FORMAT,
    About,
    Witnessed,
    about_as_data,
    canonical,
    checkpoint_as_data,
    row_as_data,
    signed_bytes,
)
from assist.session.events import EVENT_TYPES, journalled_fields

Sign = Callable[[bytes], bytes]
"""A message -> its Ed25519 signature."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many rows, and the content of the file of the signature."""

    rows: int
    signature: bytes


def words() -> dict[str, dict[str, Any]]:
    """What the site says of each event type: its label, the fields that are kept, for how many days."""
    return {
        type_: {
            "label": cls.description.label,
            "kept": list(journalled_fields(cls)),
            "days": cls.description.retention_days,
        }
        for type_, cls in EVENT_TYPES.items()
    }


def write(file: IO[bytes], about: About, checkpoints: Iterable[Witnessed], rows: Iterable[Link], sign: Sign) -> Written:
    """Write the extract into ``file``. Raises what the file or the rows raise: what was written then is no extract."""
    digest, count, last = sha256(), 0, about.start.hash

    def put(content: bytes) -> None:
        digest.update(content)
        file.write(content)

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count, last
        for link in rows:
            count, last = count + 1, link.hash
            yield row_as_data(link)

    put(canonical(about_as_data(about))[:-1] + CHECKPOINTS)
    for line in _lines(checkpoint_as_data(checkpoint) for checkpoint in checkpoints):
        put(line)
    put(ROWS)
    for line in _lines(counted()):
        put(line)
    put(END + canonical({"rows": count, "hash": last.hex()}) + b"}\n")
    found = digest.digest()
    told = {
        "format": SIGNATURE_FORMAT,
        "key": about.signer.hex(),
        "sha256": found.hex(),
        "signature": sign(signed_bytes(found)).hex(),
    }
    return Written(count, canonical(told) + b"\n")


def _lines(items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Each on its line; a comma after all but the last."""
    before: bytes | None = None
    for item in items:
        if before is not None:
            yield before + b",\n"
        before = canonical(item)
    if before is not None:
        yield before + b"\n"
