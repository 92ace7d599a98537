# SPDX-License-Identifier: EUPL-1.2
"""The voice that speaks: engines that make sound, a cache of what they made, a player that stops at once."""
