# SPDX-License-Identifier: EUPL-1.2
"""The few things that are painted: words, targets, pictures, QR codes, the header."""
