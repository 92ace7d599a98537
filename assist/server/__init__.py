# SPDX-License-Identifier: EUPL-1.2
"""The server of a site: what its kiosks send, and the pages of those who help."""
