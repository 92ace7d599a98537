# SPDX-License-Identifier: EUPL-1.2
"""What travels between the kiosk and the ear's process, as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from accessibility.listening.engines import Choice
from accessibility.listening.protocol import (
    Certainty,
    Expected,
    Heard,
    Hearing,
    Muddle,
    NotUnderstood,
    Phrase,
    Sign,
    Silence,
    Unavailable,
    Vocabulary,
)

_KINDS: dict[str, type[Hearing]] = {
    "heard": Heard,
    "silence": Silence,
    "not_understood": NotUnderstood,
    "unavailable": Unavailable,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def choice_to(choice: Choice) -> dict[str, Any]:
    """A choice of engine as JSON."""
    instead = choice_to(choice.instead) if choice.instead else None
    return {"engine": choice.engine, "model": str(choice.model), "instead": instead, "meaning": choice.meaning}


def choice_from(value: Mapping[str, Any]) -> Choice:
    """The reverse of :func:`choice_to`."""
    instead = value["instead"]
    return Choice(value["engine"], Path(value["model"]), choice_from(instead) if instead else None, value["meaning"])


def vocabulary_to(vocabulary: Vocabulary) -> dict[str, Any]:
    """As JSON."""
    return asdict(vocabulary)


def vocabulary_from(value: Mapping[str, Any]) -> Vocabulary:
    """From JSON."""
    phrases = tuple(Phrase(phrase["id"], tuple(phrase["ways"])) for phrase in value["phrases"])
    return Vocabulary(phrases, value["language"], Expected(value["expected"]), value["own"])


def hearing_to(hearing: Hearing) -> dict[str, Any]:
    """As JSON."""
    return {"kind": _NAMES[type(hearing)], **asdict(hearing)}


def hearing_from(value: Mapping[str, Any]) -> Hearing:
    """From JSON."""
    fields = {name: field for name, field in value.items() if name != "kind"}
    if "certainty" in fields:
        fields["certainty"] = Certainty(fields["certainty"])
        fields["others"] = tuple(fields["others"])
    if value["kind"] == "not_understood":
        fields["why"] = Muddle(fields["why"])
    return _KINDS[value["kind"]](**fields)


def sign_to(sign: Sign) -> dict[str, Any]:
    """As JSON."""
    return asdict(sign)


def sign_from(value: Mapping[str, Any]) -> Sign:
    """From JSON."""
    return Sign(float(value["level"]), value["partial"], value["speech"], value["thinking"])
