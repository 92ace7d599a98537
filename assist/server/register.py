# SPDX-License-Identifier: EUPL-1.2
"""Writes ``docs/registre-rgpd.md`` from what each room declares: ``python -m assist.server.register``.

A new table of the site's database stands in the ``Kept`` of its room: a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assist.journal import retention as kiosk_journal
from assist.kept import Kept
from assist.server.daily import RULES
from assist.server.kiosks.tables import DEVICES
from assist.server.staff.tables import KEPT as STAFF
from assist.session.events import EVENT_TYPES, Privacy

PAGE = Path(__file__).resolve().parents[2] / "docs" / "registre-rgpd.md"
_NBSP = "\u00a0"

AT_KIOSK: Sequence[Kept] = (kiosk_journal.KEPT,)
AT_SITE: Sequence[Kept] = (*(kept for kept, _ in RULES), STAFF, DEVICES)

_BEGINNING = """\
# Le registre : ce qui est gardé, pourquoi, combien de temps

Cette page est écrite par `python -m assist.server.register`, à partir de ce que chaque partie du programme déclare à
côté de la règle qui efface. Ne la modifiez pas à la main : copiez-la dans le registre de votre organisme (RGPD,
article 30), et complétez ce qui suit.

## À compléter par le responsable du traitement

| Ce que l'article 30 demande | Votre réponse |
|---|---|
| Nom et coordonnées du responsable du traitement, et du délégué à la protection des données | |
| Base légale de chaque traitement : celle de cette page est une proposition, à confirmer par votre délégué | |
| Sous-traitants : qui héberge le serveur, qui fait la maintenance | |
| Mesures de sécurité du lieu : locaux, postes, sauvegardes et qui en garde la clé | |

## Pour tous les traitements

- **Personnes concernées** : les personnes qui se servent de la borne (elles restent inconnues, sauf si elles donnent
  un mandat) ; l'équipe du lieu.
- **Destinataires hors du lieu** : aucun, tant que le lieu n'en choisit pas. Il peut donner un extrait signé pour un
  contrôle, publier un fichier de données ouvertes (nombres de 1 à 4 cachés), et transmettre un mandat à un autre lieu
  si la personne le veut. S'il règle un fournisseur d'identité pour l'équipe, celui-ci sait qui se connecte ; s'il
  règle un serveur de messagerie, celui-ci voit les alertes, qui nomment des machines, des démarches et des étapes,
  sans aucun nombre de personnes.
- **Décision automatique, profilage** : aucun.
- **« Jours vécus »** : les jours pendant lesquels la machine a marché, ou presque. Une horloge qui saute n'efface
  rien trop tôt ; une machine arrêtée plus de 31 jours garde d'autant plus longtemps ([ADR
  0023](decisions/0023-journal-retention-by-lived-time.md)).
- **Ce qui n'est jamais gardé** : ce que la personne écrit ou dit, le son, la frappe, les choix d'une étape sensible
  ([l'architecture](architecture.md) dit où cela vit, et quand cela disparaît).
- **Effacement** : il se fait seul, chaque jour au serveur, à chaque démarrage à la borne. `kiosk journal purge
  --dry-run` dit ce qui partirait maintenant.
- **Sauvegardes** : une sauvegarde garde ce que le lieu efface ensuite. Elle est chiffrée ; sa durée est à décider par
  le lieu.
"""
_EVENTS = """\

## Ce que dit chaque ligne d'un journal

{known} types d'événements, dont {anonymous} disent quelque chose d'une session que rien ne relie à une personne, et
{technical} ne parlent que de la machine. Durée de conservation du contenu : {days} jours vécus. La liste, avec les
champs gardés : [les événements](evenements.md).
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [_BEGINNING, "\n## À la borne\n", *_entries(AT_KIOSK), "\n## Au serveur du lieu\n", *_entries(AT_SITE)]
    return _typeset("".join(parts) + _events())


def _entries(all_kept: Sequence[Kept]) -> Iterator[str]:
    for kept in all_kept:
        tables = ", ".join(f"`{table}`" for table in kept.tables) or "le fichier `journal.db`"
        personal = "oui" if kept.personal else "non : rien n'y désigne une personne ([ce qui reste possible](aipd.md))"
        yield f"\n### {kept.name}\n\n"
        yield f"- **Ce qui est gardé** : {kept.holds}\n- **Pourquoi** : {kept.why}\n"
        yield f"- **Base légale, à confirmer** : {kept.basis}\n- **Combien de temps** : {kept.long}\n"
        yield f"- **Ensuite** : {kept.then}\n- **Qui le voit** : {kept.who}\n- **Où** : {tables}\n"
        yield f"- **Donnée d'une personne** : {personal}\n"


def _events() -> str:
    types = [cls.description for cls in EVENT_TYPES.values()]
    technical = sum(one.privacy is Privacy.TECHNICAL for one in types)
    days = " ou ".join(str(number) for number in sorted({one.retention_days for one in types}))
    return _EVENTS.format(known=len(types), anonymous=len(types) - technical, technical=technical, days=days)


def _typeset(text: str) -> str:
    for sign in (" :", " ;", " ?", " »"):
        text = text.replace(sign, _NBSP + sign[1:])
    return text.replace("« ", f"«{_NBSP}")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
