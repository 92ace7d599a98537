# SPDX-License-Identifier: EUPL-1.2
"""Our own papers read back from their PDF: each names the official page that fits what was answered."""

from __future__ import annotations

import re

import pytest

from content.model import AnswerValue
from kiosk.config import SiteSettings
from kiosk.receipts import receipt_of
from printouts.model import Paper
from printouts.receipt_code import new_receipt_code
from printouts.render import render
from tests.kiosk.scripted_dialogue import walking
from tests.our_procedures import CATALOGUE
from tests.printouts import reading

CHILD = "Renouvellement de la carte d’identité d’un mineur"
STOLEN = "Carte d’identité d’un majeur : en cas de vol"


def written(answers: dict[str, AnswerValue], language: str, paper: Paper) -> str:
    """All that the paper says of the identity card, without a space: where it wraps depends on the paper."""
    procedure = CATALOGUE.get("carte-identite", language)
    assert procedure is not None
    receipt = receipt_of(walking(procedure, "fin", answers=answers), CATALOGUE, new_receipt_code(), SiteSettings())
    assert receipt is not None
    return bare(reading.text(render(receipt, paper)))


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("answers", "title", "page"),
    [
        ({"pour-qui": "enfant", "besoin": "perdue"}, CHILD, "F21090"),
        ({"pour-qui": "adulte", "besoin": "volee"}, STOLEN, "F1759"),
    ],
)
def test_the_page_is_named_with_its_address(
    answers: dict[str, AnswerValue], title: str, page: str, language: str, paper: Paper
) -> None:
    read = written(answers, language, paper)
    times = 1 if language == "fr" else 2  # The same page again in French, for the counter.
    assert read.count(bare(title)) == times
    assert re.findall(r"vosdroits/(F\d+)", read) == [page] * times
