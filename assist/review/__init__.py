# SPDX-License-Identifier: EUPL-1.2
"""What the journal tells of how people got on: pure projections of its events."""
