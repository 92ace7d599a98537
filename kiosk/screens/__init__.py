# SPDX-License-Identifier: EUPL-1.2
"""What each moment looks like: scenes lay a view out, one frame paints them."""
