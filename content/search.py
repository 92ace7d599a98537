# SPDX-License-Identifier: EUPL-1.2
"""Finds the procedures that a few words, typed or spoken, may mean.

Words are compared without accents, capitals nor endings, with room for typing mistakes (rapidfuzz). Rare words count
more than common ones. Every language is searched at once: a person who reads English types "mairie" or "titre de
séjour", the words that stand on the letters. It never opens anything alone: the person chooses among at most three.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from content.model import Catalogue, Procedure

SENSIBLE = 55.0
"""Below this score (of 100) nothing is proposed."""
BESIDE_THE_BEST = 0.6
"""Nor what scores less than this part of the likeliest: "j'ai perdu ma carte" is not about a job that was lost."""
CLOSE_WORD = 84.0
"""Two words this alike (of 100) are taken for the same word, typed differently."""
UNKNOWN_WEIGHT = 0.35
"""Words that no procedure knows ("bonjour", a first name) count little against it."""
MAX_QUERY = 200

_LITTLE_FRENCH_WORDS = """
a ai aie alors as au aussi aux avec avez avoir avons bien bonjour bonsoir c ca ce cela ces cet cette chez comme comment
d dans de depuis des dire dit dois donc du elle elles en encore es est et etre eu eux faire fais fait faudrait faut il
ils j je l la le les leur lui m ma madame mais me merci mes moi mon monsieur n ne nos notre nous on ont ou par parce
pas peut peux plait plus pour pourquoi pourrais puis qu quand que quel quelle quelqu qui quoi s sa sans se ses si sil
son sont suis sur svp t ta te tes toi ton tout tres tu un une va vais vas veut veux vos votre voudrais voulais vous
vouloir y marche marchent marcher
"""
_LITTLE_ENGLISH_WORDS = """
about after again all am an and any are as at be because been but by can cannot come could day did do does doing don
dont excuse for from get give go going good got had has have he hello help her here hi him his how i if in is it its
just know let like ll look madam make may me miss more mr mrs much my myself need no not now of on or our out please
re say she sir so some someone something sorry still t take tell than thank thanks that the their them then there they
thing this to today too us ve very want was we well were what when where which who why will with would yes you your
"""
_EMPTY_WORDS = frozenset(f"{_LITTLE_FRENCH_WORDS} {_LITTLE_ENGLISH_WORDS}".split())
"""Words that say nothing of what is wanted, folded."""


@dataclass(frozen=True, slots=True)
class Match:
    """A procedure that may be meant, and how surely (0 to 100)."""

    procedure: Procedure
    score: float


@dataclass(frozen=True, slots=True)
class _Known:
    procedure: Procedure
    phrases: tuple[frozenset[str], ...]
    words: frozenset[str]


def search(catalogue: Catalogue, query: str, language: str, limit: int = 3) -> tuple[Match, ...]:
    """At most ``limit`` procedures that ``query`` may mean, the likeliest first; none below a sensible score.

    They are given in ``language``, or in French where it lacks, whatever the language of the query.
    """
    asked = words_of(query[:MAX_QUERY])
    if not asked:
        return ()
    known = [_known(one, catalogue.procedures.get(one.id, {}).values()) for one in catalogue.titles(language)]
    vocabulary = sorted({word for one in known for word in one.words})
    close = {word: _close_words(word, vocabulary) for word in asked}
    weight = {word: _weight(found, known) for word, found in close.items()}
    rarity = {word: _weight({word: 1.0}, known) for word in vocabulary}
    matches = [Match(one.procedure, _score(one, close, weight, rarity)) for one in known]
    least = max(SENSIBLE, BESIDE_THE_BEST * max((match.score for match in matches), default=0.0))
    sensible = [match for match in matches if match.score >= least]
    return tuple(sorted(sensible, key=lambda match: (-match.score, match.procedure.title))[:limit])


def words_of(text: str) -> frozenset[str]:
    """The words of a text that mean something, folded: no accent, no capital, no plural."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return frozenset(_stem(word) for word in re.findall(r"[^\W_]+", bare) if word not in _EMPTY_WORDS)


_ENDINGS = re.compile(r"(?:ements?|ings?|ed|er|ees?|es|e|ez|ais|ait|s|x)$")


def _stem(word: str) -> str:
    """The word without its commonest endings, when enough of it is left: perdu, perdue, perdus are one."""
    short = _ENDINGS.sub("", word)
    return short if len(short) >= 4 else word


def _known(procedure: Procedure, languages: Iterable[Procedure]) -> _Known:
    texts = dict.fromkeys(text for one in (procedure, *languages) for text in (one.title, one.summary, *one.also))
    phrases = tuple(words_of(text) for text in texts)
    return _Known(procedure, phrases, frozenset[str]().union(*phrases))


def _close_words(word: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """Words of the vocabulary that ``word`` may be, with their likeness (0 to 1). Short words must be exact."""
    if len(word) < 4:
        return {word: 1.0} if word in vocabulary else {}
    found = process.extract(word, vocabulary, scorer=fuzz.ratio, score_cutoff=CLOSE_WORD, limit=5)
    return {other: score / 100 for other, score, _ in found if len(other) > 3 or other == word}


def _weight(close: Iterable[str], known: Sequence[_Known]) -> float:
    """More for a word that few procedures use; UNKNOWN_WEIGHT for one that none does."""
    users = sum(1 for one in known if any(word in one.words for word in close))
    return math.log(1 + len(known) / users) if users else UNKNOWN_WEIGHT


def _score(
    one: _Known, close: dict[str, dict[str, float]], weight: dict[str, float], rarity: dict[str, float]
) -> float:
    """How much of the query the procedure explains, and how much of its best phrase the query says."""
    total = sum(weight.values())

    def explained(words: frozenset[str]) -> float:
        likeness = ((weight[word], max((close[word].get(w, 0.0) for w in words), default=0.0)) for word in close)
        return sum(w * like for w, like in likeness) / total

    said = {other: like for found in close.values() for other, like in found.items()}

    def phrase(words: frozenset[str]) -> float:
        if not words:
            return 0.0
        covered = sum(rarity[word] * said.get(word, 0.0) for word in words) / sum(rarity[word] for word in words)
        return 0.6 * explained(words) + 0.4 * covered

    return 100 * (0.4 * explained(one.words) + 0.6 * max(phrase(words) for words in one.phrases))
