# SPDX-License-Identifier: EUPL-1.2
"""What happened, kept: an append-only, hash-chained, signed journal in one SQLite database.

Importing this package is cheap. The database comes in with :mod:`assist.journal.store` (``open_journal``),
the checks with :mod:`assist.journal.verification` (``verify``, ``export``).
"""

from assist.journal.memory import MemoryJournal
from assist.journal.protocol import Appended, FaultKind, Journal, JournalFault, Opened, SetAside

__all__ = ["Appended", "FaultKind", "Journal", "JournalFault", "MemoryJournal", "Opened", "SetAside"]
