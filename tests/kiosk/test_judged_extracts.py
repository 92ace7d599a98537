# SPDX-License-Identifier: EUPL-1.2
"""Extracts that were damaged, or made to deceive whoever checks them: a sentence, never a traceback nor a lie."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.judged_extracts import CannotJudge, as_json_of, judged, said
from tests.assist.test_extract import PUBLIC, SIGNATURE, WHOLE, written

NAME = "extrait-2026-11-30.json"
PAIR = {NAME: WHOLE, f"{NAME}.sig": SIGNATURE}


def zipped(files: Mapping[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, how)
    return made.getvalue()


ZIP = zipped(PAIR)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("given") / "audit.zip"


def refusal(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    with pytest.raises(CannotJudge) as why:
        judged(file, None, PUBLIC)
    return str(why.value)


@given(st.data())
def test_a_damaged_zip_is_never_a_traceback_and_intact_only_when_its_extract_is(
    place: Path, data: st.DataObject
) -> None:
    changed = bytearray(ZIP)
    changed[data.draw(st.integers(0, len(ZIP) - 1))] ^= data.draw(st.integers(1, 255))
    place.write_bytes(changed[: data.draw(st.integers(0, len(ZIP)) | st.just(len(ZIP)))])
    try:
        found = judged(place, None, PUBLIC)
    except (CannotJudge, OSError):
        return
    for named in found:
        assert said(named)
        if not named.judged.wrong:
            with ZipFile(place) as archive:
                assert archive.read(named.name) == WHOLE


def test_a_zip_bomb_is_not_opened(place: Path) -> None:
    assert "pas été ouvert" in refusal(place, zipped({**PAIR, NAME: bytes(1 << 20)}))
    for how in (ZIP_BZIP2, ZIP_LZMA):
        assert "pas été ouvert" in refusal(place, zipped(PAIR, how))
    assert "pas été ouvert" in refusal(place, zipped({f"{n}.json": b"" for n in range(1001)}, ZIP_STORED))


def test_a_name_that_hides_another_is_refused(place: Path) -> None:
    other = NAME.replace("30", "29")
    twice = zipped({**PAIR, other: WHOLE, f"{other}.sig": SIGNATURE}).replace(other.encode(), NAME.encode())
    assert "le même nom" in refusal(place, twice)


def test_what_a_file_says_of_itself_moves_no_cursor(place: Path) -> None:
    hostile = "\x1b[2J\r\x9b1A\u202ex est intact\n"
    content, signature = written(kiosk=hostile, site=hostile, first_day=hostile, last_day=hostile)
    name = "a\x1b[1A\n\x9b.json"
    assert "\x1b" not in refusal(place, zipped({name: content}))
    for files in ({name: content, f"{name}.sig": signature}, {name: content[:-9], f"{name}.sig": signature}):
        place.write_bytes(zipped(files))
        found = judged(place, None, PUBLIC)
        shown = "\n".join(json.dumps(as_json_of(found), ensure_ascii=False).splitlines() + said(found[0]))
        assert not [sign for sign in shown if not sign.isprintable() and sign not in "\n\u00a0"]


def test_half_a_surrogate_pair_is_no_text(place: Path) -> None:
    content = WHOLE.replace(b'"kiosk":"borne-1"', b'"kiosk":"\\ud800"').replace(
        b'"journal":"j1"', b'"journal":"\\udfff"'
    )
    place.write_bytes(zipped({**PAIR, NAME: content}))
    (found,) = judged(place, None, PUBLIC)
    assert found.judged.wrong
    assert said(found)
