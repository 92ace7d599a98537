# SPDX-License-Identifier: EUPL-1.2
"""Reads a PDF back, as a screen reader, a printer or a telephone would."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """All text, with ordinary spaces."""
    return "\n".join(page.extract_text() for page in reader(pdf).pages).replace("\u00a0", " ")


def sizes(pdf: bytes) -> dict[float, str]:
    """Size in points of each text drawn -> one example of it."""
    found: dict[float, str] = {}

    def visit(words: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if words.strip():
            found.setdefault(round(abs(size * tm[3] * cm[3]), 2), words.strip())

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=visit)
    return found


def elements(pdf: bytes) -> list[DictionaryObject]:
    """Every element of the structure tree, in reading order."""
    root = reader(pdf).trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    found: list[DictionaryObject] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for kid in node:
                walk(kid)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"])
    return found


def pictures(pdf: bytes, dpi: int = 150) -> list[Image.Image]:
    """Each page as a printer of ``dpi`` dots per inch would see it, in grey."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "receipt.pdf")
        path.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), path, Path(folder, "page")], check=True, timeout=60)
        return [Image.open(page).copy() for page in sorted(Path(folder).glob("page*.pgm"))]


def codes(pdf: bytes, dpi: int = 203) -> list[bytes]:
    """What the QR codes hold, from the top down, seen at the 203 dpi of a thermal head."""
    found: list[bytes] = []
    for image in pictures(pdf, dpi):
        barcodes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
        found += [bytes(code.bytes) for code in sorted(barcodes, key=lambda code: code.position.top_left.y)]
    return found
