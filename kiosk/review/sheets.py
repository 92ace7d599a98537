# SPDX-License-Identifier: EUPL-1.2
"""The screens of the review, made of the same readings and words as its pages (:mod:`assist.server.review`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from assist.server.pages import kiosk_named
from assist.server.review import availability, charts, reading, words
from assist.server.review.asked import ORIGINS, PERIODS, Asked
from content.model import Catalogue
from kiosk.review.view import Line, Overview, Sheet, clean, told

if TYPE_CHECKING:
    from assist.server.review.source import Transaction

LANGUAGES = {"fr": "Français", "en": "Anglais"}
FIGURES = ("Ce qui est mesuré", "Maintenant", "Avant")
PROCEDURES = ("Démarche", "Commencée", "Menée au bout", "Avec un appel", "Avec une difficulté")
MACHINES = ("Borne", "Attendue", "Reliée", "Absente", "Imprimante prête", "Démarrages", "Arrêts brusques")
VISITS = ("Quand", "Démarche", "Borne", "Durée", "Appel", "Difficultés", "Fin", "Avis")


def overview(transaction: Transaction, asked: Asked, procedures: Catalogue) -> Overview:
    """Everything that the first screen needs, from one reading."""
    titles = titles_of(procedures)
    wanted = asked.wanted
    sums = reading.sums(transaction, wanted)
    days, times = reading.people_by_day(transaction, wanted), reading.procedure_times(transaction, wanted)
    return Overview(
        asked=asked,
        question=in_words(asked, titles),
        figures=_figures(words.figures(sums, reading.sums(transaction, wanted.before))),
        charts=charts.charts(wanted, sums, days, times, {id_: clean(title) for id_, title in titles.items()}),
        procedures=_procedures(transaction, asked, titles),
        visits=visits(transaction, asked, titles),
        machines=_machines(transaction, asked),
        kiosks=tuple(reading.kiosks(transaction)),
        languages=tuple(reading.languages(transaction)),
    )


def titles_of(procedures: Catalogue) -> dict[str, str]:
    """What the procedures are called."""
    return {procedure.id: procedure.title for procedure in procedures.titles()}


def in_words(asked: Asked, titles: Mapping[str, str]) -> str:
    """The period, what narrows it, and the period that it is compared with."""
    wanted = asked.wanted
    days = days_words(wanted.since, wanted.until)
    parts = [f"{PERIODS[asked.period]}, {days}" if asked.period else days[:1].upper() + days[1:]]
    if wanted.kiosk:
        parts.append(clean(kiosk_named(wanted.kiosk)))
    if wanted.procedure:
        parts.append(clean(titles.get(wanted.procedure, wanted.procedure)))
    if wanted.language:
        parts.append(clean(LANGUAGES.get(wanted.language, wanted.language)))
    if wanted.origin:
        parts.append(f"Commencé {ORIGINS[wanted.origin]}")
    parts.append(f"Avant : {days_words(wanted.before.since, wanted.before.until)}")
    return f"{'. '.join(parts)}."


def days_words(since: date, until: date) -> str:
    """As in "du 01/11/2026 au 30/11/2026", "le 29/11/2026"."""
    return f"du {since:%d/%m/%Y} au {until:%d/%m/%Y}" if since < until else f"le {since:%d/%m/%Y}"


def visits(transaction: Transaction, asked: Asked, titles: Mapping[str, str], after: str = "") -> Sheet:
    """One page of the visits behind the figures, the newest first."""
    rows, more = reading.listed(transaction, asked.wanted, after)
    names = reading.text_names(transaction)
    total = reading.total(transaction, asked.wanted)
    return Sheet(
        title="Passages",
        columns=VISITS,
        lines=tuple(_visit(words.line(row, names.get(row.text, ""), titles)) for row in rows),
        said=(f"{words.count_words(total)} passage{'s' if total > 1 else ''}.",),
        numbers=frozenset({3, 5}),
        empty="Personne n’est venu dans cette période, ou ces passages ne sont plus gardés.",
        more=more,
    )


def _figures(figures: list[words.Figure]) -> Sheet:
    return Sheet(
        title="Chiffres",
        columns=FIGURES,
        lines=tuple(
            Line(
                (figure.indicator.name, figure.now + (" (peu de cas)" if figure.few else ""), figure.before),
                (
                    figure.indicator.definition,
                    f"Calcul : {figure.indicator.formula}",
                    f"Source : {figure.indicator.source}",
                ),
            )
            for figure in figures
        ),
        numbers=frozenset({1, 2}),
    )


def _procedures(transaction: Transaction, asked: Asked, titles: Mapping[str, str]) -> Sheet:
    return Sheet(
        title="Démarches",
        columns=PROCEDURES,
        lines=tuple(
            _procedure(id_, clean(titles.get(id_, id_)), counts)
            for id_, counts in reading.procedures(transaction, asked.wanted)
        ),
        numbers=frozenset(range(1, 5)),
        empty="Aucune démarche n’a été commencée dans cette période.",
    )


def _machines(transaction: Transaction, asked: Asked) -> Sheet:
    return Sheet(
        title="Bornes et imprimantes",
        columns=MACHINES,
        lines=tuple(_machine(one) for one in availability.lines(transaction, asked.wanted)),
        said=(availability.expected_words(transaction),),
        numbers=frozenset(range(1, 7)),
        empty="Aucune borne n’était attendue dans cette période, ou le serveur ne la regardait pas encore.",
    )


def _procedure(id_: str, title: str, counts: Mapping[str, int]) -> Line:
    shares = (words.share_words(counts[name], counts["visits"]) for name in ("finished", "helped", "difficult"))
    cells = (title, words.count_words(counts["visits"]), *shares)
    return Line(cells, (told(PROCEDURES, cells),), opens=id_)


def _machine(one: availability.Machine) -> Line:
    name = clean(kiosk_named(one.kiosk))
    cells = (name, one.expected, one.linked, one.away, one.ready, f"{one.starts}", f"{one.abrupt}")
    return Line(cells, (told(MACHINES[1:], cells[1:]),))


def _visit(line: words.Line) -> Line:
    cells = (
        line.day,
        clean(line.subject),
        clean(kiosk_named(line.kiosk)),
        line.duration,
        "oui" if line.helped else "non",
        f"{line.difficulties}",
        line.ending,
        line.face,
    )
    return Line(cells, (told(VISITS[1:], cells[1:]),), opens=line.session)
