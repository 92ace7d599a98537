# SPDX-License-Identifier: EUPL-1.2
"""The figures as a typed table, for whoever computes with them: the cells of the CSV file, in Parquet.

Texts are as they are: nothing that reads Parquet runs a cell, and a program that joins procedures wants their own name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import IO

from arro3.core import Array, DataType, Field, RecordBatch, Schema
from arro3.io import write_parquet
from sqlalchemy.orm import Session

from assist.server.review import reading
from assist.server.review.asked import Wanted

_EPOCH = date(1970, 1, 1)


def write_days(transaction: Session, wanted: Wanted, to: IO[bytes]) -> None:
    """A line a day and procedure, with every count; the procedure is empty where nothing was chosen."""
    found = reading.by_day(transaction, wanted)
    columns = {
        "day": _days([day for day, _, _ in found]),
        "procedure": Array([procedure for _, procedure, _ in found], DataType.utf8()),
    }
    for name in reading.COUNTS:
        columns[name] = Array([counts[name] for _, _, counts in found], DataType.int64())
    schema = Schema([Field(name, column.type, nullable=False) for name, column in columns.items()])
    # The type of the library's own parameter is not wholly known.
    table = RecordBatch.from_arrays(list(columns.values()), schema=schema)  # pyright: ignore[reportUnknownMemberType]
    write_parquet(table, to, compression="zstd(3)")


def _days(days: Sequence[date]) -> Array:
    """Parquet counts days from 1970."""
    return Array([(day - _EPOCH).days for day in days], DataType.int32()).cast(DataType.date32())
