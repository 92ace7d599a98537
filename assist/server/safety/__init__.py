# SPDX-License-Identifier: EUPL-1.2
"""What stands between a browser and the pages: who may ask, how often, and what an answer allows."""
