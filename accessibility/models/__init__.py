# SPDX-License-Identifier: EUPL-1.2
"""The models of the voice and of the ear: which there are, which are here, and how one is put in place.

``installed`` is cheap and answers at every start; ``verify`` reads every byte; ``installing.install`` fetches. What can
be had, from where, and what it must be is data: ``accessibility/models.toml``.
"""

from accessibility.models.catalogue import Catalogue, Model, catalogue
from accessibility.models.shelf import Alteration, installed, verify

__all__ = ["Alteration", "Catalogue", "Model", "catalogue", "installed", "verify"]
