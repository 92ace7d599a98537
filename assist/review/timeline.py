# SPDX-License-Identifier: EUPL-1.2
"""A session told line by line, for a manager: what happened, at which step, after how long, who did it. Pure.

The words are those under which event types are declared. What a person answered is in no line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assist.review.visits import Row
from assist.session.commands import Acted
from assist.session.events import EVENT_TYPES, Ending

_ACTED: Mapping[str, str] = {
    Acted.EXPLAIN: "explique l'étape",
    Acted.BACK: "revient en arrière",
    Acted.JUMP: "va à une autre étape",
    Acted.PICK: "choisit une démarche",
    Acted.CONTINUE: "passe à la suite",
    Acted.CHOOSE: "choisit une réponse, avec l'accord de la personne",
    Acted.TICK: "dit si une pièce est là, avec l'accord de la personne",
    Acted.REPORT: "dit si un geste est fait, avec l'accord de la personne",
}
_ENDINGS: Mapping[str, str] = {
    Ending.DONE: "bien terminée",
    Ending.ABANDONED: "abandonnée",
    Ending.ERASED: "effacée par la personne",
    Ending.INTERRUPTED: "interrompue par un arrêt de la borne",
}
_BY = {"mediator": "par le médiateur", "timer": "le serveur ne répondait plus"}


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened. The texts are French."""

    seconds: float
    """After the beginning."""
    what: str
    step: str
    """The step's id; "" when it happened at none."""
    detail: str
    mediator: bool
    """Done by a mediator, not by the person."""


def timeline(rows: Iterable[Row]) -> list[Line]:
    """The lines of these rows, oldest first. A row whose content is no longer kept says so."""
    lines: list[Line] = []
    began: datetime | None = None
    for row in rows:
        at = datetime.fromisoformat(row["time"])
        began = began or at
        payload: Mapping[str, Any] | None = row["payload"]
        declared = EVENT_TYPES.get(row["type"])
        detail = _DETAILS.get(row["type"], _nothing)(payload) if payload is not None else "contenu effacé"
        lines.append(
            Line(
                seconds=max(0.0, (at - began).total_seconds()),
                what=declared.description.label if declared else row["type"],
                step=str((payload or {}).get("step", "")),
                detail=detail,
                mediator=_by_mediator(row["type"], payload or {}),
            )
        )
    return lines


def _by_mediator(type_: str, payload: Mapping[str, Any]) -> bool:
    if type_ == "help.ended":
        return payload.get("by") == "mediator"
    return type_ in {
        "help.joined",
        "help.said",
        "help.pointed",
        "help.acted",
        "help.consent_asked",
        "help.handed",
    }


def _nothing(payload: Mapping[str, Any]) -> str:
    return ""


def _one_of(codes: Mapping[str, str], name: str) -> Callable[[Mapping[str, Any]], str]:
    def detail(payload: Mapping[str, Any]) -> str:
        return codes.get(payload.get(name, ""), "")

    return detail


def _procedure(payload: Mapping[str, Any]) -> str:
    return str(payload.get("procedure", ""))


_DETAILS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "procedure.picked": _procedure,
    "help.acted": _one_of(_ACTED, "act"),
    "help.ended": _one_of(_BY, "by"),
    "session.started": _one_of(
        {"touch": "en touchant l'écran", "key": "avec une touche", "voice": "à la voix"}, "origin"
    ),
    "session.rated": _one_of(
        {"happy": "visage content", "neutral": "visage neutre", "unhappy": "visage mécontent", "skipped": "sans avis"},
        "face",
    ),
    "receipt.settled": _one_of(
        {
            "done": "imprimé",
            "no_printer": "pas d'imprimante",
            "no_paper": "plus de papier",
            "offline": "imprimante éteinte",
            "failed": "échec",
            "cancelled": "annulé",
        },
        "status",
    ),
    "session.ended": _one_of(_ENDINGS, "ending"),
}
