# SPDX-License-Identifier: EUPL-1.2
"""No time limit on single Hypothesis examples: the machine may be busy, and time limits have tests of their own."""

from hypothesis import settings

settings.register_profile("content", deadline=None)
settings.load_profile("content")
