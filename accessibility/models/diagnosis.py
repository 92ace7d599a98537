# SPDX-License-Identifier: EUPL-1.2
"""Are the models here, and whole? A part of ``kiosk doctor``, and of ``kiosk voice list --verify``; every byte is read.

The kiosk serves without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accessibility.models.catalogue import Model, catalogue
from accessibility.models.shelf import Alteration, has_receipt, installed, verify


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: "listening-model" or "speaking-model". ``fix`` is "" when all is well."""

    check: str
    ok: bool
    message: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Damage:
    """Why a model that is there is not to be trusted, and how to mend it, in French; which files are not right."""

    message: str
    fix: str
    altered: tuple[Alteration, ...] = ()


def diagnose(folder: Path, listening: str, rendered: str, language: str = "fr") -> Iterator[Finding]:
    """Look at the models that these settings use.

    Args:
        folder: where models are installed.
        listening: the listening engine: "auto", "vosk", "whisper" or "none".
        rendered: the better voice: "auto", "kokoro", "piper" or "none".
        language: what is to be understood.
    """
    yield _listening(folder, listening, language)
    if rendered in ("auto", "kokoro"):
        yield _speaking(folder, needed=rendered == "kokoro")


def _listening(folder: Path, engine: str, language: str) -> Finding:
    check = "listening-model"
    if engine == "none":
        return Finding(check, True, 'L\'écoute est coupée par la configuration (listening.engine = "none").')
    known = catalogue()
    fit = known.listening(language, "" if engine == "auto" else engine)
    present = [model for model in fit if (folder / model.name).exists()]
    if not present:
        wanted = known.default if engine in ("auto", "whisper") else next((model.name for model in fit), known.default)
        message = "Aucun modèle d'écoute n'est installé : la borne n'écoute pas, elle se touche."
        return Finding(check, False, message, f"Lancez : kiosk voice install {wanted}")
    return _whole(check, folder, present)


def _speaking(folder: Path, *, needed: bool) -> Finding:
    model = catalogue().models["kokoro-82m"]
    if (folder / model.name).exists():
        return _whole("speaking-model", folder, [model])
    message = "La meilleure voix n'est pas installée : la borne parle avec la voix simple."
    fix = f"Lancez : kiosk voice install {model.name}" if needed else ""
    return Finding("speaking-model", not needed, message, fix)


def _whole(check: str, folder: Path, present: list[Model]) -> Finding:
    for model in present:
        if damage := damage_of(folder, model):
            return Finding(check, False, damage.message, damage.fix)
    return Finding(check, True, f"{', '.join(model.name for model in present)} : là, et sans un octet de changé.")


def damage_of(folder: Path, model: Model) -> Damage | None:
    """What is wrong with a model that is there, every byte read; None when it is whole."""
    if not has_receipt(folder, model.name):
        message = f"Le modèle {model.name} a été copié à la main dans {folder} : rien ne dit qu'il est entier."
        return Damage(message, f"Lancez : kiosk voice install {model.name} --from {folder}")
    fix = f"Lancez : kiosk voice install {model.name}"
    if altered := verify(folder, model.name, model):
        first = f"{altered[0].path}, {altered[0].fault}"
        message = f"Le modèle de {folder / model.name} est abîmé ou changé ({first}) : il n'est pas sûr."
        return Damage(message, fix, altered)
    if installed(folder, model.name, model) is None:
        return Damage(f"Le modèle {model.name} n'est plus celui du catalogue.", fix)
    return None
