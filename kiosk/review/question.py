# SPDX-License-Identifier: EUPL-1.2
"""What a command line asks the review, in the terms of the addresses of its pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from assist.server.review import reading
from assist.server.review.asked import ORIGINS, Asked, read
from assist.server.site import HERE
from kiosk.review.periods import NoSuchDay, period
from kiosk.review.view import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assist.server.review.source import Transaction

_ORIGINS = {name.removeprefix("au ").removeprefix("à la "): id_ for id_, name in ORIGINS.items()}
_PERIOD = (
    "« {} » n'est pas une période. Écrivez today, yesterday, un nombre de jours (7, 30, 365), un mois (2026-11), "
    "une année (2026), un jour (2026-11-01), ou deux dates (2026-11-01..2026-11-30)."
)
_DAY = "« {} » : cette date n'existe pas. Une date s'écrit comme 2026-11-30."
_ORIGIN = "« {} » n'est pas une façon de commencer. Écrivez touch, key ou voice."


class WrongQuestion(Exception):
    """What cannot be asked, and what can: French."""


def asked_of(when: str, now: datetime, **narrow: str) -> Asked:
    """The question. Raises WrongQuestion for a period or a way of beginning that does not exist."""
    query = {**_days(when, now), **narrow}
    if origin := narrow.get("origin", ""):
        query["origin"] = _ORIGINS.get(origin.casefold(), origin)
        if query["origin"] not in ORIGINS:
            raise WrongQuestion(_ORIGIN.format(clean(origin)))
    asked = read(query, now)
    if asked.wrong:
        raise WrongQuestion(asked.wrong)
    return asked


def check(transaction: Transaction, asked: Asked, titles: Mapping[str, str]) -> None:
    """Raises WrongQuestion for a kiosk, a procedure or a language that nobody has ever used here."""
    wanted = asked.wanted
    procedures = {*titles, *reading.text_names(transaction).values()} - {""}
    for value, what, known in (
        (wanted.kiosk, "La borne", reading.kiosks(transaction)),
        (wanted.procedure, "La démarche", sorted(procedures)),
        (wanted.language, "La langue", reading.languages(transaction)),
    ):
        if value and value not in known:
            there = ", ".join(map(clean, known)) or "aucune pour le moment"
            raise WrongQuestion(f"{what} « {clean(value)} » n'est pas connue ici. Connues : {there}.")


def _days(text: str, now: datetime) -> dict[str, str]:
    try:
        found = period(text, now.astimezone(HERE).date())
    except NoSuchDay:
        raise WrongQuestion(_DAY.format(clean(text))) from None
    if found is None:
        raise WrongQuestion(_PERIOD.format(clean(text)))
    return {"period": found} if isinstance(found, str) else {"since": f"{found[0]}", "until": f"{found[1]}"}
