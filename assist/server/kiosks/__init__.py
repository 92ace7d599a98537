# SPDX-License-Identifier: EUPL-1.2
"""The kiosks of the site: their keys, their connections, their journals."""
