# SPDX-License-Identifier: EUPL-1.2
"""Floor 2: what happened and who helped. Sessions and the journal."""
