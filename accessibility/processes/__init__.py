# SPDX-License-Identifier: EUPL-1.2
"""Processes that may hang or die without the kiosk: kept alive, heard, killed, started again."""
