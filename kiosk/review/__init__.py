# SPDX-License-Identifier: EUPL-1.2
"""The manager's review in a terminal: the words and figures of the pages, for a site without a browser."""
