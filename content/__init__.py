# SPDX-License-Identifier: EUPL-1.2
"""Floor 1: what can be done. Procedures, their words, their pictograms, and the checks that guard them."""
