# SPDX-License-Identifier: EUPL-1.2
"""What is taught is apart from what judges."""

from __future__ import annotations

from accessibility.listening.commands import COMMANDS, commands
from accessibility.listening.word_meaning import plainly
from benchmarks.listening_set import Kind, Part, spoken
from benchmarks.teaching.sentences import COURSES, authored, further, written

KEPT_APART = (Part.HELD_OUT, Part.EVERYDAY)


def test_nothing_of_the_parts_kept_apart_is_taught_but_what_the_kiosk_knows_itself() -> None:
    known = {plainly(way) for phrase in commands("fr") for way in phrase.ways}
    judging = {plainly(line.text) for part in KEPT_APART for line in spoken(part) if line.kind is Kind.WAY}
    assert not {plainly(text) for command, text in authored() if command} & (judging - known)


def test_what_authors_wrote_is_taught_to_the_words_and_to_half_of_the_networks_of_the_sound() -> None:
    wrote = set(authored())
    assert {command for command, _ in wrote} == {*COMMANDS, ""}
    assert wrote <= set(written())
    assert wrote <= set(further())
    assert len(wrote) > 5000


def test_a_course_is_the_same_each_time() -> None:
    for course in COURSES.values():
        assert course() == course()
