# SPDX-License-Identifier: EUPL-1.2
"""From a sentence, as it is said or typed, to words that can be compared: no accent, no capital, no ending."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Protocol, TypeAlias, cast

Fold: TypeAlias = Callable[[str], tuple[str, ...]]
"""What :func:`folded` does; one that remembers may be given authored words only."""
LONGEST = 400
"""Signs of a sentence that are looked at; a longer story is read part by part (``stories``)."""
MOST_WORDS = 48

_LITTLE_FRENCH_WORDS = """
a ai aie alors as au aussi aux avec avez avoir avons bah ben besoin bien bon bonjour bonsoir c ca ce cela ces cet cette
chez
chui comme comment d dans de des dire dit dois dont donc du eh elle elles en encore es est et etait etre eu euh eux
faire fais fait faites faudrait faut g ge hein i il ils j jai je jen jsuis jveux juste l la le les leur leurs lui m ma
mademoiselle madame mais me meme merci mes messieurs moi mon monsieur n ne nos notre nous oh on ont ou par parce pas
peut peux pis plait plus plutot pour pourquoi pourrais pourriez puis qu quand que quel quelle quelqu qui quoi s sa
salut se ses si sil soit son sont stp suis sur svp t ta te tes toi ton tout toute toutes tous tres tu u un une va vais
vas veut veux voila vos votre voudrais voulais vous vouloir vraiment y ya marche marchent marcher the of
jusqu jusque depuis pendant hier maintenant aujourd hui deja toujours trop beaucoup truc lundi mardi mercredi jeudi
vendredi samedi dimanche
"""
_LITTLE_ENGLISH_WORDS = """
about after again all am an and any are at be because been but by can cannot come could day did do does doing don dont
excuse for from get give go going good got had has have he hello her here hi him his how i if in is it its just know
let like ll look madam make may me miss more mr mrs much my myself need no not now of or our out please re say she sir
so some someone something sorry still t take tell than thank thanks that their them then there they thing this to
today too us ve very want was we well were what when where which who why will with would yes you your
"""
LITTLE_WORDS = frozenset(f"{_LITTLE_FRENCH_WORDS} {_LITTLE_ENGLISH_WORDS}".split())
"""Words that say nothing of what is wanted, folded."""

# Short words that lose their meaning with their accent, and how they are written when typed in a hurry.
_BEFORE_FOLDING = {"né": "naitre", "née": "naitre", "nés": "naitre", "nées": "naitre"}
_IN_A_HURRY = {
    "pb": "probleme",
    "rdv": "rendezvous",
    "tel": "telephone",
    "appart": "appartement",
    "adr": "adresse",
    "mdp": "motdepasse",
    "pr": "pour",
    "ds": "dans",
    "kel": "quel",
    "koi": "quoi",
    "pk": "pourquoi",
    "bcp": "beaucoup",
    "jms": "jamais",
    "ts": "tous",
    "tt": "tout",
    "fo": "faut",
    "ki": "qui",
    "ke": "que",
}
_WORD = re.compile(r"[^\W_]+")
_TWO_LETTERS = re.compile(r"\b[^\W_][\W_]+[^\W_]\b")
_NUMBER_MARK = re.compile(r"\bn[°º]\s*|\bnum[ée]ros?\s+(?=\d)", re.IGNORECASE)


def folded(text: str) -> tuple[str, ...]:
    """The words of a text, without accents nor capitals, in order. "A.P.L." and "a p l" are one word."""
    clean = text[:LONGEST]
    if not clean.isprintable():
        clean = "".join(char if char.isprintable() else " " for char in clean)
    if "n" in clean or "N" in clean:
        clean = _NUMBER_MARK.sub("", clean)
    clean = unicodedata.normalize("NFC", clean.replace("’", "'").casefold())
    words = [word if word.isascii() else _BEFORE_FOLDING.get(word) or bare(word) for word in _WORD.findall(clean)]
    if _TWO_LETTERS.search(clean):
        words = _joined(words)
    return tuple([_IN_A_HURRY.get(word, word) for word in words[:MOST_WORDS]])


def is_of_another_script(text: str) -> bool:
    """Whether it has letters, and none of ours: who writes so needs somebody who reads it."""
    letters = [char for char in text[:LONGEST] if char.isalpha()]
    return bool(letters) and min(letters) > _LAST_LATIN


_LAST_LATIN = "\u024f"


def bare(word: str) -> str:
    """Without accents; ligatures apart."""
    word = word.translate(_BARE)
    return word if word.isascii() else _apart(word)


def _apart(text: str) -> str:
    return "".join([char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)])


_BARE = {code: _apart(chr(code)) for code in range(0xC0, 0x180)} | {ord("œ"): "oe", ord("æ"): "ae"}
"""Latin letters without their accents."""


def _joined(words: list[str]) -> list[str]:
    """Letters said one after the other make one word: three at least, or two that are no words of their own."""
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and (word.isalpha() or (run and word in "23")):
            run.append(word)
            continue
        if len(run) >= 3 or (len(run) == 2 and not set(run) & set("jlcdmnstayi")) or run == ["b", "3"]:
            joined.append("".join(run))
        else:
            joined += run
        run = []
        if word:
            joined.append(word)
    return joined


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


def _stemmer() -> _Stemmer:
    """A new one for each word: it remembers the last one, and two threads must not share it."""
    import Stemmer

    made = Stemmer.Stemmer("french", maxCacheSize=0)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return cast("_Stemmer", made)


def stem(word: str) -> str:
    """The word without its endings: perdu, perdue, perdus are one; short words stay whole.

    Nothing is remembered from one call to the next: a person's words are not kept.
    """
    if len(word) < 4 or not (word.isascii() and word.isalnum()):
        return word
    return _stemmer().stemWord(word)


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that say what is wanted."""
    return tuple([word for word in words if word not in LITTLE_WORDS])
