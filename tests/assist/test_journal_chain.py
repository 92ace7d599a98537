# SPDX-License-Identifier: EUPL-1.2
"""The hash chain alone: sound chains hold, every change is found, and the right row is named."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from assist.journal.chain import Break, Checked, Head, Link, bind, check, commitment_of, framed, genesis, hash_of

START = genesis(b"journal", b"k" * 32)
TEXT = st.binary(max_size=12)


def unplaced(payload: bytes, boot: int = 1) -> Link:
    salt = bytes(16)
    return Link(0, b"id", b"borne", boot, b"s", b"t", b"x.y", payload, salt, commitment_of(salt, payload), b"", b"")


def chained(payloads: Sequence[bytes]) -> list[Link]:
    head, links = START, []
    for payload in payloads:
        links.append(bind(head, unplaced(payload)))
        head = Head(links[-1].seq, links[-1].hash)
    return links


def rehashed(link: Link) -> Link:
    """The row made sound again by itself, as a forger would."""
    assert link.salt is not None
    assert link.payload is not None
    link = link._replace(commitment=commitment_of(link.salt, link.payload))
    return link._replace(hash=hash_of(link))


def forge(links: Sequence[Link], start: int) -> list[Link]:
    """The chain made consistent again from row ``start`` on."""
    result = list(links[: start - 1])
    head = Head(result[-1].seq, result[-1].hash) if result else START
    for link in links[start - 1 :]:
        result.append(bind(head, link))
        head = Head(result[-1].seq, result[-1].hash)
    return result


CHAINS = st.lists(TEXT, min_size=1, max_size=12).map(chained)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_framing_is_unambiguous(pairs: list[tuple[bytes, bytes]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    assert (framed(*one) == framed(*other)) == (one == other)
    assert framed(b"ab", b"c") != framed(b"a", b"bc")


@given(CHAINS, st.data())
def test_a_sound_chain_holds_from_anywhere(links: list[Link], data: st.DataObject) -> None:
    last = links[-1]
    vouched = {link.seq: link.hash for link in links if data.draw(st.booleans())}
    assert check(links, START, vouched) == Checked(Head(last.seq, last.hash), len(links))
    cut = data.draw(st.integers(0, len(links)))
    start = Head(links[cut - 1].seq, links[cut - 1].hash) if cut else START
    assert check(links[cut:], start, vouched) == Checked(Head(last.seq, last.hash), len(links) - cut)


@given(CHAINS, st.data())
def test_any_changed_field_names_its_row(links: list[Link], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(links) - 1))
    name = data.draw(st.sampled_from([field for field in Link._fields if field != "seq"]))
    old = getattr(links[at], name)
    new = data.draw((st.integers(-9, 9) if isinstance(old, int) else st.binary(max_size=40)).filter(lambda v: v != old))
    links[at] = links[at]._replace(**{name: new})
    result = check(links, START, {})
    assert (result.broken, result.first_bad) == (Break.ALTERED, at + 1)


@given(CHAINS, st.data())
def test_a_row_hashed_anew_is_named_although_it_is_sound_by_itself(links: list[Link], data: st.DataObject) -> None:
    assume(len(links) > 1)
    at = data.draw(st.integers(0, len(links) - 2))
    new = data.draw(st.binary(max_size=12).filter(lambda value: value != links[at].payload))
    last = links[-1]
    links[at] = rehashed(links[at]._replace(payload=new))
    result = check(links, START, {last.seq: last.hash})
    assert (result.broken, result.first_bad) == (Break.ALTERED, at + 1)


@given(CHAINS, st.data())
def test_a_forged_link_is_blamed_on_the_row_that_holds_it(links: list[Link], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(links) - 1))
    last = links[-1]
    links[at] = rehashed(links[at]._replace(prev=b"another" * 4))
    result = check(links, START, {last.seq: last.hash})
    assert (result.broken, result.first_bad) == (Break.ALTERED, at + 1)


@given(CHAINS, st.data())
def test_a_missing_row_is_named(links: list[Link], data: st.DataObject) -> None:
    assume(len(links) > 1)
    at = data.draw(st.integers(0, len(links) - 2))
    del links[at]
    result = check(links, START, {})
    assert (result.broken, result.first_bad) == (Break.MISSING, at + 1)


@given(CHAINS, st.data())
def test_a_chain_forged_to_the_end_contradicts_a_signed_checkpoint(links: list[Link], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(links)))
    sure = data.draw(st.integers(0, at - 1))
    vouched = {link.seq: link.hash for link in links if link.seq in (sure, len(links))}
    new = data.draw(st.binary(max_size=12).filter(lambda value: value != links[at - 1].payload))
    links[at - 1] = rehashed(links[at - 1]._replace(payload=new))
    result = check(forge(links, at), START, vouched)
    assert result.broken is Break.ALTERED
    assert result.first_bad is not None
    assert sure < result.first_bad <= at


def test_an_erased_payload_needs_a_record() -> None:
    links = chained([b"{}", b"{}", b"{}"])
    links[1] = links[1]._replace(payload=None, salt=None)
    assert check(links, START, {}).broken is Break.ERASED
    assert check(links, START, {}).first_bad == 2
    assert check(links, START, {}, {b"x.y": 1}).first_bad == 1, "a payload that should be gone is there"
    links[0] = links[0]._replace(payload=None, salt=None)
    assert check(links, START, {}, {b"x.y": 2}).broken is None
    assert check(links, START, {}, {b"other": 2}).first_bad == 1


def test_a_row_numbered_before_the_first_is_found() -> None:
    links = chained([b"{}"])
    forged = rehashed(unplaced(b"{}")._replace(seq=-4, prev=START.hash))
    assert check([forged, *links], START, {}).first_bad == -4
