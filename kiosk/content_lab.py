# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content lab`` and ``kiosk content difficulties``: what the journal tells an author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import click

from kiosk.command_line import json_option, print_json, refuse, settings_of

if TYPE_CHECKING:
    from assist.review.lab import Figures, Share, StepFigures, Verdict
    from assist.review.visits import Visit
    from content.model import Procedure
    from kiosk.config import Settings

_VERDICTS = {
    "better": "mieux",
    "worse": "moins bien",
    "same": "pas de différence visible",
    "too_few": "trop peu de visites pour le dire",
}
_ROWS = {
    "finished": "Allées jusqu'au bout",
    "time": "Temps, au milieu",
    "helped": "Ont appelé à l'aide",
    "difficulty": "Ont dit « C'est difficile »",
    "happy": "Visages contents",
}
_MOST_ROWS = 15


@click.command()
@click.argument("procedure")
@json_option
@click.pass_context
def lab(context: click.Context, procedure: str, as_json: bool) -> None:
    """Comparer le brouillon de PROCEDURE, essayé avec des volontaires, au texte publié.

    Le brouillon est dans le dossier [content] drafts. « kiosk run --lab » le fait essayer.

    Codes de sortie : 0 ; 1 s'il n'y a pas de brouillon, ou si le journal ne se lit pas.
    """
    from assist.review.lab import figures
    from assist.session.commands import Mode

    settings = settings_of(context)
    where = settings.content.drafts / procedure
    published = _loaded(settings.content.path / procedure)
    # A draft that was moved is the published text: what volunteers did with it still tells something.
    draft = _loaded(where) if where.exists() else published
    if draft is None:
        refuse(f"{where} : pas de brouillon qui puisse être essayé. Voyez « kiosk content check {where} ».")
    met = [visit for visit in _visits(settings) if visit.procedure == procedure]
    tried = figures(v for v in met if v.mode is Mode.LAB and v.content_hash == draft.content_hash)
    served = figures(v for v in met if v.mode is Mode.KIOSK and published and v.content_hash == published.content_hash)
    older = sum(v.mode is Mode.LAB and v.content_hash != draft.content_hash for v in met)
    verdicts = _verdicts(tried, served)
    if not where.exists() and not tried.visits:
        refuse(f"{where} : pas de brouillon, et le texte publié n'a pas été essayé par des volontaires.")
    if as_json:
        print_json(
            {
                "procedure": procedure,
                "draft": _as_data(draft, tried),
                "published": _as_data(published, served),
                "older_drafts": older,
                "verdicts": {name: verdict.value for name, verdict in verdicts.items()},
                "steps": [_step_as_data(draft, step, served) for step in tried.steps],
            }
        )
        return
    click.echo(f"{draft.title} : le brouillon, essayé {tried.visits} fois ; le texte publié, {served.visits} fois.")
    if older:
        click.echo(f"{older} essais d'un brouillon plus ancien ne sont pas comptés.")
    rows = [[title, *_cells(name, tried, served), _VERDICTS[verdicts[name]]] for name, title in _ROWS.items()]
    _table(["", "brouillon", "publié", "le brouillon fait"], rows)
    click.echo("\nOù les gens restent bloqués, dans le brouillon :")
    _table(["étape", "sont restés bloqués", "difficile", "aide", "arrêt", "durée", ""], _stuck(draft, tried, served))


@click.command()
@click.argument("procedure", required=False)
@json_option
@click.pass_context
def difficulties(context: click.Context, procedure: str | None, as_json: bool) -> None:
    """Les étapes des textes publiés où les gens restent bloqués, la pire d'abord.

    Codes de sortie : 0 ; 1 si la démarche n'existe pas, ou si le journal ne se lit pas.
    """
    from assist.review.lab import difficulties as ranked
    from assist.session.commands import Mode
    from content.loader import load_catalogue

    settings = settings_of(context)
    texts = {p.id: p for p in load_catalogue(settings.content.path).titles() if procedure in (None, p.id)}
    if procedure is not None and not texts:
        refuse(f"« {procedure} » n'est pas une démarche publiée. Voyez « kiosk list ».")
    served = (visit for visit in _visits(settings) if visit.mode is Mode.KIOSK)
    found = ranked(served, {text.content_hash for text in texts.values()})
    if as_json:
        print_json([{"procedure": name, **_figures_of(texts[name], step)} for name, step in found])
        return
    rows = [[name, *_step_row(texts[name], step)] for name, step in found[:_MOST_ROWS]]
    _table(["démarche", "étape", "sont restés bloqués", "difficile", "aide", "arrêt", "durée"], rows)


def _loaded(folder: Path) -> Procedure | None:
    from content.loader import load_procedure

    return load_procedure(folder)[0].get("fr") if folder.is_dir() else None


def _visits(settings: Settings) -> Iterator[Visit]:
    from assist.journal.protocol import JournalFault
    from assist.journal.verification import JournalDamaged, export
    from assist.review.visits import visits

    path = settings.journal.path
    if not path.exists():
        return
    rows = export(path)
    if isinstance(rows, JournalFault):
        refuse(f"{path} : {rows.message}")
    try:
        yield from visits(rows)
    except JournalDamaged as damaged:
        refuse(f"{path} : le journal ne se lit plus après la ligne {damaged.after}. Lancez « kiosk doctor ».")


def _verdicts(tried: Figures, served: Figures) -> Mapping[str, Verdict]:
    from assist.review.lab import compare_shares, compare_times

    return {
        "finished": compare_shares(tried.finished, served.finished, more_is_better=True),
        "time": compare_times(tried.seconds, served.seconds),
        "helped": compare_shares(tried.helped, served.helped, more_is_better=False),
        "difficulty": compare_shares(tried.difficulty, served.difficulty, more_is_better=False),
        "happy": compare_shares(tried.happy, served.happy, more_is_better=True),
    }


def _cells(name: str, *versions: Figures) -> list[str]:
    if name == "time":
        return [_time(version.seconds) for version in versions]
    return [_share(getattr(version, name)) for version in versions]


def _share(share: Share) -> str:
    return f"{share.count} sur {share.of}" if share.of else "–"


def _time(seconds: Sequence[float]) -> str:
    if not seconds:
        return "–"
    minutes, rest = divmod(round(median(seconds)), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _stuck(draft: Procedure, tried: Figures, served: Figures) -> list[list[str]]:
    from assist.review.lab import compare_shares

    before = {step.step: step.stuck for step in served.steps}
    return [
        [
            *_step_row(draft, step),
            _VERDICTS[compare_shares(step.stuck, before[step.step], more_is_better=False)]
            if step.step in before
            else "étape nouvelle",
        ]
        for step in tried.hardest[:_MOST_ROWS]
    ]


def _step_row(text: Procedure, step: StepFigures) -> list[str]:
    known = text.steps.get(step.step)
    title = f"{step.step} ({known.title})" if known else step.step
    counts = [str(share.count) for share in (step.difficulty, step.helped, step.abandoned)]
    return [title, _share(step.stuck), *counts, _time(step.seconds)]


def _table(heads: list[str], rows: list[list[str]]) -> None:
    """Columns as wide as what stands in them; nothing but « Rien à dire » when there is no row."""
    if not rows:
        click.echo("Rien à dire pour le moment.")
        return
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _as_data(text: Procedure | None, version: Figures) -> dict[str, Any]:
    return {
        "content_hash": text.content_hash if text else None,
        "visits": version.visits,
        **{name: _counted(getattr(version, name)) for name in ("finished", "helped", "difficulty", "happy")},
        "median_seconds": median(version.seconds) if version.seconds else None,
        "faces": {face.value: count for face, count in sorted(version.faces.items())},
    }


def _step_as_data(draft: Procedure, step: StepFigures, served: Figures) -> dict[str, Any]:
    from assist.review.lab import compare_shares

    before = next((one for one in served.steps if one.step == step.step), None)
    verdict = compare_shares(step.stuck, before.stuck, more_is_better=False).value if before else None
    published = _figures_of(draft, before) if before else None
    return {**_figures_of(draft, step), "published": published, "verdict": verdict}


def _figures_of(text: Procedure, step: StepFigures) -> dict[str, Any]:
    known = text.steps.get(step.step)
    shares = ("repeated", "explained", "helped", "difficulty", "abandoned", "stuck")
    return {
        "step": step.step,
        "title": known.title if known else "",
        "reached": step.reached,
        **{name: getattr(step, name).count for name in shares},
        "median_seconds": median(step.seconds),
    }


def _counted(share: Share) -> dict[str, int]:
    return {"count": share.count, "of": share.of}
