# SPDX-License-Identifier: EUPL-1.2
"""The kiosk's ear: what a person says becomes one of the things that can be said now, or nothing."""
