# SPDX-License-Identifier: EUPL-1.2
"""Files and archives that would do harm, or that are damaged, are refused, and nothing is ever raised."""

from __future__ import annotations

import random
import stat
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.graph_check import check_graph
from content.importers.vosdroits import importing, sources
from content.importers.vosdroits.blocks import Unknown
from content.importers.vosdroits.codec import from_json, to_json
from content.importers.vosdroits.draft import said
from content.importers.vosdroits.importing import Summary, TooManyRemovals, import_feed
from content.importers.vosdroits.publications import Publication
from content.importers.vosdroits.reading import read_publication
from content.importers.vosdroits.safe_xml import MAX_DEPTH, XmlFault
from content.importers.vosdroits.serving import official_procedures
from content.importers.vosdroits.sources import NoSource
from content.importers.vosdroits.store import read_index
from content.model import Procedure
from content.text_rules import MAX_TEXT
from tests.content.importers.feed import FEED, SHEET, TREE, document, write_feed
from tests.content.importers.walker import begin, reading, to_the_end, unsafe


def run(source: object, into: Path) -> Summary:
    return import_feed(str(source), into, datetime(2026, 11, 28), downloading=lambda *_: None, reading=lambda *_: None)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><Publication/>', "type de document"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Publication/>', "type de document"),
        (b"<Publication>&unknown;</Publication>", "XML correct"),
        (b"<Publication>", "s'arrête avant la fin"),
        (b"", "est vide"),
        (b"<Publication><", "au milieu d'une balise"),
        (b"<Publication><Titre></Publication>", "pas fermée"),
        (b"<Publication>a & b</Publication>", "un signe"),
        (b"<a>" * (MAX_DEPTH + 2), "les uns dans les autres"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encodage"),
        (b'<Publication ID="../../etc"/>', "identifiant"),
    ],
)
def test_a_hostile_or_broken_file_says_why(data: bytes, words: str) -> None:
    found = read_publication(data, Unknown())
    assert isinstance(found, XmlFault)
    assert words in found.message
    assert found.line >= 1


@pytest.mark.parametrize("pattern", ["A. ", "\u00a0", "mot ", "&lt; ", "x", "1 000 "])
def test_a_long_text_of_one_thing_is_read_at_once(pattern: str) -> None:
    """Twice as long may take twice as long: a rule that looks again at what it has seen would take hours."""
    text = pattern * (200_000 // len(pattern))
    began = time.process_time()
    found = read_publication(
        f'<Publication ID="F1"><Texte><Paragraphe>{text}</Paragraphe></Texte></Publication>'.encode(), Unknown()
    )
    assert isinstance(found, Publication)
    assert all(len(sentence) <= MAX_TEXT for sentence in said(found.body))
    assert time.process_time() - began < 5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from([TREE, SHEET]))
def test_a_damaged_file_never_raises(seed: int, data: bytes) -> None:
    chance = random.Random(seed)  # noqa: S311 (damage, not a secret)
    damaged = bytearray(data)
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(damaged))
        damaged[at : at + chance.randrange(3)] = bytes(chance.randrange(256) for _ in range(chance.randrange(4)))
    found = read_publication(bytes(damaged), Unknown())
    if isinstance(found, Publication):
        assert from_json(to_json(found)) == found


_NAMES = (
    "Paragraphe",
    "Liste",
    "Item",
    "Cas",
    "BlocCas",
    "Chapitre",
    "Tableau",
    "Rangée",
    "Cellule",
    "Condition",
    "estVrai",
    "Titre",
    "FragmentConditionne",
    "ServiceEnLigne",
    "OuSAdresser",
    "Inconnu",
    "Attention",
    "Branche",
    "SiSelectionne",
    "Texte",
)
_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&"), max_size=12)


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def made(name: str, inner: list[str], text: str) -> str:
        return f"<{name}>{text}{''.join(inner)}</{name}>"

    return st.builds(made, st.sampled_from(_NAMES), st.lists(children, max_size=4), _TEXT)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(_TEXT, _element, max_leaves=25))
def test_any_order_of_elements_is_read_and_compiled(tmp_path_factory: pytest.TempPathFactory, inner: str) -> None:
    from content.importers.vosdroits.compiling import compile_procedure

    data = document(
        "F1", "Fiche Comment faire si", "x", f"<Texte>{inner}</Texte><Problematiques>{inner}</Problematiques>"
    )
    found = read_publication(data, Unknown())
    assert isinstance(found, Publication)
    made = compile_procedure(found, lambda _: found if _ == "F1" else None, lambda _: "")
    procedure = Procedure(
        "sp-f1", "fr", ("fr",), "justice", "document", "x", "", (), "debut", made.steps, made.road_map, (), ""
    )
    assert {finding.code for finding in check_graph(procedure)} <= {"not-yet-asked"}
    assert unsafe(procedure) == []
    to_the_end(begin(procedure), reading)


# The store


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    feed, into = write_feed(tmp_path / "feed"), tmp_path / "official"
    first = run(feed, into)
    assert (first.read, first.unchanged, first.walkable, first.broken) == (5, 0, 2, 0)
    before = official_procedures(into)["sp-f9001"]["fr"].content_hash
    (feed / "F9002.xml").write_bytes(SHEET.replace("38 €".encode(), "40 €".encode()))
    (feed / "N9200.xml").unlink()
    again = run(feed, into)
    assert (again.read, again.unchanged, again.removed) == (1, 3, 1)
    assert official_procedures(into)["sp-f9001"]["fr"].content_hash != before


def test_a_broken_file_is_named_and_its_last_good_content_stays(tmp_path: Path) -> None:
    feed, into = write_feed(tmp_path / "feed"), tmp_path / "official"
    run(feed, into)
    (feed / "F9002.xml").write_bytes(SHEET[:400] + b"\n<")
    (feed / "F8.xml").write_bytes(b"<Publication\n\n ID=>")
    (feed / "menu.xml").write_bytes(b"<Arborescence/>")
    summary = run(feed, into)
    assert {(problem.file, problem.line) for problem in summary.problems} == {("F9002.xml", 4), ("F8.xml", 3)}
    assert (summary.broken, summary.kept, summary.other) == (2, 1, ["menu.xml"])
    index = read_index(into)
    assert index is not None
    assert "F9002" in index.entries


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_an_import_that_would_remove_most_sheets_changes_nothing_unless_it_is_accepted(tmp_path: Path) -> None:
    feed, into = write_feed(tmp_path / "feed"), tmp_path / "official"
    run(feed, into)
    before = files_of(into)
    other = tmp_path / "other"
    other.mkdir()
    (other / "F9001.xml").write_bytes(TREE.replace(b"moteur", b"voile"))
    (other / "F9999.xml").write_bytes(SHEET.replace(b"F9002", b"F9999"))
    with pytest.raises(TooManyRemovals) as refused:
        run(other, into)
    assert (refused.value.removed, refused.value.known) == (4, 5)
    assert files_of(into) == before
    accepted = import_feed(
        str(other),
        into,
        datetime(2026, 11, 28),
        downloading=lambda *_: None,
        reading=lambda *_: None,
        accept_removals=True,
    )
    assert (accepted.read, accepted.removed) == (2, 4)


def test_nothing_but_what_an_import_wrote_is_ever_removed(tmp_path: Path) -> None:
    feed, into = write_feed(tmp_path / "feed"), tmp_path / "official"
    (into / "publications" / "mine").mkdir(parents=True)
    (into / "publications" / "notes.txt").write_text("x", encoding="utf-8")
    run(feed, into)
    assert (into / "publications" / "notes.txt").exists()
    assert (into / "publications" / "mine").is_dir()


def test_an_import_that_is_cut_leaves_the_former_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, into = write_feed(tmp_path / "feed"), tmp_path / "official"
    run(feed, into)
    before = (into / "index.json").read_bytes()
    (feed / "F9001.xml").write_bytes(TREE.replace(b"moteur", b"voile"))

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing.Store, "close_with", cut)
    with pytest.raises(KeyboardInterrupt):
        run(feed, into)
    assert (into / "index.json").read_bytes() == before
    assert len(official_procedures(into)["sp-f9001"]["fr"].steps) > 5


def test_a_kiosk_that_runs_meanwhile_keeps_its_texts(tmp_path: Path) -> None:
    feed, into = write_feed(tmp_path / "feed"), tmp_path / "official"
    run(feed, into)
    running = official_procedures(into)["sp-f9001"]["fr"]
    (feed / "F9002.xml").write_bytes(SHEET.replace(b"photos", b"images"))
    run(feed, into)
    assert any("Deux photos" in text for step in running.steps.values() for text in step.say)


def test_a_damaged_store_gives_nothing_or_less_and_never_raises(tmp_path: Path) -> None:
    feed, into = write_feed(tmp_path / "feed"), tmp_path / "official"
    run(feed, into)
    for file in (into / "publications").iterdir():
        file.write_bytes(b"{")
    procedure = official_procedures(into)["sp-f9001"]["fr"]
    assert procedure.steps["debut"].title
    damaged = (
        b'{"format": 1, "publications": [{"file": "../../x"}]}',
        b'{"format": 1, "publications": ["x"]}',
        b"[" * 10_000,
    )
    for index in damaged:
        (into / "index.json").write_bytes(index)
        assert official_procedures(into) == {}
    assert official_procedures(tmp_path / "absent") == {}


# Archives


def zipped(path: Path, fill: Callable[[zipfile.ZipFile], None]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return path


def whole_feed(archive: zipfile.ZipFile) -> None:
    for name, data in FEED.items():
        archive.writestr(f"vosdroits/{name}", data)


def test_a_zip_is_imported_as_a_folder_is(tmp_path: Path) -> None:
    summary = run(zipped(tmp_path / "feed.zip", whole_feed), tmp_path / "official")
    assert (summary.read, summary.broken) == (5, 0)


def link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("F1.xml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


@pytest.mark.parametrize(
    ("fill", "words"),
    [
        (lambda archive: archive.writestr("../F1.xml", TREE), "mène ailleurs"),
        (lambda archive: archive.writestr("/F1.xml", TREE), "mène ailleurs"),
        (lambda archive: archive.writestr("a\\..\\..\\F1.xml", TREE), "mène ailleurs"),
        (link, "un lien"),
        (lambda archive: archive.writestr("note.txt", "x"), "aucun fichier XML"),
    ],
)
def test_a_hostile_zip_is_refused(tmp_path: Path, fill: Callable[[zipfile.ZipFile], None], words: str) -> None:
    with pytest.raises(NoSource, match=words):
        run(zipped(tmp_path / "feed.zip", fill), tmp_path / "official")


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def bomb(archive: zipfile.ZipFile) -> None:
        whole_feed(archive)
        archive.writestr("F1.xml", b" " * 9_000_000)

    summary = run(zipped(tmp_path / "feed.zip", bomb), tmp_path / "official")
    assert [problem.file for problem in summary.problems] == ["F1.xml"]
    monkeypatch.setattr(sources, "MAX_TOTAL", 1_000_000)
    with pytest.raises(NoSource, match="dépasserait"):
        run(tmp_path / "feed.zip", tmp_path / "official")


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "feed.zip", whole_feed)
    monkeypatch.setattr(sources, "MAX_TOTAL", 2000)
    monkeypatch.setattr(sources, "_refuse_hostile", lambda entries: None)
    with pytest.raises(NoSource, match="plus de"):
        run(path, tmp_path / "official")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 not a zip")
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "x.zip", tmp_path / "empty", tmp_path / "absent"):
        with pytest.raises(NoSource):
            run(source, tmp_path / "official")


def test_one_file_of_the_feed_is_not_the_feed(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed")
    with pytest.raises(NoSource, match="un seul fichier du flux"):
        run(feed / "F9001.xml", tmp_path / "official")


@pytest.mark.parametrize(("inside", "words"), [("", "est le dossier du flux"), ("a/b", "est dans le dossier")])
def test_nothing_is_written_in_the_folder_of_the_feed(tmp_path: Path, inside: str, words: str) -> None:
    feed = write_feed(tmp_path / "feed")
    before = files_of(feed)
    with pytest.raises(NoSource, match=words):
        run(feed, feed / inside)
    assert files_of(feed) == before
    assert not (feed / "a").exists()


# An address


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[str]:
    data = zipped(tmp_path / "served.zip", whole_feed).read_bytes()

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/feed.zip" else 404)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_feed_is_fetched_from_an_address(tmp_path: Path, publisher: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(f"{publisher}feed.zip", tmp_path / "official").read == 5
    with pytest.raises(NoSource, match="404"):
        run(f"{publisher}other.zip", tmp_path / "official")
    monkeypatch.setattr(sources, "MAX_DOWNLOAD", 100)
    with pytest.raises(NoSource, match="refusé"):
        run(f"{publisher}feed.zip", tmp_path / "official")
    with pytest.raises(NoSource, match="ne répond pas"):
        run("http://127.0.0.1:9/feed.zip", tmp_path / "official")
