# SPDX-License-Identifier: EUPL-1.2
"""The touch page: the kiosk app behind a PTY, shown by a local web page made for Chromium in kiosk mode."""
