# SPDX-License-Identifier: EUPL-1.2
"""The mandates of the site: tables, keys, pages, papers. Their rules are in :mod:`assist.desk.mandates`."""
