# SPDX-License-Identifier: EUPL-1.2
"""What it costs: each figure with its baseline, in one run (``script/bench``)."""
