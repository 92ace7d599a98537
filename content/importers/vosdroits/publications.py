# SPDX-License-Identifier: EUPL-1.2
"""What a publication of the feed is, as plain frozen data. Every text in it is safe to show (:mod:`.cleaning`).

Names are those of the field in English; the element of the feed that each comes from is said.
"""

from __future__ import annotations

from dataclasses import dataclass

# What must hold for a part to be shown: ``Condition`` of the feed, over the variables that branches set.


@dataclass(frozen=True, slots=True)
class IsTrue:
    """``estVrai``: the person chose a branch that makes the variable true."""

    variable: str


@dataclass(frozen=True, slots=True)
class IsFalse:
    """``estFaux``: the person was asked, and chose no answer that makes it true."""

    variable: str


@dataclass(frozen=True, slots=True)
class IsUnset:
    """``estIndefini``: the person was asked nothing that says anything of it."""

    variable: str


@dataclass(frozen=True, slots=True)
class All:
    """``et``."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """``ou``."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """``non``."""

    test: Test


Test = IsTrue | IsFalse | IsUnset | All | Some | Negation


# The text of a publication: blocks within blocks.


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``Paragraphe``: sentences. ``terms`` are the numbers of the definitions and abbreviations it leans on."""

    text: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """``Item`` of a list."""

    blocks: tuple[Block, ...]
    when: Test | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """``Liste``."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``Tableau``: the names of its columns (or none), and its rows; a cell is plain text."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """``Attention``, ``ANoter``, ``ASavoir``, ``Rappel``, ``Avertissement``…: a warning with its title."""

    kind: str
    title: str
    blocks: tuple[Block, ...]
    when: Test | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """``Chapitre`` or ``SousChapitre``; ``kind`` is its ``type`` ("pieces": the documents to bring)."""

    title: str
    kind: str
    blocks: tuple[Block, ...]
    when: Test | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """``Cas`` or ``Situation``: one of several, chosen by the answers or by the reader."""

    title: str
    blocks: tuple[Block, ...]
    when: Test | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    """``BlocCas`` or ``ListeSituations``."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """``FragmentConditionne``."""

    blocks: tuple[Block, ...]
    when: Test | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """``ServiceEnLigne``: an online service, a form (with its Cerfa number), a simulator, a letter to copy."""

    number: str
    kind: str
    title: str
    url: str
    cerfa: str = ""
    publisher: str = ""
    blocks: tuple[Block, ...] = ()
    when: Test | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """``OuSAdresser``: where to go or whom to call. ``pivot`` is the kind of local office (``PivotLocal``)."""

    number: str
    kind: str
    title: str
    pivot: str
    url: str
    phone: str = ""
    blocks: tuple[Block, ...] = ()
    when: Test | None = None


Block = Paragraph | Items | Table | Note | Chapter | Cases | Fragment | Service | Office


# What leads from one to another.


@dataclass(frozen=True, slots=True)
class Branch:
    """``Problematique``, ``Branche`` or ``Choix``: an answer, what it makes true or false, and where it leads."""

    title: str
    help: tuple[Block, ...] = ()
    sets: tuple[str, ...] = ()
    unsets: tuple[str, ...] = ()
    branches: tuple[Branch, ...] = ()
    links: tuple[str, ...] = ()
    """Numbers of the publications it leads to."""


@dataclass(frozen=True, slots=True)
class Question:
    """``Question`` of a ``Questionnaire``."""

    title: str
    help: tuple[Block, ...]
    choices: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """``Definition`` or ``Abreviation``."""

    number: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another publication, or a page of somebody else, that this one names."""

    number: str
    kind: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """One file of the feed."""

    number: str
    """"F34300", "N367", "R1264"."""
    kind: str
    """"Recherche guidée", "Fiche d'information conditionnée", "Téléservice"…"""
    title: str
    modified: str
    """"2019-10-14", or "" when the feed does not say."""
    url: str
    """Its page on Service-Public.fr."""
    description: str = ""
    theme: str = ""
    """Number of its first theme ("N19812")."""
    body: tuple[Block, ...] = ()
    branches: tuple[Branch, ...] = ()
    questions: tuple[Question, ...] = ()
    resources: tuple[Block, ...] = ()
    """Services and offices named for the whole publication."""
    terms: tuple[Term, ...] = ()
    related: tuple[Related, ...] = ()
    target: str = ""
    """For a service: the address that it leads to."""
    cerfa: str = ""

    @property
    def walkable(self) -> bool:
        """True for what becomes a procedure: a guided tree, or what to do when something happens."""
        return bool(self.branches) or "comment faire si" in self.kind.casefold()
