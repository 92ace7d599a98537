# SPDX-License-Identifier: EUPL-1.2
"""Drawings of figures, for pages and for papers: plain data, then geometry, then SVG."""
