# SPDX-License-Identifier: EUPL-1.2
"""Appointments at the site: the hours, the free slots, those that are taken. Nobody's name is asked."""
