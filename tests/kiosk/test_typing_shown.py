# SPDX-License-Identifier: EUPL-1.2
"""What is typed at a kiosk: nothing leaves before it is sent, and whatever is not taken is shown and said."""

from __future__ import annotations

from datetime import date

import pytest

from assist.session import commands as c
from tests.kiosk.conftest import KioskMaker
from tests.kiosk.test_modes import at


@pytest.mark.clause("EN 5.1.3.15", "WCAG 3.3.1", "WCAG 3.3.3")
@pytest.mark.parametrize(
    ("step", "typed", "told"),
    [
        ("naissance", "", "Écrivez huit chiffres"),
        ("naissance", "1203", "Écrivez huit chiffres"),
        ("naissance", "31022001", "Ce jour n’existe pas."),
        ("naissance", "12031850", "Écrivez une date après le"),
        ("naissance", "12032090", "Écrivez un jour déjà passé."),
        ("enfants", "", "Écrivez un nombre"),
        ("enfants", "0", "Écrivez un nombre de 1 à 20."),
        ("enfants", "21", "Écrivez un nombre de 1 à 20."),
        ("surnom", "", "Écrivez votre réponse."),
        ("surnom", "   ", "Écrivez votre réponse."),
    ],
)
async def test_what_is_not_taken_is_shown_and_said(kiosk: KioskMaker, step: str, typed: str, told: str) -> None:
    async with kiosk(at(step)) as k:
        await k.press(*("space" if sign == " " else sign for sign in typed), "enter")
        assert k.dialogue.sent == []
        assert told in " ".join(k.text.split())
        assert told in " ".join(k.dialogue.read_aloud[-1])


@pytest.mark.clause("WCAG 3.2.2")
@pytest.mark.parametrize(
    ("step", "typed", "answer"),
    [("naissance", "12031950", date(1950, 3, 12)), ("enfants", "12", 12), ("surnom", "radis", "Radis")],
)
async def test_nothing_leaves_before_it_is_sent(
    kiosk: KioskMaker, step: str, typed: str, answer: str | int | date
) -> None:
    async with kiosk(at(step)) as k:
        title = k.dialogue.view.title
        await k.press(*typed)
        assert k.dialogue.sent == []
        assert k.dialogue.view.title == title
        await k.press("enter")
        assert k.dialogue.sent == [(c.Answer(answer), c.Origin.KEY)]
