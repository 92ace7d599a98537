# SPDX-License-Identifier: EUPL-1.2
"""The words of the help, in each language: all there, with the same holes, short."""

from __future__ import annotations

import pytest

from kiosk.words import LANGUAGES
from kiosk.words.helping import FRENCH, helping_words_in
from tests.kiosk.words_checked import in_their_own_language, short

OTHERS = [code for code in LANGUAGES if code != "fr"]
LABELS = ("end", "agree", "disagree", "go_on", "take_back", "show", "hide")


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_in_its_own_language(code: str) -> None:
    in_their_own_language(FRENCH, helping_words_in(code))


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_they_are_short(code: str) -> None:
    short(helping_words_in(code), code, LABELS)
