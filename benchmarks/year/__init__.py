# SPDX-License-Identifier: EUPL-1.2
"""A made-up year of sessions, the same for the same seed, to measure the review with."""
