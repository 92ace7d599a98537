# SPDX-License-Identifier: EUPL-1.2
"""The words that click itself writes (usage, errors, options), in French.

click asks ``gettext`` for them, in a catalogue that nobody ships for French, chosen by ``LANGUAGE``,
which the programs that are started from here (``lp``) would inherit. So click's own look-up is replaced instead.
A sentence that is not here stays in English: a test reads every help and every kind of mistake.
"""

from __future__ import annotations

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

_FRENCH = {
    "Aborted!": "Arrêté.",
    "Usage:": "Usage :",
    "Options": "Options\u00a0",
    "Commands": "Commandes\u00a0",
    "Positional arguments": "Arguments\u00a0",
    "required": "obligatoire",
    "default: {default}": "par défaut : {default}",
    "(dynamic)": "(calculé)",
    "env var: {var}": "variable : {var}",
    "Show this message and exit.": "Montrer cette aide.",
    "Show the version and exit.": "Dire la version.",
    "%(prog)s, version %(version)s": "%(prog)s, version %(version)s",
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "Pour de l'aide : {command} {option}",
    "Error: invalid input": "Erreur : ce n'est pas une réponse possible.",
    "Missing command.": "Il manque une commande.",
    "Missing argument": "Il manque l'argument",
    "Missing option": "Il manque l'option",
    "Missing parameter": "Il manque le paramètre",
    "Missing {param_type}": "Il manque {param_type}",
    "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
    "No such option {name!r}.": "L'option {name!r} n'existe pas.",
    "No such command {name!r}.": "La commande {name!r} n'existe pas.",
    "Did you mean {possibility}?": "Vouliez-vous écrire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "(Vouliez-vous écrire : {possibilities} ?)",
    "Got unexpected extra argument ({args})": "Il y a un argument de trop ({args})",
    "Got unexpected extra arguments ({args})": "Il y a des arguments de trop ({args})",
    "Option {name!r} does not take a value.": "L'option {name!r} ne prend pas de valeur.",
    "Option {name!r} requires an argument.": "L'option {name!r} attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L'option {name!r} attend {nargs} valeurs.",
    "Invalid value: {message}": "Valeur impossible : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur impossible pour {param_hint} : {message}",
    "Choose from:\n\t{choices}": "Choisissez parmi :\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} n'est pas {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} n'est pas possible. Valeurs possibles : {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} n'est pas un nombre.",
    "{value} is not in the range {range}.": "{value} est hors des limites : {range}.",
    "{name} {filename!r} does not exist.": "{filename!r} n'existe pas.",
    "{name} {filename!r} is a file.": "{filename!r} est un fichier.",
    "{name} {filename!r} is a directory.": "{filename!r} est un dossier.",
    "{name} {filename!r} is not readable.": "{filename!r} ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "{filename!r} ne peut pas être écrit.",
    "Could not open file {filename!r}: {message}": "Le fichier {filename!r} ne peut pas être ouvert : {message}",
    "unknown error": "erreur inconnue",
}


def _one(message: str) -> str:
    return _FRENCH.get(message, message).replace(" :", "\u00a0:").replace(" ?", "\u00a0?")


def _one_or_many(one: str, many: str, number: int) -> str:
    # French says "zero" in the singular.
    return _one(one if number < 2 else many)


for _module in (core, decorators, exceptions, formatting, parser, termui, types):
    for _name, _words in (("_", _one), ("ngettext", _one_or_many)):
        if hasattr(_module, _name):
            setattr(_module, _name, _words)


class FrenchGroup(click.Group):
    """A group of commands whose usage line is in French."""

    def __init__(self, *args: object, **settings: object) -> None:
        super().__init__(*args, subcommand_metavar="COMMANDE [ARGUMENTS]…", **settings)  # type: ignore[arg-type]


FrenchGroup.group_class = FrenchGroup
