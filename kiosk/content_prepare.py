# SPDX-License-Identifier: EUPL-1.2
"""``kiosk content prepare``: the vectors of all ways of asking, made ahead, so that meaning helps to find at once."""

from __future__ import annotations

import sys

import click

from kiosk.command_line import count_of, json_option, print_json, refuse, settings_of
from kiosk.private_files import keep_private


@click.command()
@json_option
@click.pass_context
def prepare(context: click.Context, as_json: bool) -> None:
    """Préparer la recherche par le sens : une fois, puis ce qui a changé dans les démarches.

    La borne le fait aussi seule, quand elle marche. On peut arrêter et reprendre.

    Codes de sortie : 0 tout est prêt, ou rien n'est demandé (« meaning = "off" ») ; 1 il en manque.
    """
    settings = settings_of(context)
    if settings.finding.meaning == "off":
        _tell(as_json, ready=False, made=0, said='Rien à préparer : dans kiosk.toml, [finding] meaning vaut "off".')
        return
    from content.search.e5 import model_name
    from content.search.finder import all_ways
    from content.search.vector_file import complete, missing, read_rows
    from kiosk.meaning import LONG_PATIENCE, catalogue_of, vector_file
    from kiosk.meaning_vectors import VectorsApart

    if not model_name():
        refuse("La recherche par le sens n'est pas installée. Lancez : script/bootstrap")
    keep_private(settings)
    sentences = [text for _, text, _ in all_ways(catalogue_of(settings))]
    file = vector_file(settings)
    left = len(missing(sentences, read_rows(file, model_name())))
    if not left:
        _tell(as_json, ready=True, made=0, said="La recherche par le sens est prête.")
        return
    vectors = VectorsApart(LONG_PATIENCE)
    bar = click.progressbar(length=left, label="Phrases", file=sys.stderr, hidden=not sys.stderr.isatty())
    try:
        with bar:
            done = complete(sentences, vectors, file, bar.update)
    except OSError as error:
        refuse(
            f"{file} : ce fichier ne peut pas être écrit ({error.strerror}). Donnez ce dossier au compte de la borne."
        )
    finally:
        vectors.close()
    if not done:
        refuse("Le programme qui prépare la recherche par le sens s'est arrêté. La borne cherche par les mots.")
    _tell(as_json, ready=True, made=left, said=f"{count_of(left, 'phrase préparée', 'phrases préparées')}.")


def _tell(as_json: bool, *, ready: bool, made: int, said: str) -> None:
    if as_json:
        print_json({"ready": ready, "made": made})
    else:
        click.echo(said)
