# SPDX-License-Identifier: EUPL-1.2
"""Written sentences become words for the ear."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accessibility.acronyms import ACRONYMS
from accessibility.speaking.number_words import cardinal
from accessibility.speaking.numerals import MONTHS
from accessibility.speaking.pronounce import LANGUAGES, LONGEST, MOST_SIGNS, for_the_ear, runs_for_the_ear, sentences_of

SAID = {
    # numbers
    "Prenez 2 photos et 1 photo.": "Prenez deux photos et une photo.",
    "1 seule demande, 1 seul dossier": "une seule demande, un seul dossier",
    "21 photos, 71 pages, 1 papier": "vingt et une photos, soixante et onze pages, un papier",
    "1 fille, 21 filles, 1 tonne, 1 garçon, 61 personnes": "une fille, vingt et une filles, une tonne, un garçon, "
    "soixante et une personnes",
    "1 autre dossier, 1 autre demande, 1 nouvelle carte, 1 petite fille": "un autre dossier, une autre demande, "
    "une nouvelle carte, une petite fille",
    "1 musée, 1 porte-monnaie, 1 demi-journée, 1/2 journée, 1/2 tarif": "un musée, un porte-monnaie, "
    "une demi-journée, une demi journée, un demi tarif",
    "1 ou 2 filles, de 1 à 3 personnes, de 1 h à 3 h": "une ou deux filles, d'une à trois personnes, "
    "d'une heure à trois heures",
    "1 place du Marché, 1 place de parking": "un place du Marché, une place de parking",
    "Le 1er étage, la 2e porte, la 1re fois.": "Le premier étage, la deuxième porte, la première fois.",
    "3000 personnes": "trois mille personnes",
    "2,5 km": "deux virgule cinq kilomètres",
    "Attendez 1 min, puis 5 min.": "Attendez une minute, puis cinq minutes.",
    "10-12 ans": "dix à douze ans",
    "50 %": "cinquante pour cent",
    "75012 Paris": "soixante-quinze mille douze Paris",
    "Le formulaire n° 12100*02": "Le formulaire numéro douze mille cent étoile zéro deux",
    "12 m², 45,5 cm, 1 m, 90 km/h": "douze mètres carrés, quarante-cinq virgule cinq centimètres, un mètre, "
    "quatre-vingt-dix kilomètres à l'heure",
    "Une photo de 35 × 45 mm": "Une photo de trente-cinq par quarante-cinq millimètres",
    "3 x 20 €": "trois fois vingt euros",
    "12,5 % à -5 °C": "douze virgule cinq pour cent à moins cinq degrés",
    "¾ du temps, 1/2 tarif, 2 ½": "trois quarts du temps, un demi tarif, deux et demi",
    "Étape 2/5, page 1 / 3": "Étape deux sur cinq, page un sur trois",
    "01200 Bellegarde, 06200 Nice": "zéro un mille deux cents Bellegarde, zéro six mille deux cents Nice",
    "moins de 1 an, de 1 page": "moins d'un an, d'une page",
    "François Ier, Louis XIV, le XXIe siècle": "François premier, Louis quatorze, le vingt et unième siècle",
    "Charles X, Pie X, Charles-V, avenue George-V, place Louis-XIV": "Charles dix, Pie dix, Charles cinq, "
    "avenue George cinq, place Louis quatorze",
    "Jean-Paul II, le XIVe arrondissement, la IIIe République": "Jean-Paul deux, le quatorzième arrondissement, "
    "la troisième République",
    "xixe et xxe siècles, du XIX e au XX e siècle": "dix-neuvième et vingtième siècles, "
    "du dix-neuvième au vingtième siècle",
    # what is no number
    "M. Louis X, Madame X, Jean V, Charles X. a dit": "monsieur Louis X, Madame X, Jean V, Charles X. a dit",
    "Un CV, Le VI, Envoyez VI, MI, LI, CIV, un t-shirt XL": "Un C V, Le V I, Envoyez V I, M I, L I, C I V, "
    "un t-shirt X L",
    "DIX JOURS, SIX MOIS": "dix jours, six mois",
    "art. R421-1, art. 3": "article R quatre cent vingt et un tiret un, article trois",
    "l’article L. 111-1, chapitre IV": "l'article L cent onze tiret un, chapitre quatre",
    "Le papier A4, une clé USB": "Le papier A quatre, une clé U S B",
    "1 85 05 78 006 084 36": (
        "un, quatre-vingt-cinq, zéro cinq, soixante-dix-huit, zéro zéro six, zéro quatre-vingt-quatre, trente-six"
    ),
    # numbers that name and do not count
    "IBAN : FR76 3000 6000 0112 3456 7890 189": "ibanne : F R soixante-seize, trente zéro zéro, soixante zéro zéro, "
    "zéro un douze, trente-quatre cinquante-six, soixante-dix-huit quatre-vingt-dix, cent quatre-vingt-neuf",
    "FR7630006000A112": "F R soixante-seize, trente zéro zéro, soixante zéro zéro, A cent douze",
    "SIRET 732 829 320 00074, n° SIREN : 732829320": "sirette sept cent trente-deux, huit cent vingt-neuf, "
    "trois cent vingt, zéro zéro zéro soixante-quatorze, numéro sirène : sept cent trente-deux, huit cent vingt-neuf, "
    "trois cent vingt",
    "n°SIRET, N°SIREN, n°siret, n°s 3 et 4, n°s3": "numéro sirette, numéro sirène, numéro sirette, "
    "numéro trois et quatre, numéro trois",
    "n° Siret, la Cpam, un Ehpad, l'Insee, l'Aspa, un Pacs, le Pin": "numéro sirette, la C P A M, un épade, l'insé, "
    "l'aspa, un pax, le Pin",
    "n° 1234567, dossier 2026-001234, 12345678 €": "numéro un, vingt-trois, quarante-cinq, soixante-sept, "
    "dossier deux mille vingt-six tiret zéro zéro, douze, trente-quatre, "
    "douze millions trois cent quarante-cinq mille six cent soixante-dix-huit euros",
    "AB-123-CD, L. 521-3-1, L. 313-11-7°": "A B, cent vingt-trois, C D, L cinq cent vingt et un tiret trois tiret un, "
    "L trois cent treize tiret onze tiret sept",
    "dossier 2024-12345-AB, R421-3-1": "dossier vingt vingt-quatre tiret douze mille trois cent quarante-cinq tiret "
    "A B, R quatre cent vingt et un tiret trois tiret un",
    "carte 4970 1234 5678 9012, 1 500 000 000 €": "carte quarante-neuf soixante-dix, douze trente-quatre, "
    "cinquante-six soixante-dix-huit, quatre-vingt-dix douze, quinze, zéro zéro, zéro zéro, zéro zéro, zéro zéro euros",
    "CE1, clé WPA2, groupe VI": "C E un, clé W P A deux, groupe six",
    # a number and what it counts
    "101 pages, 1 001 nuits, 21 min, 31 h": "cent une pages, mille une nuits, vingt et une minutes, "
    "trente et une heures",
    "48 h, 3,5 t, 450 €/m²": "quarante-huit heures, trois virgule cinq tonnes, "
    "quatre cent cinquante euros par mètre carré",
    "35 mm x 45 mm, 2x/jour, 3 fois/semaine": "trente-cinq millimètres par quarante-cinq millimètres, "
    "deux fois par jour, trois fois par semaine",
    "> 18 ans, <= 25 ans, ±3, ≈ 20 €": "plus de dix-huit ans, au plus vingt-cinq ans, plus ou moins trois, "
    "environ vingt euros",
    # amounts
    "Le timbre coûte 25 €.": "Le timbre coûte vingt-cinq euros.",
    "25,50 € ou 1 €": "vingt-cinq euros cinquante ou un euro",
    "1 234,56 €": "mille deux cent trente-quatre euros cinquante-six",
    "0,06 €/min": "six centimes par minute",
    "3646 €": "trois mille six cent quarante-six euros",
    "1 000 000 €": "un million d'euros",
    "1 M€, 1,5 M€, 2 M€, 1 k€, 3 k€, 20 cts": "un million d'euros, un virgule cinq million d'euros, "
    "deux millions d'euros, mille euros, trois mille euros, vingt centimes",
    "20,00 %, 5,50 %, 3,5 ‰": "vingt pour cent, cinq virgule cinquante pour cent, trois virgule cinq pour mille",
    "8h/jour, 0,06 € TTC/min": "huit heures par jour, six centimes T T C par minute",
    "1ere fois, 1ER étage, 2EME étage, le 1ER mars": "première fois, premier étage, deuxième étage, le premier mars",
    # parts of a whole
    "9/10 des personnes, ou 9/10 d'entre elles": "neuf sur dix des personnes, ou neuf sur dix d'entre elles",
    "Note : 9/10. Tension 12/8. Vue de 10/10": "Note : neuf sur dix. Tension douze sur huit. Vue de dix sur dix",
    "les 9/10 des gens, 1/30e du prix, 7/7": "les neuf dixièmes des gens, un trentième du prix, sept sur sept",
    "page 1/3, aux 2/3 du trajet": "page un sur trois, aux deux tiers du trajet",
    # dates and hours
    "le 9/10 : 9/10 des gens": "le neuf octobre : neuf sur dix des gens",
    "samedi 3/4, les 9/10 et 10/10, avant 5/6": "samedi trois avril, les neuf octobre et dix octobre, avant cinq juin",
    "Permanences : 3/5, 10/5 et 17/5 ; fermé 1/5": "Permanences : trois mai, dix mai et dix-sept mai ; "
    "fermé premier mai",
    "25/12, 01/04": "vingt-cinq décembre, premier avril",
    "Le 15/03/2027.": "Le quinze mars deux mille vingt-sept.",
    "Le 15 mars 2027.": "Le quinze mars deux mille vingt-sept.",
    "Avant le 1er mars, ou le 1 avril.": "Avant le premier mars, ou le premier avril.",
    "2027-03-15": "quinze mars deux mille vingt-sept",
    "Le 31/12": "Le trente et un décembre",
    "le lundi 3 mars 2026 et le 15 janv.": "le lundi trois mars deux mille vingt-six et le quinze janvier",
    "8h30–12h, 14 h-17 h 30": "huit heures trente à douze heures, quatorze heures à dix-sept heures trente",
    "1 h 15 min": "une heure quinze",
    "2025-2026, 18–25 ans": "deux mille vingt-cinq à deux mille vingt-six, dix-huit à vingt-cinq ans",
    "écrivez : 05 03 1962": "écrivez : zéro cinq, zéro trois, mille neuf cent soixante-deux",
    "99/99/2027": "quatre-vingt-dix-neuf sur quatre-vingt-dix-neuf sur deux mille vingt-sept",
    "De 9h à 12h30, de 14 h à 17 h 05.": (
        "De neuf heures à douze heures trente, de quatorze heures à dix-sept heures cinq."
    ),
    "1 h, 21 h": "une heure, vingt et une heures",
    "24h/24, 7 j/7": "vingt-quatre heures sur vingt-quatre, sept jours sur sept",
    "le 10/12/26, le 5/6/64, en 05/2026": "le dix décembre deux mille vingt-six, le cinq juin soixante-quatre, "
    "en mai deux mille vingt-six",
    "année 2025/2026, 2024/25": "année deux mille vingt-cinq, deux mille vingt-six, deux mille "
    "vingt-quatre, vingt-cinq",
    "lun.-ven. 9h-12h / 14h-17h, sam. 9 h - 12 h": "lundi à vendredi neuf heures à douze heures, "
    "quatorze heures à dix-sept heures, samedi neuf heures à douze heures",
    "au bord de la mer. 3 ans 1/2": "au bord de la mer. trois ans et demi",
    # phone numbers
    "0 800 12 34 56, 0806 00 12 34": "zéro huit cents, douze, trente-quatre, cinquante-six, "
    "zéro huit cent six, zéro zéro, douze, trente-quatre",
    "0 800 94 94 94, 0800 949 494, 0805123456": "zéro huit cents, quatre-vingt-quatorze, quatre-vingt-quatorze, "
    "quatre-vingt-quatorze, zéro huit cents, neuf cent quarante-neuf, quatre cent quatre-vingt-quatorze, "
    "zéro huit cent cinq, douze, trente-quatre, cinquante-six",
    "06/12/34/56/78, tél.01 23 45 67 89": "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit, "
    "téléphone zéro un, vingt-trois, quarante-cinq, soixante-sept, quatre-vingt-neuf",
    "01-02-2026 15h30, le 03.04.2026 15 h, 01/02/2026 15:30": "premier février deux mille vingt-six quinze heures "
    "trente, le trois avril deux mille vingt-six quinze heures, premier février deux mille vingt-six "
    "quinze heures trente",
    "+32 2 123 45 67, 00 33 6 12 34 56 78": "plus trente-deux, deux, cent vingt-trois, quarante-cinq, soixante-sept, "
    "plus trente-trois, six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "Appelez le 3646.": "Appelez le trente-six quarante-six.",
    "Le 36 46 ou le 39 39": "Le trente-six quarante-six ou le trente-neuf trente-neuf",
    "Appelez le 0 809 401 401.": "Appelez le zéro huit cent neuf, quatre cent un, quatre cent un.",
    "Le 34 00, le 3400 € ou le 112.": "Le trente-quatre zéro zéro, le trois mille quatre cents euros ou le cent douze.",
    "08 09 40 14 01": "zéro huit, zéro neuf, quarante, quatorze, zéro un",
    "06 12 34 56 78": "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "01.00.34.05.78": "zéro un, zéro zéro, trente-quatre, zéro cinq, soixante-dix-huit",
    "0612345678": "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "+33 6 12 34 56 78": "plus trente-trois, six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "116 006, le 116 000": "cent seize, zéro zéro six, le cent seize, zéro zéro zéro",
    "116 006 €, 116 000 habitants": "cent seize mille six euros, cent seize mille habitants",
    "Au 33700, puis 33700 Mérignac": "Au trente-trois sept cents, puis trente-trois mille sept cents Mérignac",
    # addresses
    "service-public.gouv.fr": "service tiret public point gouv point f r",
    "Allez sur www.caf.fr, puis lisez.": "Allez sur caf point f r, puis lisez.",
    "https://www.service-public.gouv.fr/particuliers/vosdroits/N358": "service tiret public point gouv point f r",
    "www.service-public.gouv.fr / particuliers / vosdroits / F2": (
        "service tiret public point gouv point f r barre particuliers barre vosdroits barre f deux"
    ),
    "france-identite.gouv.fr/demande.": "france tiret identité point gouv point f r barre demande.",
    "http://rdv.anct.gouv.fr:8080/x": "rendez-vous point anct point gouv point f r deux points "
    "huit mille quatre-vingts barre x",
    "http://localhost:8080/, http://192.168.1.10/x": "localhost deux points huit mille quatre-vingts, "
    "cent quatre-vingt-douze point cent soixante-huit point un point dix barre x",
    "caf.fr: ouvert": "caf point f r: ouvert",
    "jean.dupont@laposte.net": "jean point dupont arobase laposte point net",
    "pour-les-personnes-agees.gouv.fr": "pour tiret les tiret personnes tiret âgées point gouv point f r",
    "messervices.etudiant.gouv.fr": "mes services point étudiant point gouv point f r",
    # acronyms and capitals
    "Une OQTF, un AESH, le GIR": "Une O Q T F, un A E S H, le gir",
    "La CAF paie le RSA.": "La caf paie le R S A.",
    "Allez à la CPAM. Il faut la CNI.": "Allez à la C P A M. Il faut la C N I.",
    "La MSA, l'ANTS, la C2S, un RDV": "La M S A, l'A N T S, la C deux S, un rendez-vous",
    "C'est IMPORTANT.": "C'est important.",
    "C’EST TOUT": "C'est tout",
    "l’ANPE, la C.A.F., la DGFiP, la FAQ": "l'A N P E, la caf, la D G F I P, la F A Q",
    "la CDAPH, l'ADMR, VISALE, un STRICT OUBLI": "la C D A P H, l'A D M R, visale, un strict oubli",
    "50 EUR, EUR 12,50, S.A.R.L.": "cinquante euros, douze euros cinquante, S A R L",
    # signs
    "M./Mme, Me Roy, les élu·e·s, c/o Mme Roy": "monsieur ou madame, maître Roy, les élu, chez madame Roy",
    "Bât. B, esc. 2, apt 14, réf. 12 -> min. 2": "bâtiment B, escalier deux, appartement quatorze, référence douze, "
    "minimum deux",
    "« Mon compte »": "Mon compte",
    "Gratuit & simple": "Gratuit et simple",
    "Oui / non": "Oui ou non",
    "M. Dupont et Mme Martin": "monsieur Dupont et madame Martin",
    "M. et Mme Roy, le Dr Petit, etc.": "monsieur et madame Roy, le docteur Petit, et cetera.",
    "la carte – perdue – et/ou volée": "la carte, perdue, et ou volée",
    "n° 5, nº 5, N°5": "numéro cinq, numéro cinq, numéro cinq",
    "La carte (perdue) est là…": "La carte, perdue, est là.",
    "un enfant(s)": "un enfant",
    "Fini !": "Fini !",
    "???": ".",
    "🪪 Carte": "Carte",
}  # fmt: skip


IN_ENGLISH = {
    "Pay €12.50 or 12,50 € before 3 March 2026.": (
        "Pay twelve euros fifty or twelve euros fifty before the third of March twenty twenty-six."
    ),
    "03/04/2026, March 3, 2026-03-15": (
        "the third of April twenty twenty-six, March the third, the fifteenth of March twenty twenty-six"
    ),
    "write: 05 03 1962": "write: zero five, zero three, one nine six two",
    "In 2025, since 2005": "In twenty twenty-five, since two thousand and five",
    "2025-2026": "twenty twenty-five to twenty twenty-six",
    "From 9:30 am to 12 p.m., 8:30–17:00, 9h": (
        "From nine thirty eh M to twelve P M, eight thirty eh M to five P M, nine eh M"
    ),
    "Call 3646, 34 00 or 112.": "Call three six four six, three four zero zero or one one two.",
    "01 23 45 67 89": "zero one, two three, four five, six seven, eight nine",
    "1,234 people, 1 234, 12.5 %, 2 ½ hours": (
        "one thousand two hundred and thirty-four people, one thousand two hundred and thirty-four, "
        "twelve point five percent, two and a half hours"
    ),
    "The 1st, 2nd and 21st": "The first, second and twenty-first",
    "75012 Paris, 12 m², 10-12 years, page 1/3": (
        "seven five zero one two Paris, twelve square metres, ten to twelve years, page one of three"
    ),
    "The CAF, the RSA, two IDs, your PIN.": "The C eh F, the R S eh, two I D's, your pin.",
    "A4 paper, A CARD": "eh four paper, A card",
    "Louis XIV, chapter IV, Charles X": "Louis the fourteenth, chapter four, Charles the tenth",
    "francetravail.fr": "france travail dot f r",
    "caf.fr or service-public.gouv.fr": "c eh f dot f r or service dash public dot gouv dot f r",
    "http://caf.fr:8080/x": "c eh f dot f r colon eight thousand and eighty slash x",
    "a.b@caf.fr": "a dot b at c eh f dot f r",
    "Mr. Roy, Mrs Roy, e.g. No. 5, etc.": "mister Roy, missus Roy, for example number five, et cetera.",
    "FR76 3000 6000 0112, no. 1234567": (
        "F R seven six, three zero zero zero, six zero zero zero, zero one one two, number one, two three, four five, "
        "six seven"
    ),
    "+1 555 123 4567, 0 800 12 34 56": (
        "plus one, five five five, one two three, four five six seven, zero eight zero zero, one two, three four, "
        "five six"
    ),
    "01-02-2026 15:30, 06/12/34/56/78": "the first of February twenty twenty-six three thirty P M, "
    "zero six, one two, three four, five six, seven eight",
    "1 234,56 €, 12€50, 1/3/25, file 2024-12-XB": "one thousand two hundred and thirty-four euros fifty-six, "
    "twelve euros fifty, the first of March twenty-five, file two zero two four dash one two dash X B",
    "12 Dec 2025, 3 Sept. 2026, Jan 5, 24h/24, 7j/7": "the twelfth of December twenty twenty-five, "
    "the third of September twenty twenty-six, January the fifth, twenty-four hours a day, seven days a week",
    "the 1970s, the 90s, 2025/2026, 05/2026": (
        "the nineteen seventies, the nineties, twenty twenty-five, twenty twenty-six, May twenty twenty-six"
    ),
    "from 3 to 17 August, Mon-Fri 9am-5pm": (
        "from the third to the seventeenth of August, Monday to Friday nine eh M to five P M"
    ),
    "€450/month, €2.5m, 50 EUR, a 2 MB file": (
        "four hundred and fifty euros per month, two point five million euros, fifty euros, a two megabytes file"
    ),
    "World War II, born in: year of birth: 1962": "World War two, born in: year of birth: nineteen sixty-two",
    "35 mm x 45 mm, St. Denis, child(ren)": ("thirty-five millimetres by forty-five millimetres, saint Denis, child"),
    "DO NOT pay, it’s 24/7 & free": "do not pay, it's twenty-four seven and free",
}


@pytest.mark.parametrize(("written", "said"), SAID.items())
def test_said(written: str, said: str) -> None:
    assert for_the_ear(written) == said


@pytest.mark.parametrize(("written", "said"), IN_ENGLISH.items())
def test_said_in_english(written: str, said: str) -> None:
    assert for_the_ear(written, "en") == said
    assert for_the_ear(said, "en") == said


def roman(number: int) -> str:
    """14 -> "XIV"."""
    signs = (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")
    written = ""
    for value, sign in signs:
        written += sign * (number // value)
        number %= value
    return written


@pytest.mark.parametrize("counted", ["déclaration", "attestation", "enveloppe", "mairie", "heure", "infirmière"])
@given(number=st.integers(0, 99))
def test_what_is_counted_gives_its_gender(counted: str, number: int) -> None:
    said = for_the_ear(f"{number} {counted}s")
    words = cardinal(number)
    assert said == f"{words}{'e' if words.endswith('un') else ''} {counted}s"


@given(st.integers(1, 39))
def test_roman_numerals_are_read_where_they_count(number: int) -> None:
    assert for_the_ear(f"au {roman(number)}e siècle") == for_the_ear(f"au {number}e siècle")
    assert for_the_ear(f"le chapitre {roman(number)}") == f"le chapitre {cardinal(number)}"
    if len(roman(number)) > 1:
        for king in ("Louis", "Jean-Paul", "Élisabeth"):
            assert for_the_ear(f"{king} {roman(number)} est là") == f"{king} {cardinal(number)} est là"
            assert for_the_ear(f"rue {king}-{roman(number)}") == f"rue {king} {cardinal(number)}"


@given(st.sampled_from(["Louis", "Charles", "le", "un", "chapitre", "Mon"]), st.sampled_from(sorted(ACRONYMS)))
def test_an_acronym_is_never_a_roman_numeral(before: str, name: str) -> None:
    assert for_the_ear(f"{before} {name}") == f"{before} {ACRONYMS[name].said}"


@given(st.integers(1, 12), st.integers(1, 12))
def test_a_part_of_a_whole_is_no_day_and_a_day_is_no_part(first: int, second: int) -> None:
    pair = f"{first}/{second}"
    day = f"{'premier' if first == 1 else cardinal(first)} {MONTHS[second - 1]}"
    for before in ("le", "avant le", "lundi", "jusqu'au"):
        assert for_the_ear(f"{before} {pair} 2 photos") == f"{before} {day} deux photos"
    for after in ("des personnes", "de la somme", "d'entre eux", "du prix"):
        said = for_the_ear(f"payez {pair} {after}")
        assert not any(month in said.split() for month in MONTHS), said


@pytest.mark.parametrize("name", sorted(ACRONYMS))
def test_every_acronym_is_said_as_the_table_says(name: str) -> None:
    assert for_the_ear(f"la {name} est là") == f"la {ACRONYMS[name].said} est là"


HOSTILE = {
    name: (text * 10_000)[:10_000]
    for name, text in {
        "digits": "1", "numbers": "123 ", "amounts": "1 € ", "thousands": "99 999 ", "hours": "9h30-", "dashes": "1-",
        "fractions": "2 ½ ", "days": "1/1, ", "addresses": "a.fr ", "ports": "http://a:80/", "labels": "a.",
        "users": "+a", "at": "a@", "capitals": "A",
        "dotted": "A.", "kings": "Ab II ", "pictures": "🪪", "bidi": "\u202e", "control": "\x1b[", "phrases": "\ufdfa",
        "accents": "\u0301", "spaces": " ", "null": "\0", "halves": "\ud800", "marks": ", ", "words": "carte perdue, ",
    }.items()
}  # fmt: skip


@pytest.mark.parametrize("language", [*LANGUAGES, "ar"])
@pytest.mark.parametrize("name", HOSTILE)
def test_ten_thousand_hostile_signs_take_no_time(name: str, language: str) -> None:
    def took() -> float:
        begun = time.thread_time()  # of this thread alone: the machine may be busy
        runs_for_the_ear(HOSTILE[name], language)
        return time.thread_time() - begun

    for_the_ear("12 €", language)  # loads num2words
    assert min(took() for _ in range(3)) <= 0.05


WRITTEN = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="CAFRSAEIXV abcdeéà'’.,:;!?-–/()&+%€$°²½×0123456789hjkm\u00a0@", max_size=60),
    st.lists(st.sampled_from([*SAID, *IN_ENGLISH]), max_size=3).map(" ".join),
)


@given(WRITTEN, st.sampled_from([*LANGUAGES, "ar"]))
@example("x" * 2_000, "fr")
def test_every_run_knows_what_it_is_said_for(text: str, language: str) -> None:
    runs = runs_for_the_ear(text, language)
    assert (" ".join(run.said for run in runs) or ".") == for_the_ear(text, language)
    assert all(any(sign.isalnum() for sign in run.said) for run in runs)
    assert all(0 <= run.start < run.end <= min(len(text), MOST_SIGNS) for run in runs)
    assert all(before.end <= after.start for before, after in pairwise(runs))
    for run in runs:
        assert text[run.start].strip()
        assert text[run.end - 1].strip()


@given(WRITTEN, st.sampled_from(sorted(LANGUAGES)))
def test_no_digit_is_left(text: str, language: str) -> None:
    assert not any(sign.isnumeric() and not sign.isalpha() for sign in for_the_ear(text, language))


RUNS = {
    "Appelez le 06\u00a012\u00a034\u00a056\u00a078.": ["Appelez", "le", "06\u00a012\u00a034\u00a056\u00a078"],
    "Payez 12,50\u00a0€ à la CAF.": ["Payez", "12,50\u00a0€", "à", "la", "CAF"],
    "Le 3 mars 2026, à 9\u00a0h\u00a030\u00a0!": ["Le", "3 mars 2026", "à", "9\u00a0h\u00a030"],
    "Allez sur www.service-public.gouv.fr.": ["Allez", "sur", "www.service-public.gouv.fr"],
    "l’adresse de l’ANTS\u00a0: «\u00a0ici\u00a0»": ["l’adresse", "de", "l’ANTS", "ici"],
    "M.\u00a0Roy, n°\u00a05, 50\u00a0%": ["M.", "Roy", "n°", "5", "50\u00a0%"],
    "🪪 Carte (perdue) – Qu’est-ce\u00a0?": ["Carte", "perdue", "Qu’est-ce"],
    "cafe\u0301 ﬁni": ["cafe\u0301", "ﬁni"],
}


@pytest.mark.parametrize(("text", "spans"), RUNS.items())
def test_runs_are_what_the_eye_reads(text: str, spans: list[str]) -> None:
    assert [text[run.start : run.end] for run in runs_for_the_ear(text)] == spans


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
@given(
    st.text(alphabet="CAFRSAEIXV abcdeéà'.,:;!?-/()&+%€°0123456789hjkm", max_size=60),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_twice_is_as_good_as_once(text: str, language: str) -> None:
    said = for_the_ear(text, language)
    assert for_the_ear(said, language) == said


@pytest.mark.parametrize("written", SAID)
def test_every_example_twice_is_as_good_as_once(written: str) -> None:
    assert for_the_ear(SAID[written]) == SAID[written]


PLAIN = ("une", "carte", "d'identité", "perdue", "est", "là", "où", "vous", "allez", "aujourd'hui")


@given(st.lists(st.sampled_from(PLAIN), min_size=1))
def test_plain_words_are_left_alone(words: list[str]) -> None:
    assert for_the_ear(" ".join(words)) == " ".join(words)


@given(st.text(max_size=200), st.sampled_from(["ar", "uk"]))
def test_languages_without_rules_keep_their_digits(text: str, language: str) -> None:
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
