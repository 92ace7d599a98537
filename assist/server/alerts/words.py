# SPDX-License-Identifier: EUPL-1.2
"""What an alert says, in French: what is wrong, since when, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assist.review.alerts import Code
from assist.server.alerts.keeping import numbers_of
from assist.server.alerts.tables import AlertRow
from assist.server.pages import kiosk_named
from assist.server.site import HERE
from content.model import Catalogue, Procedure
from printouts.typography import NBSP, bound, full_date, hour

_LEFT = (
    "À l'étape « {step} » de « {procedure} », {0} personnes sur {1} se sont arrêtées ces 7 derniers jours. "
    "C'était {2} sur {3} dans les 4 semaines d'avant."
)
_LEFT_BY_MAIL = (
    "À l'étape « {step} » de « {procedure} », les personnes s'arrêtent deux fois plus souvent qu'avant, ou davantage. "
    "Les nombres sont sur la page « Alertes »."
)
_NOT_ERASED_TODO = (
    "Le serveur essaie de nouveau chaque jour, et à son démarrage. Si l'alerte est encore là demain, prévenez votre "
    "technicien. Le serveur dit pourquoi dans son journal : « journalctl -u pas-a-pas-serveur », ou var/server.log."
)
_DISK_TODO = "Libérez de la place. Quand le disque est plein, {what} ne peut plus rien noter."


@dataclass(frozen=True, slots=True)
class Told:
    """One alert, in words. ``address`` is the page that tells more; "" when there is none."""

    id: str
    title: str
    sentence: str
    todo: str
    since: str
    lasted: str = ""
    seen: str = ""
    address: str = ""


def told(
    row: AlertRow, procedures: Catalogue, names: Mapping[str, str], now: datetime, *, by_mail: bool = False
) -> Told:
    """An alert in words. ``names``: account -> first name. ``by_mail``: no number of people leaves the site."""
    title, sentence, todo, address = _said(row, procedures, by_mail=by_mail)
    return Told(
        id=row.id,
        title=bound(title),
        sentence=bound(sentence),
        todo=bound(todo),
        since=_day_words(row.since, now) if row.code == Code.CONTENT_OLD else since_words(row.since, now),
        lasted=lasting_words(row.ended_at - row.began_at) if row.ended_at else "",
        seen=_seen(row, names, now),
        address=address,
    )


def since_words(moment: datetime, now: datetime) -> str:
    """As in "aujourd'hui, 9 h 10", "hier, 18 h", "lundi 4 janvier 2027, 9 h"."""
    return f"{_day_words(moment, now)}, {hour(moment.astimezone(HERE))}"


def _day_words(moment: datetime, now: datetime) -> str:
    local = moment.astimezone(HERE).date()
    match (now.astimezone(HERE).date() - local).days:
        case 0:
            return "aujourd'hui"
        case 1:
            return "hier"
        case _:
            return full_date(local)


def lasting_words(time: timedelta) -> str:
    """As in "6 minutes", "2 h 05", "3 jours"."""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes}{NBSP}minute{'s' * (minutes > 1)}"
    if minutes < 48 * 60:
        return f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02}"
    return f"{minutes // (24 * 60)}{NBSP}jours"


def _seen(row: AlertRow, names: Mapping[str, str], now: datetime) -> str:
    if row.seen_at is None:
        return ""
    who = names.get(row.seen_by or "", "")
    return f"Vu{f' par {who}' if who else ''} ({since_words(row.seen_at, now)})."


def _said(row: AlertRow, procedures: Catalogue, *, by_mail: bool) -> tuple[str, str, str, str]:
    """Title, sentence, what to do, and the address of a page."""
    kiosk = kiosk_named(row.about)
    numbers = numbers_of(row)
    match row.code:
        case Code.KIOSK_SILENT:
            return (
                f"{kiosk} : silencieuse",
                "Elle n'est plus reliée au serveur.",
                "Regardez si elle est allumée, et si son câble réseau est branché. Si elle sert quand même, c'est le "
                "réseau. Si elle est rangée pour longtemps, retirez sa clé, sur la machine du serveur : "
                f"« kiosk device revoke {row.about} ».",
                "",
            )
        case Code.PRINTER_OUT:
            return (
                f"{kiosk} : l'imprimante",
                "L'imprimante ne peut pas imprimer.",
                f"{row.said or 'Allez la voir : papier, encre, capot, câble.'} La borne sert quand même, sans papier.",
                "",
            )
        case Code.KIOSK_DISK:
            return f"{kiosk} : le disque", _disk(numbers), _DISK_TODO.format(what="la borne"), ""
        case Code.SERVER_DISK:
            return "Serveur : le disque", _disk(numbers), _DISK_TODO.format(what="le serveur"), ""
        case Code.CLOCK:
            return (
                f"{kiosk} : l'horloge",
                _clock(numbers),
                "Regardez laquelle des deux est juste. Sur l'autre machine : « sudo timedatectl set-ntp true ».",
                "",
            )
        case Code.STEP_LEFT:
            return _step(row.about, numbers, procedures, _LEFT_BY_MAIL if by_mail else _LEFT)
        case Code.CONTENT_OLD:
            return _content(row.about, numbers, procedures)
        case Code.NOT_ERASED:
            return (
                f"À effacer : {row.about}",
                "Des données ont atteint la fin de leur durée. Le serveur n'a pas pu les effacer.",
                _NOT_ERASED_TODO,
                "",
            )
        case _:  # Of a later version.
            return row.code, row.said, "", ""


def _disk(numbers: tuple[int, ...]) -> str:
    return f"Il reste {numbers[0] if numbers else 0}{NBSP}Mo sur le disque."


def _clock(numbers: tuple[int, ...]) -> str:
    seconds = numbers[0] if numbers else 0
    apart = lasting_words(timedelta(seconds=abs(seconds)))
    return f"Son horloge {'avance' if seconds > 0 else 'retarde'} de {apart} sur celle du serveur."


def _step(about: str, numbers: tuple[int, ...], procedures: Catalogue, left: str) -> tuple[str, str, str, str]:
    id_, _, step = about.partition("/")
    procedure = procedures.get(id_)
    title, step_title = _title(procedure, id_), step
    if procedure and step in procedure.steps:
        step_title = procedure.steps[step].title
    four = numbers if len(numbers) == 4 else (0, 0, 0, 0)
    return (
        f"{title} : plus d'arrêts à une étape",
        left.format(*map(_few, four), step=step_title, procedure=title),
        "Lisez cette étape comme la personne la voit. Regardez les passages : le texte a-t-il changé ?",
        f"/revue/demarches/{id_}",
    )


def _few(people: int) -> str:
    return "moins de 5" if 0 < people < 5 else str(people)


def _content(about: str, numbers: tuple[int, ...], procedures: Catalogue) -> tuple[str, str, str, str]:
    title = _title(procedures.get(about), about)
    day = full_date(date.fromordinal(numbers[0])) if numbers and numbers[0] > 0 else ""
    return (
        f"{title} : à comparer à sa source",
        f"Cette démarche devait être comparée à sa page officielle au plus tard le {day}.",
        "Demandez à qui écrit les démarches de la comparer. Six mois après cette date, elle n'est plus servie.",
        "",
    )


def _title(procedure: Procedure | None, id_: str) -> str:
    return procedure.title if procedure else id_
