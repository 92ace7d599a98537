# SPDX-License-Identifier: EUPL-1.2
"""Those who work here, by their first names."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from assist.server.staff.tables import Account
from assist.server.staff_member import Role, StaffMember


def first_names(transaction: Session) -> dict[str, str]:
    """Staff identifier -> first name, of everybody who has or had an account."""
    return {one.id: one.name for one in transaction.scalars(select(Account))}


def mediators_but(transaction: Session, me: StaffMember) -> list[tuple[str, str]]:
    """The other mediators, by first name."""
    those = select(Account).where(Account.disabled.is_(False), Account.id != me.id).order_by(Account.name)
    return [(one.id, one.name) for one in transaction.scalars(those) if Role.MEDIATOR in one.roles]
