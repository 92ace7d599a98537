# SPDX-License-Identifier: EUPL-1.2
"""Nothing hostile has any effect: no markup, no style, no file, no address."""

from __future__ import annotations

import logging
import subprocess
import sys
import textwrap
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from printouts.model import DeadlineLine, DocumentLine, Line, Paper, PlaceLine, Receipt
from printouts.render import compose, render
from printouts.sealed import Album, Refused, picture
from tests.printouts import reading
from tests.printouts.receipts import SVG, full, short

HOSTILE = (
    "<b>gras</b>",
    "</p><img src='file:///etc/passwd'><p>",
    "<style>*{font-size:200pt}@import url(http://127.0.0.1:9/x.css)</style>",
    "<link rel=attachment href=file:///etc/passwd>",
    '"><script>alert(1)</script>',
    "url(file:///etc/passwd)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;&#x41;",
    "\x1b]0;x\x07\u202eabc\x00",
)


def hostile_everywhere(text: str) -> Receipt:
    """A receipt where each field is hostile."""
    day = short().printed_on
    place = PlaceLine(text, text, text, text, text, text)
    return replace(
        full(),
        code=text,
        title=text,
        site=text,
        site_details=(text,),
        do=(Line(text, alternative=text),),
        bring=(DocumentLine(text, False, (text,)), DocumentLine(text, True)),
        where=(place,),
        when=(Line(text),),
        cost=(Line(text),),
        deadlines=(DeadlineLine(text, day),),
        contacts=(place,),
        source=text,
        source_url=text,
    )


@cache
def peaceful_kinds() -> Counter[str]:
    return Counter(str(element["/S"]) for element in reading.elements(render(hostile_everywhere("mot"), Paper.A4)))


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_only_letters(text: str) -> None:
    pdf = render(hostile_everywhere(text), Paper.A4)
    kinds = Counter(str(element["/S"]) for element in reading.elements(pdf))
    for kind in ("/Figure", "/H1", "/H2", "/H3", "/Link", "/LI"):
        assert kinds[kind] == peaceful_kinds()[kind]
    assert max(reading.sizes(pdf)) < 40
    assert b"/EmbeddedFile" not in pdf
    assert b"root:" not in pdf
    assert "49" not in reading.text(pdf)


def test_the_letters_of_markup_are_printed_as_they_are() -> None:
    assert "<b>gras</b>" in reading.text(render(replace(short(), do=(Line("<b>gras</b>"),)), Paper.A4))


def test_control_characters_never_reach_the_document() -> None:
    html = compose(hostile_everywhere("\x1b]0;x\x07\u202eabc\x00"), Paper.A4).html
    assert not set("\x1b\x07\x00\u202e") & set(html)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:9/", "data:text/css,*{}", "sealed:nothing", "SEALED:x", "x", ""]
)
def test_the_album_serves_nothing_else(address: str) -> None:
    album = Album({"x": ("image/png", b"x")})
    with pytest.raises(Refused):
        album.fetch(address)
    assert album.fetch("sealed:x").read() == b"x"


def test_pictograms_come_from_their_folder_only(
    tmp_path: Path, pictogram: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.svg").symlink_to(pictogram)
    (inside / "notes.txt").write_text("x")
    (inside / "folder.svg").mkdir()
    (inside / "huge.svg").write_bytes(b" " * 600_000)
    (inside / "broken.svg").write_text("<svg")
    with caplog.at_level(logging.WARNING):
        for name in ("link.svg", "notes.txt", "folder.svg", "huge.svg", "broken.svg", "none.svg", "../square.svg"):
            assert picture(inside / name, [inside], line_art=True) is None, name
    assert len(caplog.records) == 7
    assert picture(pictogram, [tmp_path], line_art=False) == ("image/svg+xml", SVG.encode())


def test_a_receipt_with_a_refused_pictogram_is_printed_without_it(pictogram: Path) -> None:
    written = reading.text(render(full(pictogram), Paper.A4, roots=[]))
    assert "Prenez rendez-vous dans une mairie." in written
    kinds = [str(element["/S"]) for element in reading.elements(render(full(pictogram), Paper.A4, roots=[]))]
    assert kinds.count("/Figure") == 7


def test_line_art_has_no_dark_colour(pictogram: Path, tmp_path: Path) -> None:
    found = picture(pictogram, [tmp_path], line_art=True)
    assert found is not None
    assert b"#ea5a47" not in found[1]
    assert b'stroke="#000000"' in found[1]


@pytest.mark.parametrize(
    "part",
    [
        "<style>@import url({secret});</style>",
        '<image href="{secret}" width="72" height="72"/>',
        '<image xlink:href="{secret}" width="72" height="72"/>',
        '<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>',
        '<use href="{secret}#x"/>',
        '<rect width="72" height="72" fill="url({secret}#x)"/>',
        '<text font-family="x">&lt;p&gt;</text><script>x</script>',
    ],
)
def test_a_hostile_pictogram_reads_nothing(
    part: str, tmp_path: Path, complaints: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(SVG.replace("<rect", '<rect id="x"'), encoding="utf-8")
    evil = tmp_path / "evil.svg"
    evil.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 72 72">'
        f"{part.format(secret=secret.as_uri())}</svg>",
        encoding="utf-8",
    )
    served: list[str] = []
    fetch = Album.fetch

    def spy(album: Album, url: str, headers: object = None) -> object:
        answer = fetch(album, url)
        served.append(url)
        return answer

    monkeypatch.setattr(Album, "fetch", spy)
    pdf = render(replace(short(), pictogram=evil), Paper.A4, roots=[tmp_path])
    assert "Déclarer mes revenus" in reading.text(pdf)
    assert served
    assert all(url.startswith("sealed:") for url in served)
    assert b"0.917647" not in pdf, "the red of the secret drawing"
    complaints.clear()


def test_entity_bombs_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.svg"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb.write_text(f'<!DOCTYPE s [<!ENTITY e0 "aaaaaaaaaa">{entities}]><svg xmlns="x">&e11;</svg>')
    assert picture(bomb, [tmp_path], line_art=False) is None


def test_no_file_and_no_connection_while_rendering(tmp_path: Path) -> None:
    """Python's own audit of what is opened, in a fresh process, once everything is warm."""
    program = textwrap.dedent("""
        import sys
        from printouts.model import Paper
        from printouts.render import render
        from tests.printouts.receipts import full
        from tests.printouts.test_receipt_sealed import HOSTILE, hostile_everywhere
        for paper in Paper:
            render(full(), paper)
        seen = []
        def audit(event, arguments):
            if event in ("open", "os.open", "urllib.Request") or event.startswith("socket."):
                seen.append((event, str(arguments[0])))
        sys.addaudithook(audit)
        papers = list(Paper)
        for number, text in enumerate(HOSTILE):
            render(hostile_everywhere(text), papers[number % len(papers)])
        print("seen", seen)
    """)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "seen []"
