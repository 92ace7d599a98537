# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a kiosk that everyone can use, which tests show it, and what they said: ``docs/accessibilite.md``.

It lives with the tests and not in a room of the kiosk: a kiosk never reads it, and a clause is only as good as the test
that carries its name. ``script/conformity`` runs those tests and writes the page; ``test_conformity.py`` keeps the page
in agreement with the markers.
"""
