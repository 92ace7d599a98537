# SPDX-License-Identifier: EUPL-1.2
"""Floor 1: how a person is reached. The voice, the comfort settings, plain language."""
