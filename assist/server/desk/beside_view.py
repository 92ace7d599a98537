# SPDX-License-Identifier: EUPL-1.2
"""What the page beside the person shows: her screen, her way, and what may be done there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assist.link.messages import Act, Consent, HelpStage, PathPlace, Seen, SeenOption
from assist.server.calls import Call, CallState
from assist.server.desk.queue_view import seen_in
from assist.server.desk.words import ModeShown, language, modes
from assist.server.hub import Hub
from content.model import Catalogue
from content.pictograms import names as pictograms

UNKNOWN_DRAWING = "question"


class Beside(StrEnum):
    """Whether the mediator is really beside the person."""

    TOGETHER = "together"
    COMING = "coming"
    """The kiosk has not told the person yet."""
    CUT = "cut"
    """The kiosk is not connected."""
    UNSEEN = "unseen"
    """The kiosk shows nothing of her any more, and its journal has not told why yet."""
    GONE = "gone"
    """The person has finished, left, or erased everything."""
    ENDED = "ended"
    """The person ended the help, and goes on alone."""
    NOT_MINE = "not-mine"
    """The call was handed over, or is over."""


SENTENCES = {
    Beside.COMING: "La borne dit à la personne que vous arrivez.",
    Beside.CUT: "La borne ne répond plus. Allez voir la personne.",
    Beside.UNSEEN: "La borne ne montre plus l’écran de la personne.",
    Beside.GONE: "La personne a fini, ou elle est partie. Rien d’elle ne reste à l’écran.",
    Beside.ENDED: "La personne a arrêté l’aide. Elle continue seule.",
    Beside.NOT_MINE: "Cet appel n’est plus à vous.",
}

DONE = {
    Act.SAY: "Votre message est à l’écran de la personne.",
    Act.POINT: "Le choix s’éclaire à l’écran.",
    Act.EXPLAIN: "L’étape est dite autrement.",
    Act.BACK: "La borne est revenue en arrière.",
    Act.JUMP: "La borne est revenue à cette étape.",
    Act.ASK_CONSENT: "La borne a demandé l’accord de la personne.",
    Act.PRESS: "Vous avez choisi pour la personne.",
}
"""What the page says of an act that the kiosk carried out."""

CONSENT_FIRST = "Demandez d’abord l’accord de la personne."
PRIVATE = "Ces réponses sont privées. La personne peut vous les montrer."
HERS = "La personne seule peut faire cela."


@dataclass(frozen=True, slots=True)
class OptionShown:
    """A card of the person's screen."""

    id: str
    label: str
    pictogram: str
    pointed: bool
    why_not: str
    """Why it cannot be pressed in her place now; "" when it can."""


@dataclass(frozen=True, slots=True)
class BesideView:
    """The page. ``seen`` is None unless both are there together."""

    kiosk: str
    beside: Beside
    said: str
    """What the page says of it, at once."""
    seen: Seen | None = None
    pictogram: str = ""
    options: tuple[OptionShown, ...] = ()
    language: str = ""
    modes: tuple[ModeShown, ...] = ()
    path: tuple[PathPlace, ...] = ()
    """Where one may go back to: the present step is not among them."""
    difficulties: tuple[str, ...] = ()
    consent: Consent = Consent.NONE


def beside_view(call: Call, member: str, hub: Hub, catalogue: Catalogue, *, session_over: bool = False) -> BesideView:
    """What ``member`` sees of the person who made ``call``."""
    beside = _beside(call, member, hub, session_over=session_over)
    seen = seen_in(call, hub)
    if beside is not Beside.TOGETHER or seen is None:
        return BesideView(call.kiosk, beside, SENTENCES.get(beside, SENTENCES[Beside.UNSEEN]))
    return BesideView(
        kiosk=call.kiosk,
        beside=beside,
        said=f"La personne voit : {seen.title}",
        seen=seen,
        pictogram=drawing(seen.pictogram) if seen.pictogram else "",
        options=tuple(_option(option, seen) for option in seen.options),
        language=language(seen.language),
        modes=modes(seen.modes),
        path=tuple(place for place in seen.path if place.step != seen.step),
        difficulties=_titles(seen, catalogue),
        consent=seen.consent,
    )


def drawing(name: str) -> str:
    """The pictogram, or a question mark for one that this server does not have."""
    return name if name in pictograms() else UNKNOWN_DRAWING


def why_not_pressed(seen: Seen, option: str) -> str:
    """Why this option cannot be pressed in the person's place; "" when the kiosk may be asked to."""
    known = next((each for each in seen.options if each.id == option), None)
    if known is None:
        return "La personne voit maintenant un autre écran."
    return _why_not(known, seen)


def _why_not(option: SeenOption, seen: Seen) -> str:
    if not option.pressable:
        return HERS
    if seen.hidden:
        return PRIVATE
    return "" if seen.consent is Consent.GIVEN else CONSENT_FIRST


def _option(option: SeenOption, seen: Seen) -> OptionShown:
    pictogram = drawing(option.pictogram)
    return OptionShown(option.id, option.label, pictogram, option.id == seen.pointed, _why_not(option, seen))


def _beside(call: Call, member: str, hub: Hub, *, session_over: bool) -> Beside:
    if call.taken_by != member or call.state not in (CallState.TAKEN, CallState.OVER):
        return Beside.NOT_MINE
    if call.state == CallState.OVER:
        return Beside.GONE if session_over else Beside.ENDED
    if call.kiosk not in hub.connected():
        return Beside.CUT
    seen = seen_in(call, hub)
    if seen is None:
        return Beside.UNSEEN
    if seen.help is HelpStage.NONE:
        return Beside.ENDED
    return Beside.TOGETHER if seen.help is HelpStage.JOINED else Beside.COMING


def _titles(seen: Seen, catalogue: Catalogue) -> tuple[str, ...]:
    """The steps that were said to be difficult, by their titles; each once."""
    procedure = catalogue.get(seen.procedure, seen.language)
    known: Mapping[str, str] = {name: step.title for name, step in procedure.steps.items()} if procedure else {}
    told = {place.step: place.title for place in seen.path} | {seen.step: seen.title}
    return tuple(dict.fromkeys(told.get(step) or known.get(step) or step for step in seen.difficulties))
