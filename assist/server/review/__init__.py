# SPDX-License-Identifier: EUPL-1.2
"""What a site manager reviews: sessions, where people stop, figures; kept as sums while the events come in."""
