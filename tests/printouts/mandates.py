# SPDX-License-Identifier: EUPL-1.2
"""Papers of mandates for the tests: the real text, with every domain or one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from nacl.signing import SigningKey

from assist.desk import attestation, mandates
from assist.desk.mandate_text import Around, current
from assist.desk.mandates import Domain, Duration
from printouts.mandate import MandatePaper, Part, Person, RevocationPaper

NOON = datetime(2026, 11, 28, 12, 5, 41, tzinfo=UTC)
KEY = SigningKey(bytes(range(32)))
SITE = "France Services de Souillac"
DETAILS = ("12 avenue Gambetta, 46200 Souillac", "Téléphone : 05 65 32 71 00")
WHO = Person("Huguette Vaillant-Maréchal", date(1946, 3, 12), "06 12 34 56 78")
SALT = b"ninebytes"


def attested(*domains: Domain, duration: Duration = Duration.LONG) -> str:
    mandate = mandates.give("K7RMX42A", "camille", domains or Domain, duration, NOON, current().digest)
    person = attestation.person_mark("Vaillant-Maréchal", "Huguette", WHO.born, SALT)
    return attestation.written(attestation.attest(mandate, SALT, person), KEY)


def mandate_paper(*domains: Domain) -> MandatePaper:
    text = current()
    chosen = domains or tuple(Domain)
    around = Around("Camille", SITE, chosen, Duration.LONG, "dimanche 28 novembre 2027, à 13 h 05", DETAILS)
    *parts, agreement = (Part(p.title, p.sentences, p.lines) for p in text.filled(around))
    return MandatePaper(
        title=text.title,
        number="K7RM X42A",
        site=SITE,
        site_details=DETAILS,
        person=WHO,
        mediator="Camille",
        parts=tuple(parts),
        agreement=agreement,
        agreed="Accord donné sur la tablette, le samedi 28 novembre 2026, à 13 h 05.",
        ended="",
        text_date=text.dated,
        text_digest=text.digest,
        attestation=attested(*chosen),
        printed_on=date(2026, 11, 28),
    )


def revocation_paper() -> RevocationPaper:
    text = current()
    return RevocationPaper(
        title=text.revocation_title,
        number="K7RM X42A",
        site=SITE,
        site_details=DETAILS,
        person=WHO,
        mediator="Camille",
        sentences=text.revocation("Camille", whole=False),
        ended=("Papiers et citoyenneté : carte d’identité, élections.",),
        left=("Logement : aides, demande, déménagement.",),
        printed_on=date(2026, 12, 3),
    )
