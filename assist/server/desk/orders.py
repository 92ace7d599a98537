# SPDX-License-Identifier: EUPL-1.2
"""Acts of a mediator at a kiosk: sent, waited for, noted."""

from __future__ import annotations

from fastapi import Request
from uuid_utils import uuid7

from assist.link.messages import Act, Done, MandateOffer, Order
from assist.server.acts import StaffAct, note
from assist.server.calls import Call
from assist.server.database import Database
from assist.server.hub import Hub
from assist.server.staff_member import StaffMember


def give(
    request: Request,
    member: StaffMember,
    call: Call,
    act: Act,
    value: str = "",
    key: str = "",
    offer: MandateOffer | None = None,
) -> Done:
    """Send an order to the kiosk of ``call``, and say whether it was carried out.

    Never inside a transaction: the kiosk may take seconds, and what it tells meanwhile must be kept.
    """
    hub: Hub = request.app.state.hub
    database: Database = request.app.state.database
    done = hub.order(call.kiosk, Order(str(uuid7()), call.session, act, value, key, offer))
    if done.done:
        with database.begin() as transaction:
            # What was said, shown or pressed belongs to the person: her kiosk's journal tells as much as may be kept.
            note(transaction, member, StaffAct.KIOSK_ORDER, f"{call.session}/{act}", request.app.state.clock())
    return done
