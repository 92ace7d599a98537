# SPDX-License-Identifier: EUPL-1.2
"""The poster of a month, in words: what :mod:`assist.review.public_figures` allows to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from assist.review.public_figures import PublicFigures
from assist.server.review.months import Month
from assist.server.review.publishing import told
from assist.server.review.words import count_words
from assist.server.site import HERE, Site
from printouts.poster import Poster, PosterFace, PosterFigure, Sheet

OPINION_URL = "https://www.plus.transformation.gouv.fr"
"""Services Publics+, where anybody tells how a public service went (docs/sources.md)."""
_FACES = (("happy", "contents"), ("neutral", "entre les deux"), ("unhappy", "mécontents"))


def poster(transaction: Session, month: Month, site: Site, sheet: Sheet, now: datetime) -> Poster | None:
    """The poster of a month that is over, which this fixes; None when too few people came to say anything."""
    fixed = told(transaction, month, now)
    if fixed is None or fixed.figures.people is None:
        return None
    figures = fixed.figures
    return Poster(
        title=f"Nos résultats en {month.name}",
        site=site.name,
        site_details=site.details,
        figures=tuple(_figures(figures)),
        faces_title="Ce que les personnes en pensent",
        faces=_faces(figures),
        left_out=tuple(_left_out(figures)),
        opinion_title="Donnez votre avis",
        opinion=(
            "À la borne, touchez un des trois visages.",
            "Ou dites-le à la personne de l'accueil.",
            "Sur internet, racontez ce que vous avez vécu avec un service public : www.plus.transformation.gouv.fr",
        ),
        opinion_url=OPINION_URL,
        sheet=sheet,
        printed_on=now.astimezone(HERE).date(),
    )


def _figures(figures: PublicFigures) -> Iterator[PosterFigure]:
    if figures.people is not None:
        yield PosterFigure(count_words(figures.people), "personnes ont utilisé la borne.")
    if figures.finished is not None:
        yield PosterFigure(
            count_words(figures.finished.count),
            f"démarches sont allées au bout, sur {count_words(figures.finished.of)} commencées.",
        )
    if figures.joined is not None:
        yield PosterFigure(count_words(figures.joined), "personnes ont reçu l'aide d'un médiateur.")
    if (minutes := figures.wait_minutes) is not None:
        unit = "minute" if minutes == 1 else "minutes"
        yield PosterFigure(
            count_words(minutes),
            f"{unit} d'attente, ou moins, pour la moitié des personnes qu'un médiateur a rejointes.",
        )


def _faces(figures: PublicFigures) -> tuple[PosterFace, ...]:
    if figures.faces is None:
        return ()
    counts = zip(_FACES, figures.faces, strict=True)
    return tuple(PosterFace(face, name, count_words(count)) for (face, name), count in counts)


def _left_out(figures: PublicFigures) -> Iterator[str]:
    yield "Une personne qui revient est comptée une nouvelle fois."
    yield "Une démarche commencée moins de 5 fois dans le mois n'est pas comptée."
    missing = (
        (figures.finished, "les démarches menées au bout"),
        (figures.joined, "l'aide d'un médiateur"),
        (figures.wait_minutes, "l'attente"),
        (figures.faces, "les visages"),
    )
    if names := [name for value, name in missing if value is None]:
        yield f"Trop peu de personnes pour montrer : {', '.join(names)}."
