"""The city hall of the invented city, and a case that went its whole way there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from httpx2 import ASGITransport, AsyncClient, Response

from deploy.embedded import Servers
from deploy.services import settings_from
from deploy.teams import TEAMS
from deploy.together import together
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.vocabulary.city import City
from shared.web.tokens import issue
from tests.othercity.folder import write_city
from tests.waiting import until

ROLES = {
    "intake": (Role.COUNTER, "w1"),
    "coordination": (Role.COORDINATOR, "w3"),
    "outreach": (Role.COORDINATOR, "w3"),
    "participation": (Role.COORDINATOR, "w3"),
    "community": (Role.COMMUNITY, "w5"),
    "reporting": (Role.MANAGER, "w3"),
    "portal": (Role.OPERATOR, "w3"),
}
ADDRESS = "http://127.0.0.1"


@dataclass
class Hall:
    """The city hall: all services in one process, one client per team's role."""

    city: City
    servers: Servers
    clients: dict[str, AsyncClient]
    day: str = field(default_factory=lambda: Clock().today().isoformat())

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        answer = await self._of(path).post(
            path, json=body, headers={"Idempotency-Key": f"{uuid4()}"}
        )
        assert answer.status_code in {200, 201}, f"{path}: {answer.status_code} {answer.text}"
        said: dict[str, Any] = answer.json()
        return said

    async def get(self, path: str) -> Response:
        return await self._of(path).get(path)

    async def there(self, path: str, words: str = "") -> None:
        async def arrived() -> bool:
            got = await self.get(path)
            return got.status_code == 200 and words in got.text

        await until(arrived, f"{path} is there", seconds=60)

    def _of(self, path: str) -> AsyncClient:
        return self.clients[team_of(path) or "portal"]


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    folder = write_city(tmp_path / "tsukumo")
    with Servers.temporary(city=str(folder)) as servers:
        settings = {team: settings_from(servers.environment(team)) for team in TEAMS}
        signing = settings["portal"].token_signing_key_file
        assert signing
        async with together(settings) as app:
            clients = {
                team: AsyncClient(
                    transport=ASGITransport(app=app),
                    base_url=ADDRESS,
                    headers={
                        "Authorization": "Bearer "
                        + issue(
                            signing.read_bytes(), Staff(team, "見本", role, agency), Clock().now()
                        )
                    },
                )
                for team, (role, agency) in ROLES.items()
            }
            yield Hall(City.load(folder), servers, clients)
            for client in clients.values():
                await client.aclose()


async def resumed(hall: Hall) -> str:
    """T-01 to T-09, each code the first of the city's list."""
    day, first = hall.day, hall.city.first
    case = await _escalated(hall)
    await hall.post(f"{case}/acceptance", on=day)
    writer = first("application_writers")
    await hall.post(f"{case}/application", on=day, filled_by=writer, name="架空 つくし")
    await hall.post(f"{case}/consent", on=day, answer="given")
    sitting = {"kind": "plan-meeting", "place": "市役所", "members": ["w3", "w1"]}
    meeting = await hall.post(f"{case}/meetings", on=day, **sitting)
    await hall.post(
        f"{case}/plans",
        on=day,
        meeting_id=meeting["id"],
        problems="日中の居場所",
        goal="週に一度は外に出る",
        contact_desk="w3",
        review_on=(Clock().today() + timedelta(days=90)).isoformat(),
        participation=False,
        outreach=True,
        roles=[{"agency": "w1", "task": "月一回の面談"}],
    )
    await _visited(hall, case)
    await hall.post("/community/api/resources", name="みんなの縁側", kind=first("resource_kinds"))
    closing = {"lead_agency": "w1", "reason": first("closure_reasons"), "basis": "consent"}
    await hall.post(f"{case}/closure", on=day, resume_when="変わったとき", **closing)
    await hall.post(f"{case}/resumption", on=day, reason=first("resumption_reasons"))
    return case


async def _escalated(hall: Hall) -> str:
    day, first = hall.day, hall.city.first
    received = await hall.post(
        "/intake/api/consultations",
        counter="w1",
        received_on=day,
        channel=first("channels"),
        source=first("sources"),
        name="架空 つくし",
        address="九十九1-2",
        issues=[first("issues")],
        content="相談の内容",
    )
    basis = {"kind": "consent", "reference": day}
    path = f"/intake/api/consultations/{received['id']}/escalation"
    await hall.post(path, reasons=[first("reasons")], basis=basis, on=day)
    case = f"/coordination/api/cases/{received['case_id']}"
    await hall.there(case)
    return case


async def _visited(hall: Hall, case: str) -> None:
    day, first = hall.day, hall.city.first
    asked = await hall.post(f"{case}/outreach-requests", on=day, errand="よろしく", basis="consent")
    request = f"/outreach/api/requests/{asked['id']}"
    await hall.there(request)
    await hall.post(f"{request}/start", on=day)
    await hall.post(f"{request}/visits", on=day, method=first("visit_methods"), met=True)
    await hall.post(f"{request}/conclusion", on=day, outcome=first("outreach_outcomes"))


def team_of(path: str) -> str:
    return path.split("/", 2)[1].split("?")[0]
