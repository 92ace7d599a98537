# SPDX-License-Identifier: EUPL-1.2
"""What is measured, with its definition, its formula and its source, in the words of a manager. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assist.review.lab import ENOUGH, Share
from assist.review.times import median, quantile


@dataclass(frozen=True, slots=True)
class Sums:
    """What is counted over some days: the names are those of :mod:`assist.review.tally`."""

    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    visits: Mapping[int, int] = field(default_factory=dict[int, int])
    """Class of duration -> visits that were finished."""
    waits: Mapping[int, int] = field(default_factory=dict[int, int])
    reports: int | None = None
    """None when the question is narrower than what reports tell."""
    kiosks: Share | None = None
    """Minutes linked among those expected; None when the question is narrower than a kiosk."""
    printers: Share | None = None
    """Minutes in which a printer could print among those in which its kiosk told how it was; None as above."""

    def share(self, of: str, *names: str) -> Share:
        """Those of ``names`` among ``of``."""
        return Share(sum(self.counts.get(name, 0) for name in names), self.counts.get(of, 0))


class Unit(StrEnum):
    """How a value is read."""

    COUNT = "count"
    SHARE = "share"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and how many it rests on."""

    number: float | None
    """A count, a share from 0 to 1, or seconds; None when there is nothing to measure."""
    of: int

    @property
    def few(self) -> bool:
        """Whether it rests on too few to conclude anything."""
        return 0 < self.of < ENOUGH


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. The texts are French."""

    id: str
    name: str
    unit: Unit
    definition: str
    formula: str
    source: str
    measure: Callable[[Sums], Value]


def _count(name: str) -> Callable[[Sums], Value]:
    def measure(sums: Sums) -> Value:
        number = sums.counts.get(name, 0)
        return Value(number, number)

    return measure


def _share(of: str, *names: str) -> Callable[[Sums], Value]:
    def measure(sums: Sums) -> Value:
        share = sums.share(of, *names)
        return Value(share.rate if share.of else None, share.of)

    return measure


def _happy(sums: Sums) -> Value:
    given = sum(sums.counts.get(face, 0) for face in ("happy", "neutral", "unhappy"))
    return Value(sums.counts.get("happy", 0) / given if given else None, given)


def _of_times(read: Callable[[Mapping[int, int]], float | None], waits: bool) -> Callable[[Sums], Value]:
    def measure(sums: Sums) -> Value:
        times = sums.waits if waits else sums.visits
        return Value(read(times), sum(times.values()))

    return measure


def _reports(sums: Sums) -> Value:
    return Value(sums.reports, sums.reports or 0)


def _available(which: Callable[[Sums], Share | None]) -> Callable[[Sums], Value]:
    def measure(sums: Sums) -> Value:
        share = which(sums)
        return Value(share.rate if share is not None and share.of else None, share.of if share is not None else 0)

    return measure


_STARTED, _ENDED = "Événement « La personne commence ».", "Événement « La session est finie »."
_PICKED = "Événement « La personne choisit une démarche »."
_CALLED = "Événements « La personne appelle un médiateur » et « Un médiateur rejoint la personne »."

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "sessions",
        "Personnes venues",
        Unit.COUNT,
        "Les fois où quelqu'un a commencé à une borne. Une personne qui revient compte une nouvelle fois.",
        "Nombre de sessions finies, quelle que soit leur fin.",
        _STARTED,
        _count("sessions"),
    ),
    Indicator(
        "visits",
        "Démarches commencées",
        Unit.COUNT,
        "Une personne peut en commencer plusieurs dans la même session.",
        "Nombre de démarches choisies.",
        _PICKED,
        _count("visits"),
    ),
    Indicator(
        "finished",
        "Démarches menées au bout",
        Unit.SHARE,
        "La feuille de route a été lue jusqu'au bout ou imprimée, ou la session s'est bien terminée.",
        "Démarches menées au bout ÷ démarches commencées.",
        "Événements « La personne a lu sa feuille de route », « La personne demande le papier » et "
        "« La session est finie ».",
        _share("visits", "finished"),
    ),
    Indicator(
        "abandoned",
        "Sessions laissées en route",
        Unit.SHARE,
        "La personne est partie sans le dire, ou la borne s'est arrêtée.",
        "Sessions abandonnées ou interrompues ÷ sessions.",
        _ENDED,
        _share("sessions", "abandoned", "interrupted"),
    ),
    Indicator(
        "called",
        "Personnes qui ont appelé",
        Unit.SHARE,
        "La personne a touché « Aide », ou l'a dit.",
        "Sessions avec un appel ÷ sessions.",
        _CALLED,
        _share("sessions", "called"),
    ),
    Indicator(
        "joined",
        "Appels où quelqu'un est venu",
        Unit.SHARE,
        "Un médiateur a rejoint la personne avant la fin de sa session.",
        "Sessions où un médiateur est venu ÷ sessions avec un appel.",
        _CALLED,
        _share("called", "joined"),
    ),
    Indicator(
        "wait",
        "Attente d'un médiateur",
        Unit.SECONDS,
        "Du premier appel à l'arrivée du médiateur. La moitié des personnes a attendu moins. À 5 % près.",
        "Médiane des attentes où quelqu'un est venu.",
        _CALLED,
        _of_times(median, waits=True),
    ),
    Indicator(
        "long_wait",
        "Longue attente",
        Unit.SECONDS,
        "Neuf personnes sur dix ont attendu moins. À 5 % près.",
        "Neuvième décile des attentes où quelqu'un est venu.",
        _CALLED,
        _of_times(lambda times: quantile(times, 0.9), waits=True),
    ),
    Indicator(
        "time",
        "Durée d'une démarche",
        Unit.SECONDS,
        "Du choix de la démarche à la fin, pour celles menées au bout. À 5 % près.",
        "Médiane des durées.",
        _PICKED,
        _of_times(median, waits=False),
    ),
    Indicator(
        "difficult",
        "Démarches avec une difficulté",
        Unit.SHARE,
        "La personne a touché « C'est difficile » au moins une fois.",
        "Démarches avec une difficulté ÷ démarches commencées.",
        "Événement « La personne signale une difficulté ».",
        _share("visits", "difficult"),
    ),
    Indicator(
        "happy",
        "Visages contents",
        Unit.SHARE,
        "Parmi les personnes qui ont touché un des trois visages.",
        "Visages contents ÷ visages donnés.",
        "Événement « La personne donne son avis ».",
        _happy,
    ),
    Indicator(
        "reports",
        "Comptes rendus écrits",
        Unit.COUNT,
        "Les comptes rendus d'activité validés par les médiateurs, avec ou sans borne.",
        "Nombre de comptes rendus dont la date est dans la période.",
        "Comptes rendus de ce serveur.",
        _reports,
    ),
    Indicator(
        "kiosks_available",
        "Disponibilité des bornes",
        Unit.SHARE,
        "Une borne est attendue aux horaires des rendez-vous ; sans horaires écrits, jour et nuit. Une borne sans "
        "réseau compte comme absente, même si elle a servi. Le temps où le serveur était arrêté ne compte pas.",
        "Minutes où la borne était reliée au serveur ÷ minutes où elle était attendue.",
        "Liaisons des bornes avec ce serveur ; à comparer à leurs démarrages, que leur journal note.",
        _available(lambda sums: sums.kiosks),
    ),
    Indicator(
        "printers_available",
        "Disponibilité des imprimantes",
        Unit.SHARE,
        "Une imprimante est prête quand elle peut imprimer. Les bornes sans imprimante ne comptent pas, ni celles qui "
        "ne disent rien de la leur.",
        "Minutes où l'imprimante était prête ÷ minutes où la borne était attendue, reliée, et disait comment elle va.",
        "Ce que chaque borne dit de son imprimante, à chaque changement. Elle regarde toutes les minutes.",
        _available(lambda sums: sums.printers),
    ),
)
