"""The indicator tables from nothing: facts a second through fold, COPY and swap."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import httpx2

from benchmarks.errand import Errand, open_errand, tell
from benchmarks.figures import Figures
from deploy.embedded import Servers
from deploy.services import service_of, settings_from
from services.reporting.indicators import Memory
from services.reporting.rebuild import rebuild
from shared.bus.told import Told
from shared.privacy.access import Role, Staff
from shared.runtime.host import build
from shared.sourcing.codec import plain
from shared.sourcing.ids import new_id
from shared.sourcing.migrate import migrate
from shared.sourcing.store import connect
from shared.web.tokens import issue

PAGE = 5_000
EPOCH = UUID(int=1)
ASKED = 40
PAGES = {
    "year": "/reporting?fiscal_year=2026",
    "indicator with its facts": "/reporting/indicators/Q-02?fiscal_year=2026",
    "two years": "/reporting/compare?fiscal_year=2026",
    "beyond the plan": "/reporting/beyond",
    "return to the ministry": "/reporting/return?fiscal_year=2026",
    "quality of the data": "/reporting/quality",
}
"""What a reader of the figures opens."""


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
    """rebuild, in facts a second; then the pages over these facts, in ms."""
    settings = settings_from(servers.environment("reporting"))
    await migrate(settings.database_url, [service_of("reporting").migrations])
    db = await connect(settings.database_url)
    begun = time.perf_counter()
    done = await rebuild(db, told_pages(number), Memory("C-08"), progress)
    figures.add("rebuild", done.facts / (time.perf_counter() - begun))
    figures.add("rebuild/rows", done.rows)
    await db.close()
    await _pages(servers, figures)


async def _pages(servers: Servers, figures: Figures) -> None:
    """The dashboard, one indicator down to its facts, two years, and what no indicator says."""
    app = build(service_of("reporting"), settings_from(servers.environment("reporting")))
    signing = settings_from(servers.environment("portal")).token_signing_key_file
    if signing is None:
        raise RuntimeError("the bench needs the portal's signing key")
    reader = Staff("bench", "計測", Role.MANAGER, "C-08")
    token = issue(signing.read_bytes(), reader, datetime.now(UTC))
    await app.state.host.store.open(4)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app),
        base_url="http://localhost",
        headers={"Authorization": f"Bearer {token}", "Accept": "text/html"},
    ) as client:
        for name, path in PAGES.items():
            for _ in range(ASKED):
                begun = time.perf_counter()
                (await client.get(path)).raise_for_status()
                figures.add(f"page/{name}", (time.perf_counter() - begun) * 1000)
    await app.state.host.store.close()
