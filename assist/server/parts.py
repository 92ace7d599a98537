# SPDX-License-Identifier: EUPL-1.2
"""What a route asks for: the database and the clock of the application that it belongs to."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection


def _transaction(connection: HTTPConnection) -> Generator[Session]:
    with connection.app.state.database.begin() as session:
        yield session


def _moment(connection: HTTPConnection) -> datetime:
    return connection.app.state.clock()


Transaction = Annotated[Session, Depends(_transaction, scope="function")]
"""One transaction for the route: kept before the answer leaves, undone when the route raises."""

Moment = Annotated[datetime, Depends(_moment)]
"""Now, aware, in UTC."""
