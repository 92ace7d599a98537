# SPDX-License-Identifier: EUPL-1.2
"""Whatever is printed."""

from __future__ import annotations

from printouts.appointment import AppointmentPaper
from printouts.mandate import MandatePaper, RevocationPaper
from printouts.model import Receipt
from printouts.poster import Poster

Document = Receipt | AppointmentPaper | MandatePaper | RevocationPaper | Poster
"""The papers of a mandate are signed: they are always A4. A poster says its own size."""
