# SPDX-License-Identifier: EUPL-1.2
"""The mandate itself, from the person's agreement: the same whether she gave it on a tablet or at a kiosk."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from assist.desk import mandates
from assist.desk.mandate_text import current
from assist.desk.mandates import Domain, Duration
from assist.server.acts import StaffAct, note
from assist.server.mandates import store
from assist.server.mandates.clockwork import Now
from assist.server.mandates.tables import MandateRow
from assist.server.staff_member import StaffMember


@dataclass(frozen=True, slots=True)
class Given:
    """What the person gave, and where she agreed."""

    number: str
    domains: tuple[Domain, ...]
    duration: Duration
    sealed: bytes
    seal_key: str
    """The fingerprint of the key it is sealed for."""
    site: str
    agreed_on: str
    """ "tablet" or "kiosk"."""


def make(
    transaction: Session, given: Given, member: StaffMember, now: Now, old: MandateRow | None = None
) -> MandateRow:
    """Write the mandate, in ``member``'s charge from now on, in the place of ``old`` when it renews one. Noted."""
    renews = old.number if old is not None else ""
    template = current().digest
    mandate = mandates.give(given.number, member.id, given.domains, given.duration, now.moment, template, renews)
    row = store.add(transaction, mandate, member.name, given.site, given.agreed_on, given.sealed, given.seal_key)
    act = StaffAct.MANDATE_RENEWED if renews else StaffAct.MANDATE_RECORDED
    note(transaction, member, act, f"{renews}/{mandate.number}" if renews else mandate.number, now.clock)
    return row
