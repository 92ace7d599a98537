# SPDX-License-Identifier: EUPL-1.2
"""Elements become blocks of text. What is not known never stops: its text is kept, and its name is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from content.importers.vosdroits import publications as p
from content.importers.vosdroits.cleaning import address, plain, shortened
from content.text_rules import MAX_TEXT

_GLUED_AFTER = frozenset({"Valeur", "LienInterne", "LienExterne", "LienIntra"})
"""Inline elements that are words of their own: a space is put before them where the feed lost it."""
_APART = frozenset({"Paragraphe", "Item", "Titre", "Cellule", "Liste", "Chapitre", "Texte"})
"""Elements that are not within a sentence."""
_SUPERSCRIPTS = {"2": "²", "3": "³"}
NOTES = {
    "Attention": "Attention",
    "ANoter": "À noter",
    "ASavoir": "À savoir",
    "Rappel": "Rappel",
    "Exemple": "Exemple",
    "Avertissement": "Avertissement",
}
TRANSPARENT = frozenset({"Texte", "Introduction", "Conclusion", "Complement", "Description"})
"""They hold blocks and add nothing."""
SILENT = frozenset({"Titre", "Condition", "Source", "PivotLocal", "RessourceWeb", "TitreAlternatif", "Colonne",
                    "Aide", "SiSelectionne", "IntituleSiSelectionne", "Image", "Video"})  # fmt: skip
"""Read by the element that holds them; or not for a kiosk to show."""
_PHONE = re.compile(
    r"(?<![\d.,])(?:0[1-9](?:[ .\u00a0]?\d\d){4}|0[ \u00a0]?8\d\d[ \u00a0]?\d{3}[ \u00a0]?\d{3}|3\d[ \u00a0]?\d\d)"
    r"(?![\d,.]*[\d€])"
)
_PHONE_WORDS = re.compile(r"téléphone|appel|numéro|composez|joign|\btél\b|^\d\d \d\d", re.IGNORECASE)


@dataclass(slots=True)
class Unknown:
    """Elements that this version does not know, by name."""

    elements: Counter[str] = field(default_factory=Counter[str])


def words(element: Element | None) -> str:
    """All the text of an element, on one line, safe."""
    return "" if element is None else plain(_raw(element))


def _raw(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        inner = _raw(child)
        if child.tag == "Exposant":
            inner = _SUPERSCRIPTS.get(inner.strip(), inner)
        elif (child.tag in _GLUED_AFTER and inner[:1].isalnum() and parts[-1][-1:].isalnum()) or child.tag in _APART:
            parts.append(" ")
        parts.append(inner)
        parts.append(child.tail or "")
    return "".join(parts)


def title_of(element: Element) -> str:
    """The text of ``Titre``, no longer than a text may be: it stands on one card or one line."""
    return shortened(words(element.find("Titre")), MAX_TEXT)


class BlockReader:
    """Reads the blocks of one publication, and remembers what it did not know."""

    def __init__(self, unknown: Unknown) -> None:
        self._unknown = unknown
        self._ways: dict[str, Callable[[Element], p.Block | None]] = {
            **dict.fromkeys(("Paragraphe", "TitreFlottant", "LienExterneCommente"), self._paragraph),
            "Liste": self._items,
            "Tableau": self._table,
            "Chapitre": self._chapter,
            "SousChapitre": self._chapter,
            "BlocCas": self._cases,
            "ListeSituations": self._cases,
            "FragmentConditionne": self._fragment,
            "ServiceEnLigne": self.service,
            "OuSAdresser": self.office,
            "OuSAdresserSupport": self.office,
            **dict.fromkeys(NOTES, self._note),
        }

    def knows(self, tag: str) -> bool:
        """True for an element that becomes a block."""
        return tag in self._ways or tag in TRANSPARENT

    def blocks(self, elements: Iterable[Element]) -> tuple[p.Block, ...]:
        """The blocks of some elements, in their order."""
        found: list[p.Block] = []
        for element in elements:
            way = self._ways.get(element.tag)
            if way is not None:
                block = way(element)
                if block is not None:
                    found.append(block)
            elif element.tag in TRANSPARENT:
                found.extend(self.blocks(element))
            elif element.tag not in SILENT:
                found.extend(self._stranger(element))
        return tuple(found)

    def _stranger(self, element: Element) -> Iterable[p.Block]:
        """An element of another version of the schema: what is known in it, else its words."""
        self._unknown.elements[str(element.tag)[:60]] += 1
        when = self.condition(element)
        if any(self.knows(inner.tag) for inner in element.iter() if inner is not element):
            title = title_of(element)
            inner = self.blocks(element)
            blocks = (p.Paragraph(title), *inner) if title else inner
        else:
            text = words(element)
            blocks = (p.Paragraph(text),) if text else ()
        return blocks if when is None else (p.Fragment(blocks, when),)

    # Conditions

    def condition(self, element: Element) -> p.Test | None:
        """The ``Condition`` directly in ``element``; None when it has none."""
        held = element.find("Condition")
        if held is None:
            return None
        tests = self._tests(held)
        return tests[0] if len(tests) == 1 else p.All(tests) if tests else None

    def _tests(self, element: Element) -> tuple[p.Test, ...]:
        found = (self._test(inner) for inner in element)
        return tuple(test for test in found if test is not None)

    def _test(self, element: Element) -> p.Test | None:
        variable = element.get("var", "")
        match element.tag:
            case "estVrai":
                return p.IsTrue(variable)
            case "estFaux":
                return p.IsFalse(variable)
            case "estIndefini":
                return p.IsUnset(variable)
            case "et":
                return p.All(self._tests(element))
            case "ou":
                return p.Some(self._tests(element))
            case "non":
                return p.Negation(p.All(self._tests(element)))
            case other:
                # Not understood, it does not count: better a part too many than a part that nobody sees.
                self._unknown.elements[f"Condition/{other}"[:60]] += 1
                return None

    # Blocks

    def _paragraph(self, element: Element) -> p.Block | None:
        text = words(element)
        if not text:
            return None
        terms = [
            inner.get("LienID") or inner.get("LienPublication") or ""
            for inner in element.iter()
            if inner.tag == "LienIntra" or (inner.tag == "LienInterne" and inner.get("type") in ("Sigle", "Acronyme"))
        ]
        return p.Paragraph(text, tuple(dict.fromkeys(filter(None, terms))))

    def _items(self, element: Element) -> p.Block | None:
        items = tuple(
            p.Item(self.blocks(item), self.condition(item)) for item in element if item.tag == "Item" and words(item)
        )
        return p.Items(items) if items else None

    def _table(self, element: Element) -> p.Block | None:
        head: tuple[str, ...] = ()
        rows: list[tuple[str, ...]] = []
        above: dict[int, tuple[int, str]] = {}
        for row in element:
            if row.tag not in ("Rangée", "Rangee"):
                continue
            cells = _cells(row, above)
            if row.get("type") == "header" and not head and not rows:
                head = cells
            elif any(cells):
                rows.append(cells)
        if not rows:
            rows, head = [head], ()
        return p.Table(title_of(element), head, tuple(rows)) if any(rows) else None

    def _chapter(self, element: Element) -> p.Block | None:
        blocks = self.blocks(element)
        title = title_of(element)
        if not blocks and not title:
            return None
        return p.Chapter(title, element.get("type", ""), blocks, self.condition(element))

    def _cases(self, element: Element) -> p.Block | None:
        cases = tuple(
            p.Case(title_of(case), self.blocks(case), self.condition(case))
            for case in element
            if case.tag in ("Cas", "Situation")
        )
        return p.Cases(cases) if cases else None

    def _note(self, element: Element) -> p.Block | None:
        blocks = self.blocks(element)
        title = title_of(element) or NOTES[element.tag]
        return p.Note(element.tag, title, blocks, self.condition(element)) if blocks else None

    def _fragment(self, element: Element) -> p.Block | None:
        blocks = self.blocks(element)
        return p.Fragment(blocks, self.condition(element)) if blocks else None

    def service(self, element: Element) -> p.Service | None:
        """``ServiceEnLigne`` and its kin."""
        title = title_of(element)
        if not title:
            return None
        return p.Service(
            number=number_of(element),
            kind=plain(element.get("type", "")),
            title=title,
            url=address(element.get("URL")),
            cerfa=plain(element.get("numerocerfa", "")),
            publisher=words(element.find("Source")),
            blocks=self.blocks(element.findall("Introduction")),
            when=self.condition(element),
        )

    def office(self, element: Element) -> p.Office | None:
        """``OuSAdresser`` and its kin."""
        title = title_of(element)
        if not title:
            return None
        web = element.find("RessourceWeb")
        texts = element.findall("Texte")
        return p.Office(
            number=number_of(element),
            kind=plain(element.get("type", "")),
            title=title,
            pivot=words(element.find("PivotLocal")),
            url=address(web.get("URL") if web is not None else None),
            phone=_phone([title, *(words(part) for text in texts for part in text.iter("Paragraphe"))]),
            blocks=self.blocks(texts),
            when=self.condition(element),
        )


def number_of(element: Element) -> str:
    """The identifier of an element, when it has the form of one."""
    found = element.get("ID", "")
    return found if re.fullmatch(r"[A-Za-z]{1,3}\d{1,9}(?:-\d{1,4})?", found) else ""


def _cells(row: Element, above: dict[int, tuple[int, str]]) -> tuple[str, ...]:
    """The texts of a row; a cell that spans rows is said again in each, one that spans columns fills them."""
    texts: list[str] = []

    def fill() -> None:
        while (held := above.get(len(texts))) is not None:
            left, text = held
            above.pop(len(texts)) if left <= 1 else above.update({len(texts): (left - 1, text)})
            texts.append(text)

    for cell in row:
        fill()
        text = words(cell)
        for _ in range(_span(cell.get("fusionHorizontale"))):
            down = _span(cell.get("fusionVerticale"))
            if down > 1:
                above[len(texts)] = (down - 1, text)
            texts.append(text)
    fill()
    return tuple(texts)


def _span(value: str | None) -> int:
    return int(value) if value and value.isdigit() and 1 <= int(value) <= 40 else 1


def _phone(texts: Iterable[str]) -> str:
    """The first telephone number of some texts, in groups; "" when none is sure."""
    for text in texts:
        for found in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", found[0])
            if len(digits) == 10:
                return " ".join(digits[i : i + 2] for i in range(0, 10, 2))
            if len(digits) == 4 and (_PHONE_WORDS.search(text) or text.startswith(found[0])):
                return f"{digits[:2]} {digits[2:]}"
    return ""
