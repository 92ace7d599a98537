# SPDX-License-Identifier: EUPL-1.2
"""Reads the words of a procedure in one language (``fr.toml``) and joins them to its structure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from content import text_rules
from content.model import AnswerFormat, Choice, Document, Place, Procedure, RoadMapLine, Section, Step, StepKind
from content.structure import Structure
from content.text_rules import Fault, shown
from content.toml_source import TomlDocument
from content.typed_reader import Report, TableReader, suggestion

MAX_SENTENCES = 8
MAX_WAYS = 40
"""Other ways of saying one answer: the ear chooses among those of a whole screen."""
MAX_REQUESTS = 120
"""Ways of asking for a procedure: they are searched, and at most one of them is shown."""

Rule = Callable[[str], Iterator[Fault]]


def join_words(structure: Structure, document: TomlDocument, language: str, report: Report) -> Procedure:
    """The procedure in ``language``; missing, extra and too long texts are in ``report``."""
    return _Words(structure, document, language, report).procedure()


class _Words:
    def __init__(self, structure: Structure, document: TomlDocument, language: str, report: Report) -> None:
        self._structure = structure
        self._top = TableReader(document, (), document.data, report)
        self._language = language
        self._sentence = partial(text_rules.sentence, language=language)
        self._label = partial(text_rules.label, language=language)

    def procedure(self) -> Procedure:
        skeleton, top = self._structure.procedure, self._top
        title, summary = self._title(top), self._text(top, "summary", self._sentence)
        also = self._texts(top, "also", text_rules.note, MAX_REQUESTS)
        places = self._places()
        steps = self._steps(places)
        lines = self._road_map(places)
        top.finish()
        return replace(
            skeleton,
            language=self._language,
            title=title,
            summary=summary,
            also=also,
            steps=MappingProxyType(steps),
            road_map=lines,
        )

    def _steps(self, places: dict[str, Place]) -> dict[str, Step]:
        known = self._structure.procedure.steps
        tables = self._tables(self._top, "steps", known, "l'étape")
        return {name: self._step(step, tables.get(name), places) for name, step in known.items()}

    def _step(self, step: Step, words: TableReader | None, places: dict[str, Place]) -> Step:
        if words is None:
            return step
        choices, documents, question = step.choices, step.documents, step.question
        title = self._title(words)
        sentence = partial(self._below, title)
        say = self._texts(words, "say", sentence, MAX_SENTENCES, required=True)
        explain = self._texts(words, "explain", sentence, MAX_SENTENCES)
        if step.kind is StepKind.CHOOSE:
            tables = self._tables(words, "choices", [choice.id for choice in choices], "la réponse")
            choices = tuple(self._choice(choice, tables.get(choice.id)) for choice in choices)
        if step.kind is StepKind.CHECKLIST:
            tables = self._tables(words, "documents", [document.id for document in documents], "la pièce")
            documents = tuple(self._document(document, tables.get(document.id)) for document in documents)
        if step.kind is StepKind.ASK and question:
            question = replace(question, unit=self._text(words, "unit", self._label, required=False))
        if step.id not in self._structure.broken_steps:
            words.finish("extra-text")
        place = places.get(self._structure.place_of.get(step.id, ""), step.place)
        return replace(
            step,
            title=title,
            say=say,
            explain=explain,
            choices=choices,
            documents=documents,
            question=question,
            place=place,
        )

    def _choice(self, choice: Choice, words: TableReader | None) -> Choice:
        if words is None:
            return choice
        label = self._text(words, "label", self._label)
        also = self._texts(words, "also", text_rules.note, MAX_WAYS)
        if not also and self._language == "fr":  # another language is held against French
            message = "Il manque « also » : d'autres façons de le dire. La voix comprend moins bien sans elles."
            words.wrong("no-ways", message, warning=True)
        words.finish("extra-text")
        return replace(choice, label=label, also=also)

    def _document(self, document: Document, words: TableReader | None) -> Document:
        if words is None:
            return document
        name = self._text(words, "name", text_rules.name)
        what = self._texts(words, "what", self._sentence, MAX_SENTENCES, required=True)
        where = self._texts(words, "where", self._sentence, MAX_SENTENCES)
        words.finish("extra-text")
        return replace(document, name=name, what=what, where=where)

    def _places(self) -> dict[str, Place]:
        known: dict[str, Place] = {}
        structure = self._structure
        for step in structure.procedure.steps.values():
            if step.place:
                known[structure.place_of[step.id]] = step.place
        for line in structure.procedure.road_map:
            if line.place:
                known[structure.place_of[f"road_map.{line.id}"]] = line.place
        tables = self._tables(self._top, "places", structure.places, "le lieu", needed=known)
        for name, words in tables.items():
            place = replace(
                known.get(name, Place("", "")),
                name=self._text(words, "name", text_rules.name),
                hours=self._text(words, "hours", text_rules.note, required=False),
                phone_note=self._text(words, "phone_note", text_rules.note, required=False),
            )
            words.finish("extra-text")
            known[name] = place
        return known

    def _road_map(self, places: dict[str, Place]) -> tuple[RoadMapLine, ...]:
        lines = self._structure.procedure.road_map
        tables = self._tables(self._top, "road_map", [line.id for line in lines], "la ligne")
        return tuple(self._line(line, tables.get(line.id), places) for line in lines)

    def _line(self, line: RoadMapLine, words: TableReader | None, places: dict[str, Place]) -> RoadMapLine:
        if words is None:
            return line
        rule = text_rules.name if line.section is Section.BRING else self._sentence
        text = self._text(words, "text", rule)
        late = self._text(words, "late", self._sentence) if self._may_be_late(line) else ""
        words.finish("extra-text")
        place = places.get(self._structure.place_of.get(f"road_map.{line.id}", ""), line.place)
        return replace(line, text=text, place=place, late=late)

    def _may_be_late(self, line: RoadMapLine) -> bool:
        """True when the date is counted from one that the person types: it may be past already."""
        counted_from = self._structure.procedure.steps.get(line.deadline.after) if line.deadline else None
        return bool(counted_from and counted_from.question and counted_from.question.format is AnswerFormat.DATE)

    # Tables named after things of the structure, and texts under a rule.

    def _tables(
        self, above: TableReader, key: str, known: Iterable[str], what: str, needed: Iterable[str] | None = None
    ) -> dict[str, TableReader]:
        """The tables of ``key``, one for each known name; says which are missing and which are too many."""
        names = list(known)
        table = above.table(key)
        found = dict(table.named_tables()) if table else {}
        for name in names if needed is None else needed:
            if name not in found and (table is None or name not in table):
                where = (key,) if table else ()
                above.wrong("missing-text", f"Il manque les mots pour {what} « {name} ».", *where)
        for name in found.keys() - set(names) if self._structure.whole else ():
            hint = suggestion(name, names)
            said = f"Il y a des mots pour {what} « {shown(name)} », qui n'existe pas.{hint}"
            above.wrong("extra-text", said, key, name)
        return {name: reader for name, reader in found.items() if name in names}

    def _below(self, title: str, text: str) -> Iterator[Fault]:
        """Rules of a sentence that is read after ``title``."""
        yield from self._sentence(text)
        yield from text_rules.title_again(title, text)

    def _title(self, words: TableReader) -> str:
        return self._text(words, "title", text_rules.title, code="no-title")

    def _text(
        self, words: TableReader, key: str, rule: Rule, *, required: bool = True, code: str = "missing-text"
    ) -> str:
        text = words.text(key, required=required, code=code)
        self._judge(words, rule, text, key)
        return text_rules.typeset(text, self._language)

    def _texts(
        self, words: TableReader, key: str, rule: Rule, limit: int, *, required: bool = False
    ) -> tuple[str, ...]:
        texts = words.texts(key, limit, required=required, code="missing-text")
        for index, text in texts:
            self._judge(words, rule, text, key, index)
        return tuple(text_rules.typeset(text, self._language) for _, text in texts)

    def _judge(self, words: TableReader, rule: Rule, text: str, *where: str | int) -> None:
        if len(text) <= text_rules.MAX_TEXT:  # a longer one is refused already
            for fault in rule(text):
                words.wrong(fault.code, fault.message, *where, warning=fault.warning)
