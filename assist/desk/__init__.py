# SPDX-License-Identifier: EUPL-1.2
"""Those who help: who waits for them, the mandates they act under, the reports they close with. No network, no page."""
