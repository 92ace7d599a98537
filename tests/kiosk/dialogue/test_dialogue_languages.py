# SPDX-License-Identifier: EUPL-1.2
"""The conversation in two languages: offered, taken, changed in the middle, printed, forgotten."""

from __future__ import annotations

import pytest

from assist.session import commands as c
from assist.session import events as e
from content.model import Catalogue, Outcome, Possession
from kiosk.config import Settings
from kiosk.words import words_in
from tests.english_sample import bilingual_catalogue, bilingual_sample
from tests.kiosk.scripted_kiosk import CANARY, PROCEDURE, Kiosk, make, spin_until
from tests.sample_procedures import TODAY, sample_procedure


async def test_a_second_language_is_offered_by_its_own_name_and_taken() -> None:
    english = sample_procedure(language="en", title="Renew my test card")
    kiosk = make(catalogue=Catalogue({PROCEDURE.id: {"fr": PROCEDURE, "en": english}}))
    await kiosk.dialogue.start()
    assert [option.label for option in kiosk.dialogue.view.options] == ["Commencer", "Français", "English"]
    await kiosk.do(c.SetLanguage("en"))
    begin = kiosk.dialogue.view.options[0].intent
    await kiosk.do(begin)
    assert kiosk.dialogue.view.options[0].label == "Renew my test card"
    assert kiosk.journal.events[-1] == e.SessionStarted(
        kiosk.journal.kept[-1].session, "en", c.Mode.KIOSK, c.Origin.TOUCH, TODAY, 1000.0
    )
    await kiosk.dialogue.close()


def prepared(kiosk: Kiosk) -> list[str]:
    return [sentence for sentences in kiosk.speaker.prepared for sentence in sentences]


async def in_two_languages() -> Kiosk:
    kiosk = make(catalogue=bilingual_catalogue())
    await kiosk.dialogue.start()
    return kiosk


@pytest.mark.clause("PAP 9", "PAP 7")
async def test_a_language_is_greeted_in_at_once_and_forgotten_with_the_person() -> None:
    kiosk = await in_two_languages()
    kiosk.dialogue.touched()
    assert kiosk.speaker.said[-1].manner.language == "fr"
    await kiosk.do(c.SetLanguage("en"))
    assert kiosk.dialogue.view.title == "Hello."
    assert kiosk.speaker.said[-1].sentences[0] == "Hello."
    assert kiosk.speaker.said[-1].manner.language == "en"
    await kiosk.do(kiosk.dialogue.view.options[0].intent)
    assert kiosk.dialogue.view.title == words_in("en").what
    await kiosk.do(c.EraseAll())
    assert kiosk.dialogue.view.title == "Goodbye"
    await kiosk.until_welcome()
    assert kiosk.dialogue.view.title == "Bonjour."
    assert kiosk.dialogue.view.language == "fr"
    await kiosk.dialogue.close()


async def test_a_language_chosen_by_who_walked_away_is_forgotten() -> None:
    kiosk = await in_two_languages()
    await kiosk.do(c.SetLanguage("en"))
    kiosk.speaker.finish()
    kiosk.clock.monotonic += Settings().session.idle_seconds + 1
    await kiosk.until(lambda: kiosk.dialogue.view.language == "fr")
    await kiosk.dialogue.close()


@pytest.mark.clause("PAP 9")
async def test_the_language_changes_in_the_middle_and_the_step_stays() -> None:
    kiosk = await in_two_languages()
    english = bilingual_sample()["en"]
    await kiosk.do(c.Begin(""), c.Pick(bilingual_sample()["fr"]), c.Continue(), c.Choose("perdue"))
    assert kiosk.dialogue.view.title == "Déclarez la perte"
    await kiosk.do(c.SetLanguage("en"))
    assert kiosk.dialogue.view.title == "Report the loss"
    assert kiosk.dialogue.view.heading == english.title
    assert kiosk.speaker.said[-1].sentences[0] == "Report the loss"
    assert kiosk.speaker.said[-1].manner.language == "en"
    assert kiosk.journal.events[-1] == e.LanguageChanged("en", english)
    await spin_until(lambda: "Your family" in prepared(kiosk))
    await kiosk.do(c.Back())
    assert kiosk.dialogue.view.title == "Why renew it?"
    await kiosk.dialogue.close()


async def test_the_paper_is_in_the_language_of_the_person_then_in_french() -> None:
    kiosk = await in_two_languages()
    await kiosk.do(c.SetLanguage("en"), c.Begin("", "en"), c.Pick(bilingual_sample()["en"]))
    await kiosk.do(
        c.Continue(), c.Choose("perdue"), c.Continue(), c.Answer(CANARY), c.Tick("photo", Possession.MISSING),
        c.Tick("declaration", Possession.HAVE), c.Continue(), c.Report(Outcome.DONE), c.Print(),
    )  # fmt: skip
    await kiosk.until(lambda: kiosk.dialogue.view.notice == words_in("en").print_outcomes[c.PrintStatus.DONE])
    (receipt,) = kiosk.maker.made
    assert (receipt.language, receipt.title) == ("en", "Renew my test card")
    french = receipt.french
    assert french is not None
    assert (french.language, french.title, french.french) == ("fr", "Refaire ma carte d'essai", None)
    assert receipt.code == french.code == "ABCD2345"
    assert [d.have for d in receipt.bring] == [d.have for d in french.bring] == [False, True]
    assert [d.due for d in receipt.deadlines] == [d.due for d in french.deadlines]
    await kiosk.dialogue.close()


async def test_the_paper_of_a_procedure_without_english_is_printed_once_in_french() -> None:
    kiosk = make(catalogue=Catalogue({PROCEDURE.id: {"fr": PROCEDURE}}))
    await kiosk.dialogue.start()
    await kiosk.do(c.SetLanguage("en"))
    await kiosk.to_the_end()
    await kiosk.do(c.Print())
    await kiosk.until(lambda: kiosk.dialogue.view.notice != "")
    await kiosk.until(lambda: bool(kiosk.maker.made))
    (receipt,) = kiosk.maker.made
    assert (receipt.language, receipt.french) == ("fr", None)
    await kiosk.dialogue.close()


async def test_both_languages_are_rehearsed_each_in_its_own() -> None:
    kiosk = await in_two_languages()
    assert {"Bonjour.", "Hello.", "Que voulez-vous faire\u00a0?", words_in("en").what} <= set(prepared(kiosk))
    await kiosk.dialogue.close()
