# SPDX-License-Identifier: EUPL-1.2
"""French read aloud: abbreviations, acronyms, kings and centuries; the numbers are in :mod:`numerals`. Pure."""

from __future__ import annotations

import re

from accessibility.acronyms import ACRONYMS
from accessibility.speaking.identifiers import account_numbers
from accessibility.speaking.number_words import cardinal, dictated, ordinal
from accessibility.speaking.numerals import numbers_in_words
from accessibility.speaking.pronounce_language import COMMON_SYMBOLS, ONE_LETTER_KINGS, Language, in_order, roman
from accessibility.speaking.pronounce_traced import Rules

_VOWELS = frozenset("AEIOUYÀÂÉÈÊËÎÏÔÛÙ")
_CHAPTERS = (
    "chapitre|titre|article|annexe|tome|livre|partie|acte|volume|section|zone|groupe|phase|type|niveau|catégorie"
)

_DAYS = {
    "lun": "lundi", "mar": "mardi", "mer": "mercredi", "jeu": "jeudi", "ven": "vendredi", "sam": "samedi",
    "dim": "dimanche",
}  # fmt: skip
_DAYS_CUT = "|".join(_DAYS)

_ABBREVIATIONS = Rules()
for _pattern, _said in (
    (r"(?<![A-Z] )\bM\. ?(?=et M|[A-ZÀ-Ý][a-zà-ÿ])", "monsieur "),
    (r"\bM\.? ?/ ?(?=Mmes?\b)", "monsieur ou "),
    (r"\bMmes\b", "mesdames"),
    (r"\bMme\b", "madame"),
    (r"\bMlle\b", "mademoiselle"),
    (r"\bMM\. ", "messieurs "),
    (r"\bDr\.? (?=[A-ZÀ-Ý])", "docteur "),
    (r"\bPr\.? (?=[A-ZÀ-Ý])", "professeur "),
    (r"\bMe (?=[A-ZÀ-Ý][a-zà-ÿ])", "maître "),
    (r"\bSt-(?=[A-ZÀ-Ý])", "saint-"),
    (r"\bSte-(?=[A-ZÀ-Ý])", "sainte-"),
    (r"\b[Bb]d\.? (?=[A-ZÀ-Ýd])", "boulevard "),
    (r"\b[Aa]v\. (?=[A-ZÀ-Ýd])", "avenue "),
    (r"\betc\b\.*", "et cetera."),
    (r"(?i)\bc\.?-?à-?d\b\.?", "c'est-à-dire"),
    (r"(?i)\b[ts]\.?v\.?p\b\.?", "s'il vous plaît"),
    (r"(?i)\btél\b\.? ?(?=[+\d])", "téléphone "),
    (r"(?i)\btél\b\.?|\bTel\b\.?(?=[ :]{1,3}\d)", "téléphone"),
    (r"(?i)\bport\. ?(?=\d)", "portable "),
    (r"(?i)\br[ée]f\.? ?(?=:|\d)|\b[Rr]éf\. ?", "référence "),
    (r"\b[Bb]ât\. ?", "bâtiment "),
    (r"\b[Ee]sc\. ?(?=[A-Z\d])", "escalier "),
    (r"\b[Aa]pp?t\.? ?(?=[A-Z\d])", "appartement "),
    (r"(?<!\d )\b[Mm]in\. ?(?=\d)", "minimum "),
    (r"\bc/o ", "chez "),
    (r"(?i)\bn[°º](?:s(?![^\W\d]))? ?(?=\w|$)", "numéro "),
    (r"\bNo\.? ?(?=\d)", "numéro "),
    (r"\b([LRD])\. ?(?=\d)", r"\1 "),
    (r"(?i)\bart\. ?(?=(?:[LRD] ?)?\d)", "article "),
    (r"\brdv\b", "rendez-vous"),
    (r"(?i)\bmax\.", "maximum"),
    (r"(?i)\bp\. ?(?=\d)", "page "),
    (r"\b[Cc]f\. ?", "voir "),
    (r"(?i)\benv\. ?(?=\d)", "environ "),
    (r"(?i)\bex\. ?:", "exemple :"),
    (r"(?i)\bet/ou\b", "et ou"),
    (r"\((?:s|e|es|x|ne|nes|le|les|trice|euse)\)|·(?:e|s|x|ne|le|se|fe|ve|trice|ice|rice|euse)(?:·?s)?\b", ""),
    (r"(?<=\d) ?EUR\b", " €"),
    (r"\bEUR ?(\d[\d ]*(?:,\d\d)?)(?!\d)", "\\1 € "),
    (r"(?:(?<=\dh)|(?<=\d h)|(?<=TTC)|(?<=HT)) ?/ ?(?=(?:jour|semaine|mois|an|heure|minute|personne)\b)", " par "),
    (r"(?:(?<=TTC)|(?<=HT)) ?/ ?min\b", " par minute"),
    (r" ?[-=]>", ", "),
    (r">= ?(?=\d)", "≥ "),
    (r"<= ?(?=\d)", "≤ "),
    (r"> ?(?=\d)", "plus de "),
    (r"< ?(?=\d)", "moins de "),
    (r"(?<![\dh€%]) - | - (?!\d)", ", "),
):  # fmt: skip
    _ABBREVIATIONS.say(_pattern, _said)


@_ABBREVIATIONS.rule(
    rf"(?<!la )\b({_DAYS_CUT})\.(?: ?(-) ?)?(?= ?\d| ?et | ?(?:{_DAYS_CUT})\b)|(?<=[a-z] à )({_DAYS_CUT})\."
)
def _day(found: re.Match[str]) -> str:
    """lun.-ven."""
    return _DAYS[found[1] or found[3]] + (" à " if found[2] else "")


@_ABBREVIATIONS.rule(r"\b(?:[A-Z]\.){2,}(?=$|\W)")
def _dotted(found: re.Match[str]) -> str:
    """R.S.A."""
    letters = found[0].replace(".", "")
    return ACRONYMS[letters].said if letters in ACRONYMS else " ".join(letters)


_ROMANS = Rules()


@_ROMANS.rule(r"(?<![^\W\d])(?:(I)(ers?|i?[eè]?res?)|([IVX]+)(èmes?|es?))(?![^\W\d])")
def _rank(found: re.Match[str]) -> str:
    """XXIe, Ier."""
    number = roman(found[1] or found[3])
    return found[0] if number is None else ordinal(number, found[2] or found[4])


_ONE_MORE = r"(?:(?:-| et | ou | au )[ivx]+ ?(?:èmes?|es?))?"


@_ROMANS.rule(rf"(?i)(?<![^\W\d])([ivx]+) ?(èmes?|es?)(?={_ONE_MORE} (?:siècle|arrondissement)s?\b)")
def _century(found: re.Match[str]) -> str:
    """xixe siècle, XIX e siècle: small capitals and raised letters that were lost."""
    number = roman(found[1].upper())
    return found[0] if number is None else ordinal(number, found[2].lower())


_NO_NAME = (
    "Le|La|Les|Un|Une|Des|Du|De|Au|Aux|Ce|Cet|Cette|Ces|Mon|Ma|Mes|Votre|Vos|Notre|Nos|Son|Sa|Ses|Leur|Leurs|"
    "Et|Ou|En|Par|Pour|Sur|Sous|Dans|Avec|Sans|Est|Si|Il|Elle|Vous|Nous"
)
"""What may begin a sentence, and is no king."""


@_ROMANS.rule(
    rf"(?i:\b(?:{_CHAPTERS})s?) ([IVX]+)\b"
    rf"|\b(?!(?:{_NO_NAME}|[^\W_]+ez)\b)[A-ZÀ-Ý][a-zà-ÿ]+[ -]([IVX]{{2,}})\b(?!')|{ONE_LETTER_KINGS}"
)
def _king_or_chapter(found: re.Match[str]) -> str:
    """Louis XIV, chapitre V, Charles X, avenue George-V."""
    written = found[1] or found[2] or found[3]
    number = roman(written)
    return found[0] if number is None else f"{found[0].removesuffix(written)[:-1]} {cardinal(number)}"


_CAPITALS = Rules()
_CODE = re.compile(r"^[A-Z]{1,3}(?=\d)")
"""CE1, S1106."""
_SAYABLE = re.compile(
    r"(?!(?![BCDFGPTV][LR]|[CGKP]N|[CPST]H|P[ST]|S[CKLMNPQTV]|T[SZ]|W[RH])[^AEIOUYÀ-Ý]{2})"
    r"(?!.*[^AEIOUYÀ-Ý]{3,}(?<![STXZ])$)"
)
"""Words begin as French words do, and do not end by three consonants: the others are spelled (CDAPH, ADMR)."""
_SMALL_WORDS = frozenset(
    ("À", "AU", "AUX", "CE", "CES", "CET", "DE", "DES", "DIX", "DU", "EN", "ET", "EST", "IL", "LA", "LE", "LES", "MES",
     "MON", "NE", "NI", "NON", "NOS", "OU", "OÙ", "OUI", "PAR", "PAS", "QUE", "QUI", "SA", "SES", "SI", "SIX", "SON",
     "SUR", "TOUT", "UN", "UNE", "VOS", "VU")
)  # fmt: skip
"""Too short to be told from acronyms, where everything is in capitals."""


@_CAPITALS.rule(r"\b[A-Z]{2,}[a-z][A-Z]+\b")
def _mixed(found: re.Match[str]) -> str:
    """DGFiP."""
    known = ACRONYMS.get(found[0].upper())
    return known.said if known else found[0]


@_CAPITALS.rule(r"\b[A-Z][a-z]{3,}\b|\bsiret\b")
def _official(found: re.Match[str]) -> str:
    """Siret, Ehpad, Cpam: official texts write them as words, though none is said as it is written."""
    known = ACRONYMS.get(found[0].upper())
    return known.said if known else found[0]


@_CAPITALS.rule(r"\b[A-ZÀ-Ý][A-ZÀ-Ý0-9]+\b")
def _capitals(found: re.Match[str]) -> str:
    return _capitals_of(found[0])


def _capitals_of(word: str) -> str:
    if word in ACRONYMS:
        return ACRONYMS[word].said
    if not word.isalpha():
        return _CODE.sub(lambda found: " ".join(found[0]) + " ", word)
    if word in _SMALL_WORDS:
        return word.lower()
    if len(word) <= 3 or not _VOWELS & set(word) or not _SAYABLE.match(word):
        return " ".join(word)
    return word.lower()  # a word that is shouted


_NAMES = {
    "agees": "âgées", "aidejuridictionnelle": "aide juridictionnelle", "ameli": "améli",
    "chequeenergie": "chèque énergie", "demarches": "démarches", "simplifiees": "simplifiées", "sante": "santé",
    "securite": "sécurité", "mesdroitssociaux": "mes droits sociaux", "monespacesante": "mon espace santé",
    "moncompteformation": "mon compte formation",
    "educonnect": "édu connect", "education": "éducation", "etudiant": "étudiant",
    "franceconnect": "france connect", "francetravail": "france travail", "identite": "identité", "impots": "impôts",
    "interieur": "intérieur", "lassuranceretraite": "l'assurance retraite",
    "lescrous": "les crousse", "maprocuration": "ma procuration", "masecurite": "ma sécurité",
    "mdphenligne": "M D P H en ligne", "messervices": "mes services", "mobilite": "mobilité",
}  # fmt: skip
"""Names of sites that have lost their accents or their spaces."""


def _label(name: str) -> str:
    known = ACRONYMS.get(name.upper())
    return known.said if known else _NAMES.get(name.lower(), name.lower())


LANGUAGE = Language(
    stages=(account_numbers(dictated, "tiret").apply, *in_order(_ABBREVIATIONS, _ROMANS, _CAPITALS, numbers_in_words)),
    symbols={
        **COMMON_SYMBOLS,
        "‰": " pour mille ",
        "&": " et ", "@": " arobase ", "+": " plus ", "=": " égale ", "%": " pour cent ", "€": " euros ",
        "$": " dollars ", "£": " livres ", "°": " degrés ", "§": " paragraphe ", "#": " dièse ", "*": " étoile ",
        "/": " ou ", "×": " fois ", "≥": " au moins ", "≤": " au plus ", "²": " au carré ", "³": " au cube ",
        "±": " plus ou moins ", "≈": " environ ",
        "º": " ", "½": " un demi ", "⅓": " un tiers ", "⅔": " deux tiers ", "¼": " un quart ", "¾": " trois quarts ",
    },
    address_signs={
        ".": "point", ":": "deux points", "-": "tiret", "_": "tiret bas", "/": "barre", "@": "arobase", "+": "plus",
    },
    label=_label,
)  # fmt: skip
"""French of France."""
