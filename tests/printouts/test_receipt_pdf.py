# SPDX-License-Identifier: EUPL-1.2
"""The PDF read back: what is written, for whom, and how large."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from printouts.model import Line, Paper
from printouts.render import render
from tests.printouts import reading
from tests.printouts.receipts import full, short

BOTH = pytest.mark.parametrize("paper", list(Paper))


def flat(pdf: bytes) -> str:
    """The text as one line: where it wraps depends on the paper."""
    return re.sub(r"\s+", " ", reading.text(pdf))


@BOTH
def test_everything_is_written(paper: Paper, pictogram: Path) -> None:
    written = flat(render(full(pictogram), paper, roots=[pictogram.parent]))
    for expected in (
        "Refaire ma carte d’identité",
        "France Services de Souillac",
        "À faire",
        "Faites une pré-demande sur internet.",
        "À apporter",
        "Vous l’avez déjà",
        "Une photo d’identité",
        "Il vous manque",
        "Prenez une facture d’électricité.",
        "Où aller",
        "Mairie de Souillac",
        "05 65 32 71 00",
        "Du lundi au vendredi, de 8 h 30 à 12 h.",
        "Quand",
        "Combien",
        "Avant le",
        "lundi 4 janvier 2027",
        "lundi 1er mars 2027",
        "À qui demander",
        "39 39",
        "K7RM X42A",
        "samedi 21 novembre 2026",
        "Carte d’identité",
        "vendredi 20 novembre 2026",
        "OpenMoji",
        "12 avenue Gambetta",
    ):
        assert expected in written, expected
    assert "service-public.gouv.fr/particuliers/vosdroits/N358" in written.replace(" ", "")


@BOTH
def test_empty_sections_are_left_out(paper: Paper) -> None:
    written = flat(render(short(), paper))
    assert "À faire" in written
    for absent in (
        "À apporter",
        "Où aller",
        "Quand",
        "Combien",
        "Avant le",
        "À qui demander",
        "vérifiées",
        "DUPLICATA",
    ):
        assert absent not in written


@BOTH
def test_one_sentence_a_line(paper: Paper) -> None:
    receipt = replace(short(), do=(Line("Lisez. Signez. Est-ce fait ? Partez."),))
    lines = [line.strip() for line in reading.text(render(receipt, paper)).splitlines()]
    assert {"Lisez.", "Signez.", "Est-ce fait ?", "Partez."} <= set(lines)


@BOTH
def test_deadlines_come_soonest_first(paper: Paper) -> None:
    written = flat(render(full(), paper))
    assert written.index("lundi 4 janvier 2027") < written.index("lundi 1er mars 2027")


@BOTH
def test_a_reprint_says_so(paper: Paper) -> None:
    assert "DUPLICATA" in flat(render(full(duplicate=True), paper))
    assert "DUPLICATA" not in flat(render(full(), paper))


@BOTH
def test_a_trial_says_that_it_does_not_count(paper: Paper) -> None:
    assert "ESSAI Ce texte n’est pas encore vérifié." in flat(render(full(draft=True), paper))
    assert "ESSAI" not in flat(render(full(), paper))


@BOTH
def test_nothing_under_14_points(paper: Paper, pictogram: Path) -> None:
    receipt = full(pictogram, times=12, duplicate=True)
    sizes = reading.sizes(render(receipt, paper, roots=[pictogram.parent]))
    assert min(sizes) >= 13.99, sizes[min(sizes)]
    assert max(sizes) > 20


@BOTH
def test_fonts_are_ours_embedded_and_upright(paper: Paper) -> None:
    names: set[str] = set()
    for page in reading.reader(render(full(), paper)).pages:
        for font in page["/Resources"]["/Font"].values():
            child = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = child["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            assert descriptor["/ItalicAngle"] == 0
            names.add(str(child["/BaseFont"]).partition("+")[2])
    assert names == {"Reading", "Reading-Bold"}


@pytest.mark.clause("EN 5.4", "WCAG 1.3.1")
@BOTH
def test_tagged_for_a_screen_reader(paper: Paper, pictogram: Path) -> None:
    pdf = render(full(pictogram), paper, roots=[pictogram.parent])
    document = reading.reader(pdf)
    root = document.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata is not None
    assert document.metadata.title == "Refaire ma carte d’identité"
    assert b'part="1"' in root["/Metadata"].get_object().get_data()
    kinds = [str(element["/S"]) for element in reading.elements(pdf)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 7
    assert kinds.count("/H3") == 2
    assert {"/L", "/LI", "/P", "/Figure"} <= set(kinds)


@pytest.mark.clause("EN 5.4", "WCAG 1.1.1")
@BOTH
def test_every_picture_that_says_something_has_words(paper: Paper, pictogram: Path) -> None:
    pdf = render(full(pictogram), paper, roots=[pictogram.parent])
    figures = [element for element in reading.elements(pdf) if element["/S"] == "/Figure"]
    words = [str(figure["/Alt"]).replace("\u00a0", " ") for figure in figures]
    assert words.count("Un carré rouge") == 1
    assert words.count("Case cochée") == words.count("Case vide") == 1
    assert words.count("Téléphone") == 2
    assert sum("lundi 4 janvier 2027" in alternative for alternative in words) == 1


@BOTH
def test_each_deadline_can_be_scanned(paper: Paper, pictogram: Path) -> None:
    *codes, number = reading.codes(render(full(pictogram), paper, roots=[pictogram.parent]))
    events = [Calendar.from_ical(code).walk("VEVENT")[0] for code in codes]
    assert number.decode() == full(pictogram).code, "at the foot, for the desk"
    assert [event.decoded("dtstart") for event in events] == [date(2027, 1, 4), date(2027, 3, 1)]
    assert str(events[0]["summary"]) == "Déposez votre demande : œuvre, Noël, « avant »"
    assert len({str(event["uid"]) for event in events}) == 2
    assert not any("K7RM" in str(event["uid"]) for event in events), "what opens the visit stays on the paper"


def test_the_widest_number_fits_on_a_ticket() -> None:
    pdf = render(replace(short(), code="W" * 16), Paper.TICKET)
    assert flat(pdf).count("WWWW WWWW WWWW WWWW") == 1
    lines = [line for line in reading.text(pdf).splitlines() if "WWWW" in line]
    assert max(len(line) for line in lines) < len("WWWW WWWW WWWW WWWW"), "it turns between two groups"


def test_a_long_address_is_never_cut_within_a_word() -> None:
    address = "www.masecurite.interieur.gouv.fr/fr/demarches-en-ligne/plainte-en-ligne"
    written = reading.text(render(replace(short(), source="Plainte", source_url=f"https://{address}"), Paper.TICKET))
    rest, pieces = address, list[str]()
    for line in written[written.index("www.") :].splitlines():
        if rest.startswith(line):
            pieces.append(line)
            rest = rest.removeprefix(line)
    assert rest == "", "the address, and no other sign in it"
    assert len(pieces) > 1
    assert all(piece[-1] in "./-" for piece in pieces[:-1])


def test_an_a4_page_alone_has_no_number() -> None:
    pdf = render(short(), Paper.A4)
    assert len(reading.reader(pdf).pages) == 1
    assert "Page" not in reading.text(pdf)
    width, height = (float(side) for side in reading.reader(pdf).pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_a4_pages_are_numbered_when_there_are_several() -> None:
    document = reading.reader(render(full(times=12), Paper.A4))
    total = len(document.pages)
    assert total >= 3
    for number, page in enumerate(document.pages, start=1):
        assert f"Page {number} sur {total}" in page.extract_text()


def test_the_foot_of_an_a4_paper_is_parted_between_what_is_kept_and_where_it_comes_from_only() -> None:
    parted = 0
    for lines in range(20, 34, 2):
        receipt = replace(short(), do=(Line("Lisez."),) * lines, source="Impôts", site_details=("Ouvert le mardi.",))
        pages = [page.extract_text() for page in reading.reader(render(receipt, Paper.A4)).pages]
        kept, site, source = (
            {number for number, page in enumerate(pages) for one in block if one in page}
            for block in (
                ("Gardez ce papier", "K7RM", "Pour continuer", "Imprimé"),
                ("Ouvert",),
                ("Ces informations", "vérifiées", "OpenMoji", "dessins"),
            )
        )
        assert len(kept) == len(site) == len(source) == 1, f"{lines} lines: one block is on two pages"
        parted += kept != source
    assert parted, "a page that has room for a block takes it"


@pytest.mark.parametrize("times", [1, 30])
def test_a_ticket_is_one_page_as_long_as_its_content(times: int) -> None:
    pdf = render(full(times=times), Paper.TICKET)
    (page,) = reading.reader(pdf).pages
    assert round(float(page.mediabox.width) * 25.4 / 72) == 80
    (picture,) = reading.pictures(pdf, 72)
    ink = picture.point(lambda level: 255 if level < 200 else 0).getbbox()
    assert ink is not None
    below = (picture.height - ink[3]) * 25.4 / 72
    assert 4 <= below <= 14, f"{below} mm of white below the last line"
    assert ink[0] * 25.4 / 72 >= 3.9
    assert (picture.width - ink[2]) * 25.4 / 72 >= 3.9


def test_a_ticket_longer_than_the_longest_page_still_says_everything() -> None:
    document = reading.reader(render(full(times=260), Paper.TICKET))
    assert len(document.pages) == 2
    assert "OpenMoji" in document.pages[-1].extract_text()


def test_a_very_long_word_stays_on_the_paper() -> None:
    (picture,) = reading.pictures(render(replace(short(), do=(Line("x" * 300),)), Paper.TICKET), 72)
    ink = picture.point(lambda level: 255 if level < 200 else 0).getbbox()
    assert ink is not None
    assert (picture.width - ink[2]) * 25.4 / 72 >= 3


def test_the_paper_is_black_white_and_one_grey() -> None:
    colours = {
        level for picture in reading.pictures(render(full(), Paper.A4), 100) for _, level in picture.getcolors() or []
    }
    assert 0 in colours
    assert 255 in colours
    (picture, *_) = reading.pictures(render(short(), Paper.A4), 100)
    counts = sorted(((count, level) for count, level in picture.getcolors() or []), reverse=True)
    assert [level for _, level in counts[:2]] == [255, 0xEC]
