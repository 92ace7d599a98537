# SPDX-License-Identifier: EUPL-1.2
"""The accounts of those who help, and how they come in."""
