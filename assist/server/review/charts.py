# SPDX-License-Identifier: EUPL-1.2
"""The figures as drawings (:mod:`printouts.charts`), for pages and papers alike; only those that say something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assist.review.indicators import Sums
from assist.review.lab import ENOUGH
from assist.review.spans import Grain, Span, spans
from assist.review.times import median, quantile, seconds_of
from assist.server.review.asked import Wanted
from assist.server.review.funnel import Funnel
from assist.server.review.words import count_words, few_words, seconds_words, share_words
from printouts.charts.model import Bar, Chart, Columns, Range, Ranges, Rows, Table
from printouts.typography import NBSP

MOST_PROCEDURES = 8
"""How many procedures are drawn; the table has all."""
FACES = {"happy": "Content", "neutral": "Neutre", "unhappy": "Mécontent"}
_WAITS = ((60, "Moins d'une minute"), (120, "1 à 2 minutes"), (300, "2 à 5 minutes"), (600, "5 à 10 minutes"))
_LONGER = ((1200, "10 à 20 minutes"), (float("inf"), "Plus de 20 minutes"))
_MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
_GRAINS = {Grain.DAY: "jour", Grain.WEEK: "semaine", Grain.MONTH: "mois", Grain.YEAR: "année"}


def charts(
    wanted: Wanted,
    sums: Sums,
    days: Mapping[date, int],
    times: Mapping[str, Mapping[int, int]],
    titles: Mapping[str, str],
) -> tuple[Chart, ...]:
    """The drawings of a period that say something, in the order of the figures."""
    found = (attendance(wanted, days), faces(sums), durations(times, titles), waits(sums))
    return tuple(chart for chart in found if chart is not None)


def attendance(wanted: Wanted, days: Mapping[date, int]) -> Columns | None:
    """How many came, over time; None when that is one number or none."""
    grain, found = spans(days, wanted.since, wanted.until)
    if len(found) < 2 or not any(span.count for span in found):
        return None
    most = max(found, key=lambda span: span.count)
    sentence = f"Le plus : {count_words(most.count)}, {_in_words(most, grain)}."
    if not (found[0].whole and found[-1].whole):
        sentence += " Au début ou à la fin, une période n'est pas entière."
    return Columns(
        f"Personnes venues, par {_GRAINS[grain]}",
        sentence,
        tuple(Bar(_short(span, grain, len(found)), span.count, count_words(span.count)) for span in found),
        Table(
            (_GRAINS[grain].capitalize(), "Personnes venues"),
            tuple(
                (_in_words(span, grain) + ("" if span.whole else " (pas entière)"), count_words(span.count))
                for span in found
            ),
        ),
    )


def faces(sums: Sums) -> Rows | None:
    """The three faces; None when nobody gave one."""
    counts = {name: sums.counts.get(name, 0) for name in FACES}
    given = sum(counts.values())
    if not given:
        return None
    return Rows(
        "Les visages",
        f"{count_words(counts['happy'])} content{_s(counts['happy'])} sur {count_words(given)} "
        f"avis donné{_s(given)}.{few_words(given)}",
        tuple(Bar(FACES[name], count, share_words(count, given), few=given < ENOUGH) for name, count in counts.items()),
        Table(
            ("Visage", "Avis", "Part"),
            tuple((FACES[name], count_words(count), _percent(count, given)) for name, count in counts.items()),
        ),
    )


def durations(times: Mapping[str, Mapping[int, int]], titles: Mapping[str, str]) -> Ranges | None:
    """How long the procedures that were finished took; None when none was."""
    ranked = sorted(times, key=lambda name: (-sum(times[name].values()), name))
    if not ranked:
        return None
    drawn = ranked[:MOST_PROCEDURES]
    many = f" Les {len(drawn)} les plus faites ; le tableau les a toutes." if len(drawn) < len(ranked) else ""
    return Ranges(
        "Durée par démarche",
        "Pour les démarches menées au bout. La moitié des personnes est dans le trait large, la durée du milieu est le "
        f"trait debout. Trait large vide : moins de {ENOUGH} cas, n'en tirez rien seul. À 5{NBSP}% près.{many}",
        tuple(_range(titles.get(name, name), times[name]) for name in drawn),
        Table(
            ("Démarche", "Menée au bout", "Un quart a mis moins", "La moitié a mis moins", "Un quart a mis plus"),
            tuple(_times_line(titles.get(name, name), times[name]) for name in ranked),
        ),
    )


def waits(sums: Sums) -> Rows | None:
    """How long people waited for somebody; None when nobody came to anybody."""
    total = sum(sums.waits.values())
    if not total:
        return None
    counts = {name: 0 for _, name in (*_WAITS, *_LONGER)}
    for class_, count in sums.waits.items():
        counts[next(name for most, name in (*_WAITS, *_LONGER) if seconds_of(class_) < most)] += count
    return Rows(
        "Attente d'un médiateur",
        f"La moitié des personnes a attendu moins de {seconds_words(median(sums.waits))}. "
        f"Neuf sur dix ont attendu moins de {seconds_words(quantile(sums.waits, 0.9))}.{few_words(total)}",
        tuple(Bar(name, count, share_words(count, total), few=total < ENOUGH) for name, count in counts.items()),
        Table(
            ("Attente", "Personnes", "Part"),
            tuple((name, count_words(count), _percent(count, total)) for name, count in counts.items()),
        ),
    )


def steps(funnel: Funnel) -> Rows:
    """How many reached each step of a procedure, and how many stopped there. Its table is that of its page."""
    return Rows(
        "Étape par étape",
        f"La barre dit combien de passages ont atteint l'étape ; son bout hachuré, combien se sont arrêtés là."
        f"{few_words(funnel.text.visits)}",
        tuple(
            Bar(
                stage.title,
                stage.counts["reached"],
                f"{count_words(stage.counts['reached'])}"
                + (f", {count_words(stage.lost)} arrêt{_s(stage.lost)}" if stage.lost else ""),
                part=min(stage.lost, stage.counts["reached"]),
                few=stage.counts["reached"] < ENOUGH,
            )
            for stage in funnel.stages
        ),
        Table(
            ("Étape", "Atteinte", "Arrêt ici"),
            tuple(
                (stage.title, count_words(stage.counts["reached"]), share_words(stage.lost, stage.counts["reached"]))
                for stage in funnel.stages
            ),
        ),
    )


def _range(title: str, times: Mapping[int, int]) -> Range:
    total = sum(times.values())
    low, middle, high = (quantile(times, share) or 0.0 for share in (0.25, 0.5, 0.75))
    said = seconds_words(middle)
    if high > low:
        said += f", la moitié de {seconds_words(low)} à {seconds_words(high)}"
    return Range(title, low, middle, high, said + (" (peu de cas)" if total < ENOUGH else ""), few=total < ENOUGH)


def _times_line(title: str, times: Mapping[int, int]) -> tuple[str, ...]:
    total = sum(times.values())
    few = " (peu de cas)" if total < ENOUGH else ""
    return (title, count_words(total) + few, *(seconds_words(quantile(times, share)) for share in (0.25, 0.5, 0.75)))


def _short(span: Span, grain: Grain, count: int) -> str:
    """Under a bar."""
    first = span.first
    if grain is Grain.YEAR:
        return f"{first.year}"
    if grain is Grain.MONTH:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    return f"{_DAYS[first.weekday()]} {first.day}" if count <= 7 else f"{first.day} {_MONTHS[first.month - 1]}"


def _in_words(span: Span, grain: Grain) -> str:
    first = span.first
    if grain is Grain.DAY:
        return f"{_DAYS[first.weekday()]} {_dated(first)}"
    if grain is Grain.WEEK:
        return f"du {_dated(first)} au {_dated(span.last)}"
    return f"{first.year}" if grain is Grain.YEAR else f"{_MONTHS[first.month - 1]} {first.year}"


def _dated(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def _percent(count: int, of: int) -> str:
    return f"{round(100 * count / of)}{NBSP}%"


def _s(count: int) -> str:
    return "s" if count > 1 else ""
