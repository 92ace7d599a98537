# SPDX-License-Identifier: EUPL-1.2
"""A signed extract: with the public key alone, whatever was changed in it is found, and the first bad row named."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey, VerifyKey

from assist.journal.chain import Head, Link, bind, commitment_of, genesis
from assist.journal.checkpoints import Checkpoint, countersigned_bytes
from assist.journal.extract.checking import Judged, judge
from assist.journal.extract.layout import About, Witnessed
from assist.journal.extract.of_kiosk import Period, extract
from assist.journal.extract.writing import words, write
from assist.journal.opening import public_bytes
from assist.journal.store import open_journal
from tests.assist.sample_journal import NOON, SESSION, events, noon, unguarded
from tests.assist.server.chains import chained

SITE = SigningKey(bytes(32))
KIOSK = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
JOURNAL = "j1"
PUBLIC = bytes(SITE.verify_key)
START = genesis(JOURNAL.encode(), public_bytes(KIOSK))
ROWS = chained(START, *[("step.continued", {"step": f"e{n}"}) for n in range(12)])


def point(number: int, link: Link) -> Witnessed:
    unsigned = Checkpoint(JOURNAL, public_bytes(KIOSK), number, link.seq, link.hash, 1, "2026-11-30", "regular")
    signed = replace(unsigned, signature=KIOSK.sign(unsigned.signed_bytes()))
    return Witnessed(signed, "2026-12-01", SITE.sign(countersigned_bytes(signed, "2026-12-01")).signature)


POINTS = (point(1, ROWS[3]), point(2, ROWS[8]))


def written(
    rows: Sequence[Link] = ROWS, start: Head = START, points: Sequence[Witnessed] = POINTS, **about: object
) -> tuple[bytes, bytes]:
    """An extract and its signature."""
    known = About(
        "Maison d'essai", "borne-1", JOURNAL, public_bytes(KIOSK), PUBLIC, "now", "2026-11-30", "2026-11-30", start
    )
    file = BytesIO()
    known = replace(known, words=words(), **about)  # type: ignore[arg-type]
    signature = write(file, known, points, rows, lambda message: SITE.sign(message).signature).signature
    return file.getvalue(), signature


def judged(content: bytes, signature: bytes, key: bytes = PUBLIC) -> Judged:
    return judge(BytesIO(content), signature, key)


WHOLE, SIGNATURE = written()


def test_what_was_signed_is_intact_and_the_file_is_plain_json() -> None:
    found = judged(WHOLE, SIGNATURE)
    assert (found.wrong, found.rows, found.first_bad, found.covered, found.last) == ("", 12, None, 9, 12)
    data = json.loads(WHOLE)
    assert list(data)[-3:] == ["checkpoints", "rows", "end"]
    assert data["rows"][0]["payload"] == '{"step": "e0"}', "the very text that is hashed"
    assert data["words"]["step.continued"]["days"] == 183


def test_a_checker_of_ones_own_needs_the_page_only() -> None:
    """As ``docs/extrait-audit.md`` tells it, with nothing of ours."""

    def framed(*fields: bytes) -> bytes:
        return b"".join(len(field).to_bytes(8, "big") for field in fields) + b"".join(fields)

    def number(value: int) -> bytes:
        return value.to_bytes(8, "big", signed=True)

    signature = json.loads(SIGNATURE)
    message = framed(b"pas-a-pas audit extract 1", sha256(WHOLE).digest())
    VerifyKey(PUBLIC).verify(message, bytes.fromhex(signature["signature"]))
    data = json.loads(WHOLE)
    before, hashes = bytes.fromhex(data["before"]["hash"]), {}
    for row in data["rows"]:
        commitment = sha256(bytes.fromhex(row["salt"]) + row["payload"].encode()).digest()
        texts = [row[name].encode() for name in ("id", "session", "time", "type")]
        place = (before, number(row["seq"]), row["kiosk"].encode(), number(row["boot"]))
        digest = sha256(framed(b"pas-a-pas event 1", *place, *texts, commitment)).digest()
        assert (row["commitment"], row["prev"], row["hash"]) == (commitment.hex(), before.hex(), digest.hex())
        before = hashes[row["seq"]] = digest
    assert data["end"] == {"rows": len(data["rows"]), "hash": before.hex()}
    for row in data["checkpoints"]:
        key, hash_ = bytes.fromhex(data["key"]), hashes[row["seq"]]
        place = (number(row["number"]), number(row["seq"]), hash_, number(row["boot"]))
        signed = framed(
            b"pas-a-pas checkpoint 1", data["journal"].encode(), key, *place, row["time"].encode(), row["kind"].encode()
        )
        own = bytes.fromhex(row["signature"])
        VerifyKey(key).verify(signed, own)
        seen = framed(b"pas-a-pas countersignature 1", signed, own, row["came"].encode())
        VerifyKey(PUBLIC).verify(seen, bytes.fromhex(row["countersignature"]))


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(at: int, by: int) -> None:
    changed = bytearray(WHOLE)
    changed[at] ^= by
    assert judged(bytes(changed), SIGNATURE).wrong


@given(st.integers(0, len(SIGNATURE) - 2), st.integers(1, 255))
def test_any_changed_byte_of_the_signature_is_found_or_says_the_same(at: int, by: int) -> None:
    changed = bytearray(SIGNATURE)
    changed[at] ^= by
    found = judged(WHOLE, bytes(changed))
    # A capital digit says the same number; the digest that is told is not what is compared.
    same = bytes(changed).lower() == SIGNATURE.lower() or b'"sha256"' not in changed or _digest_only(bytes(changed))
    assert found.wrong or same


def _digest_only(changed: bytes) -> bool:
    try:
        told, true = json.loads(changed), json.loads(SIGNATURE)
    except ValueError:
        return False
    return all(told.get(name) == true[name] for name in ("format", "key", "signature"))


def _without(rows: Sequence[Link], seq: int) -> list[Link]:
    return [link for link in rows if link.seq != seq]


def _with(seq: int, **changes: object) -> Callable[[], Sequence[Link]]:
    return lambda: [link._replace(**changes) if link.seq == seq else link for link in ROWS]


def _anew(seq: int) -> Sequence[Link]:
    link = ROWS[seq - 1]
    changed = link._replace(payload=b"{}", commitment=commitment_of(link.salt or b"", b"{}"))
    return [*ROWS[: seq - 1], bind(Head(seq - 1, link.prev), changed), *ROWS[seq:]]


@pytest.mark.parametrize(
    ("rows", "first_bad", "said"),
    [
        (_with(5, payload=b'{"step": "e9"}'), 5, "La ligne 5 a été modifiée."),
        (_with(7, session=b"other"), 7, "La ligne 7 a été modifiée."),
        (_with(6, payload=None, salt=None), 6, "Le contenu de la ligne 6 a été effacé hors délai."),
        (lambda: _without(ROWS, 3), 3, "La ligne 3 manque."),
        (lambda: _anew(6), 6, "La ligne 6 a été modifiée."),
        (lambda: [*ROWS[:4], ROWS[5], ROWS[4], *ROWS[6:]], 5, "La ligne 5 manque."),
    ],
)
def test_a_site_that_signs_altered_rows_is_found(rows: Callable[[], Sequence[Link]], first_bad: int, said: str) -> None:
    """The signature of the extract holds, the chain does not: somebody changed the database before."""
    found = judged(*written(rows()))
    assert (found.first_bad, found.boot, found.wrong) == (first_bad, 1, said)


def test_rows_taken_out_of_the_file_are_named() -> None:
    lines = WHOLE.splitlines(keepends=True)
    found = judged(b"".join(line for line in lines if b'"seq":6,' not in line or b'"payload"' not in line), SIGNATURE)
    assert found.first_bad == 6


def test_a_file_that_was_cut_is_found() -> None:
    for kept in (0, 10, len(WHOLE) // 2, len(WHOLE) - 1):
        assert judged(WHOLE[:kept], SIGNATURE).wrong


def test_another_key_and_another_signature_are_told_apart() -> None:
    other = SigningKey(b"1" * 32)
    assert "une autre clé" in judged(WHOLE, SIGNATURE, bytes(other.verify_key)).wrong
    _, of_another = written(ROWS[:9])
    assert "La signature n'est pas celle de cet extrait" in judged(WHOLE, of_another).wrong
    for nothing in (b"", b"[]", b"{}", b"[" * 10_000):
        assert "n'en est pas un" in judged(WHOLE, nothing).wrong


def test_an_extract_that_begins_in_the_middle_says_what_came_before() -> None:
    found = judged(*written(ROWS[5:], Head(5, ROWS[4].hash), POINTS[1:]))
    assert (found.wrong, found.rows, found.covered) == ("", 7, 9)
    wrong = judged(*written(ROWS, Head(0, bytes(32))))
    assert wrong.first_bad == 1


def test_content_erased_at_its_end_is_no_fault_and_is_told() -> None:
    rows = [link._replace(payload=None, salt=None) if link.seq <= 4 else link for link in ROWS]
    assert judged(*written(rows, erased={"step.continued": 4})).wrong == ""
    assert judged(*written(rows)).first_bad == 1
    assert judged(*written(ROWS, erased={"step.continued": 4})).first_bad == 1, "it says that it is erased"


def test_checkpoints_that_another_key_signed_are_found() -> None:
    one = POINTS[0]
    forged = replace(one, checkpoint=replace(one.checkpoint, signature=bytes(64)))
    assert "n'est pas signé par la clé de la borne" in judged(*written(points=[forged])).wrong
    unseen = replace(one, came="2020-01-01")
    assert "contresigné" in judged(*written(points=[unseen])).wrong
    assert judged(*written(points=[replace(one, countersignature=b"")])).wrong == "", "the site has not signed it yet"


def kept(path: Path) -> Path:
    """A closed journal of 230 events, with checkpoints of rows 100, 200 and 230."""
    journal = open_journal(path, "borne-1", noon).journal
    for count in (100, 100, 30):
        journal.append(events(count), NOON, SESSION)
    journal.close()
    return path


def test_a_kiosk_makes_its_own(tmp_path: Path) -> None:
    path = kept(tmp_path / "journal.db")
    day = Period(NOON.date(), NOON.date(), UTC)
    with (tmp_path / "extrait.json").open("wb") as file:
        done = extract(path, file, day, "Mairie", NOON)
    assert done is not None
    key = bytes.fromhex(json.loads(done.signature)["key"])
    content = (tmp_path / "extrait.json").read_bytes()
    found = judged(content, done.signature, key)
    assert (found.wrong, found.rows, found.covered) == ("", 230, 230)
    assert extract(path, BytesIO(), Period(date(2020, 1, 1), date(2020, 1, 2), UTC), "Mairie", NOON) is None


def test_a_period_goes_on_to_the_signature_that_covers_it(tmp_path: Path) -> None:
    path = kept(tmp_path / "journal.db")
    with unguarded(path) as connection:
        at = datetime(2026, 11, 23, tzinfo=UTC).isoformat(timespec="milliseconds")
        connection.execute("UPDATE event SET time = ? WHERE seq > 120", (at,))
    file = BytesIO()
    done = extract(path, file, Period(NOON.date(), NOON.date(), UTC), "Mairie", NOON)
    assert done is not None
    assert done.rows == 200, "row 120 is covered by the checkpoint of row 200"
    found = judged(file.getvalue(), done.signature, bytes.fromhex(json.loads(done.signature)["key"]))
    assert found.first_bad == 121, "and what was changed there is found"
