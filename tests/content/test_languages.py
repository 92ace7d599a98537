# SPDX-License-Identifier: EUPL-1.2
"""Several languages: what one lacks is said at its line, a half is not served, a new one needs no code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.check import check_folder, languages_of, texts_of
from content.loader import load_catalogue, load_procedure
from content.model import Problem
from kiosk.content_review import review_content
from tests.sample_procedures import TODAY, sample_files, write_procedure

SAMPLE = sample_files()
WORDS = SAMPLE["fr.toml"]
OTHER = SAMPLE["procedure.toml"].replace('id = "essai"', 'id = "autre"', 1)


def checked(folder: Path, english: str, french: str = WORDS) -> tuple[set[str], list[Problem]]:
    """The languages served, and what is said of ``en.toml``."""
    write_procedure(folder / "essai", {**SAMPLE, "fr.toml": french, "en.toml": english})
    served, _ = load_procedure(folder / "essai")
    return set(served), [p for p in check_folder(folder, TODAY) if p.file.endswith("en.toml")]


def without(text: str) -> str:
    assert text in WORDS, "the gap no longer fits the sample"
    return WORDS.replace(text, "", 1)


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


CUT_HERE = "[places.mairie]"
GAPS = [
    ('label = "Perdue"\n', "[steps.besoin.choices.perdue]"),
    ('[steps.perte]\ntitle = "Déclarez la perte"\n', None),
    ('explain = ["La borne vous guide."]\n', "[steps.accueil]"),
    ('where = ["Allez chez un photographe."]\n', "[steps.pieces.documents.photo]"),
    ('unit = "personnes"\n', "[steps.enfants]"),
    ('hours = "Du lundi au vendredi, de 9 heures à 17 heures."\n', CUT_HERE),
    ('phone_note = "Appel gratuit."\n', CUT_HERE),
    ('[road_map.quand]\ntext = "Venez le matin."\n', None),
]


@pytest.mark.parametrize(("text", "at"), GAPS, ids=lambda value: str(value)[:24])
def test_a_gap_is_said_at_its_line_and_the_language_is_not_served(text: str, at: str | None, tmp_path: Path) -> None:
    english = without(text)
    served, problems = checked(tmp_path, english)
    assert served == {"fr"}
    assert all(problem.warning for problem in problems)
    gap = [p for p in problems if p.code == "missing-text"]
    (whole,) = (p for p in problems if p.code == "incomplete-language")
    assert gap
    assert whole.line == 1
    assert f"manque {len(gap)} texte" in whole.message
    if at:
        assert [p.line for p in gap] == [line_of(english, at)]


def test_an_empty_text_is_a_gap_so_that_a_translator_can_start_from_a_copy(tmp_path: Path) -> None:
    served, problems = checked(tmp_path, re.sub(r'^(label|title|text|name) = ".*"$', r'\1 = ""', WORDS, flags=re.M))
    assert served == {"fr"}
    assert all(problem.warning for problem in problems)


def test_a_text_left_over_is_advice_and_the_language_is_served(tmp_path: Path) -> None:
    extra = '\n[road_map.ancienne]\ntext = "Une ligne de trop."\n'
    served, problems = checked(tmp_path, WORDS + extra)
    assert served == {"en", "fr"}
    assert [(p.code, p.warning, p.line) for p in problems] == [
        ("extra-text", True, line_of(WORDS + extra, "[road_map.anc"))
    ]


def test_ways_of_saying_that_lack_are_advice_and_the_language_is_served(tmp_path: Path) -> None:
    english = re.sub(r"^also = .*\n", "", WORDS, flags=re.M)
    assert english != WORDS
    served, problems = checked(tmp_path, english)
    assert served == {"en", "fr"}
    assert {(p.code, p.warning) for p in problems} == {("missing-ways", True)}


@pytest.mark.parametrize("wrong", ['title = "Broken', 'title = "A <b>bold</b> card"', 'title = "\\u202ecard"'])
def test_what_is_unsafe_is_refused_in_every_language(wrong: str, tmp_path: Path) -> None:
    served, problems = checked(tmp_path, WORDS.replace(WORDS.splitlines()[0], wrong, 1))
    assert served == {"fr"}
    assert any(not problem.warning for problem in problems)


def test_a_gap_in_french_still_stops_the_procedure(tmp_path: Path) -> None:
    served, _ = checked(tmp_path, WORDS, french=without('label = "Perdue"\n'))
    assert served == set()


def test_a_language_is_offered_only_with_a_whole_procedure(tmp_path: Path) -> None:
    half = without('label = "Perdue"\n')
    write_procedure(tmp_path / "essai", {**SAMPLE, "en.toml": half})
    write_procedure(tmp_path / "autre", {**SAMPLE, "procedure.toml": OTHER})
    assert load_catalogue(tmp_path).languages() == ("fr",)
    write_procedure(tmp_path / "essai", {**SAMPLE, "en.toml": WORDS})
    catalogue = load_catalogue(tmp_path)
    assert catalogue.languages() == ("fr", "en")
    assert {p.id: p.language for p in catalogue.titles("en")} == {"essai": "en", "autre": "fr"}
    missed = [p for p in check_folder(tmp_path, TODAY) if p.code == "missing-language"]
    assert [(Path(p.file).parent.name, p.warning) for p in missed] == [("autre", True)]
    (tmp_path / "autre" / "en.toml").write_text(half, "utf-8")
    codes = {p.code for p in check_folder(tmp_path, TODAY) if "autre" in p.file}
    assert codes == {"missing-text", "incomplete-language"}, "the file is there: nobody is told to create it"


def test_a_new_language_needs_no_code(tmp_path: Path) -> None:
    """Spanish: loaded, served, and judged by the rules of every language alone."""
    spanish = WORDS.replace(WORDS.splitlines()[0], 'title = "Mi documento de identidad"', 1)
    spanish = spanish.replace("Venez le matin.", "Traiga sus papeles, etc.", 1)
    write_procedure(tmp_path / "essai", {**SAMPLE, "es.toml": spanish})
    catalogue = load_catalogue(tmp_path)
    assert catalogue.languages() == ("fr", "es")
    procedure = catalogue.get("essai", "es")
    assert procedure is not None
    assert procedure.title == "Mi documento de identidad"
    assert languages_of(tmp_path) == ("fr", "es")
    assert len(texts_of(tmp_path, "es")) == len(texts_of(tmp_path, "fr"))
    found = [p for p in review_content(tmp_path, TODAY).problems if p.file.endswith("es.toml")]
    told = {(p.code, p.warning) for p in found} - {("unspoken-language", True)}
    assert told == {("abbreviation", False)}, "neither French nor English rules"


def test_long_sentences_are_counted_as_the_language_writes_them(tmp_path: Path) -> None:
    """Twelve words in English, of which two with an apostrophe: French would count fourteen."""
    english = WORDS.replace("Venez le matin.", "The child’s paper and the parent’s paper must be here at nine.", 1)
    assert english != WORDS
    assert checked(tmp_path, english)[1] == []
