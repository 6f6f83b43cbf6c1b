"""The header of a fact leads to its schema."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date
from uuid import UUID

import pytest
from httpx2 import ASGITransport, AsyncClient

from deploy.address import OneAddress
from deploy.services import service_of
from shared.bus.told import Told, headers_of
from shared.contracts.schemas import all_facts
from shared.runtime.host import build
from shared.runtime.settings import Settings
from tests.contracts.snapshots import snapshots


@pytest.fixture
async def web(settings_of: Callable[[str], Settings]) -> AsyncIterator[AsyncClient]:
    """The city's address; nobody is signed in."""
    door = OneAddress({"portal": build(service_of("portal"), settings_of("portal"))})
    async with AsyncClient(transport=ASGITransport(app=door), base_url="http://test") as client:
        yield client


def header_of(name: str) -> str:
    """As it travels with a fact of this name."""
    team, _, fact = name.partition(".")
    nobody, day = UUID(int=1), date(2026, 11, 23)
    told = Told(team, 1, nobody, fact, None, day, b"{}", b"{}", nobody)
    return headers_of("akiruno", told)["ce-dataschema"]


async def test_every_fact_leads_to_its_schema(web: AsyncClient) -> None:
    kept = snapshots()
    for name in all_facts():
        answer = await web.get(header_of(name))
        assert answer.status_code == 200, name
        schema = answer.json()
        assert schema.pop("$id") == header_of(name)
        assert "2020-12" in schema.pop("$schema")
        assert schema == kept[name]


def test_where_the_citys_address_is_known_the_header_is_a_whole_uri() -> None:
    told = Told(
        "intake",
        1,
        UUID(int=1),
        "CaseEscalated",
        None,
        date(2026, 11, 23),
        b"{}",
        b"{}",
        UUID(int=1),
    )
    headers = headers_of("akiruno", told, "https://tsunagu.example/")
    path = header_of("intake.CaseEscalated")
    assert headers["ce-dataschema"] == f"https://tsunagu.example{path}"


@pytest.mark.parametrize("name", ["intake.Nothing", "os.path", "fact.Fact", "..%2f..%2fetc.passwd"])
async def test_what_is_no_contract_is_not_found(web: AsyncClient, name: str) -> None:
    assert (await web.get(f"/contracts/{name}.json")).status_code == 404
