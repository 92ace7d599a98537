# SPDX-License-Identifier: EUPL-1.2
"""Content that others publish, brought in: each feed has its own room."""
