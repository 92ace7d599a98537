# SPDX-License-Identifier: EUPL-1.2
"""The words of a mandate: dated texts, each known by the SHA-256 of its file. A text that served is never changed.

Practice of Aidants Connect: the person reads what she gives, for how long, and that she may stop it; the paper carries
the date and the digest of the text. What is kept, and how long, comes from the project's own rules.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from assist.desk.mandates import Domain, Duration

TEXTS = Path(__file__).parent / "mandate_texts"


@dataclass(frozen=True, slots=True)
class Part:
    """A title, sentences, and the list that follows them."""

    title: str
    sentences: tuple[str, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What a text is filled with."""

    mediator: str
    site: str
    domains: tuple[Domain, ...]
    duration: Duration
    until: str
    """The end, in full."""
    contact: tuple[str, ...] = ()
    """Address, hours, telephone of the site."""


@dataclass(frozen=True, slots=True)
class MandateText:
    """One dated text, before it is filled."""

    dated: date
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    title: str
    parts: tuple[tuple[Part, str], ...]
    """Each with the name of the list that ends it, or ""."""
    agreement: Part
    revocation_title: str
    revoked_whole: tuple[str, ...]
    revoked_partly: tuple[str, ...]
    after_revocation: tuple[str, ...]
    domains: dict[Domain, str]
    durations: dict[Duration, str]

    def filled(self, around: Around) -> tuple[Part, ...]:
        """The parts as the person reads them, her agreement last."""
        lists = {
            "": (),
            "domains": tuple(f"{self.domains[domain]}." for domain in around.domains),
            "until": (f"{around.until}.",),
            "contact": (around.site, *around.contact),
        }
        return (
            *(
                Part(
                    self._fill(part.title, around),
                    tuple(self._fill(sentence, around) for sentence in part.sentences),
                    lists[name],
                )
                for part, name in self.parts
            ),
            self.agreement,
        )

    def revocation(self, mediator: str, *, whole: bool) -> tuple[str, ...]:
        """What the paper of a revocation says."""
        said = (*(self.revoked_whole if whole else self.revoked_partly), *self.after_revocation)
        return tuple(sentence.replace("{mediator}", mediator) for sentence in said)

    def _fill(self, sentence: str, around: Around) -> str:
        # replace, not format: a name with braces in it is a name.
        known = {"mediator": around.mediator, "site": around.site, "duration": self.durations[around.duration]}
        for name, value in known.items():
            sentence = sentence.replace(f"{{{name}}}", value)
        return sentence


@cache
def texts() -> dict[str, MandateText]:
    """Every text, by its digest, oldest first."""
    found = [_read(path) for path in sorted(TEXTS.glob("*.toml"))]
    return {text.digest: text for text in found}


def current() -> MandateText:
    """The text of the mandates that are given now."""
    return list(texts().values())[-1]


def text_of(digest: str) -> MandateText | None:
    """The text with this digest; None when this version does not have it."""
    return texts().get(digest)


def _read(path: Path) -> MandateText:
    content = path.read_bytes()
    data: dict[str, Any] = tomllib.loads(content.decode())
    revocation = data["revocation"]
    return MandateText(
        dated=data["date"],
        digest=sha256(content).hexdigest(),
        title=data["title"],
        parts=tuple((_part(part), part.get("list", "")) for part in data["parts"]),
        agreement=_part(data["agreement"]),
        revocation_title=revocation["title"],
        revoked_whole=_sentences(revocation["whole"]),
        revoked_partly=_sentences(revocation["partial"]),
        after_revocation=_sentences(revocation["kept"]),
        domains={domain: _bound(data["domains"][domain]) for domain in Domain},
        durations={duration: data["durations"][duration] for duration in Duration},
    )


def _part(data: dict[str, Any]) -> Part:
    return Part(_bound(data["title"]), _sentences(data["sentences"]))


def _sentences(data: object) -> tuple[str, ...]:
    return tuple(_bound(sentence) for sentence in cast(list[str], data))


def _bound(text: str) -> str:
    """With the spaces that French keeps unbroken, which a hand that writes TOML cannot see."""
    for sign in ":;?!»":
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    return text.replace("« ", "«\u00a0")
