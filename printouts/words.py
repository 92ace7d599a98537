# SPDX-License-Identifier: EUPL-1.2
"""The words that the paper itself says, around those of the procedure. One word for one thing, as on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from printouts.typography import NBSP


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed sentences of a receipt in one language."""

    do: str = "À faire"
    bring: str = "À apporter"
    where: str = "Où aller"
    when: str = "Quand"
    cost: str = "Combien"
    deadline: str = "Avant le"
    contact: str = "À qui demander"
    have: str = "Vous l’avez déjà"
    missing: str = "Il vous manque"
    ticked: str = "Case cochée"
    empty: str = "Case vide"
    phone: str = "Téléphone"
    web: str = "Sur internet"
    colon: str = f"{NBSP}:"
    """After a name, before what it names."""
    counter: str = "En français, pour l’accueil"
    """Heads the part for the counter, below the person's own."""
    show_counter: str = ""
    """At the foot of the person's part: what the part in French is for. "" in French, where there is only one."""
    reminder_alarm: str = "Rappel"
    """What the telephone says; telephones show the deadline itself, and a short word keeps the code coarse."""
    duplicate: str = "DUPLICATA"
    duplicate_note: str = "Ce papier a déjà été imprimé."
    draft: str = "ESSAI"
    draft_note: str = "Ce texte n’est pas encore vérifié. Ne vous en servez pas."
    reminder: str = "Avec un téléphone, visez le carré. Le rappel entre dans votre agenda."
    reminder_picture: str = "Code à scanner. Il ajoute un rappel dans votre agenda pour cette date"
    keep: str = "Gardez ce papier."
    bring_back: str = "Pour continuer, revenez avec ce papier."
    number_picture: str = "Code à scanner à l’accueil. Il dit le numéro de ce papier."
    done: str = "Déjà fait"
    appointment: str = "Votre rendez-vous"
    at: str = ", à"
    """Between the day and the hour."""
    until: str = "Jusqu’à"
    appointment_number: str = "Le numéro de votre rendez-vous"
    appointment_picture: str = "Code à scanner. Il ajoute ce rendez-vous dans votre agenda."
    code: str = "Le numéro de ce papier"
    printed: str = "Imprimé le"
    source: str = "Ces informations viennent de"
    checked: str = "Nous les avons vérifiées le"
    official: str = "Ce sont des textes officiels. Vérifiez auprès d’une personne s’ils sont encore justes."
    # What CC BY-SA 4.0 (section 3.a) asks for: author, licence, and that drawings were changed.
    credit: str = (
        f"Pictogrammes{NBSP}: OpenMoji (openmoji.org), licence CC{NBSP}BY-SA{NBSP}4.0. Certains dessins sont modifiés."
    )


FRENCH = Words()
ENGLISH = Words(
    do="To do",
    bring="To bring",
    where="Where to go",
    when="When",
    cost="How much",
    deadline="Before",
    contact="Who to ask",
    have="You already have it",
    missing="You still need it",
    ticked="Ticked box",
    empty="Empty box",
    phone="Phone",
    web="Online",
    colon=":",
    counter="In English",
    show_counter="The same page follows in French. Show it at the front desk.",
    reminder_alarm="Reminder",
    duplicate="DUPLICATE",
    duplicate_note="This paper was printed before.",
    draft="TRIAL",
    draft_note="This text has not been checked yet. Do not use it.",
    reminder="With a phone, scan the square. The reminder goes into your calendar.",
    reminder_picture="Code to scan. It adds a reminder to your calendar for this date",
    keep="Keep this paper.",
    bring_back="To go on, come back with this paper.",
    number_picture="Code to scan at the front desk. It says the number of this paper.",
    done="Already done",
    appointment="Your appointment",
    at=", at",
    until="Until",
    appointment_number="The number of your appointment",
    appointment_picture="Code to scan. It adds this appointment to your calendar.",
    code="The number of this paper",
    printed="Printed on",
    source="This information comes from",
    checked="We checked it on",
    official="These are official texts. Check with a person that they are still right.",
    credit=f"Pictograms: OpenMoji (openmoji.org), licence CC{NBSP}BY-SA{NBSP}4.0. Some drawings were changed.",
)
_WORDS = {"fr": FRENCH, "en": ENGLISH}


def words(language: str) -> Words:
    """The words of ``language`` ("fr", "fr-FR"), French when it has none yet."""
    return _WORDS.get(language.split("-")[0].lower(), FRENCH)
