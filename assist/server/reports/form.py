# SPDX-License-Identifier: EUPL-1.2
"""What the form of a report shows and sends: the fields of :mod:`assist.desk.report.fields`, and a few more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from fastapi import Depends, Request

from assist.desk.report.codes import DURATION_BUTTONS, Coded, Theme
from assist.desk.report.cra import LONGEST, Wrong
from assist.desk.report.fields import BY_NAME, Texts
from assist.server.reports.store import Kept

OTHER = "other"
"""Another duration than those of the buttons: it is typed, in hours and minutes."""
_LONGEST_VALUE = 2000
PROCEDURE = Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES


@dataclass(frozen=True, slots=True)
class Form:
    """One form, as a page shows it."""

    texts: Texts
    id: str = ""
    """Of the report to be corrected, or to be written: sent twice, it is written once."""
    session: str = ""
    correcting: bool = False
    wrongs: Sequence[Wrong] = ()
    near: Sequence[Kept] = ()
    """Reports that may tell the same help: the mediator says whether to keep this one all the same."""
    summary: Sequence[str] = field(default_factory=tuple)
    """The draft of a session, in short."""
    left: bool = False
    """The mediator has just left this session: the next page is that of the calls."""
    start: str = ""
    """The field where a keyboard begins; the button itself when there is a draft."""

    @property
    def why(self) -> Mapping[str, str]:
        """Field -> what is wrong with it."""
        return {wrong.field: wrong.why for wrong in self.wrongs}

    @property
    def durations(self) -> list[int]:
        """The buttons, and the duration of the report when it is none of them."""
        own = self.text("minutes")
        spent = {int(own)} if own.isdecimal() and 1 <= int(own) <= LONGEST else set[int]()
        return sorted({*DURATION_BUTTONS, *spent})

    def codes(self, name: str) -> Sequence[Coded]:
        """The codes of a field, in their order."""
        kind = BY_NAME[name].codes
        return list(kind) if kind else ()

    def has(self, name: str, code: str) -> bool:
        """Whether ``code`` is chosen."""
        return code in self.texts.get(name, ())

    def text(self, name: str) -> str:
        """What is written in a field."""
        return next(iter(self.texts.get(name, ())), "")


def blank(today: date, kind: str, *, lately: Texts | None = None) -> dict[str, Sequence[str]]:
    """The form of help without a kiosk: today; where and with what as ``lately``."""
    before = lately or {}
    kept = {name: before[name] for name in ("place", "city", "equipment") if name in before}
    return {**kept, "type": (kind,), "date": (today.isoformat(),)}


async def _sent(request: Request) -> dict[str, list[str]]:
    """Every text of the form, without what PostgreSQL cannot hold; a file is none."""
    data = await request.form()
    texts: dict[str, list[str]] = {}
    for name, value in data.multi_items():
        if isinstance(value, str):
            texts.setdefault(name, []).append(value[:_LONGEST_VALUE].replace("\0", ""))
    return texts


Sent = Annotated[dict[str, list[str]], Depends(_sent)]
"""What a form sent."""


def fields_sent(sent: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The fields of a report: a typed duration in minutes, and the last theme with any administrative one."""
    texts = {name: sent[name] for name in BY_NAME if name in sent}
    if texts.get("minutes") == [OTHER]:
        texts["minutes"] = [_minutes(sent.get("hours", []), sent.get("more_minutes", []))]
    if any(texts.get("administrative_themes", [])) and PROCEDURE.value not in texts.get("themes", []):
        texts["themes"] = [*texts.get("themes", []), PROCEDURE.value]
    return texts


def _minutes(hours: Sequence[str], minutes: Sequence[str]) -> str:
    """The duration typed; "" when it is none."""
    parts = [(values[-1].strip() if values else "") or "0" for values in (hours, minutes)]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return ""
    return str(int(parts[0]) * 60 + int(parts[1]))
