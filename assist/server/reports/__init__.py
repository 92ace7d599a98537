# SPDX-License-Identifier: EUPL-1.2
"""Activity reports: kept, corrected, listed, exported, then only counted."""
