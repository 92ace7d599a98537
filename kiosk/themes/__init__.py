# SPDX-License-Identifier: EUPL-1.2
"""The four contrast themes."""
