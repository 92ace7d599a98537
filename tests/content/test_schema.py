# SPDX-License-Identifier: EUPL-1.2
"""The schemas for editors: every procedure fits them, and each mistake that a schema can see is seen."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from content import schema
from tests.content.test_english import FOLDER as SHIPPED
from tests.content.test_problems import MISTAKES, Mistake
from tests.sample_procedures import sample_files

VALIDATORS = {
    "procedure.toml": Draft7Validator(schema.structure_schema()),
    "words": Draft7Validator(schema.words_schema()),
}
BEYOND = frozenset(
    {
        # names that must exist, or must be met on the way
        *("unknown-step", "unreachable-step", "endless-loop", "unknown-choice", "unknown-document", "not-yet-asked"),
        *(
            "duplicate-id",
            "id-folder",
            "unused-place",
            "route-never-taken",
            "conditional-last-route",
            "wrong-condition",
        ),
        *("extra-text", "missing-language", "dead-end"),
        # the language, the day, the file itself
        *("long-sentence", "two-sentences", "title-again", "markup", "forbidden-character"),
        *("old-source", "future-date", "past-deadline", "reversed-dates"),
        *("toml-syntax", "toml-depth", "file-too-large", "unexpected-file"),
        # advice: it may be published so
        *("no-ways", "bad-question"),
    }
)
"""Codes of mistakes that no schema can see; the check does."""
ALSO_BEYOND = (
    'checked_on = "2026-11-20"',  # a date between quotation marks is a text for an editor too
    'place = "marie"\nnext',  # a place that does not exist
    '"naissance", days',  # words that another file asks for
    'after = "besoin", days = 15',  # a step of another kind
    "at_least = 3, at_most = 2 }",  # bounds the wrong way round
    'label = "Je ne l’ai plus"',  # advice
    '[road_map.quand]\ntext = "Venez le matin."\n',  # words that another file asks for
)


def seen(file: str, text: str) -> list[str]:
    """What an editor underlines."""
    validator = VALIDATORS.get(file, VALIDATORS["words"])
    return [error.message for error in validator.iter_errors(as_editors_see(tomllib.loads(text)))]


def as_editors_see(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_editors_see(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_editors_see(below) for below in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("made", VALIDATORS.values(), ids=VALIDATORS)
def test_the_schemas_are_schemas(made: Draft7Validator) -> None:
    Draft7Validator.check_schema(made.schema)


def test_the_files_are_those_that_the_code_makes() -> None:
    there = {file.name: file.read_text("utf-8") for file in schema.FOLDER.iterdir()}
    assert there == schema.files(), "run: python -m content.schema"


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*/*.toml")), ids=lambda f: f"{f.parent.name}/{f.name}")
def test_every_procedure_fits(file: Path) -> None:
    assert seen(file.name, file.read_text("utf-8")) == []


@pytest.mark.parametrize("name", sample_files())
def test_the_sample_fits(name: str) -> None:
    assert seen(name, sample_files()[name]) == []


def visible(mistake: Mistake) -> bool:
    beyond = mistake.code in BEYOND or any(part in (mistake.new, mistake.old) for part in ALSO_BEYOND)
    return not beyond and not mistake.warning


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if visible(m)], ids=lambda m: f"{m.code}-{m.new[:24]!r}")
def test_a_mistake_is_underlined(mistake: Mistake) -> None:
    text = sample_files()[mistake.file].replace(mistake.old, mistake.new, 1)
    assert seen(mistake.file, text)


def test_most_mistakes_of_shape_are_underlined() -> None:
    assert sum(map(visible, MISTAKES)) >= 30
