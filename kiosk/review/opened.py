# SPDX-License-Identifier: EUPL-1.2
"""What is opened from the first screen: where people stop in one procedure, and one session line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assist.review.timeline import Line as Happened
from assist.review.timeline import timeline
from assist.server.pages import kiosk_named
from assist.server.review import reading, words
from assist.server.review.asked import Asked
from assist.server.review.funnel import Funnel, Stage
from assist.server.review.funnel import funnel as funnel_of
from content.model import Catalogue
from kiosk.review.drawn import bar
from kiosk.review.sheets import in_words, titles_of
from kiosk.review.view import Line, Sheet, clean, told

if TYPE_CHECKING:
    from assist.server.review.source import Transaction

STEPS = ("Étape", "Atteinte", "Répétée", "Difficulté", "Appel", "Arrêt ici", "Durée", "Avec le texte d’avant")
SESSION = ("Après", "Qui", "Quoi", "À l’étape")
_WIDTH = 12
"""Characters of the bar of a step that everybody reached."""


def procedure(transaction: Transaction, asked: Asked, id_: str, procedures: Catalogue) -> Sheet:
    """Where people stop in one procedure."""
    found = procedures.get(id_)
    funnel = funnel_of(transaction, asked.of(id_).wanted, found)
    return Sheet(
        title=clean(found.title if found else id_),
        columns=STEPS if funnel and funnel.before else STEPS[:-1],
        lines=tuple(_stage(stage, funnel) for stage in funnel.stages) if funnel else (),
        said=(in_words(asked.of(""), {}), *(_said_of(funnel) if funnel else ())),
        numbers=frozenset(range(1, 7)),
        empty="Personne n’a commencé cette démarche dans cette période.",
    )


def session(transaction: Transaction, id_: str, procedures: Catalogue) -> Sheet:
    """One session, line by line; never an answer."""
    rows = reading.rows_of(transaction, id_)
    picked = next(
        (row["payload"]["procedure"] for row in rows if row["type"] == "procedure.picked" and row["payload"]), ""
    )
    found = procedures.get(picked)
    titles = titles_of(procedures)
    steps = {step.id: step.title for step in found.steps.values()} if found else {}
    lines = tuple(_happened(line, titles, steps) for line in timeline(rows))
    began = f"{words.moment_words(reading.moment_of(rows[0]))}. {kiosk_named(rows[0]['kiosk'])}." if rows else ""
    return Sheet(
        title="Un passage",
        columns=SESSION,
        lines=lines,
        said=(
            clean(began[:1].upper() + began[1:]) + (f" {clean(found.title if found else picked)}." if picked else ""),
            "Ce que la personne écrit n’est jamais gardé. Ses choix ne sont pas montrés ici.",
        )
        if rows
        else (),
        numbers=frozenset({0}),
        empty="Cette session n’existe pas, ou n’est plus gardée ici.",
    )


def _happened(line: Happened, titles: Mapping[str, str], steps: Mapping[str, str]) -> Line:
    cells = (
        words.seconds_words(line.seconds),
        "Médiateur" if line.mediator else "Personne ou borne",
        clean(line.what + (f" : {titles.get(line.detail, line.detail)}" if line.detail else "")),
        clean(steps.get(line.step, line.step)),
    )
    return Line(cells, (told(SESSION[2:], cells[2:]),))


def _said_of(funnel: Funnel) -> tuple[str, ...]:
    text, before = funnel.text, funnel.before
    versions = f"Texte le plus récent (repère {clean(text.content_hash[:8])}) : {_passages(text.visits)}."
    if before:
        versions += f" Texte d’avant (repère {clean(before.content_hash[:8])}) : {_passages(before.visits)}."
    hardest = [f"{clean(stage.title)} : {words.stuck_words(stage.counts)}." for stage in funnel.hardest[:3]]
    return (versions, *(("Où les personnes butent :", *hardest) if hardest else ()))


def _passages(count: int) -> str:
    return f"{words.count_words(count)} passage{'s' if count > 1 else ''}"


def _stage(stage: Stage, funnel: Funnel) -> Line:
    counts, reached = stage.counts, stage.counts["reached"]
    most = max(one.counts["reached"] for one in funnel.stages)
    shares = [words.share_words(counts[name], reached) for name in ("repeated", "difficulty", "helped")]
    before = "n’y était pas"
    if stage.before is not None and stage.stopped is not None:
        before = (
            f"{words.share_words(stage.before['abandoned'], stage.before['reached'])} : {words.VERDICTS[stage.stopped]}"
        )
    cells = (
        clean(stage.title),
        words.count_words(reached),
        *shares,
        words.share_words(stage.lost, reached),
        words.seconds_words(stage.seconds),
        *((before,) if funnel.before else ()),
    )
    detail = (clean(stage.title), told(STEPS[1 : len(cells)], cells[1:]))
    return Line(cells, detail, bar(reached, most, _WIDTH, part=stage.lost))
