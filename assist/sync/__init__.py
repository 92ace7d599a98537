# SPDX-License-Identifier: EUPL-1.2
"""The kiosk's end of the link to the server of its site."""
