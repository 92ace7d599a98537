# SPDX-License-Identifier: EUPL-1.2
"""The activity report (compte rendu d'activité, CRA): what it says, and its first draft from what happened. Pure."""
