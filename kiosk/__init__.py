# SPDX-License-Identifier: EUPL-1.2
"""Floor 3: the terminal the public touches. It wires the rooms below into one application."""
