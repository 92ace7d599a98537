# SPDX-License-Identifier: EUPL-1.2
"""The monthly report, for the manager: what the pages of the review say of one month, beside the month before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from assist.review import quality as promised
from assist.review.indicators import INDICATORS, Sums
from assist.server.desk.catalogue import catalogue_of
from assist.server.pages import kiosk_named
from assist.server.review import availability, charts, quality, reading, words
from assist.server.review.funnel import Funnel, funnel
from assist.server.review.months import Month
from assist.server.site import Site
from content.model import Catalogue
from printouts.charts.model import Table
from printouts.report import Drawn, Listed, Numbers, Part, Report, Said, Section

MOST_TOLD = 12
"""How many procedures are told step by step, the most begun first."""
MOST_DRAWN = 3
_NOTE = (
    "Document interne, pour la direction du lieu. Il montre de petits nombres : ne l'affichez pas, ne le publiez pas. "
    "« Peu de cas » veut dire moins de 20 : n'en tirez rien seul."
)
_NOT_MEASURED = (
    "Les personnes qui sont venues sans toucher une borne.",
    "Une même personne qui revient : elle compte une nouvelle fois.",
    "Ce que les personnes ont écrit, choisi ou dit : rien n'en est gardé.",
    "La suite de la démarche : si la demande est partie, si elle a été acceptée.",
    "Les essais de brouillons avec des volontaires, et les journaux mis de côté.",
    "Les passages d'une borne restée sans réseau, tant qu'elle ne les a pas envoyés.",
    "Les minutes exactes : les durées sont justes à 5 % près.",
)


def report(transaction: Session, month: Month, site: Site, today: date) -> Report:
    """The report of a month."""
    catalogue = catalogue_of(site)
    sums, before = (reading.sums(transaction, one.wanted) for one in (month, month.before))
    return Report(
        title=f"Rapport de {month.name}" if month.name[0] not in "ao" else f"Rapport d'{month.name}",
        site=site.name,
        note=_NOTE,
        summary=tuple(_summary(sums, before, month)),
        sections=(
            _indicators(sums, before, month),
            _drawings(transaction, sums, month, catalogue),
            _stops(transaction, month, catalogue),
            _machines(transaction, month),
            _quality(sums),
            _meanings(),
            Section("Ce qui n'est pas mesuré ici", (Part("", (Listed(_NOT_MEASURED),)),)),
        ),
        printed_on=today,
    )


def _summary(sums: Sums, before: Sums, month: Month) -> Iterator[str]:
    now, then = ({figure.indicator.id: figure for figure in words.figures(one, one)} for one in (sums, before))
    if not sums.counts.get("sessions"):
        yield f"Personne n'a utilisé une borne en {month.name}."
        return
    yield f"Personnes venues : {now['sessions'].now} ; le mois d'avant : {then['sessions'].now}."
    yield f"Démarches menées au bout : {now['finished'].now} ; le mois d'avant : {then['finished'].now}."
    if sums.waits:
        yield f"La moitié des personnes qui ont vu un médiateur l'ont attendu moins de {now['wait'].now}."
    yield f"Comptes rendus écrits : {now['reports'].now} ; le mois d'avant : {then['reports'].now}."


def _indicators(sums: Sums, before: Sums, month: Month) -> Section:
    figures = words.figures(sums, before)
    values = Table(
        ("Ce qui est mesuré", month.name.capitalize(), month.before.name.capitalize()),
        tuple(
            (figure.indicator.name, figure.now + (" (peu de cas)" if figure.few else ""), figure.before)
            for figure in figures
        ),
    )
    return Section("Les indicateurs", (Part("", (Numbers("Le mois, et le mois d'avant", values),)),))


def _meanings() -> Section:
    table = Table(
        ("Indicateur", "Définition", "Calcul et source"),
        tuple((one.name, one.definition, f"{one.formula} {one.source}") for one in INDICATORS),
    )
    return Section("Ce que veut dire chaque indicateur", (Part("", (Numbers("Définitions", table, words=True),)),))


def _drawings(transaction: Session, sums: Sums, month: Month, catalogue: Catalogue) -> Section:
    wanted = month.wanted
    days, times = reading.people_by_day(transaction, wanted), reading.procedure_times(transaction, wanted)
    found = charts.charts(wanted, sums, days, times, _titles(catalogue))
    parts = tuple(Part(chart.title, (Drawn(chart),)) for chart in found)
    return Section("En dessins", parts or (Part("", (Said("Il n'y a rien à dessiner ce mois-ci."),)),))


def _stops(transaction: Session, month: Month, catalogue: Catalogue) -> Section:
    ranked = reading.procedures(transaction, month.wanted)
    if not ranked:
        return Section("Où les personnes s'arrêtent", (Part("", (Said("Aucune démarche n'a été commencée."),)),))
    titles = _titles(catalogue)
    lines = tuple(
        (
            titles.get(name, name),
            words.count_words(counts["visits"]),
            *(words.share_words(counts[of], counts["visits"]) for of in ("finished", "helped", "difficult")),
        )
        for name, counts in ranked
    )
    head = ("Démarche", "Commencée", "Menée au bout", "Avec un appel", "Avec une difficulté")
    parts = [Part("", (Numbers("Toutes les démarches", Table(head, lines)),))]
    for place, (name, _) in enumerate(ranked[:MOST_TOLD]):
        wanted = replace(month.wanted, procedure=name)
        if found := funnel(transaction, wanted, catalogue.get(name)):
            parts.append(_told(titles.get(name, name), found, drawn=place < MOST_DRAWN))
    if len(ranked) > MOST_TOLD:
        parts.append(Part("", (Said(f"Les {MOST_TOLD} démarches les plus commencées sont racontées ici."),)))
    return Section("Où les personnes s'arrêtent", tuple(parts))


def _told(title: str, found: Funnel, *, drawn: bool) -> Part:
    hardest = tuple(f"{stage.title} : {words.stuck_words(stage.counts)}." for stage in found.hardest[:3])
    few = words.few_words(found.text.visits).strip()
    said = Listed(hardest) if hardest else Said("Personne n'a buté sur une étape.")
    changed = (
        f"Le texte a changé : celui d'avant avait encore {words.count_words(found.before.visits)} passages ce mois-ci."
        if found.before
        else ""
    )
    notes = tuple(Said(note) for note in (few, changed) if note)
    return Part(title, (said, *notes, *((Drawn(charts.steps(found), numbers=False),) if drawn else ())))


def _machines(transaction: Session, month: Month) -> Section:
    head = ("Borne", "Attendue", "Reliée", "Absente", "Imprimante prête", "Démarrages", "Arrêts brusques")
    lines = tuple(
        (kiosk_named(one.kiosk), one.expected, one.linked, one.away, one.ready, str(one.starts), str(one.abrupt))
        for one in availability.lines(transaction, month.wanted)
    )
    said = Said(availability.expected_words(transaction))
    if not lines:
        return Section("Bornes et imprimantes", (Part("", (said, Said("Aucune borne n'était attendue ce mois-ci."))),))
    return Section("Bornes et imprimantes", (Part("", (said, Numbers("Borne par borne", Table(head, lines)))),))


def _quality(sums: Sums) -> Section:
    def table(promises: tuple[promised.Promise, ...]) -> Table:
        return Table(
            ("Engagement ou indicateur", "Ici", "Comment, ou pourquoi pas"),
            tuple(
                (one.promise.name, one.measured, " ".join((*_values(one), one.promise.how, one.promise.why)).strip())
                for one in quality.answers(promises, sums)
            ),
        )

    sources = tuple(f"{source.title} : {source.url}" for source in promised.SOURCES)
    checked = Said(f"Comparées le {promised.CHECKED_ON:%d/%m/%Y}, avec des copies de ces pages.")
    return Section(
        "La qualité du service public",
        (
            Part("", (Said(promised.PROGRAMME),)),
            Part("Les engagements, dits avec nos mots", (Numbers("Engagements", table(promised.COMMITMENTS), True),)),
            Part("Les indicateurs du programme", (Numbers("Indicateurs", table(promised.PUBLISHED), True),)),
            Part("Sources", (checked, Listed(sources))),
        ),
    )


def _values(answer: quality.Answer) -> Iterator[str]:
    for name, value in answer.figures:
        yield f"{name} : {value}."


def _titles(catalogue: Catalogue) -> dict[str, str]:
    return {procedure.id: procedure.title for procedure in catalogue.titles()}
