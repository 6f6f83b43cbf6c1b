"""All services in one process under a clock that we set, and staff who speak to them by JSON."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import httpx2

from deploy.address import OneAddress, started
from deploy.services import service_of
from shared.privacy.access import Role, Staff
from shared.runtime.clock import CITY_TIME, Clock, utc_now
from shared.runtime.host import build
from shared.vocabulary.city import City
from shared.web.tokens import issue

if TYPE_CHECKING:
    from shared.runtime.settings import Settings

PATIENCE_S = 120.0
_LIFE = timedelta(days=7)


@dataclass
class Hall:
    """Who does something says as whom; the day is the hall's."""

    city: City
    seed: int
    day: date
    web: httpx2.AsyncClient
    tokens: Mapping[str, str]
    at_once: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(8))
    commands: int = 0

    async def post(self, key: str, path: str, by: str = "", **body: Any) -> dict[str, Any]:
        """One command under an id that the seed and the key make. Raises RuntimeError."""
        command = uuid5(NAMESPACE_URL, f"simulated:{self.seed}:{key}:{path}")
        headers = self._as(by or path.split("/", 2)[1]) | {"Idempotency-Key": str(command)}
        async with self.at_once:
            answer = await self.web.post(path, json=body, headers=headers)
        if answer.status_code >= 400:
            raise RuntimeError(f"{path} {body}: {answer.status_code} {answer.text}")
        self.commands += 1
        said: dict[str, Any] = answer.json() if answer.content else {}
        return said

    async def there(self, path: str, words: str = "") -> None:
        """What another team's fact brings has arrived."""
        headers = self._as(path.split("/", 2)[1])
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            answer = await self.web.get(path, headers=headers)
            if answer.status_code == 200 and words in answer.text:
                return
            if asyncio.get_running_loop().time() > deadline:
                raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:200]}")
            await asyncio.sleep(0.02)

    def later(self, days: int) -> str:
        """A day from today on, as JSON writes it."""
        return (self.day + timedelta(days=days)).isoformat()

    @property
    def today(self) -> str:
        return self.day.isoformat()

    def _as(self, by: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[by]}"}


@asynccontextmanager
async def opened(settings: Mapping[str, Settings], seed: int, start: date) -> AsyncIterator[Hall]:
    """The services run as long as this is open, and see the hall's day as today."""
    days: list[Hall] = []

    def now() -> datetime:
        day = days[0].day if days else start
        return datetime.combine(day, time(17), tzinfo=CITY_TIME).astimezone(UTC)

    clock = Clock(now)
    apps = {team: build(service_of(team), own, clock) for team, own in settings.items()}
    async with started(apps):
        transport = httpx2.ASGITransport(app=OneAddress(apps))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as web:
            city = City.load(settings["portal"].city_dir)
            hall = Hall(city, seed, start, web, _tokens(settings["portal"], city))
            days.append(hall)
            yield hall


def _tokens(settings: Settings, city: City) -> dict[str, str]:
    """One sign-in per team and one per counter; real tokens, so their life is in real time."""
    if settings.token_signing_key_file is None:
        raise RuntimeError("the simulation needs the portal's signing key")
    key = settings.token_signing_key_file.read_bytes()
    offices = city.offices
    people = {
        "coordination": (Role.COORDINATOR, offices.coordination),
        "outreach": (Role.COORDINATOR, offices.coordination),
        "participation": (Role.COORDINATOR, offices.coordination),
        "community": (Role.COMMUNITY, offices.community),
        **{one: (Role.COUNTER, one) for one in city.codes("counters")},
    }
    return {
        name: issue(key, Staff(f"simulated-{name.lower()}", "見本", role, agency), utc_now(), _LIFE)
        for name, (role, agency) in people.items()
    }
