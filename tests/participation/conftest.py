"""The running service, and the nurse who works with it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from deploy.embedded import Servers
from services.participation.app import participation
from services.participation.reactions import list_new_place, take_request
from shared.casefile.hearing import accept
from shared.runtime.settings import Settings
from tests.casefile.running import NURSE, Client, Running, running
from tests.participation.sent import ASKED, HANDED, REGISTERED


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(participation, settings_of("participation"), servers) as service:
        for _ in range(2):  # every fact and hand-over may come twice
            await take_request(ASKED, service.desk())
            await list_new_place(REGISTERED, service.desk())
            await accept(HANDED, service.desk())
        yield service


@pytest.fixture
async def nurse(service: Running) -> AsyncIterator[Client]:
    async with service.as_(NURSE) as client:
        yield client
