# SPDX-License-Identifier: EUPL-1.2
"""The steps from each version of the site's database to the next (Alembic)."""
