# SPDX-License-Identifier: EUPL-1.2
"""The desk: who calls, and the page beside the person."""
