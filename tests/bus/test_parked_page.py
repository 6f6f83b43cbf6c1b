"""What an operator sees of parked facts, and what the second try does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient, Response

from deploy.services import service_of
from shared.bus.parking import handover_kept, park_handover
from shared.bus.reactions import Reactions
from shared.contracts.coordination import CaseClosed
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.runtime.host import Host, build
from shared.runtime.parked import in_words
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.sourcing.ids import new_id
from shared.web.tokens import issue
from tests.waiting import until

CASE = UUID(int=0xCA5E)
STORY = "架空 つばめ"
"""What an error may quote, and no page may show."""


@dataclass
class Running:
    """A service that stumbles over closed cases as long as it is told to."""

    app: FastAPI
    broken: set[str]
    token: Callable[[Role], str]

    @property
    def host(self) -> Host:
        host: Host = self.app.state.host
        return host

    async def ask(self, method: str, path: str, role: Role = Role.OPERATOR) -> Response:
        transport = ASGITransport(app=self.app)
        headers = {"Authorization": f"Bearer {self.token(role)}"}
        async with AsyncClient(transport=transport, base_url="http://test") as web:
            return await web.request(method, path, headers=headers)

    async def park(self, position: int, error: str, case_id: UUID | None = CASE) -> None:
        """As the applier writes it."""
        await self.host.store.pool.execute(
            """INSERT INTO parked (source, position, fact_id, type, case_id, envelope, error)
               VALUES ('coordination', $1, $2, 'CaseClosed', $3, $4, $5)""",
            position,
            new_id(),
            case_id,
            ENVELOPE.encode(),
            error,
        )


ENVELOPE = """{"team": "coordination", "position": 1, "type": "CaseClosed", "meta": "{}",
  "fact_id": "00000000-0000-4000-8000-000000000001", "case_id": null,
  "epoch": "00000000-0000-4000-8000-000000000002", "occurred_on": "2026-11-23",
  "data": "{\\"occurred_on\\": \\"2026-11-23\\",
    \\"case_id\\": \\"00000000-0000-0000-0000-00000000ca5e\\",
    \\"closure_id\\": \\"00000000-0000-4000-8000-000000000003\\",
    \\"lead_agency\\": \\"C-01\\", \\"reason\\": \\"agreed\\"}"}""".replace("\n", "")


def stumbling(broken: set[str]) -> Reactions[object]:
    reactions: Reactions[object] = Reactions("intake")

    @reactions.on(CaseClosed)
    async def stumble(_fact: CaseClosed, _desk: object) -> None:
        if broken:
            raise KeyError(STORY)

    return reactions


@pytest.fixture
def token(servers: object, settings_of: Callable[[str], Settings]) -> Callable[[Role], str]:
    key = settings_of("portal").token_signing_key_file
    assert key is not None

    def signed(role: Role) -> str:
        return issue(key.read_bytes(), Staff(f"test:{role}", "見本", role, None), Clock().now())

    return signed


@pytest.fixture
async def running(
    settings_of: Callable[[str], Settings], token: Callable[[Role], str], tmp_path: Path
) -> AsyncIterator[Running]:
    broken = {"yes"}
    service = Service(
        team="intake",
        title="相談",
        folder=tmp_path,
        routers=(),
        desk=lambda office: office,
        reactions=stumbling(broken),
    )
    made = Running(build(service, settings_of("intake")), broken, token)
    async with made.app.router.lifespan_context(made.app):
        yield made


async def test_it_shows_the_kind_of_trouble_and_never_its_words(running: Running) -> None:
    await running.park(3, f"KeyError: '{STORY}'")
    await running.park(4, "waits behind an earlier fact of this case")
    await running.park(5, f"UniqueViolationError: {STORY}", case_id=None)
    page = (await running.ask("GET", "/intake/parked")).text
    assert STORY not in page
    assert "調整・プランの3番" in page
    assert "調整・プランの4番" not in page
    assert str(CASE) in page
    assert "1件" in page
    assert "プログラムの処理が途中で止まりました (KeyError)" in page
    assert "データベースが受け付けません (UniqueViolationError)" in page


async def test_a_handover_is_shown_and_is_not_tried_here(running: Running) -> None:
    """Its content is with its sender, who offers it again."""
    handover_id = uuid4()
    for _ in range(2):
        async with running.host.store.begin() as transaction:
            await park_handover(transaction.db, handover_id, CASE, "Unsealable")
    page = (await running.ask("GET", "/intake/parked")).text
    assert page.count("引き継がれた個人情報の1番") == 1
    assert "このサービスの鍵では開けません" in page
    assert "再試行</button>" not in page
    assert "送り直します" in page
    async with running.host.store.begin() as transaction:
        await handover_kept(transaction.db, handover_id)
    assert "保留している知らせはありません" in (await running.ask("GET", "/intake/parked")).text


async def test_a_second_try_says_what_came_of_it(running: Running) -> None:
    await running.park(3, f"KeyError: '{STORY}'")
    await running.park(4, "waits behind an earlier fact of this case")
    path = "/intake/parked/coordination/3/release"
    failed = await running.ask("POST", path)
    assert failed.status_code == 409
    assert "3番はまだ適用できません" in failed.text
    assert STORY not in failed.text
    running.broken.clear()
    answers = await asyncio.gather(*(running.ask("POST", path) for _ in range(2)))
    said = [one.cookies["tsunagu_said"] for one in answers]
    assert [one.status_code for one in answers] == [303, 303]
    assert len(set(said)) == 2, "one applied, the other is told that it was done"
    assert "保留している知らせはありません" in (await running.ask("GET", "/intake/parked")).text
    applied = "SELECT count(*) FROM parked WHERE released_at IS NOT NULL"
    assert await running.host.store.pool.fetchval(applied) == 2


async def test_it_is_for_operators_only(running: Running) -> None:
    for role in set(Role) - {Role.OPERATOR}:
        assert (await running.ask("GET", "/intake/parked", role)).status_code == 403
        path = "/intake/parked/coordination/3/release"
        assert (await running.ask("POST", path, role)).status_code == 403


@pytest.mark.parametrize(
    "place", ["nobody/3", "coordination/0", "coordination/99999999999999999999"]
)
async def test_an_address_that_cannot_be_is_not_found(running: Running, place: str) -> None:
    assert (await running.ask("POST", f"/intake/parked/{place}/release")).status_code == 404


async def test_figures_are_mended_by_a_rebuild(
    settings_of: Callable[[str], Settings], token: Callable[[Role], str]
) -> None:
    app = build(service_of("reporting"), settings_of("reporting"))
    async with app.router.lifespan_context(app):
        running = Running(app, set(), token)
        await running.park(3, f"ValidationError: {STORY}")
        page = (await running.ask("GET", "/reporting/parked")).text
        assert "./tsunagu rebuild" in page
        assert "再試行</button>" not in page
        answer = await running.ask("POST", "/reporting/parked/coordination/3/release")
        assert answer.status_code == 404

        async def counted() -> bool:
            return "tsunagu_parked_facts" in (await running.ask("GET", "/reporting/metrics")).text

        await until(counted, "the count is measured from the table")


def test_every_kind_has_words() -> None:
    assert in_words("DecodeError") == in_words("ValidationError")
    assert "古いかもしれません" in in_words("UnknownFact")
    assert "使えません" in in_words("InterfaceError")
    assert "止まりました" in in_words("ZeroDivisionError")
