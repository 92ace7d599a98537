# SPDX-License-Identifier: EUPL-1.2
"""A signed extract of a journal for an audit: written as lines of JSON, checked with a public key alone.

``docs/extrait-audit.md`` says it for whoever writes a checker of their own.
"""
