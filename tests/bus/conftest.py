from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from shared.runtime.settings import Settings
from tests.bus.pair import (
    Team,
    accepting,
    counting,
    hands_over,
    hearing_receipts,
    start,
    tells_closures,
    tells_receipts,
)


@dataclass
class Pair:
    teller: Team
    listener: Team
    poison: set[UUID]


@pytest.fixture
async def pair(settings_of: Callable[[str], Settings]) -> AsyncIterator[Pair]:
    """coordination tells, intake listens, both on the real servers."""
    poison: set[UUID] = set()
    teller = await start(
        settings_of("coordination"),
        tell=tells_closures,
        handovers=hands_over,
        reactions=hearing_receipts(),
    )
    listener = await start(
        settings_of("intake"),
        reactions=counting(poison),
        tell=tells_receipts,
        accept=accepting(poison),
    )
    made = Pair(teller, listener, poison)
    yield made
    await made.listener.stop()
    await made.teller.stop()
