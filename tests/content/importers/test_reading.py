# SPDX-License-Identifier: EUPL-1.2
"""Every element of the feed is read, and what is not known is kept and counted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from content.importers.vosdroits import draft
from content.importers.vosdroits import publications as p
from content.importers.vosdroits.blocks import Unknown
from content.importers.vosdroits.cleaning import address, ended, plain, sentences, shortened
from content.importers.vosdroits.codec import NotOurs, from_json, to_json
from content.importers.vosdroits.reading import NotAPublication, read_publication
from content.text_rules import safety
from tests.content.importers.feed import EVENT, SERVICE, SHEET, TREE, document, titled


def loose(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines with ordinary spaces."""
    return tuple(line.replace("\u00a0", " ") for line in lines)


def said(blocks: Sequence[p.Block]) -> tuple[str, ...]:
    return loose(draft.said(blocks))


def read(data: bytes, unknown: Unknown | None = None) -> p.Publication:
    found = read_publication(data, unknown or Unknown())
    assert isinstance(found, p.Publication), found
    return found


def test_a_guided_tree() -> None:
    tree = read(TREE)
    assert (tree.number, tree.title, tree.modified, tree.theme) == ("F9001", "Mon bateau", "2026-05-04", "N19812")
    lost, price, _ = tree.branches
    engine, canoe = lost.branches
    assert engine.sets == ("VM",)
    assert [branch.sets for branch in engine.branches] == [("V1",), ("V2",)]
    assert canoe.links == ("F9002",)
    assert said(canoe.help) == ("Un canoë est un petit bateau.", "Rappel : il flotte.")
    assert price.links == ("R9100",)
    assert tree.walkable


def test_a_sheet_with_everything() -> None:
    unknown = Unknown()
    sheet = read(SHEET, unknown)
    intro, warning, situations, stranger = sheet.body
    assert intro == p.Paragraph("Un bateau a des papiers.", ("R9300",))
    assert isinstance(warning, p.Note)
    assert (warning.kind, said(warning.blocks)) == ("Avertissement", ("Elle change en mai.",))
    assert isinstance(situations, p.Cases)
    engine, none = situations.cases
    assert (engine.title, engine.when) == ("À moteur", p.IsTrue("VM"))
    papers, cost, delay = engine.blocks
    assert isinstance(papers, p.Chapter)
    assert papers.kind == "pieces"
    assert isinstance(cost, p.Chapter)
    assert said(cost.blocks) == ("Le titre coûte 38 €.", "Il se paie en timbres.")
    assert isinstance(delay, p.Chapter)
    assert isinstance(delay.blocks[-1], p.Fragment)
    assert isinstance(none.blocks[1], p.Cases)
    assert stranger == p.Paragraph("Un texte d'un schéma à venir.")
    assert unknown.elements == {"NouveauBloc": 1, "DateCreation": 1}
    town, call, form, service = sheet.resources
    assert isinstance(town, p.Office)
    assert (town.title, town.pivot, town.url) == ("Mairie", "mairie", "https://lannuaire.example.fr/mairie")
    assert isinstance(call, p.Office)
    assert call.phone == "01 23 45 67 89"
    assert isinstance(form, p.Service)
    assert (form.cerfa, form.kind, form.publisher) == ("12345*06", "Formulaire", "Ministère")
    assert isinstance(service, p.Service)
    assert service.when == p.IsTrue("VM")
    assert sheet.terms == (p.Term("R9300", "Papiers de bateau", "Documents qui suivent un bateau."),)
    assert ("F9003", "Que faire en panne\u00a0?") in [(one.number, one.title) for one in sheet.related]


def test_a_table_says_its_columns_and_repeats_cells_that_span_rows() -> None:
    sheet = read(SHEET)
    tables = [block for block in _all_blocks(sheet.body) if isinstance(block, p.Table)]
    assert loose(draft.rows_said(tables[0])) == (
        "Selon l'âge.",
        "10 ans, Papier : Ancien titre.",
        "10 ans, Papier : Contrôle.",
    )


def _all_blocks(blocks: tuple[p.Block, ...]) -> list[p.Block]:
    found: list[p.Block] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, p.Cases):
            found += [inner for case in block.cases for inner in _all_blocks(case.blocks)]
        elif isinstance(block, p.Chapter | p.Fragment | p.Note):
            found += _all_blocks(block.blocks)
    return found


def test_questions_of_an_event_and_every_operator() -> None:
    event = read(EVENT)
    (question,) = event.questions
    assert [(c.title, c.sets, c.unsets) for c in question.choices] == [
        ("Seul", ("SEUL",), ("GROUPE",)),
        ("En groupe", ("GROUPE",), ("SEUL",)),
    ]
    tests = [block.when for block in event.body if isinstance(block, p.Chapter)]
    assert tests == [
        p.IsTrue("SEUL"),
        p.Some((p.IsTrue("GROUPE"), p.IsUnset("SEUL"))),
        p.Negation(p.All((p.IsFalse("GROUPE"),))),
    ]
    assert event.walkable


def test_a_service() -> None:
    service = read(SERVICE)
    assert (service.target, service.kind) == ("https://www.example.fr/prix", "Simulateur")


def test_what_the_feed_gained_since_the_sample() -> None:
    """Elements that readers of later versions of the feed tell of; the sample of 2020 has none of them."""
    unknown = Unknown()
    link = '<LienExterne URL="https://exemple.fr">le site</LienExterne>'
    inner = f"""<Texte><TitreFlottant><Paragraphe>Avant</Paragraphe></TitreFlottant>
        <Exemple><Titre>Exemple</Titre><Paragraphe>Un an.</Paragraphe></Exemple>
        <LienExterneCommente><Commentaire>Voyez</Commentaire> {link}</LienExterneCommente>
        <Image source="a.png"/><Video><Titre>Film</Titre></Video></Texte>
        <Conclusion><Liste type="caseACocher"><Item><Condition><estFaux var="X"/></Condition>
        <Paragraphe>Écrire à la mairie</Paragraphe></Item></Liste></Conclusion>"""
    sheet = read(document("F9009", "Fiche Question-réponse conditionnée", "Nouveau", inner), unknown)
    kinds = [type(block).__name__ for block in sheet.body]
    assert kinds == ["Paragraph", "Note", "Paragraph", "Items"]
    assert not unknown.elements
    assert said(sheet.body[:3]) == ("Avant.", "Exemple : Un an.", "Voyez le site.")


def test_an_unknown_operator_does_not_hide_the_part() -> None:
    unknown = Unknown()
    data = document(
        "F1", "Fiche", "x", "<Texte><FragmentConditionne><Condition><peutEtre var='A'/></Condition>"
        "<Paragraphe>Visible.</Paragraphe></FragmentConditionne></Texte>"
    )  # fmt: skip
    (fragment,) = read(data, unknown).body
    assert isinstance(fragment, p.Fragment)
    assert fragment.when is None
    assert unknown.elements == {"Condition/peutEtre": 1}


def test_a_file_that_is_something_else() -> None:
    assert read_publication(b"<Arborescence/>", Unknown()) == NotAPublication("Arborescence")


def test_publications_come_back_from_json_as_they_were() -> None:
    for data in (TREE, SHEET, EVENT, SERVICE):
        publication = read(data)
        assert from_json(to_json(publication)) == publication


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"_":"Publication"}', b'{"_":"os.system"}', b'{"a":1}', b"[" * 90000]
)
def test_a_file_that_is_not_ours_is_refused(data: bytes) -> None:
    with pytest.raises(NotOurs):
        from_json(data)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("  a\n\tb  ", "a b"),
        ("<b> & [x] {y}", "moins de b plus de et (x) (y)"),
        ("voir https://a.fr//b", "voir a.fr/b"),
        ("au\u202egauche\u200b\x1b[31m", "augauche(31m"),
        ("3\u202f000 €", "3\u00a0000\u00a0€"),
    ],
)
def test_text_is_made_safe(text: str, safe: str) -> None:
    assert plain(text) == safe
    assert not list(safety(plain(text)))


def test_addresses() -> None:
    assert address("https://a.fr/b?c=d#e") == "https://a.fr/b?c=d#e"
    for bad in (
        "javascript:alert(1)",
        "ftp://a.fr",
        "https://a.fr/<x>",
        "https:// a.fr",
        None,
        "https://a.fr/" + "x" * 400,
    ):
        assert address(bad) == ""


def test_sentences_end_where_they_end() -> None:
    assert sentences("Voyez M. Dupont. Puis l'art. 3. Fin ?") == ("Voyez M. Dupont.", "Puis l'art. 3.", "Fin ?")
    long = ", ".join(["un morceau de phrase"] * 60) + "."
    assert all(len(part) <= 400 for part in sentences(long))
    assert " ".join(sentences(long)) == long
    assert ended("Gratuit") == "Gratuit."
    assert shortened("Une assez longue réponse, vraiment", 20) == "Une assez longue…"


def test_glued_values_are_parted_and_exponents_are_not() -> None:
    text = "égales à<Valeur>12 €</Valeur>, le 1<Exposant>er</Exposant> mai, 50 cm<Exposant>3</Exposant>"
    data = document("F1", "Fiche", "x", f"<Texte><Paragraphe>{text}</Paragraphe></Texte>")
    assert said(read(data).body) == ("égales à 12 €, le 1er mai, 50 cm³.",)


def test_titles_without_stars() -> None:
    assert read(document("F1", "Recherche guidée", "**CNI", titled("x"))).title == "CNI"
