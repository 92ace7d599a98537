# SPDX-License-Identifier: EUPL-1.2
"""The copy that only its paper opens, and what a mediator may write of a return."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assist.desk.follow_up import (
    Now,
    Passed,
    Together,
    Written,
    document_item,
    had,
    items,
    line_item,
    remaining,
    way,
    written_data,
    written_of,
)
from assist.desk.paper_seal import Copy, PaperKey, Unreadable, key_of, open_copy, seal, seal_copy, unseal
from assist.desk.report.drafting import Happened
from assist.journal.serialise import payload_of
from content.model import Possession
from content.road_map import Kept, told
from printouts.receipt_code import new_receipt_code
from tests.assist.server.papers import walk
from tests.sample_procedures import TODAY, sample_procedure

KEY, OTHER = key_of("A" * 16), key_of("B" * 16)
KEPT = Kept(
    lines=("rendez-vous", "ou", "photo-avant"),
    documents={("pieces", "photo"): Possession.MISSING, ("pieces", "declaration"): Possession.HAVE},
    dues={"photo-avant": date(2026, 12, 6)},
    source="https://www.example.fr/prix",
)


def test_a_number_gives_a_name_and_a_key_that_tell_nothing_of_each_other() -> None:
    assert len(KEY.name) == 64
    assert len(KEY.key) == 32
    assert KEY.key.hex() != KEY.name
    assert key_of("A" * 16) == KEY != OTHER


def test_only_its_number_opens_a_copy() -> None:
    copy = Copy("essai", "0" * 64, KEPT)
    sealed = seal_copy(KEY, copy)
    assert open_copy(KEY, sealed) == copy
    assert seal_copy(KEY, copy) != sealed, "never twice the same"
    for wrong in (OTHER, PaperKey(KEY.name, bytes(32))):
        with pytest.raises(Unreadable):
            open_copy(wrong, sealed)


def test_a_copy_sealed_before_pages_were_chosen_still_opens() -> None:
    data = unseal(KEY, seal_copy(KEY, Copy("essai", "0" * 64, KEPT)))
    del data["source"]
    assert open_copy(KEY, seal(KEY, data)).kept == replace(KEPT, source="")


def test_the_length_of_a_copy_tells_nothing() -> None:
    short = seal_copy(KEY, Copy("essai", "0" * 64, Kept((), {}, {})))
    assert len(short) == len(seal_copy(KEY, Copy("essai", "0" * 64, KEPT)))


@pytest.mark.parametrize("sealed", ["", "é", "AAAA", "A" * 4000, seal(KEY, {}), seal(KEY, {"lines": 3})])
def test_what_is_no_copy_is_said_to_be_unreadable(sealed: str) -> None:
    with pytest.raises(Unreadable):
        open_copy(KEY, sealed)


def test_what_is_written_comes_back_and_later_codes_are_left_out() -> None:
    written = Written((Together.SENT, Together.CALLED), Now.WAITING, frozenset({line_item("rendez-vous")}))
    assert written_of(unseal(KEY, seal(KEY, written_data(written)))) == written
    assert written_of({"together": ["envoye", "demain"], "now": "demain"}) == Written((Together.SENT,))


def test_what_remains_of_a_paper() -> None:
    assert had(KEPT) == {document_item("pieces", "declaration")}
    assert items(sample_procedure(), KEPT) == {
        *map(line_item, KEPT.lines), document_item("pieces", "photo"), document_item("pieces", "declaration"),
    }  # fmt: skip
    left = remaining(KEPT, frozenset({line_item("rendez-vous"), document_item("pieces", "photo")}))
    road_map = told(sample_procedure(), left, TODAY)
    assert road_map.do == ()
    assert [(each.name, each.possession) for each in road_map.bring] == [
        ("Une photo d'identité", Possession.HAVE),
        ("La déclaration de perte", Possession.MISSING),
    ]


def test_weeks_later_a_date_that_is_past_is_no_date_any_more() -> None:
    assert [due.due for due in told(sample_procedure(), KEPT, TODAY).deadlines] == [date(2026, 12, 6)]
    late = told(sample_procedure(), KEPT, date(2027, 1, 15))
    assert late.deadlines == ()
    assert late.when[0].text == "Faites la photo avant cette date."


def test_the_way_of_the_person_from_her_journal_alone() -> None:
    procedure, code = sample_procedure(), new_receipt_code()
    events = walk(procedure, code, "en")
    rows = [
        Happened(datetime(2026, 11, 21, 9, n, tzinfo=UTC), event.description.type, json.loads(payload_of(event)))
        for n, event in enumerate(events)
    ]
    found = way(rows, key_of(code).name, procedure)
    assert found.language == "en"
    assert found.passed == [
        Passed("Votre carte"),
        Passed("Pourquoi la refaire\u00a0?", "Perdue"),
        Passed("Déclarez la perte", hard=True),
        Passed("Votre date de naissance", private=True),
        Passed("Les papiers à apporter"),
        Passed("Où aller"),
        Passed("La demande en ligne", "C'est fait"),
        Passed("C'est prêt"),
    ]
    assert way(rows, "0" * 64, procedure).printed is None
    whole = json.dumps([row.payload for row in rows])
    assert code not in whole
    assert "photo-avant" not in whole, "what the paper says is sealed"
