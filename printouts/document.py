# SPDX-License-Identifier: EUPL-1.2
"""Whatever is printed."""

from __future__ import annotations

from printouts.appointment import AppointmentPaper
from printouts.mandate import AccessPaper, MandatePaper, RevocationPaper
from printouts.model import Receipt
from printouts.poster import Poster
from printouts.report import Report

Document = Receipt | AppointmentPaper | MandatePaper | RevocationPaper | AccessPaper | Poster | Report
"""The papers of a mandate are signed: they are always A4. So are reports. A poster says its own size."""
