# SPDX-License-Identifier: EUPL-1.2
"""The words of a mandate at the kiosk, in each language: all there, with the same holes, short and plain."""

from __future__ import annotations

import pytest

from accessibility.plain_language import Severity, review
from kiosk.words import LANGUAGES
from kiosk.words.signing import FRENCH, signing_words_in
from tests.kiosk.test_words import texts
from tests.kiosk.words_checked import in_their_own_language, short

OTHERS = [code for code in LANGUAGES if code != "fr"]
LABELS = ("stop", "stop_short", "right", "again", "accept", "refuse", "give", "keep", "leave")


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_in_its_own_language(code: str) -> None:
    in_their_own_language(FRENCH, signing_words_in(code), alike=("keep",))


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_they_are_short(code: str) -> None:
    short(signing_words_in(code), code, LABELS)


def test_they_are_plain() -> None:
    said = [
        text.replace("\u00a0", " ").format(name="Ana", value="") for where, text in texts(FRENCH) if "also" not in where
    ]
    assert [(f.code, f.sentence) for f in review(said) if f.severity is Severity.REFUSE] == []
