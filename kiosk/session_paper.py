# SPDX-License-Identifier: EUPL-1.2
"""The paper of the session under way: its code, and the outcome of the print asked for last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from assist.session.commands import Mode, Print, PrintStatus
from assist.session.state import SessionState
from content.model import Catalogue, Procedure
from content.road_map import Kept, keep
from content.routing import remaining
from kiosk.config import SiteSettings
from kiosk.printing import PrintDesk
from kiosk.receipts import receipt_of
from kiosk.road_map import walked

_WARM_STEPS = 1
"""Steps before the end at which the receipt maker gets ready."""


def nears_the_end(state: SessionState) -> bool:
    """True when a paper may be asked for soon: what makes it gets warm."""
    here = state.here
    return state.procedure is not None and here is not None and remaining(state.procedure, here.step) <= _WARM_STEPS


class SessionPaper:
    """Makes the receipt of a state and has it printed. A reprint carries the same code."""

    def __init__(self, desk: PrintDesk, new_code: Callable[[], str], site: SiteSettings) -> None:
        self._desk, self._new_code, self._site = desk, new_code, site
        self._code = ""
        self._asked = 0
        """Since the start: the outcome of an older print is nobody's news."""

    @property
    def number(self) -> str:
        """That of the session's paper; "" while none was asked for."""
        return self._code

    async def asked(self, state: SessionState) -> Print:
        """The command that asks for this paper, with the copy that only its number opens. A trial leaves none."""
        procedure = state.procedure
        if procedure is None or state.mode is not Mode.KIOSK:
            return Print()
        self._code = self._code or self._new_code()
        kept = keep(procedure, walked(state), state.answers, state.today)
        # A duplicate says the same: the copy of the first is enough.
        return await asyncio.to_thread(_sealed, self._code, procedure, None if state.prints else kept)

    async def print(self, state: SessionState, catalogue: Catalogue, *, duplicate: bool) -> PrintStatus | None:
        """Print and follow to the end; None when there is nothing to print, or another print was asked for since."""
        self._code = self._code or self._new_code()
        receipt = receipt_of(state, catalogue, self._code, self._site, duplicate=duplicate)
        if receipt is None:
            return None
        self._asked += 1
        asked = self._asked
        status = await self._desk.print(receipt)
        return status if asked == self._asked else None

    async def warm(self) -> None:
        """The person nears the end."""
        await self._desk.warm()

    @property
    def busy(self) -> bool:
        """True while a job is under way."""
        return self._desk.busy

    def take_back(self) -> None:
        """Answers may change: what is printed of them stops, and the next paper is another one."""
        self._desk.cancel()
        self.forget()

    def forget(self) -> None:
        """The code is gone with its person."""
        self._code = ""

    async def clear(self) -> None:
        """Nothing of it is printed for the next person."""
        await self._desk.clear()


def _sealed(code: str, procedure: Procedure, kept: Kept | None) -> Print:
    from assist.desk.paper_seal import Copy, key_of, seal_copy

    key = key_of(code)
    return Print(key.name, seal_copy(key, Copy(procedure.id, procedure.content_hash, kept)) if kept else "")
