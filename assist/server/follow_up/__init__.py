# SPDX-License-Identifier: EUPL-1.2
"""A person comes back with the paper that a kiosk printed."""
