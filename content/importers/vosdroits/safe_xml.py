# SPDX-License-Identifier: EUPL-1.2
"""One file of the feed becomes elements. A document type, an entity, too much depth or too much text is refused.

The parser is expat of the standard library, whose handlers say no before anything is expanded; a tree is built by
``xml.etree`` from what passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MAX_BYTES = 8_000_000
MAX_DEPTH = 60
"""The deepest file of the sample has 30 levels."""
MAX_ELEMENTS = 200_000

_WHY = {
    2: "il ne commence pas par une balise",
    3: "il est vide, ou il s'arrête avant la fin",
    4: "un signe n'est pas à sa place",
    5: "il s'arrête au milieu d'une balise",
    6: "il s'arrête au milieu d'une lettre",
    7: "une balise n'est pas fermée, ou pas dans l'ordre",
    8: "un attribut est écrit deux fois",
    9: "il y a du texte après la fin",
    11: "il nomme une entité inconnue",
    14: "un numéro de signe n'existe pas",
    17: "la ligne « <?xml » n'est pas au début",
    18: "son encodage n'est pas connu",
    19: "son encodage n'est pas celui qu'il annonce",
    20: "il s'arrête au milieu d'un texte",
    27: "un préfixe n'est pas déclaré",
    30: "la ligne « <?xml » est mal écrite",
}
"""By error code of expat: its header gives the numbers, and they stay from one version to the next."""


@dataclass(frozen=True, slots=True)
class XmlFault:
    """Why a file is not read, and at which line."""

    line: int
    message: str


class _Refused(Exception):
    pass


def read_xml(data: bytes) -> Element | XmlFault:
    """The root element of ``data``, its names without namespaces, or what is wrong with it."""
    if len(data) > MAX_BYTES:
        return XmlFault(1, f"Le fichier est trop gros : {len(data)} octets ({MAX_BYTES} au plus).")
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    _guard(parser, builder)
    try:
        parser.Parse(data, True)
        return builder.close()
    except _Refused as refused:
        return XmlFault(parser.CurrentLineNumber, str(refused))
    except expat.ExpatError as wrong:
        return XmlFault(wrong.lineno, _in_french(wrong.code))
    except (LookupError, ValueError):  # an encoding that Python does not know, or that is not one byte a sign
        return XmlFault(1, "L'encodage annoncé par le fichier n'est pas connu. Attendu : UTF-8.")


def _in_french(code: int) -> str:
    """What the parser found wrong: its own words are in English."""
    why = _WHY.get(code, f"faute n° {code} du lecteur XML")
    return f"Le fichier n'est pas du XML correct : {why}. Téléchargez-le de nouveau."


def _guard(parser: expat.XMLParserType, builder: TreeBuilder) -> None:
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MAX_DEPTH:
            raise _Refused(f"Trop d'éléments les uns dans les autres ({MAX_DEPTH} au plus).")
        if elements > MAX_ELEMENTS:
            raise _Refused(f"Trop d'éléments ({MAX_ELEMENTS} au plus).")
        builder.start(_bare(name), {_bare(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_bare(name))

    def refuse_type(*_: object) -> None:
        raise _Refused("Le fichier déclare un type de document (DTD) : il est refusé.")

    def refuse_entity(*_: object) -> int:
        raise _Refused("Le fichier déclare une entité : il est refusé.")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse_type
    parser.EntityDeclHandler = refuse_entity
    parser.UnparsedEntityDeclHandler = refuse_entity
    parser.ExternalEntityRefHandler = refuse_entity
    parser.SkippedEntityHandler = refuse_entity


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
