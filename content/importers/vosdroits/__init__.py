# SPDX-License-Identifier: EUPL-1.2
"""The *vosdroits* feed of Service-Public.fr: what DILA publishes becomes data, and its guided trees procedures.

The way in: :mod:`.sources` gives files, :mod:`.safe_xml` elements, :mod:`.reading` publications, :mod:`.store` keeps
them; :mod:`.importing` does all of it. The way out: :mod:`.serving` gives a kiosk its procedures, that
:mod:`.compiling` makes only when somebody picks one.
"""
