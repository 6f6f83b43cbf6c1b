"""A sixth team joins on the real bus and store: a folder of its own, its name among the teams, and
no edit in another service or in what they share (style 5).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import httpx2
import nats
import pytest
from fastapi import FastAPI

from deploy.embedded import Servers
from deploy.services import service_of, settings_from
from deploy.teams import TEAMS
from services.intake.domain.consultation import Received, consultation
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.runtime.host import Host, build
from shared.sourcing.log import Origin
from shared.sourcing.streams import Streams
from shared.web.tokens import issue
from tests.flows.sixth.app import TEAM, WatchBegun, watching
from tests.waiting import until


@pytest.fixture
def with_sixth(monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    """Servers that know the new team: its name in `deploy/teams.py` is all they are told."""
    for name, module in list(sys.modules.items()):
        if name.startswith("deploy.") and getattr(module, "TEAMS", None) == TEAMS:
            monkeypatch.setattr(module, "TEAMS", (*TEAMS, TEAM))
    with Servers.temporary() as running:
        yield running


async def receive(intake: Host, counter: str) -> UUID:
    """A household at the counter; answers its case."""
    event = Received(
        consultation_id=uuid4(),
        case_id=uuid4(),
        counter=counter,
        channel="visit",
        source="self",
        received_on=date(2026, 5, 1),
        issues=("i05",),
        name="架空 つばめ",
    )
    streams = Streams(intake.store, consultation, Origin("tester"))
    await streams.act(event.consultation_id, lambda _: [event])
    return event.case_id


async def facts_of(servers: Servers, number: int) -> list[WatchBegun]:
    """What the new team has told so far, as it lies on its stream."""
    client = await nats.connect(
        servers.nats.url,
        nkeys_seed=str(servers.nats.seed_file(TEAM)),
        inbox_prefix=f"_INBOX_{TEAM}".encode(),
    )
    try:
        stream = client.jetstream()
        found = [await stream.get_msg(f"FACTS_{TEAM.upper()}", n + 1) for n in range(number)]
        return [WatchBegun.model_validate_json(message.data or b"") for message in found]
    finally:
        await client.close()


async def page_for(servers: Servers, app: FastAPI, role: Role) -> httpx2.Response:
    settings = settings_from(servers.environment("portal"))
    assert settings.token_signing_key_file
    key = settings.token_signing_key_file.read_bytes()
    token = issue(key, Staff("someone", "見本", role, "C-08"), Clock().now())
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url="http://localhost"
    ) as client:
        return await client.get(f"/{TEAM}", headers={"Authorization": f"Bearer {token}"})


async def test_a_sixth_team_hears_decides_tells_and_shows(with_sixth: Servers) -> None:
    intake = Host(service_of("intake"), settings_from(with_sixth.environment("intake")))
    app = build(watching, settings_from(with_sixth.environment(TEAM)))
    ours: Host = app.state.host
    await intake.start()
    try:
        first = await receive(intake, "C-08")
        await ours.start()  # what was told before it existed is heard, too
        second = await receive(intake, "C-01")

        async def told() -> bool:
            return ours.bus.state.relay.position == 2

        await until(told, "it tells of both")
        facts = await facts_of(with_sixth, 2)
        assert [(one.case_id, one.counter) for one in facts] == [(first, "C-08"), (second, "C-01")]
        assert await ours.problems() == []
        page = (await page_for(with_sixth, app, Role.NURSE)).text
        assert "C-01: 1世帯" in page
        assert "C-08: 1世帯" in page
        assert (await page_for(with_sixth, app, Role.COMMUNITY)).status_code == 403
    finally:
        await ours.stop()
        await intake.stop()
