# SPDX-License-Identifier: EUPL-1.2
"""What shows that nobody rewrote the past: countersigned checkpoints, histories set apart, and the verification."""
