# SPDX-License-Identifier: EUPL-1.2
"""The empty database of the tests of the server."""

from tests.assist.conftest import models as models
