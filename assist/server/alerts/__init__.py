# SPDX-License-Identifier: EUPL-1.2
"""Alerts: found each minute, kept with their moments, shown, and told by mail."""
