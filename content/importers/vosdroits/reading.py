# SPDX-License-Identifier: EUPL-1.2
"""One file of the feed becomes one publication, whatever its type and the version of its schema (3.x)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from content.importers.vosdroits import publications as p
from content.importers.vosdroits.blocks import BlockReader, Unknown, number_of, title_of, words
from content.importers.vosdroits.cleaning import address, plain, shortened
from content.importers.vosdroits.safe_xml import XmlFault, read_xml
from content.text_rules import MAX_TEXT

ROOTS = ("Publication", "ServiceComplementaire")
PAGES = "https://www.service-public.fr/particuliers/vosdroits/"
"""Where the pages of publications are, when a file does not say."""

_BODY = ("Avertissement", "Introduction", "Texte", "ListeSituations", "BlocCas", "Conclusion")
_OFFICES = ("OuSAdresser", "OuSAdresserSupport")
_SERVICES = ("ServiceEnLigne", "ServiceEnLigneAnnexe", "ServiceEnLigneAlternatif")
_RELATED = frozenset(
    [
        "VoirAussi",
        "QuestionReponse",
        "Fiche",
        "Dossier",
        "SousDossier",
        "SousTheme",
        "FicheLiee",
        "RechercheGuidee",
        "CommentFaireSi",
        "PourEnSavoirPlus",
        "Reference",
        "Partenaire",
        "NoticeLiee",
        "SousThemePere",
        "DossierPere",
        "SousDossierPere",
    ]
)
_ABOUT = frozenset(
    [
        "SurTitre",
        "Audience",
        "Canal",
        "Cible",
        "FilDAriane",
        "Theme",
        "title",
        "creator",
        "subject",
        "description",
        "publisher",
        "contributor",
        "date",
        "type",
        "format",
        "identifier",
        "source",
        "language",
        "relation",
        "coverage",
        "rights",
        "LienWeb",
        "NumeroCerfa",
        "AutreNumero",
        "Definition",
        "Abreviation",
        "Problematiques",
        "Questionnaire",
    ]
)
_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


@dataclass(frozen=True, slots=True)
class NotAPublication:
    """A good file that is something else (a menu, a list of themes): its root element."""

    root: str


def read_publication(data: bytes, unknown: Unknown) -> p.Publication | NotAPublication | XmlFault:
    """The publication in one file; ``unknown`` counts the elements that this version does not know."""
    root = read_xml(data)
    if isinstance(root, XmlFault):
        return root
    if root.tag not in ROOTS:
        return NotAPublication(str(root.tag)[:60])
    number = number_of(root)
    if not number or "-" in number:
        named = plain(root.get("ID", ""))[:40]
        return XmlFault(1, f"L'identifiant « {named} » n'en est pas un. Attendu : F1234, N123, R12.")
    return _Reader(root, unknown).publication(number)


class _Reader:
    def __init__(self, root: Element, unknown: Unknown) -> None:
        self._root = root
        self._unknown = unknown
        self._blocks = BlockReader(unknown)

    def publication(self, number: str) -> p.Publication:
        root = self._root
        web = root.find("LienWeb")
        return p.Publication(
            number=number,
            kind=plain(root.get("type", "")),
            title=shortened(words(root.find("title")).lstrip("* \u00a0"), MAX_TEXT) or number,
            modified=_day(words(root.find("date"))),
            url=address(root.get("spUrl")) or f"{PAGES}{number}",
            description=words(root.find("description")),
            theme=next((theme.get("ID", "") for theme in root.findall("Theme")), ""),
            body=self._body(),
            branches=tuple(self._branch(branch) for branch in root.findall("Problematiques/Problematique")),
            questions=tuple(self._question(question) for question in root.findall("Questionnaire/Question")),
            resources=self._resources(),
            terms=tuple(self._terms()),
            related=tuple(self._related()),
            target=address(web.get("URL")) if web is not None else "",
            cerfa=words(root.find("NumeroCerfa")),
        )

    def _body(self) -> tuple[p.Block, ...]:
        """What is read of it, in its order; parts of another version of the schema keep their place."""
        known = {*_OFFICES, *_SERVICES, *_RELATED, *_ABOUT}
        parts: list[Element] = []
        for element in self._root:
            if element.tag in _BODY:
                parts.append(element)
            elif element.tag not in known:
                if any(self._blocks.knows(inner.tag) for inner in element.iter()):
                    parts.append(element)
                else:  # a date, a code: counted, and not read to anyone
                    self._unknown.elements[str(element.tag)[:60]] += 1
        return self._blocks.blocks(parts)

    def _resources(self) -> tuple[p.Block, ...]:
        found: list[p.Block] = []
        for element in self._root:
            if element.tag in _OFFICES:
                block = self._blocks.office(element)
            elif element.tag in _SERVICES:
                block = self._blocks.service(element)
            else:
                continue
            if block is not None:
                found.append(block)
        return tuple(found)

    def _branch(self, element: Element) -> p.Branch:
        chosen = element.find("SiSelectionne")
        return p.Branch(
            title=(title_of(element) or words(element.find("IntituleSiSelectionne"))).rstrip(" :\u00a0"),
            help=self._blocks.blocks([inner for help_ in element.findall("Aide") for inner in help_]),
            sets=_variables(chosen, "affecteVrai"),
            unsets=_variables(chosen, "affecteFaux"),
            branches=tuple(self._branch(branch) for branch in element.findall("Branche")),
            links=tuple(dict.fromkeys(filter(None, (_link(link) for link in element.findall("LienInterne"))))),
        )

    def _question(self, element: Element) -> p.Question:
        return p.Question(
            title=title_of(element),
            help=self._blocks.blocks([inner for help_ in element.findall("Aide") for inner in help_]),
            choices=tuple(self._branch(choice) for choice in element.findall("Choix")),
        )

    def _terms(self) -> Iterator[p.Term]:
        for element in self._root:
            if element.tag in ("Definition", "Abreviation") and number_of(element):
                yield p.Term(number_of(element), title_of(element), words(element.find("Texte")))

    def _related(self) -> Iterator[p.Related]:
        seen: set[tuple[str, str]] = set()
        for top in self._root:
            if top.tag not in _RELATED:
                continue
            for element in top.iter():
                title = title_of(element) or (words(element) if not len(element) else "")
                number, url = number_of(element), address(element.get("URL"))
                if title and (number or url) and "-" not in number and (number, url) not in seen:
                    seen.add((number, url))
                    yield p.Related(number, plain(element.get("type", "")) or str(element.tag), title, url)


def _variables(element: Element | None, tag: str) -> tuple[str, ...]:
    if element is None:
        return ()
    return tuple(dict.fromkeys(name for found in element.findall(tag) if (name := found.get("var", ""))))


def _link(element: Element) -> str:
    found = element.get("LienPublication", "")
    return found if re.fullmatch(r"[A-Za-z]{1,3}\d{1,9}", found) else ""


def _day(text: str) -> str:
    found = _DAY.search(text)
    try:
        return date.fromisoformat(found[1]).isoformat() if found else ""
    except ValueError:
        return ""
