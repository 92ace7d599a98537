# SPDX-License-Identifier: EUPL-1.2
"""Which kiosks were linked and when, and what they told of their printer, their disk and their clock."""
