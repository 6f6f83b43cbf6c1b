"""How the demonstration speaks to the services: as any integrator does, over their JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import httpx2

from deploy.demo.people import COUNTERS, REFERRED_TO, Household
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.web.tokens import issue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from shared.runtime.settings import Settings

PATIENCE_S = 60.0
CHIEF = "chief"
"""The login that signs first (`approvals.toml`)."""
STAFF = {
    "intake": (Role.COUNTER, None),
    "coordination": (Role.COORDINATOR, "C-08"),
    "outreach": (Role.NURSE, "C-08"),
    "participation": (Role.NURSE, "C-08"),
    "community": (Role.COMMUNITY, "C-10"),
    "reporting": (Role.MANAGER, "C-08"),
}


class Stage:
    """One household's way; each step is one request of one team."""

    def __init__(
        self, web: httpx2.AsyncClient, tokens: Mapping[str, str], person: Household, today: date
    ) -> None:
        self._web = web
        self._tokens = tokens
        self._step = 0
        self.person = person
        self.day = person.received_on
        self._today = today

    async def post(self, path: str, *, by: str | None = None, **body: Any) -> dict[str, Any]:
        """A command with an id that is the same whenever the demonstration is played.

        `by` is the counter that does it, where it is not the person's own.
        """
        self._step += 1
        key = uuid5(NAMESPACE_URL, f"demo:{self.person.name}:{self._step}")
        team = path.split("/", 2)[1]
        token = self._tokens[by or (self.person.counter if team == "intake" else team)]
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(key)}
        answer = await self._web.post(path, json=body, headers=headers)
        if answer.status_code >= 400:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.text}")
        answered: dict[str, Any] = answer.json() if answer.content else {}
        return answered

    async def there(self, path: str) -> Any:
        """What another team's fact has brought, as soon as it has."""
        headers = {"Authorization": f"Bearer {self._tokens[path.split('/', 2)[1]]}"}
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            answer = await self._web.get(path, headers=headers)
            if answer.status_code == 200:
                return answer.json()
            if asyncio.get_running_loop().time() > deadline:
                raise RuntimeError(f"{path}: {answer.status_code} {answer.text}")
            await asyncio.sleep(0.1)

    def later(self, days: int) -> str:
        """So many days on, but never after the day it is played."""
        self.day = min(self.day + timedelta(days=days), self._today)
        return self.day.isoformat()


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=address.rstrip("/"), timeout=30) as web:
        yield web


def tokens_of(settings: Settings) -> dict[str, str]:
    """One sign-in per team, one per counter, and the chief who signs."""
    if settings.token_signing_key_file is None:
        raise RuntimeError("the demonstration needs the portal's signing key")
    key = settings.token_signing_key_file.read_bytes()
    now = Clock().now()
    people = {team: (role, agency) for team, (role, agency) in STAFF.items() if agency}
    counters = {*COUNTERS, REFERRED_TO}
    people |= {counter: (Role.COUNTER, counter) for counter in counters}
    tokens = {
        name: issue(key, Staff(f"demo-{name.lower()}", "見本", role, agency), now)
        for name, (role, agency) in people.items()
    }
    chief = Staff(f"local:{CHIEF}", "見本 係長", *STAFF["coordination"])
    return tokens | {CHIEF: issue(key, chief, now)}
