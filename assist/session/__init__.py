# SPDX-License-Identifier: EUPL-1.2
"""One session with one usager, as a pure machine: commands in, events out, no clock and no I/O."""
