# SPDX-License-Identifier: EUPL-1.2
"""Reports in French words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from assist.desk.report.codes import Coded, CraType, Place, Theme
from assist.desk.report.cra import Cra
from assist.server.reports.store import Kept
from printouts.typography import full_date


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    id: str
    mediator: str
    day: str
    subject: str
    duration: str
    people: int
    from_kiosk: bool


def moment_words(moment: datetime) -> str:
    """As in "mardi 1er décembre 2026, 9 h 05", by the clock of the machine's own zone."""
    local = moment.astimezone()
    return f"{full_date(local.date())}, {local.hour} h {local.minute:02}"


def duration_words(minutes: int) -> str:
    """As in "45 minutes" or "1 h 30"."""
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    return f"{minutes // 60} h" + (f" {minutes % 60:02}" if minutes % 60 else "")


def summary(cra: Cra, titles: Iterable[str]) -> tuple[str, ...]:
    """What a draft says, a short sentence an item."""
    return tuple(_said(cra, tuple(titles)))


def _said(cra: Cra, titles: tuple[str, ...]) -> Iterator[str]:
    day = full_date(cra.date)
    where = cra.place.label if cra.place is not Place.LIEU_ACTIVITE else ""
    rest = (duration_words(cra.minutes), where.lower(), _joined(cra.equipment).lower())
    yield f"{day[0].upper()}{day[1:]}, {', '.join(words for words in rest if words)}."
    if cra.type is CraType.COLLECTIF:
        yield f"Un atelier, {cra.people} personnes."
    yield f"{' ; '.join(titles)} ({_subject(cra)})." if titles else f"{_subject(cra)}."
    if cra.autonomy is not None:
        yield f"La personne : {cra.autonomy.label.lower()}."
    if cra.referral is not None:
        yield f"Orientation : {cra.referral.label.lower()}."
    if cra.follow_up:
        yield "Il reste une chose à faire ensemble."


def row_words(kept: Kept, titles: Mapping[str, str]) -> Row:
    """The line of the list that tells a report."""
    named = " ; ".join(titles.get(name, name) for name in kept.cra.procedures)
    many = kept.cra.type is CraType.COLLECTIF
    subject = named or _subject(kept.cra)
    return Row(
        id=kept.id,
        mediator=kept.mediator,
        day=full_date(kept.cra.date),
        subject=f"Atelier : {subject}" if many else subject,
        duration=duration_words(kept.cra.minutes),
        people=kept.cra.people,
        from_kiosk=kept.session is not None,
    )


def _subject(cra: Cra) -> str:
    """The themes; the kinds of procedures instead of the last theme, which says nothing more."""
    kinds = _joined(cra.administrative_themes)
    others = _joined(theme for theme in cra.themes if not (kinds and theme is Theme.AIDE_AUX_DEMARCHES_ADMINISTRATIVES))
    return " ; ".join(words for words in (kinds, others) if words)


def _joined(codes: Iterable[Coded]) -> str:
    return ", ".join(code.label for code in codes)
