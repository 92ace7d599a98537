# SPDX-License-Identifier: EUPL-1.2
"""French Sign Language has one code everywhere: that of ISO 639-3, which appointments have always had."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_STAFF = sa.table("staff", sa.column("id", sa.String()), sa.column("languages", sa.JSON()))


def upgrade() -> None:
    """Accounts had "lsf"."""
    connection = op.get_bind()
    for id_, languages in connection.execute(sa.select(_STAFF.c.id, _STAFF.c.languages)).all():
        if "lsf" in languages:
            one_code = ["fsl" if code == "lsf" else code for code in languages]
            connection.execute(sa.update(_STAFF).where(_STAFF.c.id == id_).values(languages=one_code))
