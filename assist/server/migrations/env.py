# SPDX-License-Identifier: EUPL-1.2
"""How Alembic reaches the database: by the connection that :meth:`assist.server.database.Database.upgrade` gives it."""

from __future__ import annotations

from alembic import context

from assist.server.database import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
