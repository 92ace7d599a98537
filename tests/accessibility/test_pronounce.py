# SPDX-License-Identifier: EUPL-1.2
"""Written sentences become words for the ear."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accessibility.acronyms import ACRONYMS
from accessibility.speaking.pronounce import LONGEST, for_the_ear, sentences_of

SAID = {
    # numbers
    "Prenez 2 photos et 1 photo.": "Prenez deux photos et une photo.",
    "21 photos, 71 pages, 1 papier": "vingt et une photos, soixante et onze pages, un papier",
    "Le 1er étage, la 2e porte, la 1re fois.": "Le premier étage, la deuxième porte, la première fois.",
    "3000 personnes": "trois mille personnes",
    "2,5 km": "deux virgule cinq kilomètres",
    "Attendez 1 min, puis 5 min.": "Attendez une minute, puis cinq minutes.",
    "10-12 ans": "dix à douze ans",
    "50 %": "cinquante pour cent",
    "75012 Paris": "soixante-quinze mille douze Paris",
    "Le formulaire n° 12100*02": "Le formulaire numéro douze mille cent étoile zéro deux",
    "12 m²": "douze mètres carrés",
    "1 85 05 78 006 084 36": (
        "un quatre-vingt-cinq zéro cinq soixante-dix-huit zéro zéro six zéro quatre-vingt-quatre trente-six"
    ),
    # amounts
    "Le timbre coûte 25 €.": "Le timbre coûte vingt-cinq euros.",
    "25,50 € ou 1 €": "vingt-cinq euros cinquante ou un euro",
    "1 234,56 €": "mille deux cent trente-quatre euros cinquante-six",
    "0,06 €/min": "six centimes par minute",
    "3646 €": "trois mille six cent quarante-six euros",
    "1 000 000 €": "un million d'euros",
    # dates and hours
    "Le 15/03/2027.": "Le quinze mars deux mille vingt-sept.",
    "Le 15 mars 2027.": "Le quinze mars deux mille vingt-sept.",
    "Avant le 1er mars, ou le 1 avril.": "Avant le premier mars, ou le premier avril.",
    "2027-03-15": "quinze mars deux mille vingt-sept",
    "Le 31/12": "Le trente et un décembre",
    "99/99/2027": "quatre-vingt-dix-neuf sur quatre-vingt-dix-neuf sur deux mille vingt-sept",
    "De 9h à 12h30, de 14 h à 17 h 05.": (
        "De neuf heures à douze heures trente, de quatorze heures à dix-sept heures cinq."
    ),
    "1 h, 21 h": "une heure, vingt et une heures",
    "24h/24, 7 j/7": "vingt-quatre heures sur vingt-quatre, sept jours sur sept",
    # phone numbers
    "Appelez le 3646.": "Appelez le trente-six quarante-six.",
    "Le 36 46 ou le 39 39": "Le trente-six quarante-six ou le trente-neuf trente-neuf",
    "Appelez le 0 809 401 401.": "Appelez le zéro huit cent neuf, quatre cent un, quatre cent un.",
    "06 12 34 56 78": "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "01.00.34.05.78": "zéro un, zéro zéro, trente-quatre, zéro cinq, soixante-dix-huit",
    "0612345678": "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "+33 6 12 34 56 78": "plus trente-trois, six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    # addresses
    "service-public.gouv.fr": "service tiret public point gouv point f r",
    "Allez sur www.caf.fr, puis lisez.": "Allez sur caf point f r, puis lisez.",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/N358": "service tiret public point gouv point f r",
    "france-identite.gouv.fr/demande.": "france tiret identite point gouv point f r barre demande.",
    "jean.dupont@laposte.net": "jean point dupont arobase laposte point net",
    # acronyms and capitals
    "La CAF paie le RSA.": "La caf paie le R S A.",
    "Allez à la CPAM. Il faut la CNI.": "Allez à la C P A M. Il faut la C N I.",
    "La MSA, l'ANTS, la C2S, un RDV": "La M S A, l'A N T S, la C deux S, un rendez-vous",
    "C'est IMPORTANT.": "C'est important.",
    # signs
    "« Mon compte »": "Mon compte",
    "Gratuit & simple": "Gratuit et simple",
    "Oui / non": "Oui ou non",
    "M. Dupont et Mme Martin": "monsieur Dupont et madame Martin",
    "La carte (perdue) est là…": "La carte, perdue, est là.",
    "un enfant(s)": "un enfant",
    "Fini !": "Fini !",
    "???": ".",
    "🪪 Carte": "Carte",
}  # fmt: skip


@pytest.mark.parametrize(("written", "said"), SAID.items())
def test_said(written: str, said: str) -> None:
    assert for_the_ear(written) == said


@pytest.mark.parametrize("name", sorted(ACRONYMS))
def test_every_acronym_is_said_as_the_table_says(name: str) -> None:
    assert for_the_ear(f"la {name} est là") == f"la {ACRONYMS[name].said} est là"


@settings(deadline=None)  # the first call loads num2words
@given(st.text(min_size=1))
@example("\ud800")
@example("0" * 5000)
@example("9" * 5000 + " €")
@example("1/1/0000")
@example("0000-00-00")
@example("00000000er")
@example("M. Il C P A M. Il")
def test_anything_is_said_in_words(text: str) -> None:
    said = for_the_ear(text)
    assert said
    assert not any(sign.isdecimal() for sign in said)
    assert all(unicodedata.category(sign)[0] in "LMPZ" for sign in said)
    said.encode()


@settings(deadline=None)
@given(st.text(alphabet="CAFRSAEI abcdeéà'.,:;!?-/()&+%€°0123456789hjk", max_size=60))
def test_twice_is_as_good_as_once(text: str) -> None:
    said = for_the_ear(text)
    assert for_the_ear(said) == said


@pytest.mark.parametrize("written", SAID)
def test_every_example_twice_is_as_good_as_once(written: str) -> None:
    assert for_the_ear(SAID[written]) == SAID[written]


PLAIN = ("une", "carte", "d'identité", "perdue", "est", "là", "où", "vous", "allez", "aujourd'hui")


@given(st.lists(st.sampled_from(PLAIN), min_size=1))
def test_plain_words_are_left_alone(words: list[str]) -> None:
    assert for_the_ear(" ".join(words)) == " ".join(words)


@given(st.text(max_size=200), st.sampled_from(["en", "ar", "uk"]))
def test_other_languages_keep_their_digits(text: str, language: str) -> None:
    assert for_the_ear(text, language)
    assert for_the_ear("Call 3646.", language) == "Call 3646."


def test_sentences_are_cut_where_one_breathes() -> None:
    text = "Bonjour. M. Dupont est là. Ça va ? Oui !\nFin\n\n« Suite » à 9h30. 2 photos"
    assert sentences_of(text) == (
        "Bonjour.", "M. Dupont est là.", "Ça va ?", "Oui !", "Fin", "« Suite » à 9h30.", "2 photos",
    )  # fmt: skip


@given(st.text(alphabet="ab ,.\n", max_size=3000))
def test_no_sentence_is_too_long_and_no_word_is_lost(text: str) -> None:
    sentences = sentences_of(text)
    assert all(0 < len(sentence) <= LONGEST for sentence in sentences)
    assert "".join("".join(sentences).split()) == "".join(text.split())
