# SPDX-License-Identifier: EUPL-1.2
"""JSON Schemas of ``procedure.toml`` and of the files of words, for editors: they complete, and underline mistakes.

Made from the limits and the names of this room: ``python -m content.schema`` writes them to ``schemas/``. What a
schema cannot say (a step that exists, a path that ends…) stays with ``kiosk content check``. A TOML date is a string
here, as editors see it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from content import condition_reader, file_check, graph_check, pictograms, structure, text_rules, words
from content.model import THEMES, AnswerFormat, Section, StepKind
from content.typed_reader import ID_PATTERN, MAX_ID

FOLDER = Path(__file__).with_name("schemas")
STRUCTURE, WORDS = "procedure.schema.json", "words.schema.json"
Schema = dict[str, Any]

_TOLD = {
    "id": "Identifiant : lettres a à z sans accent, chiffres et « - ».",
    "theme": "Un des onze thèmes administratifs.",
    "pictogram": "Le nom d'un dessin de content/pictograms/index.toml.",
    "start": "L'étape par où l'on commence.",
    "checked_on": "Le jour où vous avez comparé la page.",
    "check_by": "Le jour où il faudra comparer encore. 6 mois plus tard, la démarche n'est plus publiée.",
    "kind": "say dit, choose demande un choix, checklist regarde des pièces, ask fait taper, place envoie, act ouvre "
    "un site officiel, end montre la feuille de route.",
    "next": "L'étape d'après, ou une liste de chemins : le premier dont la condition est vraie.",
    "to": "Où mène cette réponse ou ce chemin.",
    "when": "Seulement quand cette condition est vraie.",
    "may_not_know": "Ajoute « Je ne sais pas ».",
    "unknown_to": "Où mène « Je ne sais pas » ; sans lui, comme « next ».",
    "bring_unless": "Quand c'est vrai, ces pièces ne sont plus à apporter.",
    "sensitive": "Le journal note qu'on a répondu, jamais quoi.",
    "section": "La partie de la feuille de route.",
    "deadline": 'La date limite : { on = 2027-05-31 }, ou { after = "étape", days = 15 } (ou months).',
    "title": "Court : 40 signes au plus.",
    "say": "Ce qui est montré et dit : une phrase par élément, 12 mots au plus.",
    "explain": "La même chose dite autrement, plus simplement.",
    "also": "D'autres façons de le dire, comme les gens parlent.",
    "label": "3 mots au plus.",
    "what": "Répond à « C'est quoi ? ».",
    "where": "Où trouver cette pièce.",
    "late": "Dit à la place de « text » quand la date est passée.",
}


def structure_schema() -> Schema:
    """The schema of ``procedure.toml``."""
    top = _table(
        ("id", "theme", "pictogram", "start", "sources", "steps"),
        id=_ID,
        theme={"enum": list(THEMES)},
        pictogram={"$ref": "#/definitions/pictogram"},
        start=_ID,
        sources=_list(_source(), 1, 20) | {"contains": {"not": {"required": ["when"]}}},
        places={"type": "object", "additionalProperties": _place()},
        steps=_list(_step(), 1, structure.MAX_STEPS),
        road_map=_list(_line(), 0, structure.MAX_LINES),
    )
    definitions = {"pictogram": {"enum": sorted(pictograms.names())}, "condition": _condition()}
    return _head("La structure d'une démarche (procedure.toml)") | top | {"definitions": definitions}


def words_schema() -> Schema:
    """The schema of ``fr.toml`` and of the other languages."""
    sentences = _list(_text(), 1, words.MAX_SENTENCES)
    ways = _list(_text(text_rules.MAX_NOTE), 0, words.MAX_WAYS)
    requests = ways | {"maxItems": words.MAX_REQUESTS}
    title, note = _text(text_rules.MAX_TITLE), {"type": "string", "maxLength": text_rules.MAX_NOTE}
    choice = _table(("label",), label=_text(text_rules.MAX_LABEL), also=ways)
    document = _table(("name", "what"), name=_text(text_rules.MAX_NAME), what=sentences, where=sentences)
    step = _table(
        ("title", "say"),
        title=title,
        say=sentences,
        explain=sentences,
        choices=_named(choice),
        documents=_named(document),
        unit={"type": "string", "maxLength": text_rules.MAX_LABEL},
    )
    place = _table(("name",), name=_text(text_rules.MAX_NAME), hours=note, phone_note=note)
    line = _table(("text",), text=_text(), late=_text())
    parts = {"places": _named(place), "road_map": _named(line)}
    top = _table(
        ("title", "summary", "steps"), title=title, summary=_text(), also=requests, steps=_named(step), **parts
    )
    return _head("Les mots d'une démarche dans une langue (fr.toml, en.toml…)") | top


def _head(title: str) -> Schema:
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}


# The small pieces.

_ID: Schema = {"type": "string", "pattern": f"^{ID_PATTERN.pattern}$", "maxLength": MAX_ID}
_DAY: Schema = {"type": "string", "format": "date"}
_URL: Schema = {"type": "string", "pattern": f"^{file_check.URL.pattern}$"}
_PHONE: Schema = {"type": "string", "pattern": f"^(?:{file_check.PHONE.pattern})?$"}
_WHEN: Schema = {"$ref": "#/definitions/condition"}


def _text(most: int = text_rules.MAX_TEXT) -> Schema:
    return {"type": "string", "pattern": r"\S", "maxLength": most}


def _whole(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def _list(items: Schema, least: int, most: int) -> Schema:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _named(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _table(required: tuple[str, ...], **properties: Schema) -> Schema:
    """A table with these keys and no other; what is told of a key comes from one place."""
    told = {key: {"description": _TOLD[key]} | value if key in _TOLD else value for key, value in properties.items()}
    return {
        "type": "object",
        "properties": told,
        "required": list(required),
        "additionalProperties": False,
    }


def _when(key: str, value: object, then: Schema) -> Schema:
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}


# The parts of procedure.toml.


def _source() -> Schema:
    keys = ("title", "url", "checked_on", "check_by")
    when = {"description": "Le papier nomme cette page quand c'est vrai ; sans « when », dans les autres cas."} | _WHEN
    return _table(keys, title=_text(text_rules.MAX_NOTE), url=_URL, checked_on=_DAY, check_by=_DAY, when=when)


def _place() -> Schema:
    empty_or_url = {"type": "string", "pattern": f"^(?:{file_check.URL.pattern})?$"}
    return _table(("pictogram",), pictogram={"$ref": "#/definitions/pictogram"}, phone=_PHONE, url=empty_or_url)


def _condition() -> Schema:
    far = _whole(-condition_reader.FAR, condition_reader.FAR)
    several = _list(_WHEN, 1, condition_reader.MAX_ITEMS)
    found = [
        _table(("answer", "is"), answer=_ID, **{"is": _list({"type": "string"}, 1, condition_reader.MAX_ITEMS)}),
        _table(("lacks", "document"), lacks=_ID, document=_ID),
        _table(("all",), all=several),
        _table(("any",), any=several),
        _table(("not",), **{"not": _WHEN}),
    ]
    for kind in condition_reader.BETWEEN:
        between = _table((kind,), **{kind: _ID}, at_least=far, at_most=far)
        found.append(between | {"anyOf": [{"required": ["at_least"]}, {"required": ["at_most"]}]})
    return {"type": "object", "oneOf": found}


def _step() -> Schema:
    picture = {"$ref": "#/definitions/pictogram"}
    route = _table(("to",), to=_ID, when=_WHEN)
    choice = _table(("id", "pictogram"), id=_ID | {"not": {"const": graph_check.UNKNOWN}}, pictogram=picture, to=_ID)
    document = _table(("id", "pictogram"), id=_ID, pictogram=picture, when=_WHEN)
    step = _table(
        ("id", "kind", "pictogram"),
        id=_ID,
        kind={"enum": list(StepKind)},
        pictogram=picture,
        next={"oneOf": [_ID, _list(route, 1, structure.MAX_ROUTES)]},
        choices=_list(choice, 1, max(graph_check.CHOICES)),
        may_not_know={"type": "boolean"},
        unknown_to=_ID,
        documents=_list(document, 1, structure.MAX_DOCUMENTS),
        bring_unless=_WHEN,
        question=_question(),
        place={"type": "string"},
        url=_URL,
        sensitive={"type": "boolean"},
    )
    return step | {"allOf": [*_parts(), *_needed(), *_ways_out()]}


def _parts() -> list[Schema]:
    """Each part goes with some kinds of steps only."""
    rules: list[Schema] = []
    for part, kinds in graph_check.PARTS.items():
        there = {"properties": {part: {"const": True}}} if part == "may_not_know" else {}
        rules.append({"if": there | {"required": [part]}, "then": {"properties": {"kind": {"enum": list(kinds)}}}})
    alone = {"required": ["may_not_know"], "properties": {"may_not_know": {"const": True}}}
    return [*rules, {"if": {"required": ["unknown_to"]}, "then": alone}]


def _needed() -> list[Schema]:
    least, most = min(graph_check.CHOICES), max(graph_check.CHOICES)
    unsure = {"properties": {"may_not_know": {"const": True}}, "required": ["may_not_know"]}
    counts = {
        "required": ["choices"],
        "if": unsure,
        "then": {"properties": {"choices": {"minItems": least - 1, "maxItems": most - 1}}},
        "else": {"properties": {"choices": {"minItems": least, "maxItems": most}}},
    }
    needed = [_when("kind", kind, {"required": [part]}) for kind, part in graph_check.NEEDED.items()]
    return [*needed, _when("kind", StepKind.CHOOSE, counts)]


def _ways_out() -> list[Schema]:
    """The answers of a choice may each lead somewhere: then it has no "next"."""
    others = [kind for kind in StepKind if kind not in (StepKind.END, StepKind.CHOOSE)]
    end = _when("kind", StepKind.END, {"not": {"required": ["next"]}})
    return [end, *(_when("kind", kind, {"required": ["next"]}) for kind in others)]


def _question() -> Schema:
    far, length = _whole(-(10**9), 10**9), _whole(1, 80)
    bounds: dict[AnswerFormat, dict[str, Schema]] = {
        AnswerFormat.NUMBER: {"at_least": far, "at_most": far},
        AnswerFormat.DATE: {"at_least": _DAY, "at_most": _DAY, "past_only": {"type": "boolean"}},
        AnswerFormat.TEXT: {"max_length": length},
    }
    return {"oneOf": [_table(("format",), format={"const": kind}, **keys) for kind, keys in bounds.items()]}


def _line() -> Schema:
    after = _table(("after",), after=_ID, days=_whole(0, 3660), months=_whole(0, 120))
    either = {"anyOf": [{"required": ["days"]}, {"required": ["months"]}]}
    line = _table(
        ("id", "section", "pictogram"),
        id=_ID,
        section={"enum": list(Section)},
        pictogram={"$ref": "#/definitions/pictogram"},
        when=_WHEN,
        place={"type": "string"},
        deadline={"oneOf": [_table(("on",), on=_DAY), after | either]},
    )
    placed, dated = {"enum": [Section.WHERE, Section.CONTACT]}, {"const": Section.DEADLINE}
    rules = [
        {"if": {"required": ["place"]}, "then": {"properties": {"section": placed}}},
        {"if": {"required": ["deadline"]}, "then": {"properties": {"section": dated}}},
        _when("section", Section.DEADLINE, {"required": ["deadline"]}),
    ]
    return line | {"allOf": rules}


def files() -> dict[str, str]:
    """Name -> text of each schema."""
    schemas = {STRUCTURE: structure_schema(), WORDS: words_schema()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in files().items():
        (FOLDER / name).write_text(text, "utf-8")
