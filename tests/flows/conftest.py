from __future__ import annotations

from collections.abc import Iterator

import pytest

from deploy.embedded import Servers
from tests.flows.town import WHOLE, Town


@pytest.fixture
def town() -> Iterator[Town]:
    with Servers.temporary() as servers:
        made = Town(servers)
        try:
            yield made
        finally:
            made.stop()


@pytest.fixture
def whole_town() -> Iterator[Town]:
    with Servers.temporary() as servers:
        made = Town(servers, WHOLE)
        try:
            yield made
        finally:
            made.stop()
