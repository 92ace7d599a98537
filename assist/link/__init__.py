# SPDX-License-Identifier: EUPL-1.2
"""What a kiosk and the server of its site say to each other: plain data, no network."""
