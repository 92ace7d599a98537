# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
import unicodedata
from datetime import date

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from printouts.environment import TEMPLATES
from printouts.typography import LONGEST, address_parts, clean, full_date, group_phone, sentences


@given(st.text(max_size=2000))
def test_nothing_invisible_is_left(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= LONGEST
    assert not [char for char in cleaned if unicodedata.category(char)[0] == "C"]
    assert clean(cleaned) == cleaned


def test_escape_and_direction_characters_go() -> None:
    assert clean("a\x1b[2Jb\u202ec\u2066d\u00ade\u200bf\x00g\ufeff") == "a[2Jbcdefg"
    assert clean(" Une\tligne\r\nlongue  ") == "Une ligne longue"


@pytest.mark.parametrize(
    ("typed", "inked"),
    [
        ("C'est l'usager, aujourd'hui.", "C’est l’usager, aujourd’hui."),
        ("L'« office », l'1 des 2", "L’« office », l’1 des 2"),
        ("l’usager", "l’usager"),
        ("À l'adresse o'neil@exemple.fr", "À l’adresse o'neil@exemple.fr"),
        ("Il dit 'oui' en 5'30 et 12'.", "Il dit 'oui' en 5'30 et 12'."),
    ],
)
def test_an_apostrophe_is_written_in_one_way(typed: str, inked: str) -> None:
    assert clean(typed) == inked


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.iterdir()))
def test_no_template_writes_a_straight_apostrophe(name: str) -> None:
    """What a template is given is cleaned on its way out; what it says itself is not. Names of styles hold none."""
    said = jinja2.Environment(autoescape=True).lex((TEMPLATES / name).read_text("utf-8"))
    words = " ".join(text for _, kind, text in said if kind == "data")
    comments = re.compile(r"/\*.*?\*/", re.DOTALL)
    assert re.findall(r"\w+'\w+", comments.sub("", words)) == []


def test_huge_text_is_cut() -> None:
    assert clean("x" * 1_000_000) == "x" * (LONGEST - 1) + "…"


def test_one_sentence_a_line() -> None:
    said = sentences("Allez à la mairie. Voyez M. Martin ! Est-ce ouvert ? 3 jours suffisent. « Oui. » Écrivez.")
    assert [line.replace("\u00a0", " ") for line in said] == [
        "Allez à la mairie.",
        "Voyez M. Martin !",
        "Est-ce ouvert ?",
        "3 jours suffisent.",
        "« Oui. » Écrivez.",
    ]


def test_an_address_or_a_number_is_not_an_end_of_sentence() -> None:
    assert sentences("Allez sur timbres.impots.gouv.fr. C’est 25.50 euros.") == (
        "Allez sur timbres.impots.gouv.fr.",
        "C’est 25.50\u00a0euros.",
    )


@pytest.mark.parametrize(
    ("written", "bound"),
    [
        ("Pourquoi ?", "Pourquoi\u00a0?"),
        ("« Oui »", "«\u00a0Oui\u00a0»"),
        ("de 8 h 30 à 12 h", "de 8\u00a0h\u00a030 à 12\u00a0h"),
        ("25 euros", "25\u00a0euros"),
        ("1 200 €", "1\u00a0200\u00a0€"),
        ("2 maisons", "2 maisons"),
    ],
)
def test_words_that_belong_together_are_bound(written: str, bound: str) -> None:
    assert sentences(written) == (bound,)


def test_dates_in_full() -> None:
    assert full_date(date(2027, 1, 4)).replace("\u00a0", " ") == "lundi 4 janvier 2027"
    assert full_date(date(2027, 6, 1)).replace("\u00a0", " ") == "mardi 1er juin 2027"


@pytest.mark.parametrize(
    ("number", "grouped"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("3646", "36 46"),
        ("06.12.34.56.78", "06 12 34 56 78"),
        ("+33612345678", "+33 6 12 34 56 78"),
        ("0 806 00 01 26", "0 806 00 01 26"),
        ("115", "115"),
        ("", ""),
    ],
)
def test_phone_groups(number: str, grouped: str) -> None:
    assert group_phone(number) == grouped.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("www.masecurite.interieur.gouv.fr/fr/plainte", ("www.masecurite.", "interieur.", "gouv.fr/fr/plainte")),
        ("Ouvrez le site www.caf.fr.", ("Ouvrez le site www.caf.fr.",)),
        ("Demain. Puis le 5.3.2027.", ("Demain. Puis le 5.3.2027.",)),
    ],
)
def test_where_an_address_may_go_on_in_the_next_line(text: str, parts: tuple[str, ...]) -> None:
    assert address_parts(text) == parts
