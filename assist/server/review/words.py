# SPDX-License-Identifier: EUPL-1.2
"""Figures in French words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assist.review.indicators import INDICATORS, Indicator, Sums, Unit, Value
from assist.review.lab import ENOUGH, Verdict
from assist.server.review.tables import VisitRow
from assist.server.site import HERE
from printouts.typography import NBSP, full_date

NOTHING = "–"
_FACES = {"happy": "content", "neutral": "neutre", "unhappy": "mécontent", "skipped": "sans avis"}
_ENDINGS = {"done": "bien finie", "abandoned": "abandonnée", "erased": "effacée", "interrupted": "interrompue"}
VERDICTS = {
    Verdict.BETTER: "moins d'arrêts qu'avant",
    Verdict.WORSE: "plus d'arrêts qu'avant",
    Verdict.SAME: "pas de différence visible",
    Verdict.TOO_FEW: "trop peu de passages pour le dire",
}
"""What the text before allows to say of a step."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of a period, and of the period before it."""

    indicator: Indicator
    now: str
    before: str
    few: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    session: str
    day: str
    subject: str
    kiosk: str
    duration: str
    helped: bool
    difficulties: int
    ending: str
    face: str


def figures(now: Sums, before: Sums) -> list[Figure]:
    """Each indicator in words."""
    found: list[Figure] = []
    for indicator in INDICATORS:
        value = indicator.measure(now)
        of_share = indicator.unit is not Unit.COUNT
        found.append(
            Figure(
                indicator,
                value_words(value, indicator.unit),
                value_words(indicator.measure(before), indicator.unit),
                of_share and value.few,
            )
        )
    return found


def value_words(value: Value, unit: Unit) -> str:
    """As in "12", "83 %", "4 min 10 s"; a dash when there is nothing to measure."""
    if value.number is None:
        return NOTHING
    match unit:
        case Unit.COUNT:
            return count_words(int(value.number))
        case Unit.SHARE:
            return f"{round(100 * value.number)}{NBSP}%"
        case Unit.SECONDS:
            return seconds_words(value.number)


def count_words(count: int) -> str:
    """As in "1 234"."""
    return f"{count:,}".replace(",", NBSP)


def seconds_words(seconds: float | None) -> str:
    """As in "45 s", "4 min 10 s", "1 h 05"."""
    if seconds is None:
        return NOTHING
    whole = round(seconds)
    if whole < 60:
        return f"{whole}{NBSP}s"
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return f"{minutes}{NBSP}min" + (f" {rest}{NBSP}s" if rest else "")
    return f"{whole // 3600}{NBSP}h{NBSP}{whole % 3600 // 60:02}"


def share_words(count: int, of: int) -> str:
    """A count and its share, as in "12 (24 %)"; the count alone when it is of too few."""
    return count_words(count) if of < ENOUGH else f"{count_words(count)} ({round(100 * count / of)}{NBSP}%)"


def few_words(of: int) -> str:
    """What is added to a sentence that rests on too few; "" when there are enough."""
    return f" Moins de {ENOUGH} cas : n'en tirez rien seul." if of < ENOUGH else ""


def stuck_words(counts: Mapping[str, int]) -> str:
    """What held people up at a step, as in "3 arrêts, 1 appel, 0 difficulté sur 12 passages"."""
    named = {"abandoned": "arrêt", "helped": "appel", "difficulty": "difficulté", "reached": "passage"}
    *stuck, reached = (
        f"{count_words(counts[name])} {word}{'s' if counts[name] > 1 else ''}" for name, word in named.items()
    )
    return f"{', '.join(stuck)} sur {reached}"


def moment_words(moment: datetime) -> str:
    """As in "lundi 30 novembre 2026, 9 h 05", by the clock of the place."""
    local = moment.astimezone(HERE)
    return f"{full_date(local.date())}, {local.hour}{NBSP}h{NBSP}{local.minute:02}"


def line(row: VisitRow, procedure: str, titles: Mapping[str, str]) -> Line:
    """The line of the list that tells a visit."""
    return Line(
        session=row.session,
        day=moment_words(row.began_at),
        subject=titles.get(procedure, procedure) or "Aucune démarche choisie",
        kiosk=row.kiosk,
        duration=seconds_words(row.seconds),
        helped=row.helped,
        difficulties=row.difficulties,
        ending="menée au bout" if row.finished else f"session {_ENDINGS.get(row.ending, row.ending)}",
        face=_FACES.get(row.face or "", ""),
    )
