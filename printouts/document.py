# SPDX-License-Identifier: EUPL-1.2
"""Whatever is printed."""

from __future__ import annotations

from printouts.appointment import AppointmentPaper
from printouts.mandate import MandatePaper, RevocationPaper
from printouts.model import Receipt

Document = Receipt | AppointmentPaper | MandatePaper | RevocationPaper
"""The papers of a mandate are signed: they are always A4."""
