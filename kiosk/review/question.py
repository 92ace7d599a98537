# SPDX-License-Identifier: EUPL-1.2
"""What a command line asks the review, in the terms of the addresses of its pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from assist.server.review import reading
from assist.server.review.asked import ORIGINS, PERIODS, Asked, read
from kiosk.review.view import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assist.server.review.source import Transaction

_BY_DAYS = {"7": "week", "30": "month", "365": "year"}
_BY_NAME = {name.casefold(): id_ for id_, name in PERIODS.items()}
_ORIGINS = {name.removeprefix("au ").removeprefix("à la "): id_ for id_, name in ORIGINS.items()}
_PERIOD = (
    "« {} » n'est pas une période. Écrivez today, yesterday, 7, 30 ou 365 ; "
    "ou deux dates, comme 2026-11-01..2026-11-30 ; ou une seule, comme 2026-11-01."
)
_ORIGIN = "« {} » n'est pas une façon de commencer. Écrivez touch, key ou voice."


class WrongQuestion(Exception):
    """What cannot be asked, and what can: French."""


def asked_of(period: str, now: datetime, **narrow: str) -> Asked:
    """The question. Raises WrongQuestion for a period or a way of beginning that does not exist."""
    query = {**_days(period), **narrow}
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


def _days(period: str) -> dict[str, str]:
    word = period.strip().casefold().replace("’", "'")
    if (found := _BY_DAYS.get(word) or _BY_NAME.get(word) or word) in PERIODS:
        return {"period": found}
    since, dots, until = word.partition("..")
    if since[4:5] != "-" or (until and until[4:5] != "-"):
        raise WrongQuestion(_PERIOD.format(clean(period)))
    return {"since": since, "until": until if dots else since}
