# SPDX-License-Identifier: EUPL-1.2
"""Floor 1: what goes home. Documents, their rendering, and the printers."""
