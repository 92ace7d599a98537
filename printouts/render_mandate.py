# SPDX-License-Identifier: EUPL-1.2
"""The papers of a mandate as HTML, before any layout (:mod:`printouts.render` makes the PDF)."""

from __future__ import annotations

from printouts.environment import template
from printouts.mandate import AccessPaper, MandatePaper, RevocationPaper
from printouts.reminder import qr_svg
from printouts.sealed import Album

COPIES = ("Exemplaire de l'usager", "Exemplaire du lieu")


def mandate_html(paper: MandatePaper, album: Album) -> str:
    """Both copies, each from a page of its own."""
    attestation = album.add("attestation", "image/svg+xml", qr_svg(paper.attestation.encode()))
    return template("mandate.html").render(paper=paper, copies=COPIES, attestation=attestation, digest=_groups(paper))


def revocation_html(paper: RevocationPaper) -> str:
    """Both copies, each from a page of its own."""
    return template("revocation.html").render(paper=paper, copies=COPIES)


def access_html(paper: AccessPaper) -> str:
    """One copy, for the person."""
    return template("access.html").render(paper=paper)


def _groups(paper: MandatePaper) -> str:
    """The digest in groups of eight, which an eye can compare."""
    digest = paper.text_digest
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))
