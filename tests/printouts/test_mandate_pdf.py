# SPDX-License-Identifier: EUPL-1.2
"""The papers of a mandate read back: two copies, large letters, room to sign, and a code that proves it."""

from __future__ import annotations

import re

import pytest

from assist.desk import attestation
from assist.desk.attestation import Validity
from assist.desk.mandates import Domain
from printouts.document import Document
from printouts.model import Paper
from printouts.render import render
from printouts.renderer import render_in_process
from printouts.typography import clean, full_date
from tests.printouts import reading
from tests.printouts.mandates import KEY, NOON, attested, mandate_paper, revocation_paper

BOTH = pytest.mark.parametrize("paper", [mandate_paper(), revocation_paper()], ids=["mandate", "revocation"])


def flat(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", reading.text(pdf))


def pages_of(pdf: bytes, copy: str) -> list[int]:
    texts = [page.extract_text() for page in reading.reader(pdf).pages]
    return [number for number, text in enumerate(texts) if f"{copy}, page" in text]


@BOTH
def test_two_copies_that_say_the_same(paper: Document) -> None:
    pdf = render(paper)
    first, second = pages_of(pdf, "Exemplaire de l’usager"), pages_of(pdf, "Exemplaire du lieu")
    assert first + second == list(range(len(reading.reader(pdf).pages))), "each page belongs to one copy"
    assert len(first) == len(second)
    texts = [page.extract_text() for page in reading.reader(pdf).pages]
    theirs = "".join(texts[n] for n in first).replace("Exemplaire de l’usager", "")
    ours = "".join(texts[n] for n in second).replace("Exemplaire du lieu", "")
    assert theirs == ours, "and each numbers its own pages"


@BOTH
def test_everything_is_written(paper: Document) -> None:
    written = flat(render(paper))
    for expected in (
        "K7RM X42A",
        "Huguette Vaillant-Maréchal",
        "Date de naissance : 12 mars 1946",
        "06 12 34 56 78",
        "Camille",
        "France Services de Souillac",
        "05 65 32 71 00",
        "Signature de l’usager",
        "Signature du médiateur",
    ):
        assert written.count(expected) >= 2, expected


def test_the_mandate_says_what_was_agreed() -> None:
    paper = mandate_paper(Domain.PAPIERS, Domain.LOGEMENT)
    written = flat(render(paper))
    for part in (*paper.parts, paper.agreement):
        assert clean(part.title) in written
        for sentence in (*part.sentences, *part.lines):
            assert clean(sentence).replace("\u00a0", " ") in written, sentence
    assert "Argent" not in written
    assert "Accord donné sur la tablette" in written
    assert paper.text_digest in written.replace(" ", "")
    assert f"Texte du {full_date(paper.text_date)}.".replace("\u00a0", " ") in written


def test_the_revocation_says_what_is_over_and_what_goes_on() -> None:
    written = flat(render(revocation_paper()))
    assert "Ce qui est arrêté Papiers" in written
    assert "Ce qui continue Logement" in written
    assert "ne peut plus agir pour vous dans ce domaine" in written


@BOTH
def test_nothing_under_14_points_and_nothing_slanted(paper: Document) -> None:
    pdf = render(paper)
    sizes = reading.sizes(pdf)
    assert min(sizes) >= 13.99, sizes[min(sizes)]
    for page in reading.reader(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert descriptor["/ItalicAngle"] == 0


@pytest.mark.clause("EN 5.4", "WCAG 1.3.1")
@BOTH
def test_tagged_for_a_screen_reader(paper: Document) -> None:
    pdf = render(paper)
    assert reading.reader(pdf).trailer["/Root"]["/Lang"] == "fr"
    kinds = [str(element["/S"]) for element in reading.elements(pdf)]
    assert kinds.count("/H1") == 2, "one for each copy"
    assert {"/H2", "/P", "/L", "/LI"} <= set(kinds)


def test_the_code_is_read_and_believed() -> None:
    """The longest one, seen by a printer of 203 dots an inch."""
    pdf = render(mandate_paper())
    codes = reading.codes(pdf)
    assert codes == [attested().encode()] * 2
    verdict = attestation.verify(codes[0].decode(), bytes(KEY.verify_key), NOON)
    assert verdict.validity is Validity.VALID
    assert verdict.attestation is not None
    assert verdict.attestation.text == mandate_paper().text_digest


def test_the_same_paper_has_the_same_bytes() -> None:
    assert render(mandate_paper()) == render(mandate_paper())


def test_hostile_words_stay_words() -> None:
    from dataclasses import replace

    paper = mandate_paper(Domain.PAPIERS)
    who = replace(paper.person, name="<script>alert(1)</script>\u202eABC", contact='<img src="file:///etc/passwd">')
    written = flat(render(replace(paper, person=who)))
    assert "<script>alert(1)</script>ABC" in written
    assert '<img src="file:///etc/passwd">' in written


def test_it_is_made_in_a_process_that_goes_away() -> None:
    pdf = render_in_process(revocation_paper(), Paper.A4)
    assert isinstance(pdf, bytes)
    assert "Fin d’un mandat" in flat(pdf)
