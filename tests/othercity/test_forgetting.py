"""`./tsunagu forget`: a person who went through all teams is erased in all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from deploy.commands.expire import expire
from deploy.commands.forget import forget
from deploy.opened import opened
from deploy.teams import TEAMS
from deploy.trouble import Trouble
from services.outreach.erasing import erase_due
from tests.othercity.conftest import Hall, resumed
from tests.waiting import until

NAME = "架空 つくし"


async def test_a_person_is_erased_in_every_team(hall: Hall) -> None:
    case = await resumed(hall)
    case_id = UUID(case.rsplit("/", 1)[1])
    page = f"/coordination/cases/{case_id}"
    assert NAME in (await hall.get(page)).text
    requests = (await hall.get("/outreach")).text
    assert NAME in requests
    sights = (await hall.get(f"/coordination/sights/{case_id}")).text
    assert "つながり係" in sights, "the look at the page is in the log"
    for team in ("community", "reporting", "portal"):
        assert NAME not in await _everything(hall, team), f"{team} was never told the name"
    data = hall.servers.folder.path
    await asyncio.to_thread(forget, str(case_id), data, yes=True)
    for path in (page, "/outreach", "/intake", "/coordination"):
        await until(_gone(hall, path), f"{path} shows the erased name no longer")
    for team in TEAMS:
        assert NAME not in await _everything(hall, team), team
    with pytest.raises(Trouble, match="no team"):
        await asyncio.to_thread(forget, str(UUID(int=1)), data, yes=True)
    with pytest.raises(Trouble, match="no case id"):
        forget("C-01", data, yes=True)


def _gone(hall: Hall, path: str) -> Callable[[], Awaitable[bool]]:
    async def gone() -> bool:
        return NAME not in (await hall.get(path)).text

    return gone


async def _everything(hall: Hall, team: str) -> str:
    """All tables of a team's database, as text."""
    db: Any = await asyncpg.connect(hall.servers.postgres.team_url(team))
    try:
        tables = await db.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        texts = [str(await db.fetch(f'SELECT t::text FROM "{name}" AS t')) for (name,) in tables]
    finally:
        await db.close()
    return "".join(texts)


async def test_what_nothing_came_of_is_erased_when_its_time_is_over(hall: Hall) -> None:
    """N-08: kept from the day it was written down; the command and the service's clock agree."""
    told = {"on": hall.day, "story": NAME + "が見えない", "source": hall.city.first("sources")}
    lead = await hall.post("/outreach/api/leads", **told)
    page, data = f"/outreach/leads/{lead['id']}", hall.servers.folder.path
    await asyncio.to_thread(expire, data)
    assert NAME in (await hall.get(page)).text, "its time is not over yet"
    async with opened("outreach", data) as host:
        for _ in range(2):
            await erase_due(host.store, host.clock.today() + timedelta(days=400))
    await until(_gone(hall, page), "the page shows what was told no longer")
    assert "保存期間が過ぎ" in (await hall.get(page)).text
    assert NAME not in await _everything(hall, "outreach")
