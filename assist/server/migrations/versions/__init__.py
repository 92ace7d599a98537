# SPDX-License-Identifier: EUPL-1.2
"""One module for each version of the site's database."""
