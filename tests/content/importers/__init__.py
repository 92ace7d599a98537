# SPDX-License-Identifier: EUPL-1.2
"""Tests of content brought in from others."""
