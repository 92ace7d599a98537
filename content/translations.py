# SPDX-License-Identifier: EUPL-1.2
"""What a translation lacks beside the French words: a procedure is never served half in one language, half in another.

Texts that every language must have (a title, a label…) are asked for by :mod:`content.words`. Those that French may
leave out (``explain``, ``where``, ``hours``…) are asked for here, where French has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from content.model import Document, Place, Problem, Procedure, Step
from content.structure import Structure
from content.toml_source import TomlDocument, TomlPath
from content.typed_reader import Report

LACKING = ("missing-text", "no-title")
LEFT_OVER = "extra-text"


def judge_translation(
    document: TomlDocument,
    language: str,
    french: Procedure | None,
    found: Procedure,
    structure: Structure,
    report: Report,
) -> bool:
    """Say in ``report`` all that ``found`` lacks beside ``french``; True when it may be served.

    What a translation lacks or has too much is advice, not a refusal: French is served meanwhile, and an author who
    mends the French words need not wait for a translator.
    """
    if french is not None:
        for path, message in _gaps(french, found, structure):
            report.add(document, path, "missing-text", message)
        for path in _without_ways(french, found):
            message = "Il manque « also » : d'autres façons de le dire. La voix comprend moins bien sans elles."
            report.add(document, path, "missing-ways", message, warning=True)
    report.problems = [_as_advice(problem) for problem in report.problems]
    lacking = sum(problem.code in LACKING for problem in report.problems)
    if lacking:
        message = (
            f"Il manque {lacking} texte(s) en « {language} » : la démarche n'est pas proposée dans cette langue. "
            "Elle reste en français."
        )
        report.add(document, (), "incomplete-language", message, warning=True)
    return not lacking and not report.errors


def _as_advice(problem: Problem) -> Problem:
    return replace(problem, warning=True) if problem.code in (*LACKING, LEFT_OVER) else problem


def _gaps(french: Procedure, found: Procedure, structure: Structure) -> Iterator[tuple[TomlPath, str]]:
    """Where a text is missing that French has. Nothing is said of a thing that has no words at all: it was said."""
    places: dict[str, tuple[Place, Place]] = {}
    for name, step in french.steps.items():
        other = found.steps[name]
        if other.title:
            yield from _step_gaps(("steps", name), step, other)
        if step.place and other.place:
            places[structure.place_of[name]] = (step.place, other.place)
    for line, its in zip(french.road_map, found.road_map, strict=True):
        if line.place and its.place:
            places[structure.place_of[f"road_map.{line.id}"]] = (line.place, its.place)
    for name, (place, its) in places.items():
        for key in ("hours", "phone_note"):
            if its.name and getattr(place, key) and not getattr(its, key):
                yield ("places", name), _missing(key)


def _step_gaps(path: TomlPath, step: Step, found: Step) -> Iterator[tuple[TomlPath, str]]:
    if step.explain and not found.explain:
        yield path, _missing("explain")
    if step.question and found.question and step.question.unit and not found.question.unit:
        yield path, _missing("unit")
    for document, its in zip(step.documents, found.documents, strict=True):
        yield from _document_gaps((*path, "documents", document.id), document, its)


def _document_gaps(path: TomlPath, document: Document, found: Document) -> Iterator[tuple[TomlPath, str]]:
    if found.name and document.where and not found.where:
        yield path, _missing("where")


def _missing(key: str) -> str:
    return f"Il manque « {key} », que le français a. Ajoutez-le."


def _without_ways(french: Procedure, found: Procedure) -> Iterator[TomlPath]:
    """Where French tells other ways of saying something aloud, and the translation none."""
    if found.title and french.also and not found.also:
        yield ()
    for name, step in french.steps.items():
        for choice, its in zip(step.choices, found.steps[name].choices, strict=True):
            if its.label and choice.also and not its.also:
                yield ("steps", name, "choices", choice.id)
