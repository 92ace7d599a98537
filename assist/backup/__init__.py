# SPDX-License-Identifier: EUPL-1.2
"""Everything that a site would need again, in one file that only one key opens."""
