# SPDX-License-Identifier: EUPL-1.2
"""What a route asks for: the database, the clock and the hub of the application that it belongs to."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection

from assist.server.hub import Hub


def _transaction(connection: HTTPConnection) -> Generator[Session]:
    with connection.app.state.database.begin() as session:
        yield session


def _reading(connection: HTTPConnection) -> Generator[Session]:
    with connection.app.state.database.read() as session:
        yield session


def _moment(connection: HTTPConnection) -> datetime:
    return connection.app.state.clock()


def _hub(connection: HTTPConnection) -> Hub:
    return connection.app.state.hub


Transaction = Annotated[Session, Depends(_transaction, scope="function")]
"""One transaction for the route: kept before the answer leaves, undone when the route raises."""

Reading = Annotated[Session, Depends(_reading, scope="function")]
"""The same for a route that writes nothing: it waits for no writer, and none waits for it."""

Moment = Annotated[datetime, Depends(_moment)]
"""Now, aware, in UTC."""

TheHub = Annotated[Hub, Depends(_hub)]
"""Who is connected, what is seen, who is at the desk."""
