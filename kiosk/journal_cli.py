# SPDX-License-Identifier: EUPL-1.2
"""``kiosk journal``: is it what was written, what is in it, and an extract of it for an audit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.command_line import json_option, print_json, refuse, settings_of
from kiosk.files_given import OutFile, reason, shown, unwritable
from kiosk.french_click import FrenchGroup
from kiosk.private_files import keep_private
from kiosk.public_key import BadKey, public_key

if TYPE_CHECKING:
    from assist.journal.verification import Verdict

_NO_KEY = (
    "Donnez la clé publique du lieu avec --key : sans elle, un extrait ne prouve rien. Demandez-la au lieu, "
    "par un autre chemin que l'extrait."
)
_WHOSE = (
    "Rien ne peut être dit sans la clé publique de la borne : ce journal se tient ({} lignes), mais n'importe qui "
    "peut en fabriquer un.\nIl est signé par {}.\nLisez la clé sur la borne elle-même (« kiosk journal verify »), "
    "puis recommencez avec --key."
)
_NOTHING_SIGNED = "Rien ne peut être dit : aucune ligne de ce journal n'est signée par cette clé."
_UNKNOWN = 2
"""Exit code: nothing can be said."""
_DAY = click.DateTime(["%Y-%m-%d"])
_SQLITE = b"SQLite format 3\0"


@click.group(cls=FrenchGroup)
def journal() -> None:
    """Le journal de la borne : le vérifier, le sortir, en faire un extrait signé, effacer ce qui est à son terme."""


@journal.command()
@click.argument("file", metavar="[FICHIER]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--signature",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="La signature de l'extrait, quand elle n'est pas à côté.",
)
@click.option("--key", default="", metavar="CLÉ", help="La clé publique (64 signes), ou son fichier.")
@json_option
@click.pass_context
def verify(context: click.Context, file: Path | None, signature: Path | None, key: str, as_json: bool) -> None:
    """Dire si un journal ou un extrait signé est intact, ou nommer la première ligne fausse.

    Sans FICHIER : le journal de cette borne. FICHIER est un extrait signé (.zip, ou .json avec son .sig à côté), qui
    se vérifie avec la clé publique du lieu seule ; ou un journal (journal.db), avec la clé publique de la borne.

    Codes de sortie : 0 intact ; 1 non ; 2 rien ne peut être dit (fichier, signature ou clé qui manque).
    """
    try:
        known = public_key(key) if key else None
        if file is None:
            code = _verify_own(settings_of(context).journal.path, known, as_json)
        elif file.is_dir() or _begins_with(file, _SQLITE):
            code = _verify_given(file, known, as_json)
        elif known is None:
            raise click.UsageError(_NO_KEY)
        else:
            code = _verify_extract(file, signature, known, as_json)
    except BadKey as why:
        click.echo(str(why), err=True)
        code = _UNKNOWN
    except OSError as error:
        click.echo(f"{shown(str(file), 200)} : ce fichier ne se lit pas : {reason(error)}.", err=True)
        code = _UNKNOWN
    context.exit(code)


def _begins_with(file: Path, content: bytes) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(content)) == content


def _verify_own(path: Path, key: bytes | None, as_json: bool) -> int:
    """This kiosk's journal: its file stands where the kiosk alone writes."""
    from assist.journal.verification import verify as verify_journal
    from kiosk.journal_advice import intact

    verdict = verify_journal(path)
    if not verdict.intact or (key is not None and verdict.key != key.hex()):
        return _not_intact(path, verdict, as_json, 1)
    if as_json:
        _print_verdict(verdict, intact=True)
    else:
        click.echo(f"{intact(verdict)}\nClé publique de cette borne : {verdict.key}")
    return 0


def _verify_given(path: Path, key: bytes | None, as_json: bool) -> int:
    """A journal that somebody gives: whoever made it chose its key too, so that only a known key says something."""
    from assist.journal.verification import verify as verify_journal
    from kiosk.journal_advice import intact

    verdict = verify_journal(path)
    if not verdict.intact or (key is not None and verdict.key != key.hex()):
        return _not_intact(path, verdict, as_json, _UNKNOWN)
    unknown = key is None or (verdict.events > 0 and not verdict.signed)
    if as_json:
        _print_verdict(verdict, intact=None if unknown else True)
    elif key is None:
        click.echo(_WHOSE.format(verdict.events, verdict.key[:64]))
    elif unknown:
        click.echo(_NOTHING_SIGNED)
    else:
        click.echo(intact(verdict))
        if verdict.signed < verdict.events:
            click.echo(f"La borne a signé jusqu'à la ligne {verdict.signed} ; après, rien n'est prouvé.")
    return _UNKNOWN if unknown else 0


def _not_intact(path: Path, verdict: Verdict, as_json: bool, unreadable: int) -> int:
    from kiosk.journal_advice import next_step, what_is_wrong

    if as_json:
        _print_verdict(verdict, intact=False)
    elif verdict.intact:
        click.echo(f"Le journal n'est pas celui de cette clé : il est signé par {verdict.key[:64]}.")
    else:
        click.echo(f"{what_is_wrong(path, verdict)} {next_step(path, verdict)}")
    return 1 if verdict.examined else unreadable


def _print_verdict(verdict: Verdict, *, intact: bool | None) -> None:
    print_json({"intact": intact, "events": verdict.events, "first_bad": verdict.first_bad})


def _verify_extract(file: Path, signature: Path | None, key: bytes, as_json: bool) -> int:
    from kiosk.judged_extracts import CannotJudge, as_json_of, judged, said

    try:
        found = judged(file, signature, key)
    except CannotJudge as why:
        click.echo(str(why), err=True)
        return _UNKNOWN
    if as_json:
        print_json(as_json_of(found))
    else:
        for named in found:
            for line in said(named):
                click.echo(line)
    return 1 if any(named.judged.wrong for named in found) else 0


@journal.command()
@click.option("--since", required=True, metavar="AAAA-MM-JJ", help="Le premier jour.", type=_DAY)
@click.option("--until", metavar="AAAA-MM-JJ", help="Le dernier jour ; sinon aujourd'hui.", type=_DAY)
@click.option("--out", type=OutFile(), required=True, metavar="FICHIER.json", help="La signature est à côté (.sig).")
@json_option
@click.pass_context
def extract(context: click.Context, since: datetime, until: datetime | None, out: Path, as_json: bool) -> None:
    """Faire un extrait signé du journal de cette borne, avec la clé de la borne : pour un lieu sans serveur.

    Avec un serveur, faites-le plutôt depuis sa page « Journaux » : deux clés le signent alors.

    Code de sortie : 0 l'extrait est fait ; 1 non, et la raison est dite.
    """
    from assist.journal.checkpoints import key_path, load_key
    from assist.journal.database import StorageError, fault_of
    from assist.journal.opening import public_bytes
    from assist.server.site import HERE
    from kiosk.extract_files import NothingNoted, make
    from kiosk.judged_extracts import SUFFIX

    settings = settings_of(context)
    path, beside = settings.journal.path, out.with_name(out.name + SUFFIX)
    if not path.is_file():
        refuse(f"{path} : il n'y a pas de journal.")
    for file in (out, beside):
        if fault := unwritable(file):
            refuse(f"{shown(str(file), 200)} : l'extrait ne peut pas être écrit : {fault}.")
    if not 2000 <= since.year <= (until or since).year < 3000:
        raise click.UsageError("Choisissez des jours entre 2000 et 2999.")
    now = datetime.now(UTC)
    last = until.date() if until else now.astimezone(HERE).date()
    try:
        written = make(path, (out, beside), (since.date(), last), settings.site.name, now)
        key = load_key(key_path(path))
    except NothingNoted:
        refuse("Le journal n'a rien noté dans ces jours.")
    except StorageError as error:
        refuse(f"L'extrait n'a pas pu être fait : {fault_of(error).message}")
    public = public_bytes(key).hex() if key else ""
    if as_json:
        print_json({"file": str(out), "signature": str(beside), "events": written.rows, "key": public})
        return
    click.echo(f"Extrait de {written.rows} lignes : {shown(str(out), 200)}, et sa signature {shown(beside.name, 200)}.")
    click.echo(f"La clé publique de cette borne, à donner par un autre chemin : {public}")


@journal.command()
@click.option("--out", type=OutFile(), metavar="FICHIER", help="Fichier ; sinon la sortie standard.")
@click.option(
    "--json", "as_json", is_flag=True, help="Sans effet : la sortie est toujours du JSON, un objet par ligne."
)
@click.pass_context
def export(context: click.Context, out: Path | None, as_json: bool) -> None:
    """Sortir le journal : un événement par ligne, en JSON.

    Code de sortie : 0 ; 1 si le journal ne se lit pas.
    """
    from assist.journal.protocol import JournalFault
    from assist.journal.verification import JournalDamaged
    from assist.journal.verification import export as export_journal
    from kiosk.journal_advice import FOLDER, MOVE_FOLDER, NO_JOURNAL_YET

    path = settings_of(context).journal.path
    fault = NO_JOURNAL_YET if not path.exists() else f"{FOLDER} {MOVE_FOLDER}" if path.is_dir() else ""
    if fault:
        click.echo(f"{path} : {fault}", err=True)
        context.exit(1)
    if out is not None and (fault := unwritable(out)):
        click.echo(f"{shown(str(out), 200)} : l'export ne peut pas être écrit : {fault}.", err=True)
        context.exit(1)
    rows = export_journal(path)
    if isinstance(rows, JournalFault):
        click.echo(f"{path} : {rows.message}", err=True)
        context.exit(1)
    try:
        _write_lines(rows, out)
    except JournalDamaged as damaged:
        click.echo(f"Le journal ne se lit plus après la ligne {damaged.after}.", err=True)
        context.exit(1)
    except BrokenPipeError:
        raise  # The reader has had enough ("| head"): click ends quietly.
    except OSError as error:
        click.echo(f"L'export s'est arrêté : {reason(error)}.", err=True)
        context.exit(1)


def _write_lines(rows: Iterator[dict[str, Any]], out: Path | None) -> None:
    lines = (json.dumps(row) for row in rows)
    if out is None:
        for line in lines:
            click.echo(line)
        return
    with out.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


@journal.command()
@click.option("--dry-run", is_flag=True, help="Dire ce qui partirait, sans rien changer.")
@json_option
@click.pass_context
def purge(context: click.Context, dry_run: bool, as_json: bool) -> None:
    """Effacer maintenant ce dont la durée de conservation est finie, à la borne et au serveur de cette machine.

    Cela se fait seul, chaque jour au serveur et à chaque démarrage à la borne : cette commande suit les mêmes règles.

    Code de sortie : 0 ; 1 si quelque chose n'a pas pu être lu ou effacé.
    """
    from kiosk import purging

    settings = settings_of(context)
    keep_private(settings)
    now = datetime.now(UTC)
    told = purging.would_purge(settings, now) if dry_run else purging.purge(settings, now)
    if as_json:
        print_json(purging.as_json(told))
        return
    for line in purging.sentences(told, dry=dry_run):
        click.echo(line)
