"""The indicator tables from nothing: facts a second through fold, COPY and swap."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

from benchmarks.errand import Errand, open_errand, tell
from benchmarks.figures import Figures
from deploy.embedded import Servers
from deploy.services import service_of, settings_from
from services.reporting.indicators import Memory
from services.reporting.rebuild import rebuild
from shared.bus.told import Told
from shared.sourcing.codec import plain
from shared.sourcing.ids import new_id
from shared.sourcing.migrate import migrate
from shared.sourcing.store import connect

PAGE = 5_000
EPOCH = UUID(int=1)


async def told_pages(number: int) -> AsyncIterator[Sequence[Told]]:
    """Facts as the feed gives them, spread over the year; every one counts for Q-02 and Q-03."""
    case_id = new_id()
    fact = tell(open_errand(Errand(), case_id=case_id, events=1)[0])
    if fact is None:
        raise RuntimeError("the errand tells nothing")
    data = plain(fact)
    for begin in range(0, number, PAGE):
        yield [
            Told(
                "intake",
                position,
                UUID(int=position),
                "ConsultationReceived",
                case_id,
                date(2026, 4, 1) + timedelta(days=position % 300),
                data,
                b"{}",
                EPOCH,
            )
            for position in range(begin + 1, min(begin + PAGE, number) + 1)
        ]


async def measure(
    servers: Servers, figures: Figures, number: int, progress: Callable[[int], None]
) -> None:
    """rebuild, in facts a second."""
    settings = settings_from(servers.environment("reporting"))
    await migrate(settings.database_url, [service_of("reporting").migrations])
    db = await connect(settings.database_url)
    begun = time.perf_counter()
    done = await rebuild(db, told_pages(number), Memory("C-08"), progress)
    figures.add("rebuild", done.facts / (time.perf_counter() - begun))
    figures.add("rebuild/rows", done.rows)
    await db.close()
